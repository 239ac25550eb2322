"""Figures as a document prints them: 人民币100万元, 30%, 六个月, 两年, 2024年2月1日."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policies_db.decisions.values import Point
from policies_db.importer.numbering import chinese_number

_CN = "零〇一二两三四五六七八九十百"
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"(\d{4})年")
_NUMBER = re.compile(rf"(?:人民币)?(\d+(?:\.\d+)?|[{_CN}]+)(.*)")
_SCALES = {"万": 10_000, "亿": 100_000_000, "": 1}
#: How units are printed, and the fact type, with its factor, that they mean.
_UNITS = {
    "元": ("yuan", 1),
    "美元": ("usd", 1),
    "%": ("ratio", 1),
    "个月": ("months", 1),
    "个自然月": ("months", 1),
    "年": ("months", 12),
    "小时": ("hours", 1),
    "日": ("days", 1),
    "个工作日": ("working_days", 1),
    "位": ("count", 1),
    "类": ("count", 1),
}


@dataclass(frozen=True)
class Figure:
    """A threshold of a rule, as printed, with the text that states it."""

    name: str
    printed: str
    type: str
    value: Point
    label: str
    quote: str


def read_figure(printed: str) -> tuple[str, Point]:
    """The fact type that a printed figure measures and its value in that type's unit.

    A year of the calendar counts as its first day.

    Raises:
        ValueError: when it is not such a figure or its unit is not a known one.
    """
    day = _DATE.fullmatch(printed)
    if day:
        return "date", date(*(int(part) for part in day.groups()))
    year = _YEAR.fullmatch(printed)
    if year:
        return "date", date(int(year.group(1)), 1, 1)
    number, unit = number_and_unit(printed)
    kind, factor = _UNITS[unit]
    return kind, number * factor


def number_and_unit(printed: str) -> tuple[Decimal, str]:
    """A printed figure that is no date as number and unit: 两年 is 2 年, 100万元 1000000 元.

    Raises:
        ValueError: when it is not such a figure or its unit is not a known one.
    """
    found = _NUMBER.fullmatch(printed)
    if not found:
        raise ValueError(f"not a figure: {printed!r}")
    digits, rest = found.groups()
    scale, unit = (rest[0], rest[1:]) if rest[:1] in ("万", "亿") else ("", rest)
    if unit not in _UNITS:
        raise ValueError(f"unknown unit {unit!r} in the figure {printed!r}")
    number = Decimal(digits) if digits[0].isdigit() else Decimal(_chinese(digits))
    return number * _SCALES[scale], unit


def _chinese(digits: str) -> int:
    return chinese_number(digits.replace("两", "二"))
