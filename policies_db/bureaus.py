"""Bureaus as questions name them: 市税务局, 人民银行, 口岸办."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from policies_db.text import normalise

_NAMES = Path(__file__).parent / "bureaus.yml"
#: What a printed name says of the place and rank of a bureau, which questions leave out.
_PLACE = re.compile(r"^(国家(?=外汇|金融|税务)|重庆市|重庆|市委|市政府|市(?!场))+")
#: A name that goes on is that of a thing, not of the bureau: 海关特殊监管区域.
_THING = r"(?!特殊监管|监管|总署|编码|备案|估价|查验|高级认证|认证|信用|aeo|业务|手续)"


def bureaus_in(question: str, printed: Iterable[str]) -> frozenset[str]:
    """Those of the printed names of bureaus that a question means."""
    plain = normalise(question)
    return frozenset(name for name in printed if re.search(_pattern(name), plain))


@functools.lru_cache(maxsize=1024)
def _pattern(name: str) -> str:
    core = _PLACE.sub("", name) or name
    words = [core, *(word for key, called in _called() if key in name for word in called)]
    return f"(?:{'|'.join(map(re.escape, words))}){_THING}"


@functools.lru_cache(maxsize=1)
def _called() -> tuple[tuple[str, tuple[str, ...]], ...]:
    raw = yaml.safe_load(_NAMES.read_text(encoding="utf-8"))
    return tuple((key, tuple(called)) for key, called in raw.items())
