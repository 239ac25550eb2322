"""What a question says about the place of its answer: document, region, year, article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policies_db.search.data import SearchDocument
from policies_db.text import normalise

_NUMBER = re.compile(r"(\d+)号")
_YEAR = re.compile(r"(?<!\d)(?:20)?(2\d|19)年")
_ORDINAL = re.compile(r"第(\d+)(条|项|款|章)|任务(\d+)")
_LOCAL = re.compile(r"重庆|我市|市里|本市|渝|山城|chongqing|(?<![a-z])cq(?![a-z])")
_NATIONAL = re.compile(r"国家|全国|国务院|中央|national|state council")
_BRACKETS = re.compile(r"[《》〈〉()\s]|\(.*\)")


@dataclass(frozen=True)
class Mentions:
    """Ids of documents that are named, years, the region (+1 Chongqing, -1 country), articles."""

    documents: frozenset[str]
    years: frozenset[int]
    region: int
    ordinals: frozenset[str]


class MentionFinder:
    """Knows the documents' names."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self._names: dict[str, set[str]] = {}
        self.years = {document.id: document.year for document in documents}
        self.local = {
            document.id: bool(_LOCAL.search(f"{document.title}{document.number or ''}"))
            for document in documents
        }
        for document in documents:
            for name in (document.title, *document.aliases):
                self._add(_BRACKETS.sub("", normalise(name, numerals=True)), document.id)
            for number in _NUMBER.findall(normalise(document.number or "")):
                self._add(f"{number}号", document.id)

    def _add(self, name: str, document_id: str) -> None:
        if len(name) >= 3:
            self._names.setdefault(name, set()).add(document_id)

    def find(self, normal: str) -> Mentions:
        """What a normalised question mentions; of names inside each other the longest counts."""
        text = _BRACKETS.sub("", normal)
        found = [name for name in self._names if name in text and not _inside_number(name, text)]
        longest = [
            name for name in found if not any(name != other and name in other for other in found)
        ]
        documents = frozenset(i for name in longest for i in self._names[name])
        years = frozenset(2000 + int(year) for year in _YEAR.findall(text))
        region = bool(_LOCAL.search(text)) - bool(_NATIONAL.search(text))
        return Mentions(documents, years, region, ordinals(text))


def _inside_number(name: str, text: str) -> bool:
    """Whether 92号 was only found as the end of 192号."""
    return name[0].isdigit() and not re.search(rf"(?<!\d){re.escape(name)}", text)


def ordinals(normal: str) -> frozenset[str]:
    """Articles, items and tasks by number: 第35条, 任务57."""
    return frozenset(
        f"{number or task}{kind or '任务'}" for number, kind, task in _ORDINAL.findall(normal)
    )
