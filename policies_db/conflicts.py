"""Whether a found provision is about another country or another year than the question.

Search finds what is near; a rule for one country is near to the question about another, and must
not answer it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path

import yaml

from policies_db.text import normalise

_PLACES = Path(__file__).parent / "places.yml"
_YEARLY = re.compile(r"(20\d\d)年度|(20\d\d)年(?:的)?(?:任务)?清单")


@functools.lru_cache(maxsize=1)
def _places() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = yaml.safe_load(_PLACES.read_text(encoding="utf-8"))
    return tuple(
        (place, re.compile("|".join(_pattern(name) for name in (place, *names))))
        for place, names in raw.items()
    )


def _pattern(name: str) -> str:
    return rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name)


def countries_in(text: str) -> frozenset[str]:
    """The countries that a text names, by their Chinese names."""
    plain = normalise(text)
    return frozenset(place for place, pattern in _places() if pattern.search(plain))


def conflicts(question: str, provision: str, document: Callable[[], str]) -> bool:
    """Whether a provision cannot answer a question because both are about particular things.

    Args:
        question: as asked.
        provision: the provision that was found, with its headings.
        document: gives the whole text of its document, where it is needed.
    """
    asked = countries_in(question)
    if asked and countries_in(provision) and not asked & countries_in(document()):
        return True
    years, own = _years(question), _years(provision)
    return bool(years and own and not years & own)


def _years(text: str) -> frozenset[str]:
    return frozenset(a or b for a, b in _YEARLY.findall(normalise(text)))
