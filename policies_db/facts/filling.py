"""The facts of a rule that a message tells: what its words say, its mentions, answers, corrections.

Careful by design: what was not said stays unknown, and a mention whose role is not clear is left.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import date

from policies_db.decisions import Fact, FactSpec, Rule, Span, live_facts
from policies_db.facts import chronology
from policies_db.facts.extraction import LONGEST, facts_in
from policies_db.facts.mentions import Mention, Reading
from policies_db.facts.names import joined
from policies_db.facts.placing import KINDS, Telling, beside
from policies_db.facts.saying import asks_what_if, compiled, corrects, plain_answer, said

#: So many readings of a message by a rule are remembered.
_REMEMBERED = 512
#: Words of a sum in which what was added is already counted: 再补30万，加起来1010万.
_IN_ALL = re.compile(
    r"(?:一共|总共|合计|累计|加起来|总计|凑[到成够])(?!呢)[^,。;?!]{0,8}[\d一二两三四五六七八九十百千]|"
    r"in (?:all|total)|altogether"
)


def fill(
    rule: Rule,
    text: str,
    today: date,
    asked: str | None = None,
    known: Mapping[str, Fact] | None = None,
    pending: str | None = None,
    settled: Mapping[str, Fact] | None = None,
) -> dict[str, Fact]:
    """The facts of a rule that a message tells.

    Args:
        rule: the rule that the talk is about.
        text: the message.
        today: the day of the talk.
        asked: the fact that was asked for last, which an answer without other words is about.
        known: what is known so far, oldest first; a correction changes the last that fits.
        pending: an earlier answer to the same question that was a number without a unit.
        settled: facts by which it is decided which others matter, whatever the message says.
    """
    if asked is None and pending is None and not known and not settled:
        return dict(_told_alone(_Same(rule), text, today))
    return _filled(_begun(rule, text, today, asked, dict(known or {}), pending, settled or {}))


class _Same:
    """A rule as a key: the very same one."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    def __hash__(self) -> int:
        return id(self.rule)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.rule is self.rule


@functools.lru_cache(maxsize=_REMEMBERED)
def _told_alone(same: _Same, text: str, today: date) -> Mapping[str, Fact]:
    """What a message tells by itself; to choose a rule and to apply it asks this more than once."""
    return _filled(_begun(same.rule, text, today, None, {}, None, {}))


def _filled(telling: Telling) -> dict[str, Fact]:
    """The facts of a message that has been begun, role by role."""
    more = _more(telling)
    chronology.at_that_time(telling)
    beside(telling)
    chronology.supposed(telling)
    _answer(telling)
    _corrected(telling)
    chronology.in_order(telling)
    _alone(telling)
    _otherwise(telling)
    chronology.at_the_talk(telling)
    chronology.year_before(telling)
    chronology.counted_back(telling)
    _add(telling, more)
    _names(telling)
    _kept(telling)
    return telling.found


def _begun(
    rule: Rule,
    text: str,
    today: date,
    asked: str | None,
    known: dict[str, Fact],
    pending: str | None,
    settled: Mapping[str, Fact],
) -> Telling:
    """A message with its mentions and what its words say, before a mention is any fact."""
    reading = Reading.of(text[:LONGEST])
    before = chronology.told_before(rule, known, today, asked, corrects(reading.text))
    mentions = facts_in(text, today, before)
    if pending is not None:
        mentions = joined(facts_in(pending, today), mentions)
    found: dict[str, Fact] = {}
    for name, spec in rule.facts.items():
        fact = said(spec, reading) if spec.type in ("bool", "choice") else None
        if fact is not None:
            found[name] = fact
    live = live_facts(rule, {**known, **found, **settled})
    specs = [
        spec
        for name, spec in rule.facts.items()
        if spec.type in KINDS and (name in live or spec.aside or name == asked)
    ]
    return Telling(rule, reading, today, asked, known, mentions, found, specs)


def _more(telling: Telling) -> list[tuple[str, Mention]]:
    """What comes to a value that is told: 到了980万, 年底再补30万."""
    more: list[tuple[str, Mention]] = []
    for spec in () if _IN_ALL.search(telling.text) else telling.specs:
        for mention in telling.mentions if spec.adds else ():
            others = [m for m in telling.left(spec) if m is not mention]
            if not (others or spec.name in telling.known) or telling.value(spec, mention) is None:
                continue
            if any(telling.around(mention, compiled(pattern)) for pattern in spec.adds):
                telling.used.append(mention)
                more.append((spec.name, mention))
    return more


