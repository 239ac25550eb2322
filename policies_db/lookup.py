"""Questions to the database: what is cited, documents and provisions by name or number, lists."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from policies_db.content import compact
from policies_db.importer.numbering import chinese_number
from policies_db.models import Document, Point, Provision, TrustedCompany
from policies_db.shelf import once
from policies_db.validity import Standing, standing

_ARTICLE = re.compile(r"第([零一二三四五六七八九十百]+)条")
_RESPONSIBLE = re.compile(r"[（〔(](?:责任|牵头)单位[^）〕]*[）〕]+")


@dataclass(frozen=True)
class TaskFacts:
    """The columns of a task table's row: its number, what is to be done, who leads, by when."""

    number: int
    task: str
    lead: str
    due: str


@dataclass(frozen=True)
class Cited:
    """A provision as it is cited for a date: where it stands, what it says, whether it is valid.

    `quote` is verbatim and contiguous, `words` those of it that answer; `answer` is the plain line
    that a person wrote for it, or the quote itself; `issuer` is empty where none is named.
    """

    document_id: str
    provision_id: str
    title: str
    number: str | None
    issuer: str
    issued_on: datetime.date | None
    label: str
    heading: str | None
    quote: str
    answer: str
    standing: Standing
    words: str = ""
    bureaus: tuple[str, ...] = ()
    task: TaskFacts | None = None
    topics: frozenset[str] = frozenset()
    missing_parts: tuple[str, ...] = ()


def points(session: Session, ids: Sequence[int], on: datetime.date) -> list[Cited]:
    """The points with these ids, in that order, judged for a date; unknown ids are left out."""
    rows = (session.get(Point, i) for i in ids)
    return [cite_point(session, row, on) for row in rows if row is not None]


def document_of_point(session: Session, point_id: int) -> str:
    """The id of the document that a point stands in; empty where there is no such point."""
    row = session.get(Point, point_id)
    return "" if row is None else str(row.provision.document_id)


def cite_point(session: Session, point: Point, on: datetime.date) -> Cited:
    """Cite a point for a date."""
    topics = frozenset(item.topic for item in point.topics)
    return cite(session, point.provision, on, point.passage, point.answer, topics, point.quote)


def cite(
    session: Session,
    provision: Provision,
    on: datetime.date,
    quote: str | None = None,
    answer: str | None = None,
    topics: frozenset[str] = frozenset(),
    judged: str | None = None,
) -> Cited:
    """Cite a provision, or a passage of it, for a date.

    `judged` are the words that the validity is judged by, where they are fewer than the passage.
    """
    document = provision.document
    words = compact(provision.text) if quote is None else quote
    task = provision.task
    return Cited(
        document_id=document.id,
        provision_id=provision.id,
        title=document.title,
        number=document.number,
        issuer=document.issuer or "",
        issued_on=document.issued_on,
        label=provision.label,
        heading=provision.heading,
        quote=words,
        answer=words if answer is None else answer,
        standing=standing(session, document, on, provision, judged or words),
        words=judged or words,
        bureaus=tuple(bureau.name for bureau in provision.bureaus),
        task=TaskFacts(task.number, task.task, task.lead, task.due) if task else None,
        topics=topics,
        missing_parts=tuple(part.name for part in document.missing),
    )


def responsible(session: Session, cited: Cited) -> list[Cited]:
    """The passage that names who is responsible, where the citation does not quote it."""
    row = session.get(Provision, cited.provision_id)
    found = _RESPONSIBLE.search(compact(row.text)) if row is not None else None
    if row is None or found is None or found.group() in cited.quote:
        return []
    return [cite(session, row, cited.standing.on, found.group())]


def led_by(session: Session, cited: Cited, on: datetime.date) -> Cited | None:
    """What leads to the items that a citation is one of; None where it is none."""
    row = session.get(Provision, cited.provision_id)
    over = row.parent if row is not None and row.kind in ("group", "item", "subitem") else None
    return cite(session, over, on) if over is not None and over.text else None


def document(session: Session, document_id: str) -> Document | None:
    """A document by its id."""
    return session.get(Document, document_id)


def named_documents(session: Session, ids: Sequence[str]) -> list[Document]:
    """The documents of these ids that are on file, in that order."""
    return [row for each in ids if (row := document(session, each)) is not None]


def documents(session: Session) -> list[Document]:
    """All documents, newest first; those without a date last."""
    rows = session.scalars(select(Document).options(selectinload(Document.aliases)))
    return sorted(rows, key=lambda d: d.issued_on or datetime.date.min, reverse=True)


def provision(session: Session, provision_id: str) -> Provision | None:
    """A provision by its id."""
    return session.get(Provision, provision_id)


def provisions_at(session: Session, document_id: str, label: str) -> list[Provision]:
    """What stands at a place of a document: the provision with that label and all under it.

    People say 条 of the items of plans and notices as well: there it counts along the document.
    """
    rows = _provisions(session, document_id)
    found = [row for row in rows if _within(row.label, label)]
    if not found and label.endswith("第一款"):  # an article's first paragraph has its label
        return [row for row in rows if row.label == label.removesuffix("第一款")]
    counted = _ARTICLE.fullmatch(label)
    if found or not counted:
        return found
    number = chinese_number(counted[1])
    for numeral in (rf"(?<!\d){number}", f"（{counted[1]}）", rf"^{counted[1]}"):
        items = [row for row in rows if re.search(rf"{numeral}$", row.label)]
        if items and not items[0].label.startswith("附件"):
            return [row for row in rows if _within(row.label, items[0].label)]
    return []


