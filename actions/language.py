"""The language of a question, and the framing of the answer in it.

Quotes are never translated or converted; what stands around them follows the person.
"""

from __future__ import annotations

import functools
import re

from opencc import OpenCC

from policies_db.decisions.wording import Words

CHINESE, TRADITIONAL, ENGLISH = "zh", "zh-Hant", "en"
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_SMALL_LETTER = re.compile(r"[a-z]")
#: Words of English that stand in most questions, and how many tell it from other Latin script.
_ENGLISH_WORD = re.compile(
    r"\b(what|which|who|how|when|where|why|is|are|was|do|does|did|can|could|may|must|should|will|"
    r"the|an|of|for|to|we|our|have|has|get|need|there|if)\b",
    re.I,
)
LEAST_ENGLISH = 2


@functools.lru_cache(maxsize=2)
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def language_of(text: str, before: str = CHINESE) -> str:
    """zh, zh-Hant or en: English where Latin words outnumber Han characters.

    A number or a code, and words that both scripts write alike, tell no language: they are in that
    of what was said `before`.
    """
    han = len(_HAN.findall(text))
    if not han and not _SMALL_LETTER.search(text):
        return before
    if len(_LATIN_WORD.findall(text)) > han:
        return ENGLISH
    simplified = _converter("t2s").convert(text)
    changed = sum(a != b for a, b in zip(text, simplified, strict=False))
    if changed >= 2 and changed * 8 >= han:
        return TRADITIONAL
    if before == TRADITIONAL and framed(text, TRADITIONAL) == text:
        return TRADITIONAL
    return CHINESE


def is_english(text: str) -> bool:
    """Whether a message is surely written in English, not in another language of Latin letters."""
    return text.isascii() and len(_ENGLISH_WORD.findall(text)) >= LEAST_ENGLISH


def framed(text: str, language: str) -> str:
    """Framing text (not a quote) in the script of the language."""
    return _converter("s2t").convert(text) if language == TRADITIONAL else text


def words_in(language: str) -> Words:
    """The wording of values and dates in a language; traditional script is converted afterwards."""
    return Words(ENGLISH if language == ENGLISH else CHINESE)
