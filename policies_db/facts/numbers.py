"""Numbers as people type them: 80, 1,200, 一百二十, 五十多, 一百来, 几十, 七八十.

Every number is read as a span, since much of what people say is a span; vague words say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from policies_db.decisions import Span

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_DIGITS |= {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_CN = "零〇一二两俩三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
#: A number and the vague words that belong to it, as a part of other patterns.
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?"
    rf"|(?:上|好?几|数)[十百千]|[{_CN}]{{1,12}}(?:几|点[零〇一二三四五六七八九]{{1,6}})?|好?几)(?:多|来|余|把)?"
)
_PAIR = re.compile(r"(十)?([一二两三四五六七八九])([二两三四五六七八九])([十百千])?")
_SEVERAL = Span(Decimal(2), Decimal(9))


@dataclass(frozen=True)
class Number:
    """The span that a number names, and whether its words are vague."""

    span: Span
    approximate: bool = False

    def times(self, factor: Decimal | int) -> Number:
        """The number in a smaller unit: 80 times 10,000."""
        low, high = (None if end is None else end * factor for end in ends(self.span))
        return Number(Span(low, high, self.span.open_low, self.span.open_high), self.approximate)


def ends(span: Span) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of a span of numbers."""
    low, high = span.low, span.high
    assert not (low is not None and not isinstance(low, Decimal))
    assert not (high is not None and not isinstance(high, Decimal))
    return low, high


def read_number(text: str) -> Number:
    """Read a number that `NUMBER` matches.

    Raises:
        ValueError: when the text is not such a number.
    """
    body, vague = (text[:-1], text[-1]) if text[-1] in "多来余把" else (text, "")
    if body[0].isdigit():
        number = Number(Span.at(Decimal(body.replace(",", ""))))
    else:
        number = _chinese(body)
    exact = number.span.exact
    if not vague or not isinstance(exact, Decimal):
        return Number(number.span, number.approximate or bool(vague))
    if vague in "多余":
        return Number(Span(exact, exact + step(exact), True, True), True)
    return about(exact)


def about(value: Decimal) -> Number:
    """A number that was given as about right: a tenth more or less."""
    slack = abs(value) / 10
    return Number(Span(value - slack, value + slack), True)


def nearly(value: Decimal) -> Number:
    """A number that is said to be nearly reached."""
    return Number(Span(value * Decimal("0.85"), value, False, True), True)


def step(value: Decimal) -> Decimal:
    """The weight of the last digit that is not 0: 50 → 10, 120 → 10, 1.5 → 0.1."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(10) ** exponent


def _chinese(text: str) -> Number:
    several = re.fullmatch(rf"(?:好?几|数)([{''.join(_TENS)}]?)", text)
    if several:
        return Number(_SEVERAL, True).times(_TENS.get(several.group(1), 1))
    over = re.fullmatch(r"上([十百千])", text)
    if over:
        unit = Decimal(_TENS[over.group(1)])
        return Number(Span(unit, unit * 10, False, True), True)
    pair = _PAIR.fullmatch(text)
    if pair:
        ten, one, two, scale = pair.groups()
        first, second = Decimal(_DIGITS[one]), Decimal(_DIGITS[two])
        if second == first + 1 or one + two == "三五":
            add = Decimal(10 if ten else 0)
            return Number(Span(add + first, add + second), True).times(_TENS.get(scale or "", 1))
    if text.endswith("几"):
        start = _integer(text[:-1])
        return Number(Span(start, start + step(start), True, True), True)
    whole, _, part = text.partition("点")
    value = _integer(whole)
    if part:
        value += Decimal("0." + "".join(str(_DIGITS[c]) for c in part))
    return Number(Span.at(value))


def _integer(text: str) -> Decimal:
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total, digit, unit = 0, None, 1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            unit = 1 if digit == 0 else unit
        elif char in _TENS:
            unit = _TENS[char]
            total += (1 if digit is None else digit) * unit
            digit = None
        else:
            raise ValueError(f"not a number: {text!r}")
    if digit:
        # 一百二 is 120, 一百零二 is 102
        colloquial = unit > 10 and len(text) > 1 and text[-2] in _TENS
        total += digit * (unit // 10 if colloquial else 1)
    return Decimal(total)
