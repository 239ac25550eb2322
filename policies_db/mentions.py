"""Documents and articles that a question names: 148号公告第三条, 重庆条例, 渝府办发〔2023〕92号."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from policies_db.importer.numbering import chinese_number, chinese_numeral
from policies_db.models import Document
from policies_db.text import normalise

#: So many questions are remembered with what they name.
REMEMBERED = 256
_CN = "零〇一二三四五六七八九十百"
_NUMBER = re.compile(
    r"(?:[\[(](?P<bracketed>20\d\d)[\])]|(?P<year>20\d\d)年?(?:的)?)?第?(?<![月底初\d])(?P<number>\d{1,3})号(?!线|楼|门)"
)
_YEAR = re.compile(r"20\d\d")
_OF_DOCUMENT = re.compile(r"公告|令|文(?!\w{0,2}[街路])|通知")
#: What stands before the number of a document without a year: 署岸发165号.
_SERIES = re.compile(r"[a-z\u4e00-\u9fff](发|函|办|字|公告|令)$")
#: A plan and its draft: 草案里…，印出来的….
_DRAFT = re.compile(r"草案|征求意见|意见稿|初稿|讨论稿|定稿|终稿|正式稿|draft", re.I)
_FINAL = re.compile(r"正式|定稿|终稿|最终|印发|印出来|发出来|出台|final|as issued", re.I)
#: How long a part of a title is that names the document before one of its articles.
_SHORTEST_NAME, _LONGEST_NAME = 4, 30
#: Two documents named by what their titles share: 两部优化营商环境条例.
_BOTH = re.compile(r"[两二俩](?:部|个|份|本|版)(?P<name>\w*?(?:条例|计划|意见|通知|措施|方案))")
#: Words that people leave out of a title.
_FILLING = re.compile(r"工作|若干")
#: Words between the parts of a name, which people put in or leave out: 陆海新通道(这份)政策.
_POINTING = re.compile(r"[这那](份|个|部|项|条|套|些)?|自己|自家|的|工作|若干")
_ARTICLE = re.compile(
    rf"(?:第[(]?|(?<![那这共有几前头后\d{_CN}])(?=\d+条(?!措施|政策|建议|线)))"
    rf"(?P<article>[{_CN}]+|\d{{1,3}})[)]?条"
    rf"(?:第(?P<paragraph>[{_CN}]+|\d{{1,2}})款)?"
    rf"(?:第?[(]?(?P<item>[{_CN}]+|\d{{1,2}})[)]?项)?"
)
#: Words for any document, after the theme that names it: 扩大进口的方案, 陆海新通道那16条.
_ANY_DOCUMENT = re.compile(
    r"方案|计划|政策|措施|文件|公告|通[知告]|意见|办法|规定|扶持|优惠|便利|好处|待遇|条例|"
    rf"(?:\d{{1,2}}|[{_CN}几]{{1,3}})[条招](?!件)"
)
_BETWEEN = re.compile(
    r"(?:那|这|的|份|个|套|些|项|部|批|一|共|有|都|若干|能|可以|享受|享有|到|里|相关|有关|专项|各|种|那边|这边)+$"
)
#: A document by some words of its title and the kind of it: 外资行动计划, 商务部意见.
_KIND = re.compile(r"(?:专项|行动|指导|实施|政策|工作|若干)*(?:计划|意见|方案|条例|措施|通知)")
_APART = re.compile(r"[,，。;；:：?？!！、]|还是|以及|[和跟与同及里对在把按照看像]|那份?|这份?|的")
_NO_THEME = re.compile(
    r"^(?:支持|扶持|优惠|便利|鼓励|奖励|发展|相关|有关|具体|保障|配套|一些|哪些|什么|重庆|市里?|国家|我市|"
    r"重点|惠企|新|旧|老|各|该|本|两|几|全部|所有)*$"
)
_MOST_OF_ISSUER = 2
#: Kinds that few documents have, so that they name one without a theme: 国家指导意见.
_TELLING = ("指导", "实施")
#: From how many characters such a name stands for itself, and with which kinds at its end.
_LONG_NAME, _OWN_KINDS = 6, ("计划", "意见", "方案", "条例")
#: How people say which of two documents of one name they mean, that of the country or of the city.
_OF_COUNTRY = re.compile(r"国家|国务院|中央|全国|上位|\bnational\b|state council", re.I)
_OF_CITY = re.compile(
    r"重庆|本市|市里|市级|地方|本地|[咱我]们?(?:这(?:边|儿|里)|市)|\b(?:local|municipal)\b", re.I
)
_TASK = re.compile(rf"(?:任务|清单)\D{{0,6}}?第?(?P<task>[{_CN}]+|\d{{1,3}})(?:项|号任务|条)")


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
        self._known = functools.lru_cache(maxsize=REMEMBERED)(self._find)
        self.cited = {(_year(m), m["number"]) for text in texts for m in _numbers(text)}
        self.numbers: dict[str, list[tuple[str, str]]] = {}
        self.names: list[tuple[str, str]] = []
        self.titles: list[tuple[str, str]] = []
        self.before: dict[str, list[tuple[str, str]]] = {}
        self.drafts: dict[str, str] = {}
        self.local: dict[str, bool] = {}
        self.full: list[tuple[str, str]] = []
        for document in documents:
            if not document.draft:
                self.titles.append((_plain(document.title), document.id))
                self.full.append((_plain(f"{document.issuer or ''}{document.title}"), document.id))
                self.local[document.id] = "重庆" in document.title
            self.drafts |= {
                relation.target_id: document.id
                for relation in document.relations
                if relation.kind == "draft_of" and relation.target_id
            }
            for relation in document.relations:
                for match in _numbers(relation.number or ""):
                    self.before.setdefault(match["number"], []).append((_year(match), document.id))
            for name in (document.title, *(alias.name for alias in document.aliases)):
                for plain in _written(name):
                    if not re.fullmatch(r"\d+号(文|公告)?", plain):
                        self.names.append((plain, document.id))
            found = _NUMBER.search(_plain(document.number or ""))
            if found:
                self.numbers.setdefault(found["number"], []).append((_year(found), document.id))
        self.names.sort(key=lambda item: -len(item[0]))

    def find(self, question: str) -> Mention:
        """The documents and the article that a question names; asked for often of one message."""
        return self._known(question)

    def _find(self, question: str) -> Mention:
        plain = _plain(question)
        both = self._both(plain)
        if both:
            return Mention(both, _label(plain))
        by_number, by_name = self._by_number(plain), self._by_name(plain)
        agreed = [document for document in by_number if document in by_name]
        found = agreed or by_number or by_name or self._by_title(plain) or self._by_theme(plain)
        found = found or self._by_words(plain)
        if of_draft(plain) and not of_draft_and_final(plain):
            found = [self.drafts.get(document, document) for document in found]
        return Mention(tuple(dict.fromkeys(found)), _label(plain))

    def _by_theme(self, plain: str) -> list[str]:
        """The one document whose title holds the words before a word for any document."""
        return [document for document, _, _ in self._themes(plain)[:1]]

    def _by_words(self, plain: str) -> list[str]:
        """The one document that a longer name means by some words of its title: 外资行动计划."""
        for group, said in self._loosely(plain):
            if len(group) == 1 and len(said) >= _LONG_NAME and said.endswith(_OWN_KINDS):
                return list(group)
        return []

    def _themes(self, plain: str) -> list[tuple[str, int, int]]:
        """Documents with the place of the theme that names them."""
        found = []
        for place in _ANY_DOCUMENT.finditer(plain):
            before = _BETWEEN.sub("", plain[: place.start()])
            first = max(len(before) - _LONGEST_NAME, 0)
            for start in range(first, len(before) - _SHORTEST_NAME + 1):
                held = [(t, document) for t, document in self.titles if before[start:] in t]
                if len(held) == 1 and not _of_other_year(before, held[0][0]):
                    found.append((held[0][1], start, place.end()))
                if held:
                    break
        return found

    def unknown(self, question: str) -> bool:
        """Whether a question names a document only by a number that is not on file."""
        plain = _plain(question)
        named = [match for match in _NUMBER.finditer(plain) if self._is_number(match, plain)]
        known = any(self._numbered(match) or self._is_cited(match) for match in named)
        return bool(named) and not known and not self._by_name(plain)

    def replaced(self, question: str) -> tuple[str, str] | None:
        """The document that repeals, or goes before, one that a question names by its number,
        and that number: 54号."""
        plain = _plain(question)
        for match in _NUMBER.finditer(plain):
            if not self._is_number(match, plain) or self._numbered(match):
                continue
            year = _year(match)
            later = [d for y, d in self.before.get(match["number"], ()) if not year or y == year]
            if len(later) == 1:
                return later[0], f"{match['number']}号"
        return None

    def each(self, question: str) -> list[tuple[str, ...]]:
        """The documents of each name in a question, in order of place.

        Of names inside each other the longest counts. A name may stand for several documents; it
        is left out where another name says which of them.
        """
        plain = _plain(question)
        both = self._both(plain)
        if both:
            return [(document,) for document in both]
        groups = max(self._groups(plain), self._groups(_POINTING.sub("", plain)), key=len)
        if of_draft_and_final(plain):
            named = {document for group in groups for document in group}
            named = named or set(self._by_theme(plain))
            for final, draft in self.drafts.items():
                if named & {final, draft}:
                    return [(final,), (draft,)]
        return groups

    def sides(self, question: str) -> list[tuple[str, ...]]:
        """The documents of each name in a question, also of names by some words of their titles,
        and of both where it means that of the country and that of the city."""
        groups = self.each(question)
        if len(groups) == 1 and len(groups[0]) == 1:
            twin = self.counterpart(groups[0][0], question)
            if twin and _OF_COUNTRY.search(question) and _OF_CITY.search(question):
                return [*groups, (twin,)]
        if len(groups) > 1:
            return groups
        named = {document for group in groups for document in group}
        loose = dict.fromkeys(group for group, _ in self._loosely(self.beside(question)))
        return [*groups, *(group for group in loose if not named & set(group))]

    def beside_sides(self, question: str) -> str:
        """A question without the names of documents in it, as `sides` knows them."""
        text = self.beside(question)
        for _, said in self._loosely(text):
            text = text.replace(said, " ")
        return text

    def _loosely(self, text: str) -> list[tuple[tuple[str, ...], str]]:
        """The documents that a text names by some words of their titles and the kind of them, with
        the words that name them; two of an issuer (商务部意见) are named together."""
        found, plain = [], _plain(text)
        for kind in _KIND.finditer(plain):
            before = _APART.split(plain[: kind.start()])[-1]
            for start in range(max(len(before) - _LONGEST_NAME, 0), len(before) + 1):
                theme = before[start:]
                says_nothing = _NO_THEME.match(theme) is not None
                if says_nothing and not kind.group().startswith(_TELLING):
                    continue
                said = kind.group() if says_nothing else theme + kind.group()
                if len(said) < _SHORTEST_NAME:
                    continue
                held = tuple(d for words, d in self.full if _in_order(said, words))
                if 1 <= len(held) <= _MOST_OF_ISSUER:
                    found.append((held, theme + kind.group()))
                    break
        return found

    def counterpart(self, document: str, text: str) -> str | None:
        """The document of the same name that a text means, by whose it is or as what it came out:
        国家那部, 重庆自己的, 征求意见那一稿."""
        if of_draft(text) and not of_draft_and_final(text) and document in self.drafts:
            return self.drafts[document]
        title = next((t for t, d in self.titles if d == document), None)
        wanted = _OF_CITY if not self.local.get(document) else _OF_COUNTRY
        if title is None or not wanted.search(text):
            return None
        twins = (
            d for t, d in self.titles if d != document and (t.endswith(title) or title.endswith(t))
        )
        return next(twins, None)

    @staticmethod
    def beside_whose(text: str) -> str:
        """A text without the words that say whose document is meant."""
        return _DRAFT.sub(" ", _OF_COUNTRY.sub(" ", _OF_CITY.sub(" ", text)))

    def beside(self, question: str) -> str:
        """A question without the names of documents in it."""
        plain = _plain(question)
        bare = _POINTING.sub("", plain)
        text = max(plain, bare, key=lambda each: len(self._groups(each)))
        kept, end = [], 0
        spans = list(self._spans(text)) or [(s, e) for _, s, e in self._themes(text)[:1]]
        for start, after in sorted(spans):
            kept.append(text[end:start])
            end = max(end, after)
        return " ".join([*kept, text[end:]])

    def _both(self, plain: str) -> tuple[str, ...]:
        """The two documents whose titles share a name that is said of both; empty elsewhere."""
        named = _BOTH.search(plain)
        found = [d for title, d in self.titles if named and named["name"] in title]
        return tuple(found) if len(found) == 2 else ()

    def _groups(self, plain: str) -> list[tuple[str, ...]]:
        found = self._spans(plain)
        groups = [tuple(dict.fromkeys(found[span])) for span in sorted(found)]
        return [g for g in dict.fromkeys(groups) if not any(set(o) < set(g) for o in groups)]

    def _spans(self, plain: str) -> dict[tuple[int, int], list[str]]:
        """Where documents are named, and which."""
        found: dict[tuple[int, int], list[str]] = {}
        for match in _NUMBER.finditer(plain):
            named = self._numbered(match)
            if named:
                kind = _OF_DOCUMENT.match(plain, match.end())
                found[match.start(), kind.end() if kind else match.end()] = named
        for name, document in self.names:
            if len(name) < 3 or name not in plain:
                continue
            for match in re.finditer(re.escape(name), plain):
                start, end = span = match.span()
                if span in found or not any(s < end and start < e for s, e in found):
                    found.setdefault(span, []).append(document)
        return found

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
        return bool(
            _year(match)
            or _OF_DOCUMENT.match(plain, match.end())
            or _SERIES.search(plain[: match.start()])
        )

    def _is_cited(self, match: re.Match[str]) -> bool:
        year = _year(match)
        return any(n == match["number"] and (not year or y == year) for y, n in self.cited)

    def _by_name(self, plain: str) -> list[str]:
        longest = 0
        found: list[str] = []
        bare = _POINTING.sub("", plain)
        for name, document in self.names:
            if len(name) < max(longest, 3) or not (name in plain or name in bare):
                continue
            if not self._is_of_other_year(name, document, bare):
                longest = len(name)
                found.append(document)
        return found

    def of_other_year(self, text: str) -> bool:
        """Whether a document is named with a year that is not its own: 2026年任务清单."""
        bare = _POINTING.sub("", _plain(text))
        return any(
            len(name) >= 3 and name in bare and self._is_of_other_year(name, document, bare)
            for name, document in self.names
        )

    def _is_of_other_year(self, name: str, document: str, bare: str) -> bool:
        """Whether the year that stands before a name is not one in the document's title."""
        said = re.search(rf"(20\d\d年).{{0,6}}?{re.escape(name)}", bare)
        title = next((t for t, d in self.titles if d == document), "")
        return said is not None and _of_other_year(said[1], title)

    def _by_title(self, plain: str) -> list[str]:
        """The documents whose titles hold the words before an article: 三年行动计划第10条."""
        place = _ARTICLE.search(plain)
        before = plain[: place.start()].removesuffix("的") if place else ""
        for start in range(max(len(before) - _LONGEST_NAME, 0), len(before) - _SHORTEST_NAME + 1):
            found = [(t, document) for t, document in self.titles if before[start:] in t]
            if found:
                return [document for t, document in found if not _of_other_year(before, t)]
        return []


