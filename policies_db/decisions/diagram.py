"""Which facts can still change a decision: a reduced decision diagram over the facts' cells.

The diagram branches on one fact after the other, in the order of the rule, and a branch that makes
no difference is left out. A fact is in the reduced diagram exactly when some completion of what is
known gives another result for another value of it (Bryant, 1986).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policies_db.decisions.conditions import Cell, Condition, given
from policies_db.decisions.rules import Row


@dataclass(frozen=True)
class Branch:
    """A fact whose value matters here, with what follows from each of its possible cells."""

    fact: str
    arms: tuple[tuple[Cell, Diagram], ...]


#: A result that stands whatever else is true, or a branch on the next fact that matters.
Diagram = str | Branch
_Left = tuple[tuple[Condition, str], ...]


def diagram(rows: Sequence[Row], possible: Mapping[str, tuple[Cell, ...]]) -> Diagram:
    """The diagram of rows taken in order, over the cells that are possible, facts in order."""
    facts = list(possible)
    known: dict[tuple[int, _Left], Diagram] = {}

    def build(index: int, left: _Left) -> Diagram:
        if len({result for _, result in left}) == 1:
            return left[0][1]
        key = (index, left)
        if key not in known:
            known[key] = branch(index, left)
        return known[key]

    def branch(index: int, left: _Left) -> Diagram:
        fact = facts[index]
        after = [_first_hits(left, fact, cell) for cell in possible[fact]]
        if all(rest is left for rest in after):
            return build(index + 1, left)  # no row asks for it
        arms = tuple(
            (cell, build(index + 1, rest)) for cell, rest in zip(possible[fact], after, strict=True)
        )
        same = all(arm == arms[0][1] for _, arm in arms)
        return arms[0][1] if same else Branch(fact, arms)

    return build(0, tuple((row.condition, row.result) for row in rows))


def _first_hits(left: _Left, fact: str, cell: Cell) -> _Left:
    """The rows that can still be the first to apply; the same object where all stay as they are."""
    rest: list[tuple[Condition, str]] = []
    stays = True
    for row in left:
        condition, result = row
        now = given(condition, fact, cell)
        stays = stays and now is condition
        if now is not False:
            rest.append(row if now is condition else (now, result))
        if now is True:
            break
    return left if stays and len(rest) == len(left) else tuple(rest)


def facts_in(tree: Diagram) -> set[str]:
    """The facts that can still change the result."""
    if isinstance(tree, str):
        return set()
    return {tree.fact}.union(*(facts_in(arm) for _, arm in tree.arms))


def results_in(tree: Diagram) -> list[str]:
    """The results that are still possible, in order of appearance."""
    if isinstance(tree, str):
        return [tree]
    return list(dict.fromkeys(r for _, arm in tree.arms for r in results_in(arm)))
