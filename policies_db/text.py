"""Text as search sees it: normalisation and the tokenisers that index and queries share.

Four views of a text, each good at what the others miss:

* characters: single Han characters and pairs, Latin words, numbers with their unit;
* words: what a dictionary splits (rjieba), function words left out;
* sounds: pairs of toneless syllables, so that 低押 still finds 抵押. Latin syllables that are typed
  between Han characters ("di压") are sounds as well;
* initials: the first letters of words ("zf" for 政府), used for queries only where they are typed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

import opencc
import rjieba
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

_TO_SIMPLIFIED: Final = opencc.OpenCC("t2s")
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN: Final = re.compile(rf"[{_HAN}]+|[a-z]+|\d+(?:\.\d+)?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff]")
_SPACE: Final = re.compile(r"\s+")
_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_NUMERAL: Final = re.compile(
    r"百分之([零〇一二两三四五六七八九十百\d.]+)"
    r"|([零〇一二两三四五六七八九十百千]+)(?=[个天日年月家户倍米元成次条项号周件种人岁名吨万亿辆票])"
    r"|((?=..)(?:[一二两三四五六七八九][十百千]|[十百][一二三四五六七八九])[零一二三四五六七八九十百]*"
    r"|[〇零一二三四五六七八九]{3,})"
)
_MEASURE: Final = re.compile(
    r"(\d+(?:\.\d+)?)(%|[万亿千百]*(?:个?工作日|个?小时|个?月|[个天日年家户倍米元条项号周件吨票]|美元)|[万亿]+)"
)
_STOP_WORDS: Final = frozenset(
    [
        "的",
        "了",
        "吗",
        "呢",
        "吧",
        "啊",
        "呀",
        "嘛",
        "么",
        "是",
        "在",
        "有",
        "我",
        "我们",
        "你",
        "你们",
        "他",
        "他们",
        "就",
        "都",
        "也",
        "和",
        "与",
        "及",
        "或",
        "或者",
        "还",
        "还是",
        "这",
        "那",
        "这个",
        "那个",
        "这种",
        "那种",
        "什么",
        "怎么",
        "怎样",
        "哪",
        "哪些",
        "哪个",
        "请问",
        "一下",
        "能",
        "能不能",
        "可以",
        "可不可以",
        "要",
        "会",
        "被",
        "把",
        "给",
        "让",
        "对",
        "对于",
        "关于",
        "个",
        "之",
        "其",
        "等",
        "为",
        "以",
        "于",
        "从",
        "到",
        "由",
        "并",
        "而",
        "但",
        "如果",
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "is",
        "are",
        "do",
        "does",
        "can",
        "for",
        "we",
        "our",
        "i",
        "you",
        "it",
        "and",
        "or",
        "on",
        "with",
        "what",
        "how",
        "be",
        "if",
        "at",
        "by",
        "from",
        "there",
        "any",
    ]
)
_SYLLABLES: Final = frozenset(
    syllable
    for syllable in map(to_normal, {readings.split(",")[0] for readings in PINYIN_DICT.values()})
    if syllable.isascii() and (len(syllable) > 1 or syllable in "ae")
)
_FUZZY: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("eng", "en"), ("ing", "in"), ("ü", "v"))
_LONGEST_SYLLABLE: Final = 6


@lru_cache(maxsize=512)  # a message is put in this form by all who read it
def normalise(text: str, *, numerals: bool = False) -> str:
    """The text in one form: half width, simplified, lower case, no control characters.

    With `numerals`, Chinese numbers become figures: 三十天 → 30天, 百分之五 → 5%, 第十条 → 第10条.
    """
    text = _CONTROL.sub(" ", unicodedata.normalize("NFKC", text))
    text = _SPACE.sub(" ", _TO_SIMPLIFIED.convert(text)).strip().lower()
    return arabic_numerals(text) if numerals else text


def arabic_numerals(text: str) -> str:
    """Chinese numbers as figures, where they count something."""
    return _NUMERAL.sub(_figure, text)


def _figure(found: re.Match[str]) -> str:
    percent, counted, plain = found.groups()
    if percent:
        value = percent if percent[0].isdigit() else _value(percent)
        return f"{value}%"
    return _value(counted or plain)


def _value(numeral: str) -> str:
    """三十五 → 35, 二〇二三 → 2023; what is no number stays as it is."""
    if not any(unit in numeral for unit in _UNITS):
        if all(c in _DIGITS for c in numeral):
            return "".join(str(_DIGITS[c]) for c in numeral)
        return numeral
    total, digit = 0, -1
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            total += (1 if digit < 0 else digit) * _UNITS[c]
            digit = -1
        else:
            return numeral
    return str(total + max(digit, 0))


def is_han(character: str) -> bool:
    """Whether this is a Chinese character."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"


