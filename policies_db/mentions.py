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
    r"(?:[\[(](?P<bracketed>20\d\d)[\])]|(?P<year>20\d\d)年?(?:的)?)?第?(?<![月底初\d])(?P<number>\d{1,3})号(?!线|楼|门)"
)
_OF_DOCUMENT = re.compile(r"公告|令|文(?!\w{0,2}[街路])|通知")
#: Words between the parts of a name: 陆海新通道(这份)政策.
_POINTING = re.compile(r"[这那](份|个|部|项|条)|的")
_ARTICLE = re.compile(
    rf"(?<![那这共有几\d{_CN}])第?(?P<article>[{_CN}]+|\d{{1,3}})条(?!措施|政策|建议|线)"
    rf"(?:第(?P<paragraph>[{_CN}]+|\d{{1,2}})款)?"
    rf"(?:第?[(]?(?P<item>[{_CN}]+|\d{{1,2}})[)]?项)?"
)
_TASK = re.compile(rf"(?:任务|清单)\D{{0,6}}?第?(?P<task>[{_CN}]+|\d{{1,3}})(?:项|号任务|条任务)")


@dataclass(frozen=True)
class Mention:
    """What a question names: documents (several where the name is shared), a place in one."""

    documents: tuple[str, ...] = ()
    label: str | None = None


class Names:
    """The names of all documents, for finding them in questions."""

    def __init__(self, documents: Iterable[Document], texts: Iterable[str] = ()) -> None:
        """Read the names.

        Args:
            documents: those that can be named.
            texts: what they say; numbers of other documents that stand in it are known as well.
        """
        self.cited = {(_year(m), m["number"]) for text in texts for m in _numbers(text)}
        self.numbers: dict[str, list[tuple[str, str]]] = {}
        self.names: list[tuple[str, str]] = []
        for document in documents:
            for name in (document.title, *(alias.name for alias in document.aliases)):
                for plain in _written(name):
                    if not re.fullmatch(r"\d+号(文|公告)?", plain):
                        self.names.append((plain, document.id))
            found = _NUMBER.search(_plain(document.number or ""))
            if found:
                self.numbers.setdefault(found["number"], []).append((_year(found), document.id))
        self.names.sort(key=lambda item: -len(item[0]))

    def find(self, question: str) -> Mention:
        """The documents and the article that a question names."""
        plain = _plain(question)
        by_number, by_name = self._by_number(plain), self._by_name(plain)
        both = [document for document in by_number if document in by_name]
        return Mention(tuple(dict.fromkeys(both or by_number or by_name)), _label(plain))

    def unknown(self, question: str) -> bool:
        """Whether a question names a document only by a number that is not on file."""
        plain = _plain(question)
        named = [match for match in _NUMBER.finditer(plain) if self._is_number(match, plain)]
        known = any(self._numbered(match) or self._is_cited(match) for match in named)
        return bool(named) and not known and not self._by_name(plain)

    def each(self, question: str) -> list[tuple[str, ...]]:
        """The documents of each name in a question, in order of place.

        Of names inside each other the longest counts. A name may stand for several documents; it
        is left out where another name says which of them.
        """
        plain = _plain(question)
        return max(self._groups(plain), self._groups(_POINTING.sub("", plain)), key=len)

    def _groups(self, plain: str) -> list[tuple[str, ...]]:
        found: dict[tuple[int, int], list[str]] = {}
        for match in _NUMBER.finditer(plain):
            named = self._numbered(match)
            if named:
                found[match.span()] = named
        for name, document in self.names:
            for match in re.finditer(re.escape(name), plain) if len(name) >= 3 else ():
                start, end = span = match.span()
                if span in found or not any(s < end and start < e for s, e in found):
                    found.setdefault(span, []).append(document)
        groups = [tuple(dict.fromkeys(found[span])) for span in sorted(found)]
        return [g for g in dict.fromkeys(groups) if not any(set(o) < set(g) for o in groups)]

    def _by_number(self, plain: str) -> list[str]:
        found = []
        for match in _NUMBER.finditer(plain):
            found += self._numbered(match)
        return found

    def _numbered(self, match: re.Match[str]) -> list[str]:
        year = _year(match)
        return [d for y, d in self.numbers.get(match["number"], []) if not year or y == year]

    @staticmethod
    def _is_number(match: re.Match[str], plain: str) -> bool:
        """Whether a number is surely that of a document, not of a house or a day."""
        return bool(_year(match) or _OF_DOCUMENT.match(plain, match.end()))

    def _is_cited(self, match: re.Match[str]) -> bool:
        year = _year(match)
        return any(n == match["number"] and (not year or y == year) for y, n in self.cited)

    def _by_name(self, plain: str) -> list[str]:
        longest = 0
        found: list[str] = []
        bare = _POINTING.sub("", plain)
        for name, document in self.names:
            if (name in plain or name in bare) and len(name) >= max(longest, 3):
                longest = len(name)
                found.append(document)
        return found


def _numbers(text: str) -> Iterable[re.Match[str]]:
    return _NUMBER.finditer(_plain(text))


def _year(match: re.Match[str]) -> str:
    return match["bracketed"] or match["year"] or ""


def _written(name: str) -> list[str]:
    """A name as people write it: whole, and with the city named without 市."""
    plain = _plain(name)
    return list(dict.fromkeys([plain, plain.replace("重庆市", "重庆")]))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s《》]", "", text).replace("〔", "[").replace("〕", "]").lower()


def _label(plain: str) -> str | None:
    task = _TASK.search(plain)
    if task:
        number = task["task"]
        return f"附件第{number if number.isdigit() else chinese_number(number)}项"
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
