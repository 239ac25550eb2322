"""Turn text taken out of a PDF or Word file into paragraphs, without touching a word.

Such text has one line per printed line, page numbers between (or inside) sentences and letters
spaced out for show. What is removed here is page furniture and white space only; every removal is
returned, so that it can be put on record.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from policies_db.importer.numbering import Marker, Sequence, marker_of
from policies_db.importer.tables import HEAD, Table, columns_of

PAGE_NUMBER = re.compile(r"^\s*[—–-]\s*\d{1,4}\s*[—–-]\s*$")
_SENTENCE_END = "。；：！？!?;:"
_CLOSING_MARKS = "）)〕”』】"
_BUREAUS_FOLLOW = re.compile(r"^[（(〔](责任|牵头|配合)单位")
_SPACED_LETTERS = re.compile(r"(?<!\S)[^\x00-\x7f](?: [^\x00-\x7f])+(?!\S)")
_WIDE = r"[^\x00-\x7f]"
_SPACE_BESIDE_WIDE = re.compile(rf"(?<={_WIDE})[ \t]+(?=[!-~])|(?<=[!-~])[ \t]+(?={_WIDE})")
_SPACE_IN_NUMBER = re.compile(r"(?<=\d)[ \t]+(?=\d)")
#: A line is full when it is at most this many ems narrower than the full lines of its text: a line
#: that ends a sentence needs little room to spare to end its paragraph, others (headings) more.
_SLACK, _SLACK_AFTER_MARK, _SLACK_MID_SENTENCE = 1.5, 2.5, 5.0


@dataclass(frozen=True)
class Line:
    """One printed line: its number in the original file (from 1), its text, and whether it is
    known to start a paragraph or to continue the one before."""

    number: int
    text: str
    starts: bool = False
    continues: bool = False


@dataclass
class Paragraph:
    """A logical paragraph: its text and, where it starts with numbering, its marker."""

    text: str
    marker: Marker | None = None


@dataclass
class Layout:
    """Paragraphs of a document, and the page furniture that was taken out of it."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)


def width(text: str) -> float:
    """Printed width in ems: wide characters count one, narrow ones a half, spaces a quarter."""
    return sum(
        0.25 if c == " " else 1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text
    )


def close_up(text: str) -> str:
    """Drop white space that only the layout put there; words apart stay apart."""
    text = text.replace("\u3000", " ").strip()
    text = _SPACED_LETTERS.sub(lambda m: m.group().replace(" ", ""), text)
    text = _SPACE_IN_NUMBER.sub("", _SPACE_BESIDE_WIDE.sub("", text))
    return re.sub(r"[ \t]+", " ", text)


def join(left: str, right: str) -> str:
    """Put two halves of a broken line together; Latin words keep a space between them."""
    if left and right and left[-1].isascii() and left[-1].isalpha() and right[0].isascii():
        return f"{left} {right}" if right[0].isalpha() else left + right
    return left + right


def full_width(lines: list[Line]) -> float:
    """The width of a full line of this text: its 90th percentile, in ems."""
    widths = sorted(width(line.text) for line in lines)
    return widths[int(len(widths) * 0.9)] if widths else 0.0


def lay_out(lines: list[Line]) -> Layout:
    """Join the printed lines of one document into its paragraphs.

    A paragraph ends with a short line, and before numbering that continues the sequence (so that
    a wrapped line that happens to start with a number does not).
    """
    layout = Layout()
    printed: list[Line] = []
    for line in lines:
        if PAGE_NUMBER.match(line.text):
            layout.furniture.append(line)
        elif line.text.strip():
            printed.append(line)
    full = full_width([Line(line.number, close_up(line.text)) for line in printed])
    sequence = Sequence()
    table: Table | None = None
    closed = True  # whether the paragraph before is over
    for line in printed:
        if HEAD.match(line.text.strip()):
            columns = columns_of(line.text.strip())
            if table and table.columns == columns:
                layout.furniture.append(line)
            else:
                table = Table(columns)
                layout.paragraphs.append(Paragraph("\t".join(columns)))
            closed = True
            continue
        if table and (table.pending or table.starts_row(line.text.strip())):
            row = table.feed(line.text.strip())
            if row:
                layout.paragraphs.append(Paragraph("\t".join([str(row.number), *row.cells])))
                closed = True
            continue
        line = replace(line, text=close_up(line.text))
        closed = (closed or line.starts) and not line.continues
        marker = marker_of(line.text)
        if marker and closed_for_marker(layout, closed, full) and sequence.accepts(marker):
            sequence.take(marker)
            layout.paragraphs.append(Paragraph(line.text, marker))
        elif closed and not _BUREAUS_FOLLOW.match(line.text):
            layout.paragraphs.append(Paragraph(line.text))
        else:
            layout.paragraphs[-1].text = join(layout.paragraphs[-1].text, line.text)
        closed = width(line.text) < full - _slack(line.text[-1])
    return layout


def closed_for_marker(layout: Layout, closed: bool, full: float) -> bool:
    """Whether numbering may start here: the text before must not be in mid-sentence."""
    if closed or not layout.paragraphs:
        return True
    return layout.paragraphs[-1].text[-1] in _SENTENCE_END + _CLOSING_MARKS


def _slack(last: str) -> float:
    if last in _SENTENCE_END:
        return _SLACK
    return _SLACK_AFTER_MARK if last in _CLOSING_MARKS else _SLACK_MID_SENTENCE
