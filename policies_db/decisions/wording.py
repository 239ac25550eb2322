"""How values and tests are worded, from the templates of `wording.yml`."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policies_db.decisions.conditions import Cell, Test
from policies_db.decisions.rules import FactSpec, Rule
from policies_db.decisions.values import Fact, Point, Span


@cache
def wording(group: str) -> dict[str, str]:
    """A group of templates."""
    path = Path(__file__).parent / "wording.yml"
    groups: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return groups[group]


def fact_text(spec: FactSpec, fact: Fact | None) -> str:
    """A fact as understood: 80万元, 2024年2月, 海关尚未发现."""
    words = wording("values")
    if fact is None:
        return words["unknown"]
    text = cell_text(spec, fact.value)
    return words["approximate"].format(value=text) if fact.approximate else text


def cell_text(spec: FactSpec, value: Cell) -> str:
    """A value, or a part of the values, of a fact."""
    if isinstance(value, Span):
        return span_text(spec.type, value)
    return spec.values.get(value, str(value))


def span_text(kind: str, span: Span) -> str:
    """A span of numbers or dates."""
    words = wording("values")
    if span.exact is not None:
        return point_text(kind, span.exact)
    if _is_month(span):
        assert isinstance(span.low, date)
        return words["month"].format(year=span.low.year, month=span.low.month)
    low = None if span.low is None else point_text(kind, span.low)
    high = None if span.high is None else point_text(kind, span.high)
    if low and high:
        return words["between"].format(low=low, high=high)
    if low:
        return words["above" if span.open_low else "from"].format(low=low)
    if high:
        return words["below" if span.open_high else "up_to"].format(high=high)
    return words["any"]


def _is_month(span: Span) -> bool:
    low, high = span.low, span.high
    if not isinstance(low, date) or not isinstance(high, date) or low.day != 1:
        return False
    return high == low.replace(day=calendar.monthrange(low.year, low.month)[1])


def point_text(kind: str, point: Point) -> str:
    """One number or date, with its unit."""
    words = wording("values")
    if isinstance(point, date):
        return words["date"].format(year=point.year, month=point.month, day=point.day)
    if kind == "months" and point != point.to_integral_value():
        return words["computed_months"].format(months=int(point))
    number = _plain(point)
    if kind in ("yuan", "usd"):
        for name, scale in (("hundred_million", 10**8), ("ten_thousand", 10**4)):
            if abs(point) >= scale:
                number = words[name].format(number=_plain(point / scale))
                break
    return words[kind].format(number=number)


def _plain(number: Decimal) -> str:
    text = f"{number.quantize(Decimal('0.0001')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def test_text(rule: Rule, test: Test) -> str:
    """What a comparison asks for: 不超过100万元."""
    spec = rule.facts[test.fact]
    if not test.comparison:
        return wording("alternatives")["or"].join(cell_text(spec, cell) for cell in test.wanted)
    assert test.limit is not None
    limit = rule.figures[test.figure].printed if test.figure else point_text(spec.type, test.limit)
    return wording("dates" if spec.type == "date" else "tests")[test.comparison].format(limit=limit)


class Names(dict[str, Any]):
    """What a template of a rule can name: its facts as understood, its figures as printed."""

    def __init__(self, rule: Rule, facts: Mapping[str, Fact]) -> None:
        super().__init__({name: figure.printed for name, figure in rule.figures.items()})
        self.update({name: fact_text(spec, facts.get(name)) for name, spec in rule.facts.items()})
