"""A rule of decision as it is read from its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from policies_db.decisions.conditions import Cell, Condition, Test, number_cells, tests_of
from policies_db.decisions.figures import Figure

OUTCOMES = ("exempt", "not_exempt", "eligible", "not_eligible")


@dataclass(frozen=True)
class Citation:
    """Where a rule stands: document, label and verbatim quote."""

    document_id: str
    label: str
    quote: str


@dataclass(frozen=True)
class Way:
    """A way to compute a fact: one of `policies_db.decisions.derived.WAYS`, and from what."""

    by: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class FactSpec:
    """A fact that a rule asks of: what it is, how it is asked for, how people say it.

    `ways` are the ways to compute it from other facts. `reserve` is the value
    that stands for "nothing of the kind was said" with exceptions that are not asked for: the
    decision then names the exception beside its outcome. `values` gives the wording of a bool (yes,
    no) or of each choice. `cues` are patterns that give a bool or choice; `near` those that stand
    beside a number, date or name; `lone` tells that one without any such pattern is meant; `now`
    are those that make a date the day of the question, unless one of `done` says that it is past;
    `names` is what a text is, company or code; `aside` marks what people mention and no row needs,
    so that it is not taken for another fact; `follows` is the date that a date comes after: where
    one of `told` is in the text, one that is left without a role is put in this order. What stands
    at `@` of a pattern of `adds` comes to the value that is told.
    What ends in `_en` is the English of the same.
    """

    name: str
    type: str
    label: str
    ask: str | None = None
    ask_en: str | None = None
    why: str = ""
    why_en: str = ""
    values: Mapping[bool | str, str] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    reserve: bool | str | None = None
    unless: str | None = None
    label_en: str = ""
    values_en: Mapping[bool | str, str] = field(default_factory=dict)
    unless_en: str | None = None
    cues: Mapping[bool | str, tuple[str, ...]] = field(default_factory=dict)
    near: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    lone: bool = False
    names: str = ""
    aside: bool = False
    follows: str = ""
    told: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()

    @property
    def patterns(self) -> tuple[str, ...]:
        """All patterns of what people say of it."""
        cues = (pattern for patterns in self.cues.values() for pattern in patterns)
        return (*self.near, *self.now, *self.done, *self.told, *self.adds, *cues)


@dataclass(frozen=True)
class OtherSide:
    """What a rule forbids somebody else: an authority, a bank, a platform.

    `deed` completes "may not …", `does` are patterns of verbs that only the other side does,
    `asked` those of whole questions whether it may, `ours` those by which the asker says to be the
    other side, both beside the ones of any rule. `permits` tells that cases are told of what the
    asker does, which is then meant where nobody is named. Rows that are not among `rows`, where
    any are, are about something else.
    """

    deed: str
    deed_en: str
    does: tuple[str, ...]
    asked: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    permits: bool = False
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """One row of a rule: its condition, its outcome, and the provision that says so.

    `result` tells outcomes apart that differ in more than their kind (another rate, another sum).
    """

    id: str
    condition: Condition
    outcome: str
    result: str
    because: str
    because_en: str
    citation: Citation
    first: bool = False

    @property
    def tests(self) -> list[Test]:
        """The comparisons of its condition."""
        return tests_of(self.condition)


@dataclass(frozen=True)
class Validity:
    """When a rule is valid, both days included, and by which date a case is judged.

    `by` is a date among the facts; where it is not known, the date of the question counts.
    """

    by: str | None
    first: date
    last: date | None


@dataclass(frozen=True, eq=False)
class Rule:
    """A decision: its facts in the order of asking, its rows in the order of precedence.

    The rows marked `first` govern the others. The last row is what follows where none applies.
    A message that none of the patterns `about` is in does not tell a case of the rule; a
    message that names the first of `documents` is near to a rule about the `whole` of it.
    `other_side` is what it forbids somebody else, where its grants are rights to refuse that.
    `language` is that of its texts; `wording.in_language` gives the rule in another.
    """

    id: str
    title: str
    title_en: str
    topic: str
    documents: tuple[str, ...]
    validity: Validity
    facts: Mapping[str, FactSpec]
    figures: Mapping[str, Figure]
    rows: tuple[Row, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]
    notes_en: tuple[str, ...]
    openings: tuple[str, ...]
    about: tuple[str, ...] = ()
    whole: bool = False
    other_side: OtherSide | None = None
    language: str = "zh"

    @cached_property
    def cells(self) -> dict[str, tuple[Cell, ...]]:
        """The cells of each fact that a row tests, in the order of the facts."""
        tests: dict[str, list[Test]] = {}
        for row in self.rows:
            for test in row.tests:
                tests.setdefault(test.fact, []).append(test)
        cells: dict[str, tuple[Cell, ...]] = {}
        for name, spec in self.facts.items():
            if name not in tests:
                continue
            if spec.type == "bool":
                cells[name] = (True, False)
            elif spec.type == "choice":
                cells[name] = tuple(spec.values)
            else:
                cells[name] = number_cells(tests[name])
        return cells
