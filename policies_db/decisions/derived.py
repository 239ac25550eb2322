"""Facts that follow from other facts: a ratio from two amounts, a period from two dates."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from policies_db.decisions.rules import FactSpec, Rule
from policies_db.decisions.values import (
    Fact,
    Point,
    Span,
    Value,
    add_months,
    calendar_months_between,
    days_between,
    months_between,
    shift,
)

#: Names that a case is looked up in, by the name of their list.
Lists = Mapping[str, Sequence[str]]
_Way = Callable[[Sequence[Any]], Value | None]


def derive(rule: Rule, facts: Mapping[str, Fact], lists: Lists) -> dict[str, Fact]:
    """The facts with all that can be computed from them; what was said outright is kept.

    A computed span narrows one that was said; where they contradict each other, neither counts,
    but for what was said in words, which gives way to dates: 当月就去说, then 拖到9月12日才去.
    """
    known = _in_order(rule, facts)
    for name, spec in rule.facts.items():
        for way in spec.ways:
            if way.by == "share" and name in facts:
                continue  # a ratio is said in round figures: the amount that was said counts
            inputs = [_input(rule, known, lists, source) for source in way.of]
            if any(value is None for value in inputs):
                continue
            value = WAYS[way.by](inputs)
            if value is None:
                continue
            both = _with(known.get(name), _fact(value, spec, way.of, known))
            if both is None and way.by == "zero_if":
                del known[way.of[0]]
                continue
            if both is None:
                del known[name]
                break
            known[name] = both
    return known


def _in_order(rule: Rule, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts without a date that lies after the one that follows it: one is not right."""
    known = dict(facts)
    for name, spec in rule.facts.items():
        if spec.follows in facts and name in facts:
            first, then = facts[spec.follows].value, facts[name].value
            if isinstance(first, Span) and isinstance(then, Span) and _earlier([then, first]):
                known.pop(spec.follows, None)
    return known


def _input(rule: Rule, known: Mapping[str, Fact], lists: Lists, source: str) -> object:
    if source in known:
        return known[source].value
    if source in rule.figures:
        return Span.at(rule.figures[source].value)
    return lists.get(source)


def _fact(value: Value, spec: FactSpec, of: Sequence[str], known: Mapping[str, Fact]) -> Fact:
    inputs = [known[source] for source in of if source in known]
    text = "；".join(dict.fromkeys(fact.text for fact in inputs if fact.text))
    return Fact(value, text, any(fact.approximate for fact in inputs))


def _with(said: Fact | None, computed: Fact) -> Fact | None:
    if said is None:
        return computed
    if isinstance(said.value, Span) and isinstance(computed.value, Span):
        both = said.value.meet(computed.value)
        if both.empty and _rounded(said.value, computed.value):
            return computed
        return None if both.empty else Fact(both, said.text, said.approximate)
    return said


def _rounded(said: Span, computed: Span) -> bool:
    """Whether what was said is what is computed, to the last place that was said: 32 for 32.7."""
    one, other = said.exact, computed.exact
    if not isinstance(one, Decimal) or not isinstance(other, Decimal):
        return False
    return abs(one - other) < 1 and other < 100


def _ratio(inputs: Sequence[Span]) -> Span | None:
    """Per cent that the first amount is of the second."""
    part, whole = inputs
    low, high = None, None
    if isinstance(part.low, Decimal) and isinstance(whole.high, Decimal) and whole.high > 0:
        low = part.low * 100 / whole.high
    if isinstance(part.high, Decimal) and isinstance(whole.low, Decimal) and whole.low > 0:
        high = part.high * 100 / whole.low
    if low is None and high is None:
        return None
    return Span(
        low,
        high,
        low is not None and (part.open_low or whole.open_high),
        high is not None and (part.open_high or whole.open_low),
    )


def _between(count: Callable[[date, date], Decimal]) -> _Way:
    """The time from a first to a last date, each known to a span of days."""

    def way(inputs: Sequence[Span]) -> Span | None:
        first, last = inputs
        low = high = None
        if isinstance(first.high, date) and isinstance(last.low, date):
            low = count(first.high, last.low)
        if isinstance(first.low, date) and isinstance(last.high, date):
            high = count(first.low, last.high)
        return None if low is None and high is None else Span(low, high)

    return way


def _calendar_of_months(inputs: Sequence[Span]) -> Span | None:
    """Calendar months that a period in months can touch: ten days, 0 or 1."""
    (months,) = inputs
    low = None if months.low is None else Decimal(math.floor(_number(months.low)))
    high = None if months.high is None else Decimal(math.ceil(_number(months.high)))
    return Span(low, high)


def _plus_months(inputs: Sequence[Span]) -> Span | None:
    """The date so many months later; the part of a month that is over is not turned into days."""
    day, months = inputs
    whole = months.exact
    if not isinstance(whole, Decimal) or whole != int(whole):
        return None
    low = add_months(day.low, int(whole)) if isinstance(day.low, date) else None
    high = add_months(day.high, int(whole)) if isinstance(day.high, date) else None
    return Span(low, high)


def _minus_days(inputs: Sequence[Span]) -> Span | None:
    """A date so many days earlier."""
    day, days = inputs
    count = int(_number(days.low))
    low = shift(day.low, -count) if isinstance(day.low, date) else None
    high = shift(day.high, -count) if isinstance(day.high, date) else None
    return Span(low, high)


