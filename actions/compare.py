"""What two documents say on one thing, side by side."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from actions.answer import dated, replied
from actions.asking import asks_comparison, tells_own_case
from actions.card import framed_answer, numbered, titled, warning
from actions.language import ENGLISH
from actions.request import Reply, Request
from policies_db import lookup
from policies_db.lookup import Cited
from policies_db.mentions import of_draft_and_final
from policies_db.naming import names
from policies_db.searching import searcher

#: How two documents that are both named are set against each other.
_AGAINST = re.compile(
    r"谁(写|管|说|规|定|给)?\w{0,2}(细|严|宽|全|多|狠|松)|(细|严|宽|全|多|松)(些|点)?(还是|还|不)|多(加|出|了|管|写|列|补)|"
    r"对得上|一字不差|出入|一致|冲突|矛盾|一个意思|意思一样|原话|对一下|对比|各自|都(管|有|写|提|规定)|谁(给|定|有|提)了?\w{0,4}|比一比|比比|比较|两边|哪边|同不同|改没改|改了没|"
    r"stricter|both|same",
    re.I,
)
#: So many documents are compared.
SIDES = 2
#: The first provision of each document, then the second of each.
_MOST_OF_EACH = 2
_LOOKED_AT = 6
#: What names a document, and says nothing that could be compared.
_NAMING = frozenset({"标题", "落款"})
#: When documents were issued, which their names are told with.
_ISSUED = re.compile(r"(?:20\d\d年)?(?:\d{1,2}月份?)?(?=的|[那这]份)|[^\w]{2,}")
_SURE_ENOUGH = 0.05
#: An article is quoted as a whole up to so many characters.
LONGEST_ARTICLE = 500


def compares(question: str) -> bool:
    """Whether a message asks for the difference between two documents that it names."""
    against = asks_comparison(question) or of_draft_and_final(question)
    if not against:
        against = _AGAINST.search(question) is not None and not tells_own_case(question)
    return against and len(names().sides(question)) == SIDES


def compared(session: Session, request: Request, question: str, on: datetime.date) -> Reply | None:
    """Both sides of a comparison of two documents that are named; None for other questions."""
    return both(session, request, question, on) if compares(question) else None


def both(session: Session, request: Request, question: str, on: datetime.date) -> Reply | None:
    """What two documents that are named say, side by side; None where not two are named."""
    groups = names().sides(question)
    if len(groups) != SIDES:
        return None
    label = names().find(question).label
    sides = [
        _article(session, group, label, on) if label else _found(session, group, question, on)
        for group in groups
    ]
    if not all(sides):
        return None
    cited = [side[k] for k in range(_MOST_OF_EACH) for side in sides if k < len(side)]
    return side_by_side(request, question, cited, len(sides))


def side_by_side(request: Request, question: str, cited: Sequence[Cited], sides: int) -> Reply:
    """The first citations as sides, each with its source and what must be said of its validity."""
    lines = []
    for side in cited[:sides]:
        note = warning(side, request.language)
        place = (
            "" if request.language == ENGLISH else f"{titled(side)}{numbered(side)}{side.label}："
        )
        lines.append(f"· {place}{framed_answer(side, request.language)}")
        lines += [note] if note else []
    text = dated(request, cited[0].standing.on, "\n".join(lines))
    return replied(request, question, "rule", text, cited)


def _article(session: Session, group: Sequence[str], label: str, on: datetime.date) -> list[Cited]:
    rows = [lookup.provisions_at(session, document, label) for document in group]
    return [lookup.cite(session, r[0], on, lookup.whole(session, r[0])) for r in rows if r]


def _found(session: Session, group: Sequence[str], question: str, on: datetime.date) -> list[Cited]:
    """The likeliest points of a document, as far as they are likely, in their whole articles."""
    content = _ISSUED.sub(" ", names().beside_sides(question))
    result = searcher().search(content, documents=frozenset(group))
    hits = result.hits[:_LOOKED_AT]
    found = [
        (cited, hit.confidence)
        for cited, hit in zip(
            lookup.points(session, [h.point_id for h in hits], on), hits, strict=True
        )
        if cited.label not in _NAMING
    ]
    likely = [cited for cited, confidence in found if confidence >= _SURE_ENOUGH]
    likely = likely or [cited for cited, _ in found[:1]]
    return [in_article(session, cited) for cited in likely[:_MOST_OF_EACH]]


def in_article(session: Session, cited: Cited) -> Cited:
    """A citation that quotes the whole article, where that is short."""
    provision = lookup.provision(session, cited.provision_id)
    assert provision is not None
    article = lookup.whole(session, lookup.article_of(provision))
    return replace(cited, quote=article) if len(article) <= LONGEST_ARTICLE else cited
