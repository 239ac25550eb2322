"""Questions about a document itself: its number, issuers, dates, validity, text, articles."""

from __future__ import annotations

import datetime
import math
import re
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.about import FACTS, about, show, titled_document
from actions.article import MOST_OFFERED, article, ask_which, headline
from actions.asking import (
    asks_article,
    asks_how_long,
    asks_inside_annex,
    asks_of_content,
    asks_of_document,
    asks_validity,
)
from actions.card import card
from actions.compare import compares
from actions.continuing import continued
from actions.dates import date_asked
from actions.earlier import again, cited_again
from actions.leaning import follow, in_other, of_last, source_of_last
from actions.looking_up import look_up
from actions.neighbour import neighbour, step_of
from actions.parts import part_of
from actions.request import CardAction, Reply, Request, notice, unclear
from actions.wording import say
from policies_db import lookup
from policies_db.mentions import Mention
from policies_db.models import Document
from policies_db.naming import names
from policies_db.searching import Result, searcher
from policies_db.settings import database_url
from policies_db.shelf import reading

#: A message of at most so many characters may lean on the turn before it.
LONGEST_LEANING = 14
_THIS = re.compile(r"[这那该此它].{0,22}$|(it|this|that)\b.{0,40}$", re.I)
#: A longer message that was taken for a question about a document may be one about a rule.
LONGEST_FACT = 30
#: A document that is not named is meant when it has so much of what is likely.
SURE_OF_DOCUMENT = 0.7


class ActionDocument(CardAction):
    """Answers about a named document, or about the one that was cited last."""

    action_name = "action_document"

    def answer(self, request: Request) -> Reply:
        """Articles by number first, then facts about the document, else an ordinary look-up."""
        vague = unclear(request)
        if vague is not None:
            return vague
        if request.chosen:
            return look_up(request, request.text)
        mention = names().find(request.text)
        carried = None if mention.documents or mention.label else continued(request)
        if carried is not None:
            return carried
        mine = None if mention.documents or mention.label else of_last(request)
        if mine is not None:
            return mine
        if request.intent not in FACTS or asks_article(request.text):
            source = None if mention.documents or mention.label else source_of_last(request)
            if source is not None:
                return source
        last = request.memory.last
        fresh = last is None and not mention.documents
        if request.memory.question and len(request.text) <= LONGEST_LEANING:
            return follow(request)
        short = len(request.text) <= LONGEST_LEANING or _THIS.match(request.text)
        leaning = last is not None and bool(short)
        elsewhere = (
            None
            if request.intent in FACTS and asks_of_document(request.text)
            else in_other(request)
        )
        if elsewhere is not None:
            return elsewhere
        with reading(database_url()) as session:
            part = part_of(session, request, request.text, date_asked(request))
            if part is not None:
                return part
            if (
                names().replaced(request.text)
                or compares(request.text)
                or asks_of_content(request.text)
                or asks_inside_annex(request.text)
            ):
                return look_up(request, request.text)
            if mention.label:
                return article(session, request, mention)
            if request.intent == "document_list" and not mention.documents:
                return _list(session, request)
            if names().unknown(request.text):
                return notice("refusal", "unknown_document", request)
            if leaning and step_of(request.text):
                return neighbour(request, step_of(request.text))
            if leaning and last is not None and not mention.documents:
                if request.intent == "document_text":
                    return _shown_in_full(session, request)
                if request.intent == "document_article":
                    return again(request, last)
            two = len(names().each(request.text)) > 1
            if len(mention.documents) > 1 and not two and len(request.text) <= LONGEST_FACT:
                return _which_document(request, lookup.named_documents(session, mention.documents))
            if request.intent in FACTS and not (fresh and asks_how_long(request.text)):
                return _fact(session, request, mention, leaning)
        return look_up(request, request.text)


def _fact(session: Session, request: Request, mention: Mention, leaning: bool) -> Reply:
    """A fact about the document that is named, else about the one that is meant."""
    fact = FACTS[request.intent]
    short = len(request.text) <= LONGEST_FACT or asks_validity(request.text)
    if len(mention.documents) == 1 and short:
        document = lookup.document(session, mention.documents[0])
        assert document is not None
        return about(session, request, document, fact)
    last = request.memory.last
    if last is not None and last.provision_ids and leaning:
        document = lookup.document(session, last.provision_ids[0].partition("/")[0])
        assert document is not None
        beside = cited_again(last, date_asked(request))[:2]
        return about(session, request, document, fact, beside)
    found = searcher().search(request.text)
    likely = _likeliest(session, found, request.today)
    if likely and likely[0][1] >= SURE_OF_DOCUMENT:
        return about(session, request, likely[0][0], fact)
    if found.zone == "answer" or (len(request.text) > LONGEST_LEANING and found.zone != "none"):
        return look_up(request, request.text)
    named = lookup.named_documents(session, mention.documents)
    return _which_document(request, named or [document for document, _ in likely])


def _likeliest(session: Session, found: Result, on: datetime.date) -> list[tuple[Document, float]]:
    """The documents that the best hits stand in, each with its share of what is likely."""
    if found.zone == "none":
        return []
    top = max((hit.score for hit in found.hits), default=0.0)
    shares: defaultdict[str, float] = defaultdict(float)
    ids = [hit.point_id for hit in found.hits]
    for hit, cited in zip(found.hits, lookup.points(session, ids, on), strict=True):
        shares[cited.document_id] += math.exp(hit.score - top)
    total = sum(shares.values())
    return [
        (document, share / total)
        for i, share in sorted(shares.items(), key=lambda item: -item[1])[:MOST_OFFERED]
        if (document := lookup.document(session, i)) is not None
    ]


def _which_document(request: Request, documents: Sequence[Document]) -> Reply:
    """A question back: which document."""
    return ask_which(request, [titled_document(document) for document in documents])


def _shown_in_full(session: Session, request: Request) -> Reply:
    """The whole text of the provision that was cited last."""
    assert request.memory.last is not None
    last = request.memory.last
    provision = lookup.provision(session, last.provision_ids[0]) if last.provision_ids else None
    if provision is None:
        return notice("clarify", "nothing_before", request)
    on = date_asked(request)
    cited = lookup.cite(session, provision, on, lookup.whole(session, provision))
    return show(request, [cited], headline(cited, request), "rule", last.question)


def _list(session: Session, request: Request) -> Reply:
    """The documents on file."""
    documents = lookup.documents(session)
    lines = [say("document_list", request.language, count=len(documents))]
    lines += [f"{i}. {titled_document(d)}" for i, d in enumerate(documents, 1)]
    text = "\n".join(lines)
    return Reply(card("document", text, request.today), text)
