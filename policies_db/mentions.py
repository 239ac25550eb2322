"""Documents and articles that a question names: 148号公告第三条, 重庆条例, 渝府办发〔2023〕92号."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from policies_db.importer.numbering import chinese_number, chinese_numeral
from policies_db.models import Document

_CN = "零〇一二三四五六七八九十百"
_NUMBER = re.compile(
    r"(?:[\[(](?P<bracketed>20\d\d)[\])]|(?P<year>20\d\d)年?(?:的)?)?第?(?P<number>\d{1,3})号(?!线|楼|门)"
)
_ARTICLE = re.compile(
    rf"第?(?P<article>[{_CN}]+|\d{{1,3}})条(?!措施|政策|建议|线)"
    rf"(?:第(?P<paragraph>[{_CN}]+|\d{{1,2}})款)?"
    rf"(?:第?[(]?(?P<item>[{_CN}]+|\d{{1,2}})[)]?项)?"
)


@dataclass(frozen=True)
class Mention:
    """What a question names: documents (several where the name is shared), a place in one."""

    documents: tuple[str, ...] = ()
    label: str | None = None


class Names:
    """The names of all documents, for finding them in questions."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.numbers: dict[str, list[tuple[str, str]]] = {}
        self.names: list[tuple[str, str]] = []
        for document in documents:
            for name in (document.title, *(alias.name for alias in document.aliases)):
                plain = _plain(name)
                if not re.fullmatch(r"\d+号(文|公告)?", plain):
                    self.names.append((plain, document.id))
            found = _NUMBER.search(_plain(document.number or ""))
            if found:
                year = found["bracketed"] or found["year"] or ""
                self.numbers.setdefault(found["number"], []).append((year, document.id))
        self.names.sort(key=lambda item: -len(item[0]))

    def find(self, question: str) -> Mention:
        """The documents and the article that a question names."""
        plain = _plain(question)
        by_number, by_name = self._by_number(plain), self._by_name(plain)
        both = [document for document in by_number if document in by_name]
        return Mention(tuple(dict.fromkeys(both or by_number or by_name)), _label(plain))

    def _by_number(self, plain: str) -> list[str]:
        found = []
        for match in _NUMBER.finditer(plain):
            year = match["bracketed"] or match["year"]
            candidates = self.numbers.get(match["number"], [])
            found += [d for y, d in candidates if year is None or y == year]
        return found

    def _by_name(self, plain: str) -> list[str]:
        longest = 0
        found: list[str] = []
        for name, document in self.names:
            if name in plain and len(name) >= max(longest, 3):
                longest = len(name)
                found.append(document)
        return found


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s《》]", "", text).replace("〔", "[").replace("〕", "]").lower()


def _label(plain: str) -> str | None:
    found = _ARTICLE.search(plain)
    if not found or not (found.group().startswith("第") or found["article"].isdigit()):
        return None
    label = f"第{_numeral(found['article'])}条"
    if found["paragraph"]:
        label += f"第{_numeral(found['paragraph'])}款"
    if found["item"]:
        label += f"第（{_numeral(found['item'])}）项"
    return label


def _numeral(digits: str) -> str:
    return chinese_numeral(int(digits) if digits.isdigit() else chinese_number(digits))
