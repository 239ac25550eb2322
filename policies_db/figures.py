"""Typed figures of the rules, from `policies_db/figures`: one file a document."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from policies_db.content import ContentError
from policies_db.models import Document, Figure
from policies_db.points import Spans

FIGURES = Path(__file__).parent / "figures"
KINDS = frozenset({"amount", "rate", "period", "window", "target", "award", "count"})
COMPARISONS = frozenset({"=", "<=", ">=", "<", ">", "between"})
UNITS = frozenset(
    [
        "CNY",
        "USD",
        "%",
        "day",
        "working_day",
        "month",
        "year",
        "hour",
        "count",
        "point",
        "square_metre",
        "teu",
        "kilometre",
        "percentage_point",
        "trip",
        "tonne",
        "metre",
        "cubic_metre",
        "kilowatt",
        "date",  # a day as YYYYMMDD: 20240607 is 7 June 2024
    ]
)


def read_figures(document: Document, folder: Path = FIGURES) -> list[Figure]:
    """The figures of a document's rules.

    Raises:
        ContentError: naming file and figure, when the quote is not in the text, the printed figure
            is not in the quote, or kind, comparison, unit or value is not a known one.
    """
    path = folder / f"{document.id}.yml"
    if not path.exists():
        return []
    spans = Spans(document)
    figures = []
    items = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for number, item in enumerate(items, 1):
        try:
            figures.append(_figure(item, spans))
        except (KeyError, TypeError, ValueError) as error:
            raise ContentError(f"{path.name}, figure {number}: {error}") from error
    return figures


def _figure(item: dict[str, Any], spans: Spans) -> Figure:
    for key, known in (("kind", KINDS), ("comparison", COMPARISONS), ("unit", UNITS)):
        if item[key] not in known:
            raise ValueError(f"{key} {item[key]!r} is not one of {', '.join(sorted(known))}")
    provision, _, _ = spans.locate(item["quote"], item["at"])
    printed = item["printed"]
    if printed not in item["quote"] or not re.search(r"[\d一二三四五六七八九十两半零]", printed):
        raise ValueError(f"printed figure {printed!r} is not in the quote")
    return Figure(
        provision_id=provision.id,
        kind=item["kind"],
        subject=item["subject"],
        comparison=item["comparison"],
        value=_decimal(item["value"]),
        upper=_decimal(item["upper"]) if "upper" in item else None,
        unit=item["unit"],
        printed=printed,
        quote=item["quote"],
    )


def _decimal(value: object) -> str:
    try:
        return format(Decimal(str(value)), "f")
    except InvalidOperation:
        raise ValueError(f"not a number: {value!r}") from None
