"""The tests of a case in words: what it was compared with, and whether it satisfies that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies_db.decisions.conditions import Cell, Test, pertinent, truth
from policies_db.decisions.rules import Row, Rule
from policies_db.decisions.values import Fact
from policies_db.decisions.wording import Words

_Possible = Mapping[str, tuple[Cell, ...]]
#: How a test is said to come out: not, or as the rule asks.
_SATISFIED = ("not_satisfied", "satisfied")
_FORBIDDEN = ("not_forbidden", "forbidden")


def other_case(rule: Rule, row: Row, possible: _Possible) -> bool:
    """Whether a row is for another case altogether, by a choice that was made."""
    return any(
        rule.facts[test.fact].type == "choice" and truth(test, possible) is False and not row.first
        for test in row.tests
    )


def reasons(
    rule: Rule, facts: Mapping[str, Fact], possible: _Possible, other_side: bool
) -> Iterator[str]:
    """The tests of what is known, in the order of the rows, each once.

    符合 and 不符合 say whether the case satisfies what the rule asks for: who is outside an
    exception satisfies it, who is within it does not. Told of the other side, what it asks for is
    what it forbids.
    """
    yield from _Telling(rule, facts, possible, other_side).lines()


class _Telling:
    def __init__(
        self, rule: Rule, facts: Mapping[str, Fact], possible: _Possible, other_side: bool
    ) -> None:
        self.rule = rule
        self.results = _FORBIDDEN if other_side else _SATISFIED
        self.facts = facts
        self.possible = possible
        self.rows = [row for row in rule.rows if not other_case(rule, row, possible)]
        self.conditions = [row for row in self.rows if not row.first and not _excludes(row)]
        self.met_in_nearest = self._met_in_nearest()

    def _met_in_nearest(self) -> set[str]:
        """The facts that are as wanted in the row that would grant it and lacks least."""
        granting = [row for row in self.rule.rows if not row.first and not _excludes(row)]
        nearest = min(granting, key=self._distance, default=None)
        tests = nearest.tests if nearest else []
        return {test.fact for test in tests if truth(test, self.possible)}

    def _distance(self, row: Row) -> tuple[bool, int, int]:
        """How far a row is from being met; of two alike, the one for the case that was chosen."""
        tests = [(truth(test, self.possible), test.fact) for test in row.tests]
        chosen = [met for met, fact in tests if met and self.rule.facts[fact].type == "choice"]
        return (
            truth(row.condition, self.possible) is not True,
            sum(met is False for met, _ in tests),
            -len(chosen),
        )

    def lines(self) -> Iterator[str]:
        told: set[object] = set()
        for row in self.rows:
            for test, good in self._exception(row) if _excludes(row) else self._asked(row):
                asks = (test.fact, test.figure, test.limit)
                if test.fact in self.facts and asks not in told:
                    told.add(asks)
                    yield self._line(row, test, good)
            if truth(row.condition, self.possible):
                return

    def _asked(self, row: Row) -> Iterator[tuple[Test, bool]]:
        """What a row asks for, and whether it is there; of a way back only where it is taken."""
        if row.first and not truth(row.condition, self.possible):
            return
        for test in pertinent(row.condition, self.possible):
            met = truth(test, self.possible)
            if met is not None:
                yield test, met or (not test.comparison and test.fact in self.met_in_nearest)

    def _exception(self, row: Row) -> Iterator[tuple[Test, bool]]:
        """What puts a case into an exception or keeps it out, where no condition tells it."""
        within = truth(row.condition, self.possible)
        if within is None:
            return
        for test in pertinent(row.condition, self.possible):
            if truth(test, self.possible) is not within or self._told_by_a_condition(test):
                continue
            if row.first and len(row.tests) > 1 and self.rule.facts[test.fact].type == "choice":
                continue  # only says which case the exception is of
            yield test, not within or test.fact in self.met_in_nearest

    def _told_by_a_condition(self, test: Test) -> bool:
        return any(
            (each.fact, each.figure) == (test.fact, test.figure)
            for row in self.conditions
            for each in row.tests
        )

    def _line(self, row: Row, test: Test, good: bool) -> str:
        spec = self.rule.facts[test.fact]
        kind = "value" if not test.comparison else "beyond" if _excludes(row) else "within"
        words = Words(self.rule.language)
        templates = words.group("reasons")
        line = templates[kind].format(
            label=spec.label,
            value=words.fact(spec, self.facts[test.fact]),
            test=words.test(self.rule, test),
            result=templates[self.results[good]],
            at=row.citation.label,
        )
        return line[:1].upper() + line[1:]


def _excludes(row: Row) -> bool:
    return row.outcome.startswith("not_")
