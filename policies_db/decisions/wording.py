"""How rules, values and tests are worded in a language, from `wording.yml` and `wording.en.yml`."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policies_db.decisions.conditions import Cell, Test
from policies_db.decisions.figures import Figure, number_and_unit
from policies_db.decisions.rules import FactSpec, Rule
from policies_db.decisions.values import Fact, Point, Span

CHINESE, ENGLISH = "zh", "en"
_FILES = {CHINESE: "wording.yml", ENGLISH: "wording.en.yml"}


@cache
def _templates(language: str) -> dict[str, Any]:
    path = Path(__file__).parent / _FILES[language]
    templates: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return templates


def in_language(rule: Rule, language: str) -> Rule:
    """A rule with its texts and the printed form of its figures in a language."""
    if language == rule.language:
        return rule
    words, other = Words(language), rule.other_side
    return replace(
        rule,
        language=language,
        title=rule.title_en,
        facts={name: _fact_in_english(spec) for name, spec in rule.facts.items()},
        figures={
            name: replace(figure, printed=words.figure(figure))
            for name, figure in rule.figures.items()
        },
        rows=tuple(replace(row, because=row.because_en) for row in rule.rows),
        notes=rule.notes_en,
        other_side=other and replace(other, deed=other.deed_en),
    )


def _fact_in_english(spec: FactSpec) -> FactSpec:
    return replace(
        spec,
        label=spec.label_en,
        values=spec.values_en,
        unless=spec.unless_en,
        ask=spec.ask_en,
        why=spec.why_en,
    )


class Words:
    """The wording of values and tests in a language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def group(self, name: str) -> dict[str, str]:
        """A group of templates."""
        templates: dict[str, str] = _templates(self.language)[name]
        return templates

    def fact(self, spec: FactSpec, fact: Fact | None) -> str:
        """A fact as understood: 80万元, 2024年2月, 海关尚未发现."""
        words = self.group("values")
        if fact is None:
            return words["unknown"]
        text = self.cell(spec, fact.value)
        return words["approximate"].format(value=text) if fact.approximate else text

    def cell(self, spec: FactSpec, value: Cell) -> str:
        """A value, or a part of the values, of a fact."""
        if isinstance(value, Span):
            return self.span(spec.type, value)
        return spec.values.get(value, str(value))

    def span(self, kind: str, span: Span) -> str:
        """A span of numbers or dates."""
        if span.exact is not None:
            return self.point(kind, span.exact)
        if _is_month(span):
            assert isinstance(span.low, date)
            return self._date("month", span.low)
        words = self.group("date_spans" if kind == "date" else "spans")
        low = None if span.low is None else self.point(kind, span.low)
        high = None if span.high is None else self.point(kind, span.high)
        if low and high:
            return words["between"].format(low=low, high=high)
        if low:
            return words["above" if span.open_low else "from"].format(low=low)
        if high:
            return words["below" if span.open_high else "up_to"].format(high=high)
        return words["any"]

    def point(self, kind: str, point: Point) -> str:
        """One number or date, with its unit."""
        if isinstance(point, date):
            return self._date("date", point)
        if kind == "months" and point != point.to_integral_value():
            return self.group("values")["computed_months"].format(months=int(point))
        if kind in ("yuan", "usd"):
            return self.group("values")[kind].format(number=self._sum(point))
        return self._counted("values", kind, point, _plain(point))

    def figure(self, figure: Figure) -> str:
        """A figure as the document prints it, or the same in another language: six months."""
        if self.language == CHINESE:
            return figure.printed
        if isinstance(figure.value, date):
            return self._date("date" if "日" in figure.printed else "year", figure.value)
        number, unit = number_and_unit(figure.printed)
        if unit in self.group("units"):
            group, name = "units", unit
        elif figure.type in ("yuan", "usd"):
            return self.point(figure.type, figure.value)
        else:
            group, name = "values", figure.type
        in_words = not any(c.isdigit() and c.isascii() for c in figure.printed)
        text = _plain(number)
        if in_words:
            text = _templates(self.language)["numerals"].get(int(number), text)
        return self._counted(group, name, number, text)

    def test(self, rule: Rule, test: Test) -> str:
        """What a comparison asks for: 不超过100万元."""
        spec = rule.facts[test.fact]
        if not test.comparison:
            either = self.group("alternatives")["or"]
            return either.join(self.cell(spec, cell) for cell in test.wanted)
        assert test.limit is not None
        limit = (
            rule.figures[test.figure].printed if test.figure else self.point(spec.type, test.limit)
        )
        words = self.group("dates" if spec.type == "date" else "tests")
        return words[test.comparison].format(limit=limit)

    def _date(self, template: str, day: date) -> str:
        return self.group("values")[template].format(
            year=day.year, month=day.month, day=day.day, month_name=calendar.month_name[day.month]
        )

    def _counted(self, group: str, name: str, number: Decimal, text: str) -> str:
        """A number with its unit, which English has in the singular for one."""
        words = self.group(group)
        template = words.get(f"{name}_one") if number == 1 else None
        return (template or words[name]).format(number=text)

    def _sum(self, point: Decimal) -> str:
        """A sum of money in the largest scale that does not round it."""
        for scale, template in _templates(self.language)["scales"].items():
            scaled = point / scale
            if abs(scaled) >= 1 and scaled == _rounded(scaled):
                return str(template.format(number=_plain(scaled)))
        return _plain(point, "," if self.language == ENGLISH else "")


def _is_month(span: Span) -> bool:
    low, high = span.low, span.high
    if not isinstance(low, date) or not isinstance(high, date) or low.day != 1:
        return False
    return high == low.replace(day=calendar.monthrange(low.year, low.month)[1])


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.0001"))


def _plain(number: Decimal, thousands: str = "") -> str:
    text = f"{_rounded(number):{thousands}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Names(dict[str, Any]):
    """What a template of a rule can name: its facts as understood, its figures as printed."""

    def __init__(self, rule: Rule, facts: Mapping[str, Fact]) -> None:
        words = Words(rule.language)
        super().__init__({name: figure.printed for name, figure in rule.figures.items()})
        self.update({name: words.fact(spec, facts.get(name)) for name, spec in rule.facts.items()})
