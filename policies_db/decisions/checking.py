"""Whether a rule that was read holds together: its patterns, rows and facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, product

from policies_db.decisions.conditions import Cell, truth
from policies_db.decisions.diagram import diagram, results_in
from policies_db.decisions.rules import FactSpec, Row, Rule

FEWEST_OPENINGS = 15


class Unfit(ValueError):
    """A rule that does not hold together; `place` is where in its file."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(reason)
        self.place = place


def check_rule(rule: Rule) -> None:
    """Check a rule as a whole.

    Raises:
        Unfit: for a pattern that is none, rows that can never apply or overlap with another
            outcome, a case that no row applies to, a fact that is of no use or cannot be asked
            for, and too few openings.
    """
    _check_patterns(rule)
    _check_rows(rule)
    _check_use(rule)
    if len(rule.openings) < FEWEST_OPENINGS:
        raise Unfit("openings", f"fewer than {FEWEST_OPENINGS} opening phrases")


def _check_patterns(rule: Rule) -> None:
    _compile("about", rule.about)
    for spec in rule.facts.values():
        _compile(f"fact {spec.name}", spec.patterns)
    if rule.other_side is not None:
        side = rule.other_side
        _compile("other_side", (*side.does, *side.asked, *side.ours))


def _compile(place: str, patterns: Iterable[str]) -> None:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise Unfit(place, f"bad pattern {pattern!r}: {error}") from error


def _check_rows(rule: Rule) -> None:
    ids = [row.id for row in rule.rows]
    for index, row in enumerate(rule.rows):
        if row.id in ids[:index]:
            raise Unfit(f"row {row.id}", "the id is taken")
        if not _can_apply(rule, index):
            raise Unfit(f"row {row.id}", "unreachable: the rows above always apply before it")
    if rule.rows[-1].condition is not True and _leaves_gap(rule):
        raise Unfit("rows", "a case is left that no row applies to, and there is no `otherwise`")
    plain = [row for row in rule.rows if not row.first and row.condition is not True]
    for one, two in combinations(plain, 2):
        if one.result != two.result and _overlap(rule, one, two):
            raise Unfit(f"row {two.id}", f"overlaps with row {one.id}, which has another outcome")


def _check_use(rule: Rule) -> None:
    sources = {source for spec in rule.facts.values() for way in spec.ways for source in way.of}
    texts = " ".join(row.because for row in rule.rows) + " ".join(rule.notes)
    for name, spec in rule.facts.items():
        used = name in rule.cells or name in sources or f"{{{name}}}" in texts
        if not used and not spec.aside and name != rule.validity.by:
            raise Unfit(f"fact {name}", "no row uses it")
        if name in rule.cells and not _askable(rule, spec):
            raise Unfit(f"fact {name}", "a row tests it, but nothing asks for it")


def _askable(rule: Rule, spec: FactSpec) -> bool:
    if spec.ask or spec.reserve is not None:
        return True
    return any(
        all(source not in rule.facts or _askable(rule, rule.facts[source]) for source in way.of)
        for way in spec.ways
    )


def _can_apply(rule: Rule, index: int) -> bool:
    """Whether some case makes this row the first that applies."""
    marked = [replace(row, result="") for row in rule.rows]
    marked[index] = replace(marked[index], result="here")
    return "here" in results_in(diagram([*marked, _rest(rule, "")], rule.cells))


def _leaves_gap(rule: Rule) -> bool:
    """Whether some case meets the condition of no row."""
    rows = [replace(row, result="") for row in rule.rows]
    return "gap" in results_in(diagram([*rows, _rest(rule, "gap")], rule.cells))


def _rest(rule: Rule, result: str) -> Row:
    """A row for all cases that are left."""
    return replace(rule.rows[-1], condition=True, result=result)


def _overlap(rule: Rule, one: Row, two: Row) -> bool:
    """Whether some case meets the conditions of both rows."""
    names = list(dict.fromkeys(test.fact for row in (one, two) for test in row.tests))
    for cells in product(*(rule.cells[name] for name in names)):
        case: dict[str, tuple[Cell, ...]] = {n: (c,) for n, c in zip(names, cells, strict=False)}
        if truth(one.condition, case) and truth(two.condition, case):
            return True
    return False
