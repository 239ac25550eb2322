"""From the source files to the documents and provisions of the database."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import Counter
from pathlib import Path
from typing import Any

from policies_db.importer.bureaus import bureaus_of
from policies_db.importer.sourcefile import SourceFile
from policies_db.importer.structure import Draft, provisions_of
from policies_db.models import (
    Alias,
    Bureau,
    Document,
    Governs,
    Issuer,
    MissingPart,
    Provision,
    Relation,
    Repair,
    Task,
    TrustedCompany,
    Validity,
)

SOURCES = Path(__file__).parent / "sources"
_SPACE = re.compile(r"\s+")
_MONTH = re.compile(r"^(\d{4})年(\d{1,2})月$")


class ContentError(ValueError):
    """A source, phrasing or figure file that cannot be built; the message names file and place."""


def compact(text: str) -> str:
    """A text without white space: what the layout put there does not count."""
    return _SPACE.sub("", text)


def read_documents(folder: Path = SOURCES) -> list[Document]:
    """All documents of a folder of source files, with their provisions, in order of file name.

    Raises:
        ContentError: naming the file, when its metadata or a place that it refers to is wrong.
    """
    documents = []
    for position, path in enumerate(sorted(folder.glob("*.md"))):
        try:
            documents.append(_document(SourceFile.read(path), position))
        except (KeyError, ValueError) as error:
            raise ContentError(f"{path.name}: {error}") from error
    ids = {document.id for document in documents}
    for document in documents:
        for relation in document.relations:
            if relation.target_id is not None and relation.target_id not in ids:
                raise ContentError(f"{document.id}: relation to unknown {relation.target_id}")
    return documents


def _document(source: SourceFile, position: int) -> Document:
    meta = source.metadata
    document = Document(
        id=meta["id"],
        position=position,
        title=meta["title"],
        number=meta.get("number"),
        issuer=meta.get("issuer"),
        level=meta["level"],
        numbering=meta["numbering"],
        issued_on=meta.get("issued_on"),
        effective_from=meta.get("effective_from"),
        effective_to=meta.get("effective_to"),
        effective_basis=meta.get("effective_basis"),
        plan_to=meta.get("plan_to"),
        continues=meta.get("continues"),
        draft=bool(meta.get("draft")),
        note=meta.get("note"),
        issuers=[Issuer(position=i, name=name) for i, name in enumerate(meta.get("issuers", []))],
        aliases=[Alias(position=i, name=name) for i, name in enumerate(meta.get("aliases", []))],
        missing=[
            MissingPart(position=i, name=name) for i, name in enumerate(meta.get("missing", []))
        ],
        relations=[
            Relation(
                position=i,
                kind=item["kind"],
                target_id=item.get("target"),
                number=item.get("number"),
            )
            for i, item in enumerate(meta.get("relations", []))
        ],
        repairs=[
            Repair(
                position=i,
                kind=item["kind"],
                first_line=item["lines"][0],
                last_line=item["lines"][1],
                printed=item["printed"],
                why=item.get("why"),
            )
            for i, item in enumerate(source.repairs)
        ],
    )
    drafts = provisions_of(source.paragraphs, document.numbering)
    document.provisions = _provisions(document.id, drafts)
    for item in meta.get("provisions", []):
        _annotate(document, item)
    return document


def _provisions(document_id: str, drafts: list[Draft]) -> list[Provision]:
    seen: Counter[str] = Counter()
    provisions: list[Provision] = []
    for position, draft in enumerate(drafts):
        seen[draft.label] += 1
        repeat = f"~{seen[draft.label]}" if seen[draft.label] > 1 else ""
        provision = Provision(
            id=f"{document_id}/{draft.label}{repeat}",
            position=position,
            label=draft.label,
            kind=draft.kind,
            heading=draft.heading,
            text=draft.text,
            bureaus=[Bureau(position=i, name=n) for i, n in enumerate(bureaus_of(draft.text))],
        )
        if draft.parent is not None:
            provision.parent_id = provisions[draft.parent].id
        if draft.kind == "table_row":
            _fill_row(provision, draft.cells)
        provisions.append(provision)
    return provisions


def _fill_row(provision: Provision, cells: list[str]) -> None:
    if len(cells) == 4:
        number, task, lead, due = cells
        provision.task = Task(
            number=int(number), task=task, lead=lead, due=due, due_on=last_day_of(due)
        )
        provision.bureaus = [
            Bureau(position=i, name=name) for i, name in enumerate(re.split("[、，]", lead))
        ]
    elif len(cells) == 2:
        provision.company = TrustedCompany(number=int(cells[0]), name=cells[1])


def last_day_of(month: str) -> datetime.date:
    """The last day of a printed month: 2024年6月 → 30 June 2024.

    Raises:
        ValueError: when the text is not such a month.
    """
    found = _MONTH.match(month)
    if not found:
        raise ValueError(f"not a month: {month!r}")
    year, number = int(found.group(1)), int(found.group(2))
    return datetime.date(year, number, calendar.monthrange(year, number)[1])


def _annotate(document: Document, item: dict[str, Any]) -> None:
    """What a source file says of one provision: a validity of its own, what governs it."""
    provisions = [p for p in document.provisions if p.label == item["at"] and p.kind != "heading"]
    if not provisions:
        raise ValueError(f"provisions: no {item['at']!r} in the text")
    provision = provisions[0]
    if "quote" in item:
        holder = next((p for p in provisions if item["quote"] in compact(p.text)), None)
        if holder is None:
            raise ValueError(f"provisions: quote not in {item['at']!r}: {item['quote']}")
        holder.validities.append(
            Validity(
                position=len(holder.validities),
                quote=item["quote"],
                effective_from=item.get("effective_from"),
                effective_to=item.get("effective_to"),
            )
        )
    for label in item.get("governed_by", []):
        governors = [p for p in document.provisions if p.label == label]
        if not governors:
            raise ValueError(f"provisions: no {label!r} in the text")
        for governor in governors:
            provision.governors.append(Governs(governor_id=governor.id))
