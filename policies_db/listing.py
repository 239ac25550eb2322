"""Complete lists: provisions on a topic, items of a provision, rows of the task table."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from policies_db.lookup import Cited, cite, cite_point
from policies_db.models import Document, Figure, Point, PointTopic, Provision, Task
from policies_db.text import normalise

_CITY = re.compile(r"^(重庆市|重庆|市)")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月")


def on_topic(session: Session, topic: str, on: datetime.date) -> list[Cited]:
    """What the documents say on a topic: one point a provision, the first written for it.

    Rules in force come first, then those of unknown standing; drafts and what has ended are left
    out.
    """
    rows = session.scalars(
        select(Point)
        .join(PointTopic, PointTopic.point_id == Point.id)
        .where(PointTopic.topic == topic, Point.written)
        .order_by(Point.id)
    )
    first: dict[str, Point] = {}
    for row in rows:
        first.setdefault(row.provision_id, row)
    found = [cite_point(session, row, on) for row in first.values()]
    kept = [c for c in found if c.standing.status in ("in_force", "unknown")]
    return sorted(kept, key=lambda c: c.standing.status != "in_force")


def children(provision: Provision) -> list[Provision]:
    """The items right under a provision, in order."""
    return [row for row in provision.document.provisions if row.parent_id == provision.id]


def measures(document: Document) -> list[Provision]:
    """The numbered items of a document that say something themselves, in order."""
    rows = [row for row in document.provisions if not row.label.startswith("附件")]
    items = [row for row in rows if row.kind in ("item", "part", "article")]
    return items or [row for row in rows if row.kind == "group"] or _leaves(rows)


def _leaves(rows: Sequence[Provision]) -> list[Provision]:
    """The first paragraph under each heading that has one."""
    first: dict[str, Provision] = {}
    for row in rows:
        if row.kind == "paragraph" and row.parent is not None and row.parent.kind == "heading":
            first.setdefault(row.parent.id, row)
    return list(first.values())


def of_bureau(document: Document, question: str) -> list[Provision]:
    """The provisions of a document that make a bureau responsible that a question names."""
    plain = normalise(question)
    return [
        row
        for row in document.provisions
        if not row.label.startswith("附件")
        and any(_CITY.sub("", bureau.name) in plain for bureau in row.bureaus)
    ]


def headings(document: Document) -> list[Provision]:
    """The first rank of headings of a document, in order."""
    kinds = ("heading", "chapter", "section")
    rows = [row for row in document.provisions if row.kind in kinds and row.parent_id is None]
    return [row for row in rows if not row.label.startswith("附件")]


def figures(session: Session, document_id: str, kind: str) -> list[Figure]:
    """The figures of a kind that a document states, in order."""
    return list(
        session.scalars(
            select(Figure)
            .join(Provision, Figure.provision_id == Provision.id)
            .where(Provision.document_id == document_id, Figure.kind == kind)
            .order_by(Provision.position, Figure.id)
        )
    )


def first_points(
    session: Session, provisions: Sequence[Provision], on: datetime.date
) -> list[Cited]:
    """Provisions cited with the first line that a person wrote for each, else as they stand."""
    rows = session.scalars(
        select(Point)
        .where(Point.provision_id.in_([row.id for row in provisions]), Point.written)
        .order_by(Point.id)
    )
    first: dict[str, Point] = {}
    for row in rows:
        first.setdefault(row.provision_id, row)
    return [
        cite_point(session, first[row.id], on) if row.id in first else cite(session, row, on)
        for row in provisions
    ]


def documents_with_tasks(session: Session) -> list[str]:
    """The ids of documents with a task table."""
    rows = session.scalars(
        select(Provision.document_id).join(Task, Task.provision_id == Provision.id).distinct()
    )
    return sorted(rows)


def tasks(session: Session, question: str) -> list[Provision]:
    """The rows of task tables that a bureau or a month named in a question picks out, in order.

    Empty where the question names neither.
    """
    rows = session.execute(
        select(Task, Provision)
        .join(Provision, Task.provision_id == Provision.id)
        .order_by(Provision.document_id, Provision.position)
    ).all()
    plain = normalise(question, numerals=True)
    leads = {lead for task, _ in rows for lead in _leads(task) if _CITY.sub("", lead) in plain}
    months = {int(month) for month in _MONTH.findall(plain)}
    if not leads and not months:
        return []
    return [
        provision
        for task, provision in rows
        if (not leads or leads & set(_leads(task))) and (not months or task.due_on.month in months)
    ]


def _leads(task: Task) -> list[str]:
    return [lead for lead in re.split(r"[、，,\s]+", task.lead) if lead]
