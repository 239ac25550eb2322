"""Documents as people read them: read-only views of the policy database for the pages."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from bot.web import anchors
from policies_db import lookup
from policies_db.models import Document, Governs, Provision, Relation, Validity
from policies_db.validity import Standing, standing

TABLE = ("table_head", "table_row")
HEADINGS = ("chapter", "section", "heading", "annex")
IN_TABLE = ("chapter", "section", "heading")  # those that can stand between the rows of a table
SHOWN_PER_DOCUMENT = 5  # provisions of a document that a search shows
CONTEXT = 40  # characters before and after what was found
DEEPEST = 4  # steps of indentation


@dataclass(frozen=True)
class Entry:
    """A document as it stands in a list."""

    id: str
    title: str
    number: str | None
    issuer: str | None
    issued_on: datetime.date | None
    level: str
    standing: Standing

    @property
    def url(self) -> str:
        """Where it can be read."""
        return anchors.url(self.id)


@dataclass(frozen=True)
class Link:
    """A provision to go to."""

    label: str
    url: str


@dataclass(frozen=True)
class Extract:
    """A passage that was found: where it stands, and its text in pieces, each found or not."""

    at: Link
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Result:
    """A document of a list, with what was found in it."""

    entry: Entry
    extracts: tuple[Extract, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Period:
    """A validity that a sentence has of its own."""

    quote: str
    effective_from: datetime.date | None
    effective_to: datetime.date | None


@dataclass(frozen=True)
class Passage:
    """A provision of a document."""

    anchor: str
    url: str
    kind: str
    label: str
    text: str
    depth: int
    bureaus: tuple[str, ...]
    periods: tuple[Period, ...]
    governed_by: tuple[Link, ...]

    @property
    def cells(self) -> list[str]:
        """The columns of a table row."""
        return self.text.split("\t")


@dataclass(frozen=True)
class Block:
    """Provisions that are drawn together: a table with its rows, or a single passage."""

    table: bool
    passages: tuple[Passage, ...]

    @property
    def columns(self) -> int:
        """How many columns a table has; a heading between its rows takes all of them."""
        return max((len(each.cells) for each in self.passages if each.kind in TABLE), default=1)


@dataclass(frozen=True)
class Related:
    """How a document stands to another: `kind` as in the database, `inverse` seen from there."""

    kind: str
    inverse: bool
    entry: Entry | None
    number: str | None


@dataclass(frozen=True)
class Mended:
    """A repair of the layout: which lines of the original, what was printed there, why."""

    kind: str
    first_line: int
    last_line: int
    printed: str
    why: str | None


@dataclass(frozen=True)
class Page:
    """A document with all that is known of it."""

    entry: Entry
    issuers: tuple[str, ...]
    aliases: tuple[str, ...]
    effective_basis: str | None
    note: str | None
    repealed_by: Entry | None
    related: tuple[Related, ...]
    missing: tuple[str, ...]
    contents: tuple[Link, ...]
    blocks: tuple[Block, ...]
    repairs: tuple[Mended, ...]


def find(session: Session, words: str, status: str, on: datetime.date) -> list[Result]:
    """Documents, newest first; with words, those that have them all in one place."""
    wanted = [folded(word) for word in words.split()]
    results = []
    for document in lookup.documents(session):
        entry = _entry(session, document, on)
        if status and entry.standing.status != status:
            continue
        if not wanted:
            results.append(Result(entry))
            continue
        names = [document.title, document.number or "", document.issuer or "", document.id]
        names += [alias.name for alias in document.aliases]
        extracts = list(_extracts(session, document.id, wanted))
        if extracts or _has(" ".join(names), wanted):
            shown = tuple(extracts[:SHOWN_PER_DOCUMENT])
            results.append(Result(entry, shown, len(extracts) - len(shown)))
    return results


def page(session: Session, document_id: str, on: datetime.date) -> Page | None:
    """A document to read, judged for a date; None where there is no such document."""
    document = lookup.document(session, document_id)
    if document is None:
        return None
    passages = _passages(session, document)
    entry = _entry(session, document, on)
    by = lookup.document(session, entry.standing.repealed_by or "")
    return Page(
        entry=entry,
        issuers=tuple(issuer.name for issuer in document.issuers),
        aliases=tuple(alias.name for alias in document.aliases),
        effective_basis=document.effective_basis,
        note=document.note,
        repealed_by=_entry(session, by, on) if by else None,
        related=tuple(_related(session, document, on)),
        missing=tuple(part.name for part in document.missing),
        contents=tuple(
            Link(" ".join(each.text.split()), f"#{each.anchor}")
            for each in passages
            if each.kind in HEADINGS
        ),
        blocks=tuple(_blocks(passages)),
        repairs=tuple(
            Mended(each.kind, each.first_line, each.last_line, each.printed, each.why)
            for each in document.repairs
        ),
    )


def _entry(session: Session, document: Document, on: datetime.date) -> Entry:
    return Entry(
        document.id,
        document.title,
        document.number,
        document.issuer,
        document.issued_on,
        document.level,
        standing(session, document, on),
    )


def _passages(session: Session, document: Document) -> list[Passage]:
    rows = session.scalars(
        select(Provision)
        .where(Provision.document_id == document.id)
        .order_by(Provision.position)
        .options(
            selectinload(Provision.bureaus),
            selectinload(Provision.validities),
            selectinload(Provision.governors),
        )
    ).all()
    labels = {row.id: row.label for row in rows}
    parents = {row.id: row.parent_id for row in rows}
    return [
        Passage(
            anchor=anchors.anchor(row.id),
            url=anchors.url(document.id, row.id),
            kind=row.kind,
            label=row.label,
            text=row.text,
            depth=_depth(parents, row.id),
            bureaus=tuple(bureau.name for bureau in row.bureaus),
            periods=tuple(_periods(row.validities)),
            governed_by=tuple(_governors(row.governors, labels)),
        )
        for row in rows
    ]


def _blocks(passages: list[Passage]) -> Iterator[Block]:
    places = groupby(range(len(passages)), lambda place: _in_table(passages, place))
    for table, run in places:
        if table:
            yield Block(True, tuple(passages[place] for place in run))
        else:
            yield from (Block(False, (passages[place],)) for place in run)


def _in_table(passages: list[Passage], place: int) -> bool:
    """Whether a passage is a row of a table, or a heading between two rows."""
    before = after = place
    while before >= 0 and passages[before].kind in IN_TABLE:
        before -= 1
    while after < len(passages) and passages[after].kind in IN_TABLE:
        after += 1
    return (
        before >= 0
        and after < len(passages)
        and passages[before].kind in TABLE
        and (before == after or passages[after].kind == "table_row")
    )


def _depth(parents: dict[str, str | None], provision_id: str) -> int:
    depth, parent = 0, parents[provision_id]
    while parent is not None and depth < DEEPEST:
        depth, parent = depth + 1, parents[parent]
    return depth


def _periods(validities: Sequence[Validity]) -> Iterator[Period]:
    for each in validities:
        yield Period(each.quote, each.effective_from, each.effective_to)


def _governors(governors: Sequence[Governs], labels: dict[str, str]) -> Iterator[Link]:
    for each in governors:
        label = labels.get(each.governor_id, each.governor_id)
        yield Link(label, anchors.url(each.governor_id.partition("/")[0], each.governor_id))


def _related(session: Session, document: Document, on: datetime.date) -> Iterator[Related]:
    for relation in document.relations:
        target = lookup.document(session, relation.target_id or "")
        entry = _entry(session, target, on) if target else None
        if entry or relation.number:
            yield Related(relation.kind, False, entry, relation.number)
    sources = session.execute(
        select(Document, Relation.kind)
        .join(Relation, Relation.document_id == Document.id)
        .where(Relation.target_id == document.id, Relation.kind != "annexed_with")
        .order_by(Document.position)
    )
    for source, kind in sources:
        yield Related(kind, True, _entry(session, source, on), None)


def _extracts(session: Session, document_id: str, wanted: list[str]) -> Iterator[Extract]:
    rows = session.execute(
        select(Provision.id, Provision.label, Provision.text)
        .where(Provision.document_id == document_id)
        .order_by(Provision.position)
    )
    for provision_id, label, text in rows:
        flat = " ".join(text.split())
        if _has(flat, wanted):
            at = Link(label, anchors.url(document_id, provision_id))
            yield Extract(at, tuple(_pieces(flat, wanted)))


def _has(text: str, wanted: list[str]) -> bool:
    plain = folded(text)
    return all(word in plain for word in wanted)


def _pieces(text: str, wanted: list[str]) -> Iterator[tuple[str, bool]]:
    """The part of a text around what was found, cut where something found begins or ends."""
    plain = folded(text)
    marked = [False] * len(text)
    for word in wanted:
        start = plain.find(word)
        while start >= 0:
            marked[start : start + len(word)] = [True] * len(word)
            start = plain.find(word, start + len(word))
    first, last = marked.index(True), len(marked) - marked[::-1].index(True)
    low = max(0, first - CONTEXT)
    high = min(len(text), max(min(last, first + 3 * CONTEXT), first + 1) + CONTEXT)
    if low:
        yield "…", False
    for found, run in groupby(range(low, high), lambda place: marked[place]):
        yield "".join(text[place] for place in run), found
    if high < len(text):
        yield "…", False


def folded(text: str) -> str:
    """A text in lower case and half width, character by character, so that places stay."""
    return text.translate(_FOLDING)


class _Folding(dict[int, int]):
    """What each character is compared as, worked out when it is first met."""

    def __missing__(self, code: int) -> int:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = ord(plain) if len(plain) == 1 else code
        return self[code]


_FOLDING = _Folding()
