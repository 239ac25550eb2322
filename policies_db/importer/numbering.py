"""Numbering of Chinese official documents: 第一章, 第一条, 一、, （一）, 1．, （1）."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CN = "零〇一二三四五六七八九十百"
#: Levels from the outside in. An item that follows belongs to the last of a level outside it.
LEVELS = ("chapter", "section", "article", "part", "group", "item", "subitem")
_PATTERNS = {
    "chapter": re.compile(rf"第([{_CN}]+)章(?=[ \u3000]|\S)"),
    "section": re.compile(rf"第([{_CN}]+)节(?=[ \u3000]|\S)"),
    "article": re.compile(rf"第([{_CN}]+)条(?=[ \u3000]|$)"),
    "part": re.compile(rf"([{_CN}]+)、"),
    "group": re.compile(rf"[（(]([{_CN}]+)[）)](?!项|款|条|、|至|和|或)"),
    "item": re.compile(r"(\d{1,3})[．.、](?!\d)"),
    "subitem": re.compile(r"[（(](\d{1,3})[）)](?!项|款|条)"),
}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True)
class Marker:
    """Numbering at the start of a paragraph: its level, its number and how it is printed."""

    level: str
    number: int
    printed: str


def chinese_number(text: str) -> int:
    """The value of a Chinese numeral below 1000: 四十五 → 45.

    Raises:
        ValueError: when the text is not such a numeral.
    """
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = digit * 10 + _DIGITS[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            raise ValueError(f"not a Chinese numeral: {text!r}")
    return total + digit


def chinese_numeral(number: int) -> str:
    """The Chinese numeral of a number from 1 to 999: 45 → 四十五."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def marker_of(text: str) -> Marker | None:
    """The numbering that a paragraph starts with, or None."""
    for level, pattern in _PATTERNS.items():
        found = pattern.match(text)
        if found:
            digits = found.group(1)
            number = int(digits) if digits.isdigit() else chinese_number(digits)
            return Marker(level, number, found.group())
    return None


@dataclass
class Sequence:
    """Which numbering may come next: one more than the last of its level, or a new start at 1."""

    last: dict[str, int] = field(default_factory=dict)

    def accepts(self, marker: Marker) -> bool:
        """Whether this marker continues its level, or starts it."""
        return marker.number in (1, self.last.get(marker.level, 0) + 1)

    def take(self, marker: Marker) -> None:
        """Note the marker as the last of its level; numbering may run on across outer levels."""
        self.last[marker.level] = marker.number
