"""Apply a rule to the facts of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from policies_db.decisions.conditions import Cell, cells_of, pertinent, truth
from policies_db.decisions.derived import Lists, derive
from policies_db.decisions.diagram import Branch, Diagram, diagram, facts_in, results_in
from policies_db.decisions.reasons import other_case, reasons
from policies_db.decisions.rules import Citation, FactSpec, OtherSide, Row, Rule, Validity
from policies_db.decisions.values import Fact, Span
from policies_db.decisions.wording import CHINESE, Names, Words, in_language

NEEDS_FACTS = "needs_facts"
ELIGIBLE, NOT_ELIGIBLE = "eligible", "not_eligible"
_REVERSED = {ELIGIBLE: NOT_ELIGIBLE, NOT_ELIGIBLE: ELIGIBLE}
_Possible = dict[str, tuple[Cell, ...]]


@dataclass(frozen=True)
class Understood:
    """A fact as understood: its wording with unit, and the user's words that it was read from."""

    name: str
    label: str
    value: str
    text: str
    approximate: bool


@dataclass(frozen=True)
class Missing:
    """A fact that can still change the outcome, how to ask for it, and why it matters."""

    name: str
    question: str
    why: str


@dataclass(frozen=True)
class Case:
    """What follows in a case that the facts leave open, or that an exception makes."""

    text: str
    outcome: str
    citation: Citation


@dataclass(frozen=True)
class Decision:
    """A rule applied to facts.

    `outcome` is exempt, not_exempt, eligible, not_eligible or needs_facts, and `result` the kind of
    it where a rule knows several; `rows` are the rows that give it. `reasons` are the tests, in
    order, and last what follows.
    `missing` are the facts to ask for, next first. `cases` are the outcomes by case where what is
    missing cannot be said. `provisos` are exceptions that nothing was said of: the outcome stands
    unless they apply. `status` is that of the rule on `judged_on`. Where `deed` is told, the
    outcome is whether the other side may do that. All but the citations is in the language that
    was asked for.
    """

    rule_id: str
    outcome: str
    result: str
    facts: tuple[Understood, ...]
    missing: tuple[Missing, ...]
    reasons: tuple[str, ...]
    citations: tuple[Citation, ...]
    judged_on: date
    status: str
    notes: tuple[str, ...]
    rows: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    provisos: tuple[Case, ...] = ()
    deed: str = ""


def decide(
    rule: Rule,
    facts: Mapping[str, Fact],
    as_of: date,
    refused: frozenset[str] = frozenset(),
    lists: Lists | None = None,
    language: str = CHINESE,
    other_side: bool = False,
) -> Decision:
    """Apply a rule to what is known of a case.

    Args:
        facts: by the names of the rule; what was not said is not in it.
        as_of: the date of the question, by which a case without a date of its own is judged.
        refused: facts that the user cannot tell; they are not asked for again.
        lists: names to look companies up in, by the name of the list.
        language: of what is said: zh or en. Labels of provisions and quotes stay Chinese.
        other_side: whether it is asked if the other side of the rule may do it.

    Raises:
        ValueError: when a fact is not one of the rule's, or its value not of its type.
    """
    _check(rule, facts)
    told = in_language(rule, language)
    known = derive(rule, facts, lists or {})
    return _Deciding(told, known, as_of, refused, other_side).decision()


def live_facts(rule: Rule, facts: Mapping[str, Fact]) -> set[str]:
    """The facts that a row that can still apply tests, with those that they are computed from.

    An exception that is computed can turn out to apply while nothing was said of it.
    """
    deciding = _Deciding(rule, derive(rule, facts, {}), date.min, frozenset())
    computed = {name: rule.cells[name] for name in deciding.open if rule.facts[name].ways}
    possible = {**deciding.possible, **computed}
    names = {
        test.fact
        for row in rule.rows
        if truth(row.condition, possible) is not False
        for test in row.tests
    }
    for name in reversed(list(rule.facts)):
        if name in names:
            names |= {source for way in rule.facts[name].ways for source in way.of}
    return names | ({rule.validity.by} if rule.validity.by else set())


