"""The language of a question, and the framing of the answer in it.

Quotes are never translated or converted; what stands around them follows the person.
"""

from __future__ import annotations

import functools
import re

from opencc import OpenCC

CHINESE, TRADITIONAL, ENGLISH = "zh", "zh-Hant", "en"
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


@functools.lru_cache(maxsize=2)
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def language_of(text: str) -> str:
    """zh, zh-Hant or en: English where Latin words outnumber Han characters."""
    han = len(_HAN.findall(text))
    if len(_LATIN_WORD.findall(text)) > han:
        return ENGLISH
    simplified = _converter("t2s").convert(text)
    changed = sum(a != b for a, b in zip(text, simplified, strict=False))
    return TRADITIONAL if changed >= 2 and changed * 8 >= han else CHINESE


def framed(text: str, language: str) -> str:
    """Framing text (not a quote) in the script of the language."""
    return _converter("s2t").convert(text) if language == TRADITIONAL else text
