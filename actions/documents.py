"""Questions about a document itself: its number, issuers, dates, validity, text, articles."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.card import card, chinese_date, numbered, plain_text, titled, warning
from actions.dates import date_asked
from actions.language import framed
from actions.lookup_policy import look_up
from actions.memory import Shown
from actions.request import CardAction, Reply, Request, notice
from actions.wording import say, status_name
from policies_db import lookup
from policies_db.engine import session_for
from policies_db.lookup import Cited
from policies_db.mentions import Mention, Names
from policies_db.models import Document
from policies_db.searching import searcher
from policies_db.settings import database_url

#: How many documents are offered when it is not clear which is meant.
_MOST_OFFERED = 6
#: A message of at most so many characters may lean on the turn before it.
LONGEST_LEANING = 14
FACTS = frozenset({"document_number", "document_issuer", "document_date", "document_validity"})


@functools.lru_cache(maxsize=1)
def names() -> Names:
    """The names of all documents, read once."""
    with session_for(database_url()) as session:
        return Names(lookup.documents(session))


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
            if request.intent == "document_text" and leaning and not mention.documents:
                return _shown_in_full(session, request)
            if request.intent in FACTS:
                return _fact(session, request, mention, leaning)
        return look_up(request, request.text)


def _fact(session: Session, request: Request, mention: Mention, leaning: bool) -> Reply:
    """A fact about the document that is named, else about the one that is meant."""
    if len(mention.documents) == 1:
        document = lookup.document(session, mention.documents[0])
        assert document is not None
        return _about(session, request, document)
    if len(mention.documents) > 1:
        return _which_document(request, mention, session)
    found = searcher().search(request.text)
    if not leaning and found.zone == "answer":
        best = lookup.points(session, [found.hits[0].point_id], request.today)[0]
        if "document" in best.topics:
            return look_up(request, request.text)
    last = request.memory.last
    if last is not None and last.provision_ids and leaning:
        document = lookup.document(session, last.provision_ids[0].partition("/")[0])
        assert document is not None
        return _about(session, request, document)
    if found.zone == "none" or len(request.text) <= LONGEST_LEANING:
        return _which_document(request, mention, session)
    return look_up(request, request.text)


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


def show(
    request: Request, cited: Sequence[Cited], text: str, kind: str, question: str = ""
) -> Reply:
    """A reply that cites provisions and remembers them."""
    as_of = cited[0].standing.on
    shown = Shown(
        question or request.text, (), tuple(c.provision_id for c in cited), as_of.isoformat()
    )
    return Reply(
        card(kind, text, as_of, cited),
        plain_text(text, cited, request.language),
        request.memory.showing(shown),
    )


def titled_document(document: Document) -> str:
    """The title of a document in title marks, with its number."""
    number = f"（{document.number}）" if document.number else ""
    return f"《{document.title}》{number}"


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


def _about(session: Session, request: Request, document: Document) -> Reply:
    """The fact about a document that was asked for."""
    on = date_asked(request)
    title = lookup.naming(session, document)
    dated = lookup.dating(session, document)
    language = request.language
    values = {"title": titled_document(document), "number": document.number or "—"}
    if request.intent == "document_number":
        cited = lookup.cite(session, title, on)
        key = "document_number" if document.number else "document_no_number"
        text = say(key, language, **values)
    elif request.intent == "document_issuer":
        cited = lookup.cite(session, title, on)
        issuers = "、".join(issuer.name for issuer in document.issuers) or "—"
        text = say("document_issuer", language, issuers=issuers, **values)
    elif dated is not None:
        provision, words = dated
        cited = lookup.cite(session, provision, on, words)
        text = say(
            "document_dates",
            language,
            issued=chinese_date(document.issued_on) or "—",
            start=chinese_date(document.effective_from) or "—",
            **values,
        )
        if document.effective_to:
            text += say("document_until", language, end=chinese_date(document.effective_to))
    else:
        cited = lookup.cite(session, title, on)
        text = say("document_number", language, **values)
    if request.intent == "document_validity":
        status = status_name(cited.standing.status, language)
        text = say("document_status", language, on=chinese_date(on), status=status) + text
    note = warning(cited, language)
    if note:
        text = f"{note}\n{text}"
    return show(request, [cited], text, "document")


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