def _add(telling: Telling, more: list[tuple[str, Mention]]) -> None:
    for name, mention in more:
        fact = telling.told(name)
        value = telling.value(telling.rule.facts[name], mention)
        if fact is not None and isinstance(fact.value, Span) and value is not None:
            words = f"{fact.text} + {mention.text}"
            telling.found[name] = Fact(fact.value.plus(value), words, fact.approximate)


def _answer(telling: Telling) -> None:
    """What is left answers the question that was asked."""
    if telling.asked is None or telling.asked in telling.found:
        return
    spec = telling.rule.facts[telling.asked]
    if spec.type in ("bool", "choice"):
        answer = plain_answer(spec, telling.reading)
        if answer is not None:
            telling.found[spec.name] = answer
        return
    if spec.type not in KINDS:
        return
    left = telling.left(spec)
    if left:
        if not (asks_what_if(telling.text) and _told_like(telling, spec)):
            telling.take(spec.name, left[0])
        return
    for mention in telling.mentions:
        if mention.kind == "number" and spec.type == "ratio":
            assert isinstance(mention.value, Span)
            telling.found[spec.name] = Fact(mention.value, mention.text, mention.approximate)
    for way in spec.ways:
        for source in way.of:
            of = telling.rule.facts.get(source)
            if of is None or source in telling.found or of.type not in KINDS:
                continue
            left = telling.left(of)
            if left and (source not in telling.known or len(left) > 1):
                telling.take(source, left[0])


def _told_like(telling: Telling, spec: FactSpec) -> bool:
    """Whether a fact with the same kind of value was told before."""
    others = (telling.rule.facts.get(name) for name in telling.known if name != spec.name)
    return any(other and KINDS.get(other.type) == KINDS[spec.type] for other in others)


def _corrected(telling: Telling) -> None:
    """A correction changes the last fact that it can be about."""
    if not (corrects(telling.text) or asks_what_if(telling.text)):
        return
    names = chronology.likeliest_first(telling)
    if not chronology.says_now(telling.text):  # 今天申请: it is the other date that was mistaken
        names.sort(key=lambda name: chronology.is_now(telling.known[name].value, telling.today))
    for name in names:
        spec = telling.rule.facts.get(name)
        if spec is not None and spec.type in KINDS and name not in telling.found:
            left = telling.left(spec)
            if left:
                telling.take(name, left[-1])


def _alone(telling: Telling) -> None:
    """A fact that is meant where its kind of value stands without other words.

    While the case is open, one amount can stand for the fact of each case; only one will count.
    """
    for kind in ("amount", "ratio", "duration", "date"):
        lone = [
            spec
            for spec in telling.specs
            if spec.lone
            and KINDS[spec.type] == kind
            and not telling.told(spec.name)
            and not _computed(telling, spec)
        ]
        if kind != "amount":
            lone = lone[:1]
        fits = [
            mention
            for mention in telling.mentions
            if mention not in telling.used
            and mention.hint != "now"
            and chronology.is_of_case(telling.text, mention)
            and any(telling.value(spec, mention) is not None for spec in lone)
        ]
        for mention in fits[:1]:
            for spec in lone:
                if telling.value(spec, mention) is not None:
                    telling.take(spec.name, mention)


def _otherwise(telling: Telling) -> None:
    """What is left of a message that goes on with a case tells a fact otherwise: 后来是6月20日去的.

    Only where nothing was asked for; of several facts that it can be, the likeliest.
    """
    if telling.asked is not None:
        return
    for name in chronology.likeliest_first(telling):
        spec = telling.rule.facts.get(name)
        if spec is None or spec.type not in KINDS or name in telling.found:
            continue
        left = [
            mention
            for mention in telling.left(spec)
            if mention.hint in ("", "ago")
            if chronology.is_of_case(telling.text, mention)
        ]
        if left:
            telling.take(name, left[-1])


def _computed(telling: Telling, spec: FactSpec) -> bool:
    """Whether all that a fact follows from was told: 应缴500万, 只交了380万."""
    return any(all(telling.told(source) for source in way.of) for way in spec.ways)


def _names(telling: Telling) -> None:
    for spec in telling.rule.facts.values():
        if spec.type != "text":
            continue
        for mention in telling.mentions:
            if mention.kind == spec.names and mention not in telling.used:
                assert isinstance(mention.value, str)
                near = not spec.near or any(compiled(p).search(telling.text) for p in spec.near)
                if near and spec.name not in telling.found:
                    telling.found[spec.name] = Fact(mention.value, mention.text)
                    telling.used.append(mention)


def _kept(telling: Telling) -> None:
    """What kind of case it is stays, where a message only answers another question."""
    if telling.asked not in telling.found or corrects(telling.text):
        return
    for name in [*telling.found]:
        is_choice = telling.rule.facts[name].type == "choice"
        if is_choice and name != telling.asked and name in telling.known:
            del telling.found[name]
