"""Parts of a document that a question names by their kind: its end, its headings, its targets."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from actions.answer import answer_line, dated, replied
from actions.asking import asks_comparison, asks_list, asks_whether_only
from actions.card import numbered, source_lines, titled, warning
from actions.compare import side_by_side
from actions.items import MOST, TASK_LIST, listed_under, section_of
from actions.language import framed
from actions.request import Reply, Request
from actions.vagueness import names_left
from actions.wording import say
from policies_db import listing, lookup
from policies_db.importer.numbering import chinese_number
from policies_db.lookup import Cited
from policies_db.mentions import of_draft, of_draft_and_final
from policies_db.models import Document
from policies_db.naming import names
from policies_db.searching import searcher

_CLOSING = re.compile(
    r"结尾|末尾|文末|收尾|最末|末了|结束语|(?<!截)最后[那这]?[一]?(个|小)?(句|段|条|行|部分|几句)|"
    r"最后\W?(是|又)?(怎么|咋|如何|说|写|讲|交代|提|规定)|"
    r"last (sentence|paragraph|line)|at the (very )?end|closing (paragraph|words)",
    re.I,
)
_HEADINGS = re.compile(
    r"([几多少]{1,2}|哪[几些]|有些?什么|有啥)个?大?(块|部分|章|板块|大类|大项|标题)|"
    r"几个?大?方面|分\w{0,3}方面|哪几个方面|目录(?![外清之以里内])|提纲|框架|大标题|"
    r"(how many|which) (parts|chapters|sections)|headings|outline",
    re.I,
)
#: 那11条都是啥: as many items as the document has.
_COUNTED = re.compile(
    r"(?<!第)(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(条|项|招|点|款)\w{0,4}"
    r"(是|有|包括|讲|说|写|叫|列|指)\w{0,2}(些|哪|啥|什么|出)"
)
#: 那25条里, of as many items as the document has: no article of it is meant.
_SO_MANY = re.compile(
    r"(?<!第)(?<![\d一二三四五六七八九十])(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(条|项|招)"
    r"(措施|政策)?(里|中|当中|\W)"
)
_HOW_MANY = re.compile(
    r"(便利|措施|好处|优惠|待遇|扶持|政策|举措)\w{0,6}([几多]少?)(条|项|招|点|款)|"
    r"(一共|总共|共|全文|总计)有?[几多]少?(条|项|招|点)|how many (items|measures|points)",
    re.I,
)
#: So many characters may stand beside the name of a document whose items are counted.
MOST_BESIDE = 6
_CHARGED = re.compile(
    r"负责|牵头|管(?!理|道|委|辖|控|用|制)|承担|责任|有份|有关|参与|参加|配合|牵[扯涉]|涉及|归|主抓|经办|落实|"
    r"头上|的[事活]|[能可会要]以?(给|做|办|干|提供)|给|提供|从|in charge|responsible",
    re.I,
)
_TARGETS = re.compile(
    r"(数字|量化|硬性?|具体|全部|所有|主要|各项|哪些|哪几个|什么)(的)?(目标|指标|数字)|"
    r"总目标|(目标|指标)[^,，。?？]{0,10}(几个数|多少)|(目标|指标)(值|数)|(目标|指标|数字)(都|给我|帮我|全|一共|分别|是|有)|"
    r"targets|quantitative goals",
    re.I,
)
#: What is to be reached stands under a heading of its own, and not under that of its subject.
_AIMS = re.compile(r"目标|指标|targets?", re.I)
_ALL = re.compile(r"哪|些|全|都|列|捞|理|汇总|所有|分别|几|what|which|all|list", re.I)
_YEAR = re.compile(r"(?<!\d)(?:20)?(2\d)年")


def asks_closing(text: str) -> bool:
    """Whether a message asks what stands at the end of a document."""
    return _CLOSING.search(text) is not None


def part_of(session: Session, request: Request, question: str, on: datetime.date) -> Reply | None:
    """The part of the one document that a question names; None where it asks for no part."""
    of_one = of_draft(question) and not (asks_comparison(question) or of_draft_and_final(question))
    if asks_closing(question) and len(names().each(question)) > 1 and not of_one:
        return _closings(session, request, question, on)
    named = names().find(question).documents
    document = lookup.document(session, named[0]) if len(named) == 1 else None
    if document is None:
        return None
    if asks_closing(question):
        cited = _closing(session, document, question, on)
        said = answer_line(cited[0], question, request.language)
        return replied(request, question, "rule", dated(request, on, said), cited)
    if _TARGETS.search(question) and _ALL.search(question) and not asks_whether_only(question):
        return _targets(session, request, question, document, on)
    if _CHARGED.search(question) and asks_list(question) and not TASK_LIST.search(question):
        rows = listing.of_bureau(document, question)
        if MOST >= len(rows) >= 1:
            return listed_under(session, request, question, document, rows, on, "items_found")
    aims = _AIMS.search(question) is not None
    inside = None if aims else section_of(session, request, question, document, on)
    if inside is not None:
        return inside
    counted = _COUNTED.search(question)
    rows = listing.measures(document)
    all_of_them = counted and _number(counted["number"]) == len(rows)
    if (all_of_them or _of_all(question)) and MOST >= len(rows) > 1:
        return listed_under(session, request, question, document, rows, on)
    if _HEADINGS.search(question) and (rows := listing.headings(document)):
        return listed_under(session, request, question, document, rows, on)
    return None


def part_of_so_many(
    session: Session, request: Request, question: str, on: datetime.date
) -> Reply | None:
    """The part of a document that is named with the number of all its items; None for others."""
    named = names().find(question).documents
    document = lookup.document(session, named[0]) if len(named) == 1 else None
    told = _SO_MANY.search(question) if document is not None and asks_list(question) else None
    if document is None or told is None:
        return None
    if _number(told["number"]) != len(listing.measures(document)):
        return None
    return part_of(session, request, question, on)


def _of_all(question: str) -> bool:
    """Whether a message asks how many items a document has, and names nothing beside it."""
    if not _HOW_MANY.search(question):
        return False
    return len(names_left(names().beside(question))) <= MOST_BESIDE


def _number(digits: str) -> int:
    return int(digits) if digits.isdigit() else chinese_number(digits)


def _closings(session: Session, request: Request, question: str, on: datetime.date) -> Reply | None:
    """The ends of several documents, side by side."""
    rows = lookup.named_documents(session, [group[0] for group in names().each(question)])
    sides = [_closing(session, row, question, on)[:1] for row in rows]
    cited = [each for side in sides for each in side]
    return side_by_side(request, question, cited, len(cited)) if len(cited) > 1 else None


def _closing(session: Session, document: Document, question: str, on: datetime.date) -> list[Cited]:
    """The last paragraphs of a document, that with the sentence that is meant first."""
    found = searcher().search(names().beside(question), documents=frozenset([document.id]))
    hits = lookup.points(session, [hit.point_id for hit in found.hits], on)
    cited = []
    for row in lookup.closing(document):
        whole = lookup.whole(session, row)
        meant = next((hit for hit in hits if hit.provision_id == row.id), None)
        cited.append(replace(meant, quote=whole) if meant else lookup.cite(session, row, on, whole))
    order = {hit.provision_id: place for place, hit in reversed(list(enumerate(hits)))}
    return sorted(cited, key=lambda each: order.get(each.provision_id, len(hits)))


def _targets(
    session: Session, request: Request, question: str, document: Document, on: datetime.date
) -> Reply | None:
    """The targets of a document in order, of the year that is asked about where one is named."""
    figures = listing.figures(session, document.id, "target")
    years = [f"20{year}年" for year in _YEAR.findall(question)]
    of_years = [f for f in figures if any(y in f"{f.subject}{f.quote}" for y in years)]
    figures = of_years or figures
    if not figures:
        return None
    cited: dict[str, Cited] = {}
    lines = []
    for number, figure in enumerate(figures, 1):
        at = lookup.cite(session, figure.provision, on)
        cited.setdefault(figure.provision_id, at)
        line = f"{number}. {figure.subject}：{figure.printed}（{at.label}）"
        lines.append(framed(line, request.language))
    return _given(request, question, list(cited.values()), lines)


def _given(request: Request, question: str, cited: Sequence[Cited], lines: Sequence[str]) -> Reply:
    head = cited[0]
    place = f"{titled(head)}{numbered(head)}"
    lead = say("targets", request.language, place=place, count=len(lines))
    text = "\n".join(line for line in (warning(head, request.language), lead, *lines) if line)
    text = dated(request, head.standing.on, text)
    plain = "\n".join([text, "", *source_lines(head, request.language)[1:]])
    return replied(request, question, "list", text, cited, plain=plain)
