"""Complete lists: provisions on a topic, items of a provision, rows of the task table."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from sqlalchemy import select
from sqlalchemy.orm import Session

from policies_db.bureaus import bureaus_in
from policies_db.content import compact
from policies_db.importer.numbering import chinese_number
from policies_db.lookup import Cited, cite, cite_point
from policies_db.models import Document, Figure, Point, PointTopic, Provision, Task
from policies_db.text import normalise

_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月")
_YEAR = re.compile(r"(?<!\d)(?:20)?(2\d)年")
_YEAR_END, _DECEMBER = re.compile(r"年底|年末|年终"), 12
#: The year that the list has in its name.
_OWN_YEAR = re.compile(r"(?:20)?2\d年度?(?:的|那[份个张])?(?:营商环境)?(?:重点)?(?:任务|清单)")
_ALONE = re.compile(r"单独|独自|独家|一家(?!企业)|只[有由归]|唯一|自己|alone", re.I)
#: A part by its number, and what a heading urges to, which people leave out.
_PART = re.compile(
    r"第(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})个?大?(?:部分|块|章|方面|板块|节)"
)
_URGING = re.compile(
    r"^(?:进一步|积极|着力|持续|不断|加快|全面|大力|充分|有效)*"
    r"(?:加强|强化|优化|完善|提升|降低|推进|推动|支持|健全|加大|深化|发挥|促进|实施|开展|打造|鼓励|建设|营造|提高)?"
)
_NO_WORD = re.compile(r"[\W_]+|的")
_GENERAL = re.compile(r"^企业|(?:水平|力度|发展|建设|工作|能力)$")
#: A heading is named by so much of its core, in characters at least and in part; or by all of it.
SHORTEST_HEADING, SHARE, SHORTEST_WHOLE = 4, 0.65, 3
_NO_SECTION = frozenset({"title", "preamble", "signature", "annex", "table_head", "table_row"})


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
    """The provisions of a document that make a bureau responsible that a question names; those
    that no other is responsible for where it is asked for what it does alone."""
    rows = [row for row in document.provisions if row.bureaus]
    rows = [row for row in rows if not row.label.startswith("附件")]
    meant = bureaus_in(question, {bureau.name for row in rows for bureau in row.bureaus})
    alone = _ALONE.search(question) is not None
    return [
        row
        for row in rows
        if any(bureau.name in meant for bureau in row.bureaus)
        and not (alone and len(row.bureaus) > 1)
    ]


def section(document: Document, named: str) -> Provision | None:
    """The part of a document that words name by its number (第三部分) or by most of its heading."""
    rows = [row for row in document.provisions if row.heading and row.kind not in _NO_SECTION]
    part = _PART.search(normalise(named))
    if part:
        tops = headings(document)
        number = part["number"]
        place = int(number) if number.isdigit() else chinese_number(number)
        return tops[place - 1] if place <= len(tops) else None
    plain, title = _NO_WORD.sub("", normalise(named)), normalise(document.title)
    best, most = None, 0
    for row, core in ((r, c) for r in rows for c in _cores(r.heading or "", document.title)):
        match = SequenceMatcher(None, core, plain, autojunk=False).find_longest_match()
        least = max(SHORTEST_HEADING, SHARE * len(core))
        whole = match.size == len(core) >= SHORTEST_WHOLE
        if core[match.a : match.a + match.size] in title:
            continue  # what the whole document is about names none of its parts
        if (whole or match.size >= least) and match.size > most:
            best, most = row, match.size
    return best


def _cores(heading: str, title: str) -> tuple[str, ...]:
    """A heading without what it urges to; and that without what the title of its document has."""
    core = _GENERAL.sub("", _URGING.sub("", _NO_WORD.sub("", normalise(heading))))
    theme = SequenceMatcher(None, core, normalise(title), autojunk=False).find_longest_match()
    rest = core[: theme.a] + core[theme.a + theme.size :] if theme.size > 1 else ""
    return (core, _GENERAL.sub("", rest)) if len(rest) >= SHORTEST_WHOLE else (core,)


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


def all_points(session: Session, provisions: Sequence[Provision], on: datetime.date) -> list[Cited]:
    """All lines that a person wrote for provisions, in the order of what they say."""
    places = {row.id: compact(row.text) for row in provisions}
    rows = session.scalars(
        select(Point).where(Point.provision_id.in_(places), Point.written).order_by(Point.id)
    )
    order = list(places)
    said = {
        (order.index(row.provision_id), places[row.provision_id].find(row.quote)): row
        for row in reversed(list(rows))
    }
    return [cite_point(session, said[place], on) for place in sorted(said)]


def nearest_point(session: Session, provision: Provision, thing: str, on: datetime.date) -> Cited:
    """What of a provision has most of the characters of a thing, as a person wrote it; else all."""
    wanted = set(_NO_WORD.sub("", normalise(thing)))
    points = all_points(session, [provision], on)
    if not points:
        return cite(session, provision, on)
    return max(points, key=lambda each: len(wanted & set(normalise(each.words))))


def documents_with_tasks(session: Session) -> list[str]:
    """The ids of documents with a task table."""
    rows = session.scalars(
        select(Provision.document_id).join(Task, Task.provision_id == Provision.id).distinct()
    )
    return sorted(rows)


def tasks(session: Session, question: str) -> list[Provision]:
    """The rows of task tables that a bureau, a month or a year named in a question picks out, in
    order.

    Empty where the question names none of them.
    """
    rows = session.execute(
        select(Task, Provision)
        .join(Provision, Task.provision_id == Provision.id)
        .order_by(Provision.document_id, Provision.position)
    ).all()
    plain = normalise(question, numerals=True)
    leads = bureaus_in(question, {lead for task, _ in rows for lead in _leads(task)})
    beside = _OWN_YEAR.sub("", plain)
    years = {int(f"20{year}") for year in _YEAR.findall(beside)}
    months = {int(month) for month in _MONTH.findall(plain)}
    if _YEAR_END.search(plain) and not months:
        months = {_DECEMBER}
    if not leads and not months and not years:
        return []
    return [
        provision
        for task, provision in rows
        if (not leads or leads & set(_leads(task)))
        and (not months or task.due_on.month in months)
        and (not years or task.due_on.year in years)
    ]


def _leads(task: Task) -> list[str]:
    return [lead for lead in re.split(r"[、，,\s]+", task.lead) if lead]