def _check(rule: Rule, facts: Mapping[str, Fact]) -> None:
    for name, fact in facts.items():
        spec = rule.facts.get(name)
        if spec is None:
            raise ValueError(f"{rule.id}: no fact {name!r}")
        if spec.type == "text":
            fits = isinstance(fact.value, str)
        elif spec.type in ("bool", "choice"):
            fits = fact.value in spec.values and (spec.type == "bool") is isinstance(
                fact.value, bool
            )
        else:
            fits = isinstance(fact.value, Span) and not fact.value.empty
        if not fits:
            raise ValueError(f"{rule.id}: {fact.value!r} is no {spec.type} for {name!r}")


class _Deciding:
    def __init__(
        self,
        rule: Rule,
        facts: dict[str, Fact],
        as_of: date,
        refused: frozenset[str],
        other_side: bool = False,
    ) -> None:
        self.rule = rule
        self.facts = facts
        self.as_of = as_of
        self.refused = refused
        self.open = [
            name
            for name in rule.cells
            if rule.facts[name].reserve is not None and name not in facts
        ]
        self.possible = self._possible()
        self.other_side = rule.other_side if other_side and self._is_of(rule.other_side) else None
        self.words = Words(rule.language)
        self.names = Names(rule, facts)

    @cached_property
    def tree(self) -> Diagram:
        """What can still change the outcome."""
        return diagram(self.rule.rows, self.possible)

    def _possible(self, **fixed: Cell) -> _Possible:
        """The cells that are possible; exceptions that nothing was said of are kept apart."""
        possible: _Possible = {}
        for name, cells in self.rule.cells.items():
            reserve = self.rule.facts[name].reserve
            if name in fixed:
                possible[name] = (fixed[name],)
            elif name in self.open and reserve is not None:
                possible[name] = (reserve,)
            else:
                possible[name] = cells_of(self.facts.get(name), cells)
        return possible

    def _is_of(self, other: OtherSide | None) -> bool:
        """Whether the case is one of what the other side does."""
        return other is not None and (
            not other.rows or {row.id for row in self._rows()} <= other.rows
        )

    def decision(self) -> Decision:
        made = self._of_company()
        if self.other_side is None:
            return made
        return replace(
            made,
            outcome=_reversed(made.outcome),
            result=_reversed(made.result),
            cases=tuple(replace(each, outcome=_reversed(each.outcome)) for each in made.cases),
            provisos=tuple(replace(p, outcome=_reversed(p.outcome)) for p in made.provisos),
            deed=self.other_side.deed,
        )

    def _of_company(self) -> Decision:
        """The decision of the company's side; nobody is granted anything before its time."""
        made = self._applied()
        given = made.outcome in (ELIGIBLE, NEEDS_FACTS) and self._grants()
        if made.status != "not_yet_in_force" or not given:
            return made
        return replace(
            made,
            outcome=NOT_ELIGIBLE,
            result=NOT_ELIGIBLE,
            missing=(),
            reasons=(self._too_early(made.judged_on),),
            notes=made.notes[:1],
            cases=(),
            provisos=(),
        )

    def _applied(self) -> Decision:
        rule = self.rule
        missing = tuple(self._missing())
        decided = isinstance(self.tree, str)
        rows = self._rows()
        judged_on, status = self._standing()
        return Decision(
            rule_id=rule.id,
            outcome=self._outcome(rows),
            result=str(self.tree) if decided else NEEDS_FACTS,
            facts=tuple(self._understood()),
            missing=missing,
            reasons=tuple(self._reasons(rows)),
            citations=self._citations(rows),
            judged_on=judged_on,
            status=status,
            notes=tuple(self._notes(status)),
            rows=tuple(row.id for row in rows),
            cases=() if missing or decided else tuple(self._cases(self.tree, self.possible, [])),
            provisos=tuple(self._provisos()) if decided else (),
        )

    def _grants(self) -> bool:
        """Whether the rule gives something, which nobody has before it is in force.

        Of a penalty nothing follows: what applied before is in another document.
        """
        return {row.outcome for row in self.rule.rows} <= {ELIGIBLE, NOT_ELIGIBLE}

    def _too_early(self, day: date) -> str:
        point, first = self.words.point, self.rule.validity.first
        words = self.words.group("reasons")["too_early"]
        return words.format(first=point("date", first), day=point("date", day))

    def _outcome(self, rows: list[Row]) -> str:
        outcomes = {
            row.outcome for row in self.rule.rows if row.result in set(results_in(self.tree))
        }
        if isinstance(self.tree, str) or len(outcomes) == 1:
            return rows[0].outcome if isinstance(self.tree, str) else outcomes.pop()
        return NEEDS_FACTS

    def _rows(self) -> list[Row]:
        """The rows that may be the first to apply; with a result, those that give it.

        One that applies for certain is enough of a reason for a result.
        """
        maybe = []
        decided = isinstance(self.tree, str)
        for row in self.rule.rows:
            met = truth(row.condition, self.possible)
            if met is not False and (not decided or row.result == self.tree):
                if met and decided:
                    return [row]
                maybe.append((met is None, row))
            if met:
                break
        return [row for _, row in sorted(maybe, key=lambda entry: entry[0])]

    # what to ask

    def _missing(self) -> Iterator[Missing]:
        wanted = facts_in(self.tree)
        asked: set[str] = set()
        for name in self.rule.facts:
            if name not in wanted:
                continue
            for base in self._to_ask(name):
                if base not in asked:
                    asked.add(base)
                    yield self._question(base)

    def _to_ask(self, name: str) -> list[str]:
        """The facts to ask for so that one gets known: itself, or what it is computed from."""
        if name in self.refused:
            return []
        spec = self.rule.facts[name]
        for way in spec.ways:
            inputs = [source for source in way.of if source in self.rule.facts]
            unknown = [source for source in inputs if source not in self.facts]
            vague = [source for source in inputs if source in self.facts and self._vague(source)]
            if unknown and len(unknown) == len(inputs) and spec.ask:
                break  # nothing of it is known: ask for the fact itself
            wanted = [s for s in unknown or vague if self.rule.facts[s].ask]
            if wanted:
                return [source for source in wanted if source not in self.refused]
        return [name] if spec.ask else []

    def _vague(self, name: str) -> bool:
        value = self.facts[name].value
        return isinstance(value, Span) and value.exact is None

    def _question(self, name: str) -> Missing:
        spec = self.rule.facts[name]
        said = self.facts.get(name)
        question = spec.ask or ""
        if said is not None and said.text:
            exact = self.words.group("ask")["exact"]
            question = exact.format(label=spec.label, text=said.text, question=question)
        return Missing(name, question, spec.why)

    # what came out

    def _reasons(self, rows: list[Row]) -> Iterator[str]:
        yield from reasons(self.rule, self.facts, self.possible, self.other_side is not None)
        if isinstance(self.tree, str):
            for row in rows:
                yield row.because.format_map(self.names)

    def _understood(self) -> Iterator[Understood]:
        concerned = self._concerned()
        for name, spec in self.rule.facts.items():
            fact = self.facts.get(name)
            if fact is not None and name in concerned:
                value = self.words.fact(spec, fact)
                yield Understood(name, spec.label, value, fact.text, fact.approximate)

    def _concerned(self) -> set[str]:
        """The facts that the case is about: tested, a source of one tested, or its date."""
        names = {
            test.fact
            for row in self.rule.rows
            if not other_case(self.rule, row, self.possible)
            for test in pertinent(row.condition, self.possible)
        }
        names |= {name for name, spec in self.rule.facts.items() if spec.type == "text"}
        for name in reversed(list(self.rule.facts)):
            if name in names:
                names |= {source for way in self.rule.facts[name].ways for source in way.of}
        return names | {self.rule.validity.by or ""}

    def _citations(self, rows: list[Row]) -> tuple[Citation, ...]:
        return tuple(dict.fromkeys([row.citation for row in rows] + list(self.rule.citations)))

    def _provisos(self) -> Iterator[Case]:
        """Exceptions that nothing was said of and that would change the result."""
        for name in self.open:
            spec = self.rule.facts[name]
            for cell in self.rule.cells[name]:
                if cell == spec.reserve:
                    continue
                possible = self._possible(**{name: cell})
                if diagram(self.rule.rows, possible) != self.tree:
                    row = next(
                        r for r in self.rule.rows if truth(r.condition, possible) is not False
                    )
                    yield Case(
                        (spec.unless or "").format_map(self.names), row.outcome, row.citation
                    )
                    break

    def _cases(self, tree: Diagram, possible: _Possible, said: list[str]) -> Iterator[Case]:
        """Each case that the unknown facts leave open, with what follows in it."""
        words = self.words.group("alternatives")
        if not isinstance(tree, Branch):
            rows = [r for r in self.rule.rows if r.result == tree]
            row = next((r for r in rows if truth(r.condition, possible)), None) or next(
                r for r in rows if truth(r.condition, possible) is not False
            )
            text = words["case"].format(
                case=words["join"].join(said), because=row.because.format_map(self.names)
            )
            yield Case(text, row.outcome, row.citation)
            return
        spec = self.rule.facts[tree.fact]
        for cells, arm in _grouped(tree):
            text = words["fact"].format(label=spec.label, value=self._cells_text(spec, cells))
            yield from self._cases(arm, {**possible, tree.fact: cells}, [*said, text])

    def _cells_text(self, spec: FactSpec, cells: tuple[Cell, ...]) -> str:
        """The cells of a group; neighbouring spans as one."""
        joined: list[Cell] = []
        for cell in cells:
            last = joined[-1] if joined else None
            if (
                isinstance(cell, Span)
                and isinstance(last, Span)
                and last.high == cell.low
                and last.open_high is not cell.open_low
            ):
                joined[-1] = Span(last.low, cell.high, last.open_low, cell.open_high)
            else:
                joined.append(cell)
        return self.words.group("alternatives")["or"].join(self.words.cell(spec, c) for c in joined)

    # when

    def _standing(self) -> tuple[date, str]:
        validity = self.rule.validity
        day = self._day(validity)
        if day < validity.first:
            return day, "not_yet_in_force"
        if validity.last is not None and day > validity.last:
            return day, "expired"
        return day, "in_force"

    def _day(self, validity: Validity) -> date:
        fact = self.facts.get(validity.by) if validity.by else None
        if fact is None or not isinstance(fact.value, Span):
            return self.as_of
        if fact.value.low is None and (told := self._last_told(validity)) is not None:
            return told
        for day in (fact.value.exact, fact.value.high, fact.value.low):
            if isinstance(day, date):
                return day
        return self.as_of

    def _last_told(self, validity: Validity) -> date | None:
        """The last other date of a case whose own is only known to be past."""
        told = (
            fact.value.high
            for name, fact in self.facts.items()
            if name != validity.by and self.rule.facts[name].type == "date"
            if isinstance(fact.value, Span)
        )
        return max((day for day in told if isinstance(day, date)), default=None)

    def _notes(self, status: str) -> Iterator[str]:
        validity, words = self.rule.validity, self.words
        if status != "in_force":
            state = "too_early" if status == "not_yet_in_force" and self._grants() else status
            yield words.group("states")[state].format(
                title=self.rule.title,
                first=words.point("date", validity.first),
                last=words.point("date", validity.last or validity.first),
            )
        for note in self.rule.notes:
            yield note.format_map(self.names)


def _reversed(outcome: str) -> str:
    """The outcome for the other side."""
    return _REVERSED.get(outcome, outcome)


def _grouped(tree: Branch) -> list[tuple[tuple[Cell, ...], Diagram]]:
    """The arms of a branch, those with the same outcome together."""
    groups: dict[Diagram, list[Cell]] = {}
    for cell, arm in tree.arms:
        groups.setdefault(arm, []).append(cell)
    return [(tuple(cells), arm) for arm, cells in groups.items()]
