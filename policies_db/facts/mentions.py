"""What is mentioned in a text: amounts, ratios, dates, periods, names; and the text as it is read.

A text is read in one form whatever was typed: half width, simplified characters, small letters.
Every character keeps its place, so that a mention can be shown in the user's own words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

import opencc

from policies_db.decisions import Span

#: Kinds of mention. `number` and `unit` are parts that were typed alone ("80", then "万元").
KINDS = ("amount", "ratio", "date", "duration", "number", "unit", "company", "code")


#: Words that are typed for others of the same sound, character for character.
_SLIPS = {"白万": "百万", "白多": "百多", "批露": "披露", "漏睡": "漏税",
          "关睡": "关税", "退睡": "退税", "免睡": "免税", "单保": "担保", "旦保": "担保",
          "认正": "认证", "综保曲": "综保区", "集抱": "集报", "报官": "报关"}  # fmt: skip
_SLIP = re.compile("|".join(_SLIPS))


@dataclass(frozen=True)
class Mention:
    """Something that a text names.

    `value` is a span in `unit` (yuan, usd, other, "" where no currency was said; %; months; date)
    or a text. `start` and `end` are its place in the text as typed, `text` the words there.
    `hint` is what its own words tell of its role: ago, now, previous.
    """

    kind: str
    value: Span | str
    unit: str
    start: int
    end: int
    text: str
    approximate: bool = False
    hint: str = ""

    @property
    def numbers(self) -> tuple[Decimal | date | None, Decimal | date | None]:
        """Both ends of its span."""
        assert isinstance(self.value, Span)
        return self.value.low, self.value.high


@dataclass(frozen=True)
class Reading:
    """A text in the form in which it is read, character for character beside what was typed."""

    typed: str
    text: str

    @classmethod
    def of(cls, typed: str) -> Reading:
        """Read a text."""
        text = _SLIP.sub(lambda found: _SLIPS[found.group()], "".join(map(_plain, typed)))
        simplified = _simplifier().convert(text)
        if len(simplified) != len(text):
            simplified = "".join(_plain(_simplifier().convert(char)) for char in text)
        return cls(typed, simplified)


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _plain(char: str) -> str:
    """One character for one: half width and small where it can be."""
    plain = unicodedata.normalize("NFKC", char).lower()
    return {"。": "。", "～": "~", "—": "-", "–": "-"}.get(char, plain if len(plain) == 1 else char)