def _difference(inputs: Sequence[Span]) -> Span | None:
    """The first amount less the second."""
    whole, part = inputs
    low, high = None, None
    if whole.low is not None and part.high is not None:
        low = _number(whole.low) - _number(part.high)
    if whole.high is not None and part.low is not None:
        high = _number(whole.high) - _number(part.low)
    return Span(low, high, whole.open_low or part.open_high, whole.open_high or part.open_low)


def _share(inputs: Sequence[Span]) -> Span | None:
    """The part of an amount that a ratio, in per cent, is of it."""
    whole, ratio = inputs
    low = high = None
    if whole.low is not None and ratio.low is not None:
        low = _number(whole.low) * _number(ratio.low) / 100
    if whole.high is not None and ratio.high is not None:
        high = _number(whole.high) * _number(ratio.high) / 100
    return Span(low, high, whole.open_low or ratio.open_low, whole.open_high or ratio.open_high)


def _same(inputs: Sequence[Value]) -> Value:
    """What was said under another name."""
    return inputs[0]


def _zero_if(inputs: Sequence[bool]) -> Span | None:
    """Nothing in between, where it was said to be so."""
    return Span.at(0) if inputs[0] else None


def _given(inputs: Sequence[Value]) -> bool:
    """That something was said at all."""
    return bool(inputs)


def _more(inputs: Sequence[Span]) -> bool | None:
    """Whether the first value is greater than the second."""
    one, two = inputs
    if one.low is not None and two.high is not None:
        low, high = _number(one.low), _number(two.high)
        if low > high or (low == high and (one.open_low or two.open_high)):
            return True
    if one.high is not None and two.low is not None and _number(one.high) <= _number(two.low):
        return False
    return None


def _at_most(inputs: Sequence[Span]) -> bool | None:
    """Whether the first value is not greater than the second."""
    more = _more(inputs)
    return None if more is None else not more


def _earlier(inputs: Sequence[Span]) -> bool | None:
    """Whether the first date is before the second."""
    one, two = inputs
    if isinstance(one.high, date) and isinstance(two.low, date) and one.high < two.low:
        return True
    if isinstance(one.low, date) and isinstance(two.high, date) and one.low >= two.high:
        return False
    return None


def _by_next_month(inputs: Sequence[Span]) -> bool | None:
    """Whether the second date is not after the end of the month that follows the first."""
    months = _between(calendar_months_between)(inputs)
    if not isinstance(months, Span):
        return None
    if months.high is not None and _number(months.high) <= 1:
        return True
    return False if months.low is not None and _number(months.low) > 1 else None


def _years_apart(inputs: Sequence[Any]) -> tuple[int, int] | None:
    """The fewest and most years from one date to another, where the cycle is the calendar year."""
    calendar, first, last = inputs
    ends = (first.low, first.high, last.low, last.high)
    if calendar is not True or not all(isinstance(end, date) for end in ends):
        return None
    return last.low.year - first.high.year, last.high.year - first.low.year


def _cycle_of(inputs: Sequence[Any]) -> str | None:
    """In which cycle, counted from that of a first date, another lies: same, next or later."""
    apart = _years_apart(inputs)
    if apart is None:
        return None
    cycles = {("same", "next", "later")[min(max(years, 0), 2)] for years in apart}
    return cycles.pop() if len(cycles) == 1 else None


def _after_next_cycle(inputs: Sequence[Any]) -> bool | None:
    """Whether a date lies after the cycle that follows the one of a first date."""
    cycle = _cycle_of(inputs)
    return None if cycle is None else cycle == "later"


def _number(point: Point | None) -> Decimal:
    assert isinstance(point, Decimal)
    return point


def _listed(inputs: Sequence[Any]) -> bool:
    """Whether a name is in a list, brackets and spaces aside."""
    name, names = inputs
    return plain_name(name) in {plain_name(entry) for entry in names}


def plain_name(name: str) -> str:
    """A company's name as it is compared: in full, but without spaces, brackets all alike."""
    return re.sub(r"\s", "", name).replace("(", "（").replace(")", "）")


def _shaped(pattern: str) -> _Way:
    shape = re.compile(pattern)

    def way(inputs: Sequence[str]) -> bool:
        return bool(shape.fullmatch(inputs[0]))

    return way


#: All ways to compute a fact, by the name that rule files use.
WAYS: dict[str, _Way] = {
    "ratio": _ratio,
    "months_between": _between(months_between),
    "calendar_months_between": _between(calendar_months_between),
    "calendar_of_months": _calendar_of_months,
    "days_between": _between(days_between),
    "plus_months": _plus_months,
    "difference": _difference,
    "more": _more,
    "at_most": _at_most,
    "share": _share,
    "earlier": _earlier,
    "by_next_month": _by_next_month,
    "cycle_of": _cycle_of,
    "after_next_cycle": _after_next_cycle,
    "same": _same,
    "given": _given,
    "zero_if": _zero_if,
    "minus_days": _minus_days,
    "listed": _listed,
    "customs_code": _shaped(r"(?!AEO)[0-9A-Z]{10}"),
    "aeocn_code": _shaped(r"AEOCN[0-9A-Z]{10}"),
    "rs_aeo_code": _shaped(r"RSAEO[FS][0-9A-Z]{24}"),
}