def _in_order(said: str, words: str) -> bool:
    """Whether all characters of what was said stand in words in that order."""
    rest = iter(words)
    return all(character in rest for character in said)


def of_draft(text: str) -> bool:
    """Whether a message is about a draft."""
    return _DRAFT.search(text) is not None


def of_draft_and_final(text: str) -> bool:
    """Whether a message is about a draft and what became of it."""
    return of_draft(text) and _FINAL.search(text) is not None


def _numbers(text: str) -> Iterable[re.Match[str]]:
    return _NUMBER.finditer(_plain(text))


def _of_other_year(said: str, title: str) -> bool:
    """Whether both name years, and none the same."""
    years, own = set(_YEAR.findall(said)), set(_YEAR.findall(title))
    return bool(years and own and not years & own)


def _year(match: re.Match[str]) -> str:
    return match["bracketed"] or match["year"] or ""


def _written(name: str) -> list[str]:
    """A name as people write it: whole, and with the city named without 市."""
    plain = _plain(name)
    city = plain.replace("重庆市", "重庆")
    return list(dict.fromkeys([plain, city, _FILLING.sub("", city)]))


def _plain(text: str) -> str:
    return re.sub(r"[\s《》]", "", normalise(text)).replace("〔", "[").replace("〕", "]")


def _label(plain: str) -> str | None:
    task = _TASK.search(plain)
    if task:
        number = task["task"]
        return f"附件第{number if number.isdigit() else chinese_number(number)}项"
    found = _ARTICLE.search(plain)
    if not found:
        return None
    label = f"第{_numeral(found['article'])}条"
    if found["paragraph"]:
        label += f"第{_numeral(found['paragraph'])}款"
    if found["item"]:
        label += f"第（{_numeral(found['item'])}）项"
    return label


def _numeral(digits: str) -> str:
    return chinese_numeral(int(digits) if digits.isdigit() else chinese_number(digits))
