"""Which fact each number, period and date is, by the words that it stands near and by its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from policies_db.decisions import Fact, FactSpec, Rule, Span
from policies_db.decisions.values import UNITS, add_months
from policies_db.facts.mentions import Mention, Reading
from policies_db.facts.numbers import ends
from policies_db.facts.saying import compiled, is_of_last_time, last_clause

#: The kind of mention that a fact of each type can be told by.
KINDS = {
    "yuan": "amount",
    "usd": "amount",
    "ratio": "ratio",
    "date": "date",
    "months": "duration",
    "days": "duration",
    "hours": "duration",
    "working_days": "duration",
}
_FARTHEST = 16
#: Words beside the period of a fact that is about being late: 迟了17天 is as long as it is late.
_LATENESS = {"晚", "迟"}
#: So many days from Monday to Friday can be lost to public holidays that follow each other.
_LONGEST_HOLIDAY = 6
#: What stands between a value and the same value said otherwise: 90多天（三个月以上）.
_SAME_AGAIN = re.compile(r"\s?[(,、]\s?(?:即|也就是|就是|约|合|合计|相当于)?")


@dataclass
class Telling:
    """A message about a case of a rule: what it mentions, and the facts that were found in it.

    `asked` is the fact that was asked for before it, `known` what was told before, `specs` are the
    facts that its mentions can be. `found` are the facts so far, `used` the mentions that have
    their fact, `taken` the first mention of each such fact.
    """

    rule: Rule
    reading: Reading
    today: date
    asked: str | None
    known: Mapping[str, Fact]
    mentions: list[Mention]
    found: dict[str, Fact]
    specs: list[FactSpec]
    used: list[Mention] = field(default_factory=list)
    taken: dict[str, Mention] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The message as it is read."""
        return self.reading.text

    def told(self, name: str) -> Fact | None:
        """A fact that this message tells, or else an earlier one."""
        return self.found.get(name) or self.known.get(name)

    def value(self, spec: FactSpec, mention: Mention) -> Span | None:
        """The mention in the unit of a fact, where it can be that fact."""
        if isinstance(mention.value, str):
            return None
        if spec.type == "date" and mention.kind == "duration" and mention.hint == "ago":
            return days_ago(mention, self.today)
        if KINDS[spec.type] != mention.kind:
            return None
        if spec.type == "date":
            return mention.value if mention.hint != "now" or spec.now else None
        if mention.kind == "amount":
            said = mention.unit or ("yuan" if spec.type == "yuan" else self._currency(mention))
            return mention.value if said == spec.type else None
        if mention.kind == "duration":
            if mention.hint == "ago":
                return None
            if spec.type == "working_days" and mention.unit == "days" and spec.name == self.asked:
                return mention.value  # 几个工作日？ 12天
            return _in(spec, mention)
        return mention.value

    def left(self, spec: FactSpec) -> list[Mention]:
        """The mentions without a fact yet that can be this one."""
        return [
            mention
            for mention in self.mentions
            if mention not in self.used and self.value(spec, mention) is not None
        ]

    def take(self, name: str, mention: Mention) -> None:
        """Make a mention the value of a fact, with the same value said otherwise."""
        spec = self.rule.facts[name]
        value = self.value(spec, mention)
        assert value is not None
        words, approximate = mention.text, mention.approximate
        self.used.append(mention)
        self.taken[name] = mention
        for other in self.left(spec):
            again = self.value(spec, other)
            first, last = sorted((mention, other), key=lambda each: each.start)
            between = self.text[first.end : last.start]
            if again and _SAME_AGAIN.fullmatch(between) and not value.meet(again).empty:
                value, words = value.meet(again), f"{first.text}{between}{last.text}"
                approximate = approximate and other.approximate
                self.used.append(other)
        self.found[name] = Fact(value, words, approximate)

    def around(self, mention: Mention, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """A match of a pattern that has `@` in the place of the mention."""
        text = f"{self.text[: mention.start]}@{self.text[mention.end :]}"
        matches = pattern.finditer(text)
        return next((m for m in matches if m.start() <= mention.start < m.end()), None)

    def _currency(self, mention: Mention) -> str:
        """The currency of an amount that names none: 1200万美元到位, 其中300万是贷款.

        It is the one that the text names; of several, that of the amount before it; where the text
        names none, that of the amounts told before.
        """
        named = [m for m in self.mentions if m.kind == "amount" and m.unit]
        if len({m.unit for m in named}) == 1:
            return named[0].unit
        if named:
            return next((m.unit for m in reversed(named) if m.end <= mention.start), "")
        if re.search(r"美元|美金|usd|\$|dollar", self.text):
            return "usd"
        told = {self.rule.facts[n].type for n in self.known if n in self.rule.facts}
        told &= {"usd", "yuan"}
        return told.pop() if len(told) == 1 else ""


@dataclass(frozen=True)
class _Place:
    """A mention beside a pattern of a fact; the lower the score, the nearer."""

    score: float
    mention: Mention
    fact: str


def beside(telling: Telling) -> None:
    """Give the mentions that stand near words of a fact that fact, nearest first."""
    places = sorted(
        (place for spec in telling.specs for place in _places(telling, spec)),
        key=lambda place: place.score,
    )
    for place in places:
        if place.fact not in telling.found and place.mention not in telling.used:
            telling.take(place.fact, place.mention)


def _places(telling: Telling, spec: FactSpec) -> Iterator[_Place]:
    fits = [m for m in telling.mentions if telling.value(spec, m) is not None]
    if not fits:
        return
    for pattern in spec.near:
        if "@" in pattern:
            yield from _shaped(telling, spec, pattern, fits)
            continue
        for match in compiled(pattern).finditer(telling.text):
            for mention in fits:
                score = _score(telling, match, mention)
                if score <= _FARTHEST:
                    yield _Place(score, mention, spec.name)


def _shaped(
    telling: Telling, spec: FactSpec, pattern: str, fits: list[Mention]
) -> Iterator[_Place]:
    """Mentions at the place `@` of a pattern; surer than those that stand near a word."""
    for mention in fits:
        if spec.follows and is_of_last_time(last_clause(telling.text[: mention.start])):
            continue  # 上一回是2024年2月1日自首的: not this time
        match = telling.around(mention, compiled(pattern))
        if match:
            yield _Place(len(match.group()) / 100 - 1, mention, spec.name)


def _score(telling: Telling, match: re.Match[str], mention: Mention) -> float:
    """How far a pattern stands from a mention; words before it count as nearer."""
    if match.start() < mention.end and mention.start < match.end():
        return 0.5 - len(match.group()) / 100
    if match.end() <= mention.start:
        gap, after = telling.text[match.end() : mention.start], 0.0
    else:
        gap, after = telling.text[mention.end : match.start()], 1.5
    if mention.kind == "date" or mention.hint == "ago":
        after = -after  # 去年11月报关: what happened follows its date
    breaks = 4 * len(re.findall(r"[,、:，]", gap)) + 9 * len(re.findall(r"[。;?!]", gap))
    others = 5 * sum(
        1
        for other in telling.mentions
        if other is not mention
        and other.kind == mention.kind
        and min(match.end(), mention.end) <= other.start < max(match.start(), mention.start)
    )
    return max(0.0, len(gap) + after + breaks + others + 1.5) - len(match.group()) / 100


def _in(spec: FactSpec, mention: Mention) -> Span | None:
    """A period in the unit of a fact; a month has 28 to 31 days, some of them no working days."""
    value = mention.value
    assert isinstance(value, Span)
    unit = UNITS[spec.type]
    if unit == mention.unit:
        return value
    if mention.hint == "off" and not _LATENESS.intersection(spec.near):
        return None
    low, high = ends(value)
    if unit == "hours" and mention.unit == "days":
        return _hours_of_days(value)
    if unit == "months" and mention.unit == "days":
        low, high = low and low / 31, high and high / 28
    elif unit in ("days", "working_days") and mention.unit == "months":
        low, high = low and low * 28, high and high * 31
    elif unit != "working_days" or mention.unit == "hours":
        return None
    if unit == "working_days":
        low = low and _least_working_days(low)
    return Span(low, high, value.open_low, value.open_high)


def _hours_of_days(days: Span) -> Span:
    """The hours of a stay that is told in days, of which the last need not be a whole one."""
    low = max(days.low - 1, Decimal(0)) * 24 if isinstance(days.low, Decimal) else None
    high = days.high * 24 if isinstance(days.high, Decimal) else None
    return Span(low, high, open_low=True, open_high=days.open_high)


def _least_working_days(days: Decimal) -> Decimal:
    """The fewest working days that so many days in a row have: with weekends and a long holiday."""
    weeks, rest = divmod(days, 7)
    return max(Decimal(0), weeks * 5 + max(rest - 2, Decimal(0)) - _LONGEST_HOLIDAY)


def days_ago(mention: Mention, today: date) -> Span | None:
    """The days that a period counted back from today can mean; hours are not counted back."""
    if mention.unit == "hours":
        return None
    value = mention.value
    assert isinstance(value, Span)
    back = _back_days if mention.unit == "days" else _back_months
    low = back(value.high, today) if isinstance(value.high, Decimal) else None
    high = back(value.low, today) if isinstance(value.low, Decimal) else None
    if low is None and high is None:
        return None
    return Span(low, high, value.open_high, value.open_low)


def _back_days(count: Decimal, today: date) -> date:
    return today - timedelta(days=int(count))


def _back_months(count: Decimal, today: date) -> date:
    whole = int(count)
    return add_months(today, -whole) - timedelta(days=round((count - whole) * 31))
