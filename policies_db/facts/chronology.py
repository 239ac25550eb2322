"""Which fact a date is by the order of what happened and the day of the talk, and of which year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from policies_db.decisions import Fact, FactSpec, Rule, Span
from policies_db.decisions.values import add_months
from policies_db.facts.dates import Told
from policies_db.facts.mentions import Mention
from policies_db.facts.placing import Telling, days_ago
from policies_db.facts.saying import compiled

#: Words that set the year of a date.
_YEAR = re.compile(r"\d{4}|\d\d[-/.]|[年昨前今明上本这]|last|this|next|yesterday|today|ago")
#: What tells that a date is the company's own, or that of a document: 2019年成立, 2023年8月的文.
_OF_COMPANY = re.compile(
    r"[^,。;?!]{0,4}(?:成立|设立|创办|创立|开业|投产|注册的)|[^,.;?!]{0,6}founded|"
    r"(?:的|出的|出台的|发的|印发的|发布的)?(?:老|新)?(?:文(?!件夹)|公告|通知|条例|办法|方案|政策|意见)"
)
#: Words that put a date at the day of the talk outright, whatever other dates a text has.
_PRESENT = re.compile(
    r"现在|目前|眼下|今天|(?:马上|这就|立刻)(?![^,。;?!]{0,8}[了过])|right now|now\b|today"
)
#: What turns a date into the one to judge by: 要是按2024年5月算呢. `@` stands for the date.
_SUPPOSED = re.compile(
    r"(?:要是|如果|假如|假设|若是?|换成|换作|换到|按照?|就当|倒回|放在|当作|if|what about|suppose)"
    r"[^,。;?!]{0,8}@|^(?:那|那么)?(?:要是)?[^,。;?!]{0,4}@[^,。;?!]{0,8}(?:呢|的话|算)"
)
#: What ends on a date by rule, not by what somebody did: 年度周期到12月31号.
_ENDS_BY_RULE = re.compile(r"(?:周期|年度|期限|期|截止)[^,。;?!]{0,4}$")
#: A date that is that of the case outright: 2024年4月20日那会儿能申请吗.
_AT_THAT_TIME = re.compile(r"@[，,]?(?:那会儿?|那时候?|那阵子?|当时)")


def told_before(
    rule: Rule, known: Mapping[str, Fact], today: date, asked: str | None, corrected: bool
) -> Told | None:
    """The date that was told last, from which a month without a year is read."""
    for name in reversed([*known]):
        spec, value = rule.facts.get(name), known[name].value
        if spec is None or spec.type != "date" or not isinstance(value, Span):
            continue
        if isinstance(value.low, date) and not is_now(value, today):
            order = list(rule.facts)
            asks_earlier = asked in order and order.index(asked) < order.index(name)
            return Told(value.low, asks_earlier or corrected, value.exact is None)
    return None


def is_now(value: object, today: date) -> bool:
    """Whether a value is the day of the talk, or a week or month that it lies in."""
    if not isinstance(value, Span) or not isinstance(value.low, date):
        return False
    return isinstance(value.high, date) and value.low <= today <= value.high


def says_now(text: str) -> bool:
    """Whether a text puts a date at the day of the talk outright."""
    return bool(_PRESENT.search(text))


def is_of_case(text: str, mention: Mention) -> bool:
    """Whether nothing beside it tells that a date is one of the company or the calendar."""
    ends_by_rule = _ENDS_BY_RULE.search(text[: mention.start])
    return not (ends_by_rule or _OF_COMPANY.match(text, mention.end))


def at_that_time(telling: Telling) -> None:
    """A date that words make that of the case, whatever else stands beside it: 4月20日那会儿."""
    if not telling.known:
        _judged_for(telling, _AT_THAT_TIME)


def supposed(telling: Telling) -> None:
    """A date that the case, once told, is to be judged for."""
    if telling.known:
        _judged_for(telling, _SUPPOSED)


def _judged_for(telling: Telling, pattern: re.Pattern[str]) -> None:
    """Take the date that stands in a pattern for the one by which the rule is judged."""
    name = telling.rule.validity.by
    if name is None or name in telling.found:
        return
    for mention in telling.left(telling.rule.facts[name]):
        if telling.around(mention, pattern):
            telling.take(name, mention)
            return


def in_order(telling: Telling) -> None:
    """A date that is left without a role, by the order of what happened."""
    for spec in telling.specs:
        first = telling.told(spec.follows)
        if telling.told(spec.name) or first is None or not _first_of(telling, spec.told):
            continue
        left = [
            mention
            for mention in telling.left(spec)
            if not mention.hint and is_of_case(telling.text, mention)
        ]
        later = [mention for mention in left if _before(first.value, mention.value)]
        earlier = [mention for mention in left if _before(mention.value, first.value)]
        if later:
            telling.take(spec.name, later[0])
        elif earlier and spec.follows in telling.found:
            telling.found[spec.name] = first
            telling.take(spec.follows, earlier[0])


def likeliest_first(telling: Telling) -> list[str]:
    """The facts that are known, in the order in which a value can be meant to put them right.

    What was told last comes first; of dates that which lies nearest to the date of the message,
    since who puts a day right rarely misses it by much.
    """
    last = [*telling.known][::-1]
    dates = [
        m.value.low for m in telling.mentions if m.kind == "date" and isinstance(m.value, Span)
    ]
    told = next((day for day in dates if isinstance(day, date)), None)
    if told is None:
        return last
    return sorted(last, key=lambda name: _days_apart(telling.known[name].value, told))


def _days_apart(value: object, day: date) -> int:
    """How far a date that is known lies from a day; 0 for what is no date."""
    low = value.low if isinstance(value, Span) else None
    return abs((low - day).days) if isinstance(low, date) else 0


def at_the_talk(telling: Telling) -> None:
    """Dates that words put at the day of the talk, 现在去披露, or before it, 已经披露了."""
    for spec in telling.specs:
        if not spec.now or telling.told(spec.name):
            continue
        if _other_date(telling, spec) and not says_now(telling.text):
            continue
        past, now = _first_of(telling, spec.done), _first_of(telling, spec.now)
        ago = next((mention.text for mention in telling.used if mention.hint == "ago"), "")
        if past:
            telling.found[spec.name] = Fact(Span(None, telling.today), past, True)
        elif now or ago:
            telling.found[spec.name] = Fact(Span.at(telling.today), now or ago)


def year_before(telling: Telling) -> None:
    """A date without a year that another follows lies before it: 2024年3月说的，11月的货."""
    for spec in telling.specs:
        first, then = telling.found.get(spec.follows), telling.told(spec.name)
        if first is None or then is None or _YEAR.search(first.text):
            continue
        while _before(then.value, first.value):
            assert isinstance(first.value, Span)
            first = replace(first, value=_year_back(first.value))
        telling.found[spec.follows] = first


def counted_back(telling: Telling) -> None:
    """A period may be counted back from what follows: 2025年4月说的，货是一年前报的."""
    for spec in telling.specs:
        mention, then = telling.taken.get(spec.follows), telling.taken.get(spec.name)
        if mention is None or mention.hint != "ago" or then is None or then.hint == "ago":
            continue
        low, high = then.numbers
        assert isinstance(low, date)
        assert isinstance(high, date)
        first, last = days_ago(mention, low), days_ago(mention, high)
        now = days_ago(mention, telling.today)
        if first is None or last is None or now is None:
            continue
        if isinstance(now.high, date) and now.high < low:
            last = now  # it may be counted from today as well
        telling.found[spec.follows] = Fact(Span(first.low, last.high), mention.text)


def _first_of(telling: Telling, patterns: tuple[str, ...]) -> str:
    """The words, as typed, that the first pattern in the text matches; empty for none."""
    matches = (compiled(pattern).search(telling.text) for pattern in patterns)
    match = next((found for found in matches if found), None)
    return telling.reading.typed[match.start() : match.end()].strip() if match else ""


def _other_date(telling: Telling, spec: FactSpec) -> bool:
    """Whether a date is left whose role is not clear: it may be this one."""
    left = telling.left(spec)
    return any(mention.kind == "date" and mention.hint != "now" for mention in left)


def _year_back(span: Span) -> Span:
    """The same days a year earlier."""
    low, high = span.low, span.high
    assert isinstance(low, date)
    assert isinstance(high, date)
    return Span(add_months(low, -12), add_months(high, -12))


def _before(one: object, other: object) -> bool:
    """Whether all days of the first lie before those of the second."""
    if not isinstance(one, Span) or not isinstance(other, Span):
        return False
    last, first = one.high, other.low
    return isinstance(last, date) and isinstance(first, date) and last < first