def runs(text: str) -> list[str]:
    """The stretches of Han characters, of Latin letters and of digits, in order."""
    return _RUN.findall(text)


def char_tokens(text: str) -> list[str]:
    """Characters and pairs of them, Latin words, figures, figures with their unit.

    `text` is normalised with numerals.
    """
    tokens: list[str] = []
    for run in runs(text):
        if is_han(run[0]):
            tokens.extend(run)
            tokens.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            tokens.append(run)
    tokens.extend("".join(found) for found in _MEASURE.findall(text))
    return tokens


def word_tokens(text: str) -> list[str]:
    """Dictionary words without function words, for normalised text."""
    return [
        word
        for word in rjieba.cut(text)
        if word not in _STOP_WORDS and (word[0].isalnum() or is_han(word[0]))
    ]


@cache
def syllable(character: str) -> str:
    """The toneless sound of a character, blurred as dialects and input methods blur it."""
    reading = PINYIN_DICT.get(ord(character), "").split(",")[0]
    return _blur(to_normal(reading)) if reading else character


def _blur(sound: str) -> str:
    for exact, blurred in _FUZZY:
        sound = sound.replace(exact, blurred)
    return sound


@lru_cache(maxsize=4096)
def split_syllables(letters: str) -> tuple[str, ...]:
    """The syllables that Latin letters spell, () if they spell none: "diya" → ("di", "ya")."""
    if not letters:
        return ()
    for size in range(min(_LONGEST_SYLLABLE, len(letters)), 0, -1):
        head, rest = letters[:size], letters[size:]
        if head in _SYLLABLES:
            if not rest:
                return (_blur(head),)
            tail = split_syllables(rest)
            if tail:
                return (_blur(head), *tail)
    return ()


def _spelt(pieces: list[str]) -> list[tuple[str, ...]]:
    """For each run, the syllables it spells if it is Latin and stands for Chinese here."""
    latin = [piece for piece in pieces if piece[0].isascii() and piece.isalpha()]
    if not latin:
        return [()] * len(pieces)
    mixed = len(latin) < sum(not piece[0].isdigit() for piece in pieces)
    all_sounds = all(split_syllables(piece) for piece in latin)
    if not (mixed or all_sounds):
        return [()] * len(pieces)
    return [
        split_syllables(piece) if piece[0].isascii() and piece.isalpha() else () for piece in pieces
    ]


def sound_tokens(text: str) -> list[str]:
    """Pairs of syllables of normalised text, and Latin syllables that stand for Chinese."""
    pieces = runs(text)
    tokens: list[str] = []
    sounds: list[str] = []
    for piece, spelt in zip(pieces, _spelt(pieces), strict=True):
        if is_han(piece[0]):
            sounds.extend(syllable(c) for c in piece)
        elif spelt:
            sounds.extend(spelt)
        else:
            tokens.extend(_pairs(sounds))
            sounds = []
    tokens.extend(_pairs(sounds))
    return tokens


def _pairs(sounds: list[str]) -> list[str]:
    return [f"{a}_{b}" for a, b in pairwise(sounds)]


def word_initials(words: list[str]) -> list[str]:
    """What the words look like typed by their initials: 政府 → zf. For the index."""
    return [
        "".join(syllable(c)[0] for c in word)
        for word in words
        if 2 <= len(word) <= 4 and all(is_han(c) for c in word)
    ]


def typed_initials(text: str) -> list[str]:
    """Latin runs in a question of Han characters that may be initials: "zf出台了啥" → ["zf"]."""
    pieces = runs(text)
    if not any(is_han(piece[0]) for piece in pieces):
        return []
    return [
        piece for piece in pieces if piece.isascii() and piece.isalpha() and 2 <= len(piece) <= 4
    ]
