"""All that a text mentions, in order, nothing read twice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from policies_db.decisions import Span
from policies_db.facts.dates import Told, dates_in
from policies_db.facts.mentions import MOST_READ, SLIP, Mention, Reading
from policies_db.facts.names import codes_in, companies_in, parts_in
from policies_db.facts.quantities import amounts_in, periods_in, ratios_in
from policies_db.facts.weekdays import weekdays_in

#: Longer texts are read only so far: nobody tells a case at greater length.
LONGEST = 2000
_CORRECTION = re.compile(
    rf"(?:不对|不是|(?<![又也都报填归])错了|(?:{SLIP})了?|更正(?:一下|下)?|纠正(?:一下|下)?|改一下|应该是|sorry"
    r"|no wait|correction|actually"
    r"|i mean)[,。:!，\s]*"
)


#: A denial of the value that stands behind it.
_DENIED = re.compile(
    r"(?:(?<!是)(?<!要)不是|并非|(?<![a-z])(?:not|rather than|instead of))\s?(?:在|于|on |in )?$"
)


#: Two taxes told one after the other of which the sum counts: 关税少60万、增值税少55万.
_TAX = r"(?:关税|增值税|消费税|duty|vat)"
_ONE_TAX = re.compile(rf"{_TAX}[^,。;?!\d应该率共]{{0,8}}$")
_NEXT_TAX = re.compile(
    rf"[\s,、;和及加]*(?:and|plus|又|还|也|另外|再)?\s?[^,。;?!\d应该率共]{{0,4}}{_TAX}[^,。;?!\d应该率共]{{0,8}}"
)
_SEVERAL = re.compile(r"几(?![十百千万亿])")
_TOLD = re.compile(r"[了过有才晚早超差拖隔好就]\s?$")


def facts_in(text: str, today: date, told: Told | None = None) -> list[Mention]:
    """What a text mentions, in order of place.

    Args:
        text: as typed; of very long texts, the beginning is read.
        today: the day from which 去年, 上个月 and the like are counted.
        told: a date of an earlier message, from which a month without a year is read.
    """
    return list(_facts_in(text[:LONGEST], today, told))


def is_number_alone(text: str, today: date) -> bool:
    """Whether a message is a number without a unit, so that the unit must be asked for."""
    return [mention.kind for mention in facts_in(text, today)] == ["number"]


@lru_cache(maxsize=MOST_READ)
def _facts_in(text: str, today: date, told: Told | None) -> tuple[Mention, ...]:
    """What each rule that a message may be a case of asks for."""
    reading = Reading.of(text)
    taken: list[Mention] = []
    readers = (
        weekdays_in(reading),
        dates_in(reading, today, told),
        codes_in(reading),
        ratios_in(reading),
        periods_in(reading),
        amounts_in(reading),
        companies_in(reading),
        parts_in(reading),
    )
    for mentions in readers:
        for mention in mentions:
            if not any(mention.start < other.end and other.start < mention.end for other in taken):
                taken.append(mention)
    taken = [m for m in taken if not (_is_rule(m) or _is_asked(m, reading.text))]
    merged = _merged(sorted(taken, key=lambda mention: mention.start), reading.text)
    return tuple(_summed(_corrected(merged, reading.text), reading.text))


def _summed(mentions: list[Mention], text: str) -> list[Mention]:
    """The amounts of taxes told one by one as one amount."""
    summed: list[Mention] = []
    for mention in mentions:
        last = summed[-1] if summed else None
        if (
            last is not None
            and last.kind == mention.kind == "amount"
            and _ONE_TAX.search(text[: last.start])
            and _NEXT_TAX.fullmatch(text[last.end : mention.start])
            and isinstance(last.value, Span)
            and isinstance(mention.value, Span)
        ):
            both = last.value.plus(mention.value)
            words = last.text + text[last.end : mention.start] + mention.text
            summed[-1] = replace(last, value=both, end=mention.end, text=words)
        else:
            summed.append(mention)
    return summed


def _is_rule(mention: Mention) -> bool:
    """Whether an amount is a figure of nothing: 0元."""
    return mention.kind == "amount" and mention.numbers == (Decimal(0), Decimal(0))


def _is_asked(mention: Mention, text: str) -> bool:
    """Whether a number is asked for, not told: 几个点, 几天能办 (but 晚了几天)."""
    return bool(_SEVERAL.match(mention.text)) and not _TOLD.search(text[: mention.start])


def _merged(mentions: list[Mention], text: str) -> list[Mention]:
    """Two bounds of one thing as one mention: 超过六个月不到两年."""
    merged: list[Mention] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        if (
            last is not None
            and (last.kind, last.unit) == (mention.kind, mention.unit)
            and isinstance(last.value, Span)
            and isinstance(mention.value, Span)
            and last.value.high is None
            and mention.value.low == 0
            and re.fullmatch(
                r"[,，、但且又而还也]*(?:不到|不足|不超过|没到|未满|在)?[在]?",
                text[last.end : mention.start],
            )
        ):
            both = last.value.meet(mention.value)
            merged[-1] = replace(last, value=both, end=mention.end, text=last.text + mention.text)
        else:
            merged.append(mention)
    return merged


def _asked(mention: Mention, text: str) -> bool:
    """Whether a denial is a question: 不是100万吗."""
    return re.match(r"[^,。;!]{0,6}[吗么?]", text[mention.end :]) is not None


def _corrected(mentions: list[Mention], text: str) -> list[Mention]:
    """Without those that words of the same text deny: "80万，不对，是190万", "190万，不是80万"."""
    denied = [m for m in mentions if _DENIED.search(text[: m.start]) and not _asked(m, text)]
    mentions = [m for m in mentions if m not in denied]
    for correction in _CORRECTION.finditer(text):
        if any(0 <= m.start - correction.end() <= 2 for m in denied):
            continue
        after = next((m for m in mentions if m.start >= correction.end()), None)
        before = [m for m in mentions if m.end <= correction.start()]
        if after is None or not before or after.start - correction.end() > 8:
            continue
        same = [m for m in before if m.kind == after.kind]
        if same and correction.start() - same[-1].end <= 12:
            mentions = [m for m in mentions if m is not same[-1]]
    return mentions
