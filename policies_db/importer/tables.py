"""Tables as PDF extraction leaves them: a head line, then cells broken into lines.

A row starts with the number that follows the last row's; task lines may begin with figures too, so
a row is only looked for when the one before is complete.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

HEAD = re.compile(r"^序号\s")
_DATE = re.compile(r"^(.*?)(\d{4}年\d{1,2}月)$", re.S)
_ROW = re.compile(r"^(\d{1,4})(?:\s+(.*)|(?=[^\d\s．.、月年日%％])(.*))?$")
_SENTENCE_END = "。；"


@dataclass
class Row:
    """One table row: its number and its cells in the order of the columns."""

    number: int
    cells: list[str]


@dataclass
class Table:
    """A table being read: its column names and the lines of the row that is not yet complete."""

    columns: list[str]
    last: int = 0
    pending: list[str] = field(default_factory=list)

    @property
    def dated(self) -> bool:
        """Whether each row ends with a date cell, so that a row can span several lines."""
        return len(self.columns) > 2

    def starts_row(self, line: str) -> bool:
        """Whether this line begins the next row."""
        found = _ROW.match(line)
        return not self.pending and found is not None and int(found.group(1)) == self.last + 1

    def feed(self, line: str) -> Row | None:
        """Take one line; the row, when this line completes it."""
        self.pending.append(line)
        if not self.dated:
            return self._complete([])
        found = _DATE.match("\n".join(self.pending[:-1]) + "\n" + self.pending[-1]) or _DATE.match(
            "\n".join(self.pending[:-2]) + "\n" + "".join(self.pending[-2:])
        )
        return self._complete(found.group(1).split("\n"), found.group(2)) if found else None

    def _complete(self, lines: list[str], date: str | None = None) -> Row:
        if date is None:
            lines = self.pending
        self.last += 1
        self.pending = []
        first = _ROW.match(lines[0].strip() or lines[1])
        assert first is not None  # starts_row() saw the number
        rest = [
            first.group(2) or first.group(3) or "",
            *lines[(lines[0].strip() == "" and 2) or 1 :],
        ]
        if date is None:
            return Row(self.last, ["".join(rest).strip()])
        main, lead = _split_cells([part for part in rest if part.strip()])
        return Row(self.last, [main, lead, date])


def columns_of(head: str) -> list[str]:
    """Column names of a head line: 「序号 工 作 任 务 牵头单位」 → 序号, 工作任务, 牵头单位."""
    return re.sub(
        r"(?<!\S)(\S)((?: \S)+)(?!\S)", lambda m: m.group().replace(" ", ""), head
    ).split()


def _split_cells(lines: list[str]) -> tuple[str, str]:
    """The main cell (up to its last sentence end) and the cell after it."""
    for index in range(len(lines) - 1, -1, -1):
        end = max(lines[index].rfind(mark) for mark in _SENTENCE_END)
        if end >= 0:
            main = "".join(lines[:index]) + lines[index][: end + 1]
            return main, re.sub(r"\s+", "", lines[index][end + 1 :] + "".join(lines[index + 1 :]))
    return "".join(lines[:-1]), re.sub(r"\s+", "", lines[-1])
