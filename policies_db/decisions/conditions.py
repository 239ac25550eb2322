"""Conditions over facts, and what is left of them when some facts are known.

The possible values of a fact fall into cells: on all values of a cell every test of a rule has the
same result. A condition over cells is therefore either true or false, and "unknown" is just that
more than one cell is possible.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policies_db.decisions.values import Fact, Point, Span

COMPARISONS = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}

#: A part of a fact's values: a span of numbers or dates, a bool, or the name of a choice.
Cell = Span | bool | str


@dataclass(frozen=True)
class Test:
    """One comparison: a bool or choice with its wanted values, or a number or date with a limit.

    `limit` is the value compared with and `figure` the name of the figure that gives it.
    """

    __test__ = False

    fact: str
    wanted: frozenset[bool | str] = frozenset()
    comparison: str = ""
    limit: Point | None = None
    figure: str | None = None

    def holds(self, cell: Cell) -> bool:
        """Whether the test is met on a cell."""
        if not isinstance(cell, Span):
            return cell in self.wanted
        inside = _inside(cell)
        assert self.limit is not None
        if inside is not None:
            return bool(COMPARISONS[self.comparison](inside, self.limit))
        # an open cell lies wholly below or above the limit
        below = cell.high is not None and cell.high <= self.limit  # type: ignore[operator]
        return self.comparison[0] == ("<" if below else ">")


@dataclass(frozen=True)
class All:
    """Met where all parts are."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Any_:
    """Met where at least one part is."""

    parts: tuple[Condition, ...] = ()


Condition = Test | All | Any_ | bool


def tests_of(condition: Condition) -> list[Test]:
    """All comparisons of a condition, in order."""
    if isinstance(condition, Test):
        return [condition]
    if isinstance(condition, (All, Any_)):
        return [test for part in condition.parts for test in tests_of(part)]
    return []


def pertinent(condition: Condition, possible: Mapping[str, tuple[Cell, ...]]) -> list[Test]:
    """The comparisons of a condition without those of its cases that are not this one.

    A case is a part of an alternative with several tests; it is another one where a bool or choice
    in it is otherwise, as long as a case is left that may be this one.
    """
    if not isinstance(condition, (All, Any_)):
        return tests_of(condition)
    parts = condition.parts
    if isinstance(condition, Any_):
        parts = tuple(part for part in parts if not _other_case(part, possible)) or parts
    return [test for part in parts for test in pertinent(part, possible)]


def _other_case(part: Condition, possible: Mapping[str, tuple[Cell, ...]]) -> bool:
    return isinstance(part, All) and any(
        not test.comparison and truth(test, possible) is False for test in tests_of(part)
    )


def given(condition: Condition, fact: str, cell: Cell) -> Condition:
    """What is left of a condition when a fact is known to be in a cell; itself where it stays."""
    if isinstance(condition, Test):
        return condition.holds(cell) if condition.fact == fact else condition
    if isinstance(condition, bool):
        return condition
    deciding = isinstance(condition, Any_)
    left, stays = [], True
    for part in condition.parts:
        rest = given(part, fact, cell)
        if rest is deciding:
            return deciding
        stays = stays and rest is part
        if not isinstance(rest, bool):
            left.append(rest)
    if stays:
        return condition
    if not left:
        return not deciding
    return left[0] if len(left) == 1 else type(condition)(tuple(left))


def truth(condition: Condition, possible: Mapping[str, tuple[Cell, ...]]) -> bool | None:
    """Whether a condition is met, or None where the cells that are possible do not tell."""
    if isinstance(condition, Test):
        results = {condition.holds(cell) for cell in possible[condition.fact]}
        return results.pop() if len(results) == 1 else None
    if isinstance(condition, bool):
        return condition
    deciding = isinstance(condition, Any_)
    parts = [truth(part, possible) for part in condition.parts]
    if deciding in parts:
        return deciding
    return None if None in parts else not deciding


def number_cells(tests: Iterable[Test]) -> tuple[Cell, ...]:
    """The cells of a number or date: its limits, and the open spans between them."""
    limits = sorted({test.limit for test in tests if test.limit is not None})
    cells: list[Cell] = []
    before: Point | None = None
    for limit in limits:
        cells += [Span(before, limit, True, True), Span.at(limit)]
        before = limit
    return (*cells, Span(before, None, True, True))


def cells_of(fact: Fact | None, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells that are possible for what is known of a fact: all where nothing is."""
    if fact is None:
        return cells
    value = fact.value
    if isinstance(value, Span):
        return tuple(c for c in cells if isinstance(c, Span) and not c.meet(value).empty)
    return tuple(cell for cell in cells if cell == value and type(cell) is type(value))


def _inside(cell: Span) -> Point | None:
    return cell.exact if not (cell.open_low or cell.open_high) else None
