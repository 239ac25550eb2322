"""Whether a found provision is about another country, kind or year than the question.

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
_KINDS = Path(__file__).parent / "kinds.yml"
_YEARLY = re.compile(r"(20\d\d)年度|(20\d\d)年(?:的)?(?:任务)?清单")
_HERE = re.compile(r"重庆|渝|本市|我市|chongqing")
#: What may stand before the place that a question is about, and what shows that it is only a way.
_BEFORE = r"^(?:请问|你好|我们?|咱们?|公司|企业|在|位于|问一?下|如果|要是|那|如|\W)*"
_ON_THE_WAY = (
    r"(?!港|口岸|关区|海关|总部|母公司|客户|供应商|发|运|转|过来|到|进|出|回|来|和|与|跟|、)"
)


@functools.lru_cache(maxsize=1)
def _places() -> dict[str, tuple[tuple[str, str], ...]]:
    raw = yaml.safe_load(_PLACES.read_text(encoding="utf-8"))
    return {
        kind: tuple(
            (place, "|".join(map(_pattern, (place, *names)))) for place, names in of.items()
        )
        for kind, of in raw.items()
    }


@functools.lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[re.Pattern[str], ...], ...]:
    raw = yaml.safe_load(_KINDS.read_text(encoding="utf-8"))
    return tuple(
        tuple(re.compile("|".join(map(_pattern, (kind, *names)))) for kind, names in group.items())
        for group in raw
    )


def _pattern(name: str) -> str:
    return rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name)


def countries_in(text: str) -> frozenset[str]:
    """The countries that a text names, by their Chinese names."""
    plain = normalise(text)
    return frozenset(place for place, names in _places()["countries"] if re.search(names, plain))


def conflicts(question: str, provision: str, document: Callable[[], str], local: bool) -> bool:
    """Whether a provision cannot answer a question because both are about particular things.

    Args:
        question: as asked.
        provision: the provision that was found, with its headings.
        document: gives the whole text of its document, where it is needed.
        local: whether the document is one of the city.
    """
    asked = countries_in(question)
    if asked and countries_in(provision) and not asked & countries_in(document()):
        return True
    if local and _elsewhere(question, provision):
        return True
    if _of_other_kind(normalise(question), normalise(provision)):
        return True
    years, own = _years(question), _years(provision)
    return bool(years and own and not years & own)


def _of_other_kind(question: str, provision: str) -> bool:
    """Whether a question is about one kind of a thing, and the provision only about another."""
    for group in _kinds():
        asked = {kind for kind in group if kind.search(question)}
        told = {kind for kind in group if kind.search(provision)}
        if asked and told and not asked & told:
            return True
    return False


def _elsewhere(question: str, provision: str) -> bool:
    """Whether a question is about another region than the city, which the provision is not."""
    plain = normalise(question)
    if _HERE.search(plain):
        return False
    customs = "重庆海关" in provision
    about = [
        names
        for _, names in _places()["regions"]
        if re.search(f"{_BEFORE}(?:{names}){_ON_THE_WAY}", plain)
        or (customs and re.search(f"(?:{names})(?:海关|关区)", plain))
    ]
    return any(not re.search(names, normalise(provision)) for names in about)


def _years(text: str) -> frozenset[str]:
    return frozenset(a or b for a, b in _YEARLY.findall(normalise(text)))
