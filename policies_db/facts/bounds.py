"""Words beside a number that make it a bound: 不到, 超过, 以内, 左右, 快, under, at least."""

from __future__ import annotations

import re
from decimal import Decimal

from policies_db.decisions import Span
from policies_db.facts.numbers import Number, about, ends, nearly

_BEFORE = {
    "below": r"不到|不足|少于|低于|未满|没到|未到|不满|小于|没有?达到|未达到?|没超过|没有超过"
    r"|没过|还差.{0,2}"
    r"|not even|under|below|less than|fewer than|short of",
    "up_to": r"不超过|未超过|不超|不多于|不高于|不大于|最多|至多|顶多|撑死"
    r"|no more than|not more than|at most|up to|within|not exceeding|max(?:imum)?(?: of)?",
    "above": r"超过了?|多于|高于|大于|逾|超出|超|over|above|more than|exceed(?:s|ing|ed)?"
    r"|in excess of",
    "from": r"至少|不少于|不低于|不小于|起码|最少|at least|no less than|not less than"
    r"|minimum(?: of)?",
    "just_above": r"刚刚?过了?|刚刚?超过?了?|刚刚?出|略超过?"
    r"|just (?:over|above|past|more than)|slightly (?:over|above)",
    "nearly": r"(?<![尽赶])快要?到?了?|将近|接近|(?<!最)(?<!附)近|(?<![大从细])小|almost|nearly"
    r"|close to|just under",
    "about": r"约(?![的好定过])|大约|大概|大致|差不多|估计|估摸|左右|about|around|roughly"
    r"|approximately|some|circa|~|≈",
    "exact": r"刚好|正好|恰好|整整|刚刚好|整|满|刚满|exactly|precisely",
}
_AFTER = {
    "up_to": r"(?:块钱|元|块|美元|美金|钱)?(?:及|和)?(?:以内|之内|以下|内(?!销|资|部|外)|封顶"
    r"|or less|at most)",
    "from": r"(?:块钱|元|块|美元|美金|钱)?(?:及|和)?(?:以上|往上|起步|or more|\+)",
    "above": r"(?:块钱|元|块|美元|美金|钱)?(?:出头|开外|挂零|还多|冒头|有余)",
    "about": r"(?:块钱|元|块|美元|美金|钱)?(?:左右|上下|的样子|那样|or so)",
    "below": r"(?:块钱|元|块|美元|美金|钱)?(?:都|还)?(?:不到|没到|不足|未满)"
    r"(?!\s?[\d零〇一二两三四五六七八九十百千半])",
    "exact": r"整",
}
_BEFORE_AT = [
    (kind, re.compile(rf"(?:{pattern})[\s:：是有了的那么]{{0,2}}$"))
    for kind, pattern in _BEFORE.items()
]
_AFTER_AT = [(kind, re.compile(rf"\s?(?:{pattern})")) for kind, pattern in _AFTER.items()]


def bounded(number: Number, before: str, after: str) -> tuple[Number, int]:
    """A number with the bound that the words around it make of it.

    Returns:
        The number, and how many characters after it belong to it.
    """
    for kind, pattern in _AFTER_AT:
        found = pattern.match(after)
        if found:
            return _bound(number, kind), found.end()
    best: tuple[int, str] | None = None
    for kind, pattern in _BEFORE_AT:
        found = pattern.search(before)
        if found and (best is None or found.start() < best[0]):
            best = (found.start(), kind)
    return (number if best is None else _bound(number, best[1])), 0


def _bound(number: Number, kind: str) -> Number:
    low, high = ends(number.span)
    value = number.span.exact
    if kind == "exact" or low is None or high is None:
        return number
    if kind == "below":
        return Number(Span(Decimal(0), high, False, True))
    if kind == "up_to":
        return Number(Span(Decimal(0), high))
    if kind == "above":
        return Number(Span(low, None, True, False))
    if kind == "just_above":
        return Number(Span(low, low * Decimal("1.15"), True, False), True)
    if kind == "from":
        return Number(Span(low, None))
    if not isinstance(value, Decimal):
        return Number(number.span, True)
    return nearly(value) if kind == "nearly" else about(value)
