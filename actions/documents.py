"""Questions about a document itself: its number, issuers, dates, validity, text, articles."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.about import FACTS, about, asks_validity, names, show, titled_document
from actions.card import card, numbered, titled, warning
from actions.dates import date_asked
from actions.earlier import again, cited_again
from actions.language import framed
from actions.lookup_policy import look_up
from actions.request import CardAction, Reply, Request, notice
from actions.wording import say
from policies_db import lookup
from policies_db.engine import session_for
from policies_db.lookup import Cited
from policies_db.mentions import Mention
from policies_db.searching import searcher
from policies_db.settings import database_url

#: How many documents are offered when it is not clear which is meant.
_MOST_OFFERED = 6
#: A message of at most so many characters may lean on the turn before it.
LONGEST_LEANING = 14
#: A longer message that was taken for a question about a document may be one about a rule.
LONGEST_FACT = 30


class ActionDocument(CardAction):
    """Answers about a named document, or about the one that was cited last."""

    action_name = "action_document"

    def answer(self, request: Request) -> Reply:
        """Articles by number first, then facts about the document, else an ordinary look-up."""
        mention = names().find(request.text)
        last = request.memory.last
        leaning = last is not None and len(request.text) <= LONGEST_LEANING
        with session_for(database_url()) as session:
            if mention.label:
                return article(session, request, mention)
            if request.intent == "document_list" and not mention.documents:
                return _list(session, request)
            if leaning and last is not None and not mention.documents:
                if request.intent == "document_text":
                    return _shown_in_full(session, request)
                if request.intent == "document_article":
                    return again(request, last)
            if request.intent in FACTS:
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
    if found.zone == "answer" or (len(request.text) > LONGEST_LEANING and found.zone != "none"):
        return look_up(request, request.text)
    return _which_document(request, mention, session)


def article(session: Session, request: Request, mention: Mention) -> Reply:
    """An article by its number; a question back where several documents have one."""
    last = request.memory.last
    ids = mention.documents
    if not ids and last and last.provision_ids and "条例" not in request.text:
        ids = (last.provision_ids[0].partition("/")[0],)
    if not ids:
        ids = tuple(d.id for d in lookup.documents(session) if d.numbering == "articles")
    assert mention.label is not None
    found = [rows for i in ids if (rows := lookup.provisions_at(session, i, mention.label))]
    if not found:
        return notice("refusal", "not_covered", request)
    if len(found) > 1:
        options = [f"{titled_document(rows[0].document)}{mention.label}" for rows in found]
        return _ask(request, options)
    first = found[0][0]
    on = date_asked(request)
    cited = lookup.cite(session, first, on, lookup.whole(session, first))
    return show(request, [cited], _headline(cited, request), "rule")


def _headline(cited: Cited, request: Request) -> str:
    line = framed(
        f"{titled(cited)}{numbered(cited)}{cited.label}：{cited.answer}", request.language
    )
    note = warning(cited, request.language)
    return f"{note}\n{line}" if note else line


def _which_document(request: Request, mention: Mention, session: Session) -> Reply:
    """A question back: which document."""
    ids = mention.documents
    documents = [d for i in ids if (d := lookup.document(session, i)) is not None]
    return _ask(request, [titled_document(document) for document in documents])


def _ask(request: Request, options: Sequence[str]) -> Reply:
    text = say("which_document", request.language)
    lines = [text, *(f"{i}. {option}" for i, option in enumerate(options[:_MOST_OFFERED], 1))]
    suggestions = [(option[:60], option) for option in options[:_MOST_OFFERED]]
    answer = "\n".join(lines)
    return Reply(card("clarify", answer, request.today, suggestions=suggestions), answer)


def _shown_in_full(session: Session, request: Request) -> Reply:
    """The whole text of the provision that was cited last."""
    assert request.memory.last is not None
    last = request.memory.last
    provision = lookup.provision(session, last.provision_ids[0]) if last.provision_ids else None
    if provision is None:
        return notice("clarify", "nothing_before", request)
    on = date_asked(request)
    cited = lookup.cite(session, provision, on, lookup.whole(session, provision))
    return show(request, [cited], _headline(cited, request), "rule", last.question)


def _list(session: Session, request: Request) -> Reply:
    """The documents on file."""
    documents = lookup.documents(session)
    lines = [say("document_list", request.language, count=len(documents))]
    lines += [f"{i}. {titled_document(d)}" for i, d in enumerate(documents, 1)]
    text = "\n".join(lines)
    return Reply(card("document", text, request.today), text)
