"""Facts and the values that they can have: spans of numbers and dates, and calendar arithmetic.

Nothing here guesses. A value that is known in part ("不到一百万", "去年11月") is a span, and what
is asked of it is answered only where every value of the span gives the same answer.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

#: Number types of a fact and the unit in which their figures count.
UNITS = {
    "yuan": "yuan",
    "usd": "usd",
    "ratio": "%",
    "months": "months",
    "hours": "hours",
    "days": "days",
    "working_days": "working_days",
    "count": "",
}
#: All types that a fact can have.
TYPES = (*UNITS, "date", "bool", "choice", "text")

Point = Decimal | date


@dataclass(frozen=True)
class Span:
    """The values between two ends; an end that is None is open without limit.

    `open_low` and `open_high` tell that the end itself does not belong to the span.
    """

    low: Point | None = None
    high: Point | None = None
    open_low: bool = False
    open_high: bool = False

    @classmethod
    def at(cls, point: Point | int) -> Span:
        """The span of one value."""
        value = Decimal(point) if isinstance(point, int) else point
        return cls(value, value)

    @property
    def exact(self) -> Point | None:
        """The value, where there is only one."""
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def empty(self) -> bool:
        """Whether no value is in the span."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (  # type: ignore[operator]
            self.low == self.high and (self.open_low or self.open_high)
        )

    def meet(self, other: Span) -> Span:
        """The values that are in both."""
        low, open_low = _inner(self.low, self.open_low, other.low, other.open_low, lower=True)
        high, open_high = _inner(
            self.high, self.open_high, other.high, other.open_high, lower=False
        )
        return Span(low, high, open_low, open_high)

    def plus(self, other: Span) -> Span:
        """The sums of a number of each."""
        lows = [one for one in (self.low, other.low) if isinstance(one, Decimal)]
        highs = [one for one in (self.high, other.high) if isinstance(one, Decimal)]
        return Span(
            sum(lows, Decimal(0)) if len(lows) == 2 else None,
            sum(highs, Decimal(0)) if len(highs) == 2 else None,
            self.open_low or other.open_low,
            self.open_high or other.open_high,
        )

    def __contains__(self, point: Point) -> bool:
        return not self.meet(Span.at(point)).empty


def _inner(
    one: Point | None, one_open: bool, two: Point | None, two_open: bool, lower: bool
) -> tuple[Point | None, bool]:
    """The end that lies further inside, of two lower or two upper ends."""
    if one is None or two is None:
        return (two, two_open) if one is None else (one, one_open)
    if one == two:
        return one, one_open or two_open
    first_is_inner = one > two if lower else one < two  # type: ignore[operator]
    return (one, one_open) if first_is_inner else (two, two_open)


Value = Span | bool | str


@dataclass(frozen=True)
class Fact:
    """What a user said of one fact of a rule.

    `value` is a span for numbers and dates (in the unit of the fact's type), a bool, or the name of
    a choice or a text; `text` the user's own words; `approximate` tells that they were vague.
    """

    value: Value
    text: str = ""
    approximate: bool = False

    def as_json(self) -> dict[str, Any]:
        """The fact in JSON's types, for a slot of the dialogue; `from_json` reads it."""
        value: Any = self.value
        if isinstance(value, Span):
            value = {
                "low": _printed(value.low),
                "high": _printed(value.high),
                "open_low": value.open_low,
                "open_high": value.open_high,
            }
        return {"value": value, "text": self.text, "approximate": self.approximate}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Fact:
        """The fact that `as_json` wrote.

        Raises:
            KeyError, ValueError: when the data are not such a fact.
        """
        value = data["value"]
        if isinstance(value, dict):
            value = Span(
                _point(value["low"]),
                _point(value["high"]),
                bool(value["open_low"]),
                bool(value["open_high"]),
            )
        return cls(value, str(data["text"]), bool(data["approximate"]))


def _printed(point: Point | None) -> str | None:
    return None if point is None else str(point)


def _point(text: str | None) -> Point | None:
    if text is None:
        return None
    return date.fromisoformat(text) if text.count("-") == 2 else Decimal(text)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> Decimal:
    """Calendar months from one day to another, with the part of a month that is over.

    A period of n months ends on the day with the same number, so the result is a whole number on
    that very day: 10 January to 10 July is 6. Negative when `last` is earlier.
    """
    if last < first:
        return -months_between(last, first)
    whole = (last.year - first.year) * 12 + last.month - first.month
    if add_months(first, whole) > last:
        whole -= 1
    start, end = add_months(first, whole), add_months(first, whole + 1)
    part = Decimal((last - start).days) / Decimal(max((end - start).days, 1))
    return Decimal(whole) + min(part, Decimal("0.99")).quantize(Decimal("0.01"))


def calendar_months_between(first: date, last: date) -> Decimal:
    """How many calendar months lie between: 0 in the same month, 1 in the month after."""
    return Decimal((last.year - first.year) * 12 + last.month - first.month)


def days_between(first: date, last: date) -> Decimal:
    """Days from one day to another."""
    return Decimal((last - first).days)


def shift(day: date, days: int) -> date:
    """The day so many days on."""
    return day + timedelta(days=days)
