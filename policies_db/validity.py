"""Whether a rule is valid on a date: six answers, and where each comes from.

Publication, entry into force and end are three dates; a sentence may have dates of its own, which
go before those of its document.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from policies_db.models import Document, Provision, Relation
from policies_db.shelf import once


@dataclass(frozen=True)
class Standing:
    """The validity of a rule on a date.

    `status` is in_force, not_yet_in_force, expired, repealed, draft or unknown; the dates are the
    first and last day of validity, of the sentence itself where `own`. `plan_ended` tells that a
    plan's period is over (the status is then unknown, or in force where it says it continues).
    """

    status: str
    on: datetime.date
    effective_from: datetime.date | None = None
    effective_to: datetime.date | None = None
    own: bool = False
    plan_ended: datetime.date | None = None
    continues: str | None = None
    repealed_by: str | None = None

    def ends_within(self, days: int) -> bool:
        """Whether a rule in force ends within so many days of the date judged."""
        return (
            self.status == "in_force"
            and self.effective_to is not None
            and self.effective_to - self.on <= datetime.timedelta(days)
        )


def standing(
    session: Session,
    document: Document,
    on: datetime.date,
    provision: Provision | None = None,
    quote: str | None = None,
) -> Standing:
    """Judge a document, a provision of it, or a quoted sentence of that provision, for a date."""
    if document.draft:
        return Standing("draft", on)
    first, last, own = document.effective_from, document.effective_to, False
    for validity in provision.validities if provision is not None else ():
        if quote is None or overlap(validity.quote, quote):
            first = validity.effective_from or first
            last = validity.effective_to or last
            own = True
    repealed_by = _repealed_by(session, document, on)
    if repealed_by:
        return Standing("repealed", on, first, last, own, repealed_by=repealed_by)
    if first and on < first:
        return Standing("not_yet_in_force", on, first, last, own)
    if last and on > last:
        return Standing("expired", on, first, last, own)
    if document.plan_to and on > document.plan_to and not own:
        status = "in_force" if document.continues else "unknown"
        return Standing(
            status, on, first, last, plan_ended=document.plan_to, continues=document.continues
        )
    return Standing("in_force" if first else "unknown", on, first, last, own)


def overlap(one: str, other: str) -> bool:
    """Whether one of two quotes holds the other, or they share at least twelve characters."""
    if one in other or other in one:
        return True
    return any(one[i : i + 12] in other for i in range(max(len(one) - 11, 0)))


def _repealed_by(session: Session, document: Document, on: datetime.date) -> str | None:
    for repealed, other in once(session, "repeals", lambda: _repeals(session)):
        if repealed == document.id and other.effective_from and on >= other.effective_from:
            return str(other.id)
    return None


def _repeals(session: Session) -> list[tuple[str, Document]]:
    """The ids of repealed documents, each with the document that repeals it."""
    rows = session.execute(
        select(Relation.target_id, Document)
        .join(Document, Relation.document_id == Document.id)
        .where(Relation.kind == "repeals")
    )
    return [(target, document) for target, document in rows]
