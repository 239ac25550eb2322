"""What is mentioned in a text: amounts, ratios, dates, periods, names; and the text as it is read.

A text is read in one form whatever was typed: half width, simplified characters, small letters.
Every character keeps its place, so that a mention can be shown in the user's own words.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

import opencc
from pypinyin import lazy_pinyin

from policies_db.decisions import Span

#: That something was said, read or written wrongly, of which the right value follows.
SLIP = (
    r"[说讲记看写打算搞弄听念数抄翻瞧](?:错|岔|混|反|串|走眼|花了?眼|漏了?眼|差了)|看走了?眼|(?:花|走)眼了?|眼(?:睛)?花了?"
    r"|口误|笔误|手误|手滑|嘴瓢|my (?:mistake|bad)|i was wrong|misread|mistyped|typo"
)


#: Texts that stay read: those of the messages that are being answered.
MOST_READ = 64
#: Words of a case: what sounds so is read as them, but for other words that sound so.
_WORDS = (
    "百万", "披露", "漏税", "关税", "退税", "免税", "认证", "高级认证", "综保区", "分送集报",
    "申报", "展期", "备案", "罚款",
)  # fmt: skip
_OTHER_WORDS = frozenset(
    ("漏水", "退水", "关水", "灌水", "身保", "北岸", "人证", "发款", "放款", "战旗", "占期")
)


_NUMERALS = "零〇一二两三四五六七八九十百千万亿半"


@lru_cache(maxsize=8192)
def _sound(character: str) -> str:
    return str(lazy_pinyin(character)[0])


@cache
def _sounds() -> dict[tuple[str, ...], str]:
    return {tuple(map(_sound, word)): word for word in _WORDS}


def _holds_number(typed: str, word: str) -> bool:
    """Whether a number was typed where a word that sounds alike has none: 占七(成) is no 展期."""
    return any(one in _NUMERALS and one != other for one, other in zip(typed, word, strict=True))


def _by_sound(text: str) -> str:
    """A text with words of a case that were typed by their sound (批露) put right."""
    sounds = [_sound(character) for character in text]
    for length in sorted({len(word) for word in _WORDS}, reverse=True):
        for start in range(len(text) - length + 1):
            word = _sounds().get(tuple(sounds[start : start + length]))
            typed = text[start : start + length]
            if word and typed not in _OTHER_WORDS and not _holds_number(typed, word):
                text = text[:start] + word + text[start + length :]
    return text


@dataclass(frozen=True)
class Mention:
    """Something that a text names.

    `kind` is amount, ratio, date, duration, company or code; number and unit are parts that were
    typed alone ("80", then "万元").
    `value` is a span in `unit` (yuan, usd, other, "" where no currency was said; %; months; date)
    or a text. `start` and `end` are its place in the text as typed, `text` the words there.
    `hint` is what its own words tell of its role: ago, now, off (so late, not so long).
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

    @staticmethod
    @lru_cache(maxsize=MOST_READ)
    def of(typed: str) -> Reading:
        """Read a text; each rule that a message may be a case of asks for the same one."""
        text = _by_sound("".join(map(_plain, typed)))
        simplified = _simplifier().convert(text)
        if len(simplified) != len(text):
            simplified = "".join(_plain(_simplifier().convert(char)) for char in text)
        return Reading(typed, simplified)


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _plain(char: str) -> str:
    """One character for one: half width and small where it can be."""
    plain = unicodedata.normalize("NFKC", char).lower()
    return {"。": "。", "～": "~", "—": "-", "–": "-"}.get(char, plain if len(plain) == 1 else char)