def _provisions(session: Session, document_id: str) -> Sequence[Provision]:
    """All provisions of a document in order; empty where it is not on file."""
    row = session.get(Document, document_id)
    return () if row is None else row.provisions


def _within(label: str, place: str) -> bool:
    return label.startswith(place) and label[len(place) :][:1] in ("", "第", "（", "款")


def company_rows(session: Session) -> list[tuple[int, str, str]]:
    """The list of trusted companies: row number, name, provision id, in the order of the list."""

    def read() -> list[tuple[int, str, str]]:
        rows = session.scalars(select(TrustedCompany).order_by(TrustedCompany.number))
        return [(row.number, row.name, row.provision_id) for row in rows]

    return once(session, "companies", read)


def dating(session: Session, document: Document, on: datetime.date) -> tuple[Provision, str] | None:
    """The provision that says from when (and until when) a document applies, and its words.

    After the period of a plan, the one that says what follows. Where the document says nothing of
    it, the provision with its date; None where there is none.
    """
    over = document.plan_to is not None and on > document.plan_to
    basis = document.continues if over and document.continues else document.effective_basis
    for row in document.provisions:
        if basis and compact(basis) in compact(row.text):
            return row, compact(basis)
    dated = f"{document.issued_on:%Y年}{document.issued_on.month}月" if document.issued_on else None
    for row in document.provisions:
        if dated and row.kind in ("title", "signature") and dated in compact(row.text):
            return row, compact(row.text)
    return None


def dated_by(session: Session, cited: Cited) -> list[Cited]:
    """The provision that says from when and until when a cited document applies, if it says so."""
    row = document(session, cited.document_id)
    found = dating(session, row, cited.standing.on) if row is not None else None
    if found is None or found[0].id == cited.provision_id:
        return []
    return [cite(session, found[0], cited.standing.on, found[1])]


def closing(document: Document) -> list[Provision]:
    """The last paragraphs of a document, before its signature and annexes."""
    rows = [row for row in document.provisions if not row.label.startswith("附件")]
    last = [row for row in rows if row.kind == "closing"]
    said = [row for row in rows if row.kind not in ("title", "signature", "heading")]
    return last or said[-1:]


def naming(session: Session, document: Document) -> Provision:
    """The provision with the document's title, number and issuers."""
    wanted = compact(document.number or document.title)
    titles = [row for row in document.provisions if row.kind == "title"]
    return next((row for row in titles if wanted in compact(row.text)), document.provisions[0])


def article_of(provision: Provision) -> Provision:
    """The article or numbered part that a provision belongs to."""
    top = provision
    while top.parent is not None and top.kind in ("paragraph", "item", "group", "subitem"):
        if top.parent.kind in ("chapter", "section", "heading") or top.label[-1].isdigit():
            break
        top = top.parent
    return top


def whole(session: Session, provision: Provision) -> str:
    """A provision with all that stands under it, as one contiguous text."""
    return once(session, ("whole", provision.id), lambda: _whole(provision))


def _whole(provision: Provision) -> str:
    rows = list(provision.document.provisions)
    under = {provision.id}
    words = []
    for row in rows:
        if row.id == provision.id or row.parent_id in under:
            under.add(row.id)
            words.append(compact(row.text))
    return "".join(words)


def full_text(session: Session, document_id: str) -> str:
    """The whole text of a document, without white space."""
    return once(
        session,
        ("full text", document_id),
        lambda: "".join(compact(row.text) for row in _provisions(session, document_id)),
    )


def issued_together(session: Session, document_id: str) -> list[str]:
    """A document and those that were issued under the same number."""
    row = session.get(Document, document_id)
    if row is None or row.number is None:
        return [document_id]
    return list(session.scalars(select(Document.id).where(Document.number == row.number)))


def is_local(session: Session, document_id: str) -> bool:
    """Whether a document is one of Chongqing, by its title, number or issuers."""
    row = session.get(Document, document_id)
    assert row is not None
    return any("重庆" in (words or "") for words in (row.title, row.issuer)) or "渝" in (
        row.number or ""
    )


def surroundings(session: Session, cited: Cited) -> str:
    """A citation with its title and headings, and the annex that it stands in."""
    words = f"{cited.title} {cited.heading or ''} {cited.quote}"
    if not cited.label.startswith("附件"):
        return words
    rows = _provisions(session, cited.document_id)
    return words + "".join(compact(row.text) for row in rows if row.kind == "annex")


def neighbour(session: Session, provision: Provision, step: int) -> Provision | None:
    """The provision of the same rank after (1) or before (-1) this one; None at the ends."""
    top = provision
    while top.kind in ("paragraph", "item", "subitem") and top.parent is not None:
        if top.parent.kind in ("chapter", "section", "heading", "part") and top.kind != "paragraph":
            break
        top = top.parent
    rows = [
        row
        for row in provision.document.provisions
        if row.kind not in ("title", "preamble", "signature", "annex", "table_head", "chapter")
    ]
    ranks = [row for row in rows if row.parent_id == top.parent_id or row.kind == top.kind]
    if top.kind == "heading":  # 二（六） follows 一（五）, not the heading of part 二
        ranks = [row for row in ranks if row.label.endswith("）") == top.label.endswith("）")]
    order = {row.id: place for place, row in enumerate(provision.document.provisions)}
    beyond = [row for row in ranks if (order[row.id] - order[top.id]) * step > 0]
    if not beyond:
        return None
    return beyond[0] if step > 0 else beyond[-1]
