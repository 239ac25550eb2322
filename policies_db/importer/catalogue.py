"""The catalogue of the original files: which lines hold which document, repairs made by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from policies_db.importer.layout import Layout, Line, lay_out

ORIGINALS = Path(__file__).parent.parent / "originals"


@dataclass(frozen=True)
class Entry:
    """One document of the catalogue: its original file, its first and last line, its repairs."""

    id: str
    file: str
    first: int
    last: int
    repairs: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Apart:
    """Lines of an original that belong to no document, and why."""

    file: str
    first: int
    last: int
    why: str


def load(folder: Path = ORIGINALS) -> tuple[list[Entry], list[Apart]]:
    """The documents of the catalogue in its order, and the lines that belong to none."""
    raw = yaml.safe_load((folder / "catalogue.yml").read_text(encoding="utf-8"))
    entries = [
        Entry(item["id"], item["file"], *_range(item), tuple(item.get("repairs", ())))
        for item in raw["documents"]
    ]
    return entries, [Apart(item["file"], *_range(item), item["why"]) for item in raw["apart"]]


def _range(item: dict[str, Any]) -> tuple[int, int]:
    first, last = item["lines"]
    return first, last


def original_lines(file: str, folder: Path = ORIGINALS) -> list[Line]:
    """All lines of an original file, numbered from 1."""
    text = (folder / f"{file}.txt").read_text(encoding="utf-8")
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def reimport(entry: Entry, folder: Path = ORIGINALS) -> tuple[Layout, list[dict[str, Any]]]:
    """Lay out a document anew from its original; its paragraphs and every repair that was made.

    A repair names what was done (`move`, `join`, `split`, `strip`, `page number`, `table head`),
    the original line numbers, the printed text and, where a person decided it, why.
    """
    lines = original_lines(entry.file, folder)[entry.first - 1 : entry.last]
    record: list[dict[str, Any]] = []
    for repair in entry.repairs:
        lines = _apply(repair, lines, record)
    layout = lay_out(lines)
    for line in layout.furniture:
        kind = "table head" if "序号" in line.text else "page number"
        at = [line.number, line.number]
        record.append({"kind": kind, "lines": at, "printed": line.text.strip()})
    return layout, record


def _apply(repair: dict[str, Any], lines: list[Line], record: list[dict[str, Any]]) -> list[Line]:
    """The lines after one hand-made repair, which is put on record."""
    kind = next(iter(repair))
    by_number = {line.number: line for line in lines}
    numbers = [repair["at"], repair["at"]] if kind == "strip" else repair[kind]
    first, last = numbers
    entry: dict[str, Any] = {"kind": kind, "lines": numbers}
    if kind == "move":
        moved = [line for line in lines if first <= line.number <= last]
        lines = [line for line in lines if line not in moved]
        place = lines.index(by_number[repair["before"]])
        lines = lines[:place] + moved + lines[place:]
        entry |= {"to": repair["before"], "printed": "".join(line.text.strip() for line in moved)}
    elif kind == "join":
        continued = replace(by_number[last], continues=True)
        lines = [line for line in lines if line.number != last]
        place = next(i for i, line in enumerate(lines) if line.number == first) + 1
        while place < len(lines) and lines[place].continues:
            place += 1
        lines = [*lines[:place], continued, *lines[place:]]
        entry["printed"] = by_number[first].text.strip() + "｜" + continued.text.strip()
    elif kind == "split":
        lines = [replace(line, starts=True) if line.number == first else line for line in lines]
        entry["printed"] = by_number[first].text.strip()
    elif kind == "strip":
        stripped = by_number[first].text.replace(repair["strip"], "")
        lines = [Line(first, stripped) if line.number == first else line for line in lines]
        entry["printed"] = repair["strip"]
    else:
        raise ValueError(f"catalogue: unknown repair {kind!r} at lines {numbers}")
    record.append(entry | {"why": repair["why"]})
    return lines
