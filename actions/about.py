"""Facts about a document: its number, its issuers, its dates, whether it is valid."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.card import card, plain_text, spoken_date, warning
from actions.dates import date_asked
from actions.memory import Shown
from actions.request import Reply, Request
from actions.wording import say, status_name
from policies_db import lookup
from policies_db.lookup import Cited
from policies_db.models import Document

#: Which intent asks for which fact.
FACTS = {
    "document_number": "number",
    "document_issuer": "issuer",
    "document_date": "dates",
    "document_validity": "validity",
}


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


def about(
    session: Session,
    request: Request,
    document: Document,
    fact: str,
    beside: Sequence[Cited] = (),
) -> Reply:
    """A fact about a document: number, issuer, dates or validity.

    `beside` are provisions of it that the talk is about; they are cited first.
    """
    on = date_asked(request)
    title = lookup.naming(session, document)
    dated = lookup.dating(session, document, on) if fact in ("dates", "validity") else None
    language = request.language
    values = {"title": titled_document(document), "number": document.number or "—"}
    cited = lookup.cite(session, title, on)
    if fact == "number" or (fact != "issuer" and dated is None):
        text = say(
            "document_number" if document.number else "document_no_number", language, **values
        )
    elif fact == "issuer" or dated is None:
        issuers = "、".join(issuer.name for issuer in document.issuers) or "—"
        text = say("document_issuer", language, issuers=issuers, **values)
    else:
        cited = lookup.cite(session, dated[0], on, dated[1])
        issued, start, end = (
            spoken_date(day, language)
            for day in (document.issued_on, document.effective_from, document.effective_to)
        )
        text = say("document_dates", language, issued=issued or "—", start=start or "—", **values)
        if end:
            text += say("document_until", language, end=end)
    if fact == "validity":
        status = status_name(cited.standing.status, language)
        text = say("document_status", language, on=spoken_date(on, language), status=status) + text
    note = warning(cited, language)
    return show(request, [*beside, cited], f"{note}\n{text}" if note else text, "document")
