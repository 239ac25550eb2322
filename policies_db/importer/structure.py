"""From paragraphs to provisions: what can be cited, under the label that the document itself uses.

Every paragraph becomes part of exactly one provision (the lines of a title or a signature share
one), so the provisions of a document put together are its text. Laws and regulations are cited by
article (第四十五条第（二）项), announcements likewise though they print 「一、」, plans and
opinions by their running numbers (三（五）13).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policies_db.importer.numbering import LEVELS, Marker, Sequence, chinese_numeral, marker_of

#: How a document numbers what it rules: 第X条; 一、 cited as 第一条; 一、（一）1. cited as printed.
NUMBERINGS = ("articles", "announcement", "plan")
_CLOSING = re.compile(
    r"^(本(公告|通知|通告|行动计划|方案|措施)|特此|以上|享受以上|相关政策|海关总署公告|各(地|有关|相关))"
)
_FORMULA = re.compile(r"^特此(公告|通告|通知)。$")
_SIGNATURE = re.compile(r"^(\d{4}年\d{1,2}月\d{1,2}日(印发)?$|抄送|（?此件)")
_SENTENCE_END = "。；：！？"


@dataclass
class Draft:
    """A provision as read from a source file, before it is stored.

    `kind` is one of title, preamble, heading, article, part, group, item, subitem, paragraph,
    table_head, table_row, closing, signature, annex.
    """

    label: str
    kind: str
    text: str
    parent: int | None
    heading: str | None = None
    cells: list[str] = field(default_factory=list)


def provisions_of(paragraphs: list[str], numbering: str) -> list[Draft]:
    """Give each paragraph its place in the document.

    Args:
        paragraphs: the document's paragraphs in order; table cells parted by tabs.
        numbering: one of `NUMBERINGS`.

    Raises:
        ValueError: when the numbering is unknown.
    """
    if numbering not in NUMBERINGS:
        raise ValueError(f"numbering {numbering!r} is not one of {', '.join(NUMBERINGS)}")
    return _Reader(paragraphs, numbering).read()


class _Reader:
    def __init__(self, paragraphs: list[str], numbering: str) -> None:
        self.paragraphs = paragraphs
        self.numbering = numbering
        self.drafts: list[Draft] = []
        self.open: list[tuple[str, int, int]] = []  # (level, number, index in drafts), outer first
        self.counts: dict[int, int] = {}  # paragraphs so far under a provision
        self.annex: str | None = None
        self.lead: int | None = None  # a paragraph that introduces the items that follow
        self.markers = _accepted_markers(paragraphs)
        self.first_marker = min(self.markers, default=len(paragraphs))
        self.last_marker = max(self.markers, default=-1)

    def read(self) -> list[Draft]:
        for index, text in enumerate(self.paragraphs):
            if "\t" in text:
                self._table_line(text)
            elif text.startswith("附件") and text[-1] not in _SENTENCE_END:
                self._add_line(Draft("附件", "annex", text, None))
            elif self.drafts and self.drafts[-1].kind == "annex" and not _SIGNATURE.match(text):
                self._after_annex(index, text)
            elif index in self.markers:
                self._numbered(self.markers[index], text)
            elif index < self.first_marker or not self.open:
                self._before(index, text)
            elif index > self.last_marker and self._closes(text):
                self._closing(text)
            else:
                self._unnumbered(text)
        return self.drafts

    def _add(self, draft: Draft) -> int:
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def _add_line(self, draft: Draft) -> None:
        """A line of a title, a signature or a list of annexes: one provision with the last."""
        if self.drafts and self.drafts[-1].kind == draft.kind:
            self.drafts[-1].text += "\n" + draft.text
        else:
            self._add(draft)

    def _before(self, index: int, text: str) -> None:
        if text[-1] not in _SENTENCE_END:
            self._add_line(Draft("标题", "title", text, None))
        elif _FORMULA.match(text):
            self._add(Draft("落款", "title", text, None))
        else:
            self._add(Draft("序言", "preamble", text, None))

    def _closes(self, text: str) -> bool:
        """Whether a paragraph after the last numbering is no longer part of what is open."""
        if self.drafts[-1].kind in ("closing", "signature", "annex"):
            return True
        if _SIGNATURE.match(text) or self.drafts[-1].kind == "table_row":
            return True
        if self.counts[self.open[-1][2]] == 0:
            return False  # the body of a bare heading
        return (
            bool(_CLOSING.match(text) or _SIGNATURE.match(text))
            or text[-1] not in _SENTENCE_END + "）〕)"
        )

    def _closing(self, text: str) -> None:
        sentence = text[-1] in _SENTENCE_END and not _SIGNATURE.match(text)
        if sentence and not _FORMULA.match(text):
            self._add(Draft("结尾", "closing", text, None))
        else:
            self._add_line(Draft("落款", "signature", text, None))

    def _after_annex(self, index: int, text: str) -> None:
        """A list of annexes goes on over several lines; a signature ends it."""
        listed = marker_of(text) or self.drafts[-1].text.endswith("附件")
        if listed and index not in self.markers:
            self._add_line(Draft("附件", "annex", text, None))
        else:
            self._add_line(Draft("落款", "signature", text, None))

    def _numbered(self, marker: Marker, text: str) -> None:
        level = marker.level
        if self.numbering == "articles" and level == "part":
            level = "chapter"
        rank = LEVELS.index(level)
        self.open = [entry for entry in self.open if LEVELS.index(entry[0]) < rank]
        if level in ("chapter", "section", "article", "part"):
            self.lead = None
        parent = self.open[-1][2] if self.open else None
        if self.lead is not None and level == "group":
            parent = self.lead
        body = text[len(marker.printed) :].strip()
        bare = body != "" and body[-1] not in _SENTENCE_END + "）〕)”"
        title = body.replace(" ", "") if bare else _run_in_title(body)
        kind = "heading" if bare or level in ("chapter", "section") else level
        label = self._label(level, marker.number, parent)
        index = self._add(Draft(label, kind, text, parent, title))
        self.open.append((level, marker.number, index))
        self.counts[index] = 0 if bare else 1

    def _label(self, level: str, number: int, parent: int | None) -> str:
        path = [(name, value) for name, value, _ in self.open] + [(level, number)]
        if self.annex:
            return self.annex + "".join(_printed(*entry) for entry in path)
        if self.numbering == "plan":
            return "".join(
                _printed(*entry)
                + (
                    "、"
                    if entry[0] == "part" and i + 1 < len(path) and path[i + 1][0] == "item"
                    else ""
                )
                for i, entry in enumerate(path)
            )
        if level in ("chapter", "section"):
            return f"第{chinese_numeral(number)}{'章' if level == 'chapter' else '节'}"
        above = self.drafts[parent] if parent is not None else None
        inside = above is not None and level not in ("article", "part")
        return (above.label if above is not None and inside else "") + _cited(level, number)

    def _unnumbered(self, text: str) -> None:
        """A further paragraph of what is open: of the article or part where items came between."""
        outer = "article" if self.numbering == "articles" else "part"
        if self.numbering != "plan":
            while self.open[-1][0] != outer and any(entry[0] == outer for entry in self.open):
                self.open.pop()
        if text.startswith(("上述", "以上")) and self.numbering == "plan":
            self.open = self.open[:1]
            index = self.open[0][2]
            self._add(Draft(f"{self.drafts[index].label}（末段）", "paragraph", text, index))
            return
        index = self.open[-1][2]
        self.counts[index] += 1
        label = self.drafts[index].label
        if self.numbering != "plan" and self.counts[index] > 1:
            label += f"第{chinese_numeral(self.counts[index])}款"
        added = self._add(Draft(label, "paragraph", text, index))
        self.lead = added if text.endswith("：") and self.numbering != "plan" else None

    def _table_line(self, text: str) -> None:
        cells = text.split("\t")
        label = self.annex or "附件"
        parent = self.open[-1][2] if self.annex and self.open else None
        if not cells[0].isdigit():
            self.open = []
            self.annex = label
            self._add(Draft(label, "table_head", text, None, cells=cells))
        else:
            self._add(Draft(f"{label}第{cells[0]}项", "table_row", text, parent, cells=cells))


def _run_in_title(body: str) -> str | None:
    """The title that an item starts with: 「10．加大财政奖励支持。从2023年开始…」."""
    title, stop, rest = body.partition("。")
    return title if stop and rest and len(title) <= 30 else None


def _accepted_markers(paragraphs: list[str]) -> dict[int, Marker]:
    """The numbering of the document by paragraph; lists of annexes do not number provisions."""
    sequence = Sequence()
    accepted: dict[int, Marker] = {}
    annexes = False
    for index, text in enumerate(paragraphs):
        annexes = annexes or text.startswith("附件：")
        if text == "附件":
            annexes, sequence = False, Sequence()
        marker = None if "\t" in text else marker_of(text)
        if marker and sequence.accepts(marker) and not (annexes and marker.level == "item"):
            sequence.take(marker)
            accepted[index] = marker
    return accepted


def _printed(level: str, number: int) -> str:
    if level in ("item", "subitem"):
        return str(number) if level == "item" else f"（{number}）"
    numeral = chinese_numeral(number)
    return f"（{numeral}）" if level == "group" else numeral


def _cited(level: str, number: int) -> str:
    if level in ("article", "part"):
        return f"第{chinese_numeral(number)}条"
    return f"第（{chinese_numeral(number)}）项" if level == "group" else f"第{number}目"
