"""Read the rule files and check them, so that a mistake in one is an error with file and row.

See docs/decisions.md for the keys of a rule file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policies_db.decisions.bilingual import check_reason, english, fields
from policies_db.decisions.checking import Unfit, check_rule
from policies_db.decisions.conditions import COMPARISONS, All, Any_, Condition, Test
from policies_db.decisions.derived import WAYS
from policies_db.decisions.figures import Figure, read_figure
from policies_db.decisions.rules import (
    OUTCOMES,
    Citation,
    FactSpec,
    OtherSide,
    Row,
    Rule,
    Validity,
    Way,
)
from policies_db.decisions.values import TYPES, UNITS

RULES = Path(__file__).parent / "rules"
#: Gives the text of the provisions of a document that have a label; raises KeyError for none.
ProvisionText = Callable[[str, str], str]
_SHARED = ("facts", "figures", "first", "cite", "notes", "notes_en")
_KEYS = {
    "id", "title", "title_en", "topic", "about", "whole", "documents", "include", "barred", "facts",
    "figures", "validity", "first", "rows", "otherwise", "cite", "notes", "notes_en",
    "openings", "other_side",
}  # fmt: skip
_FACT_KEYS = {
    "type", "label", "label_en", "ask", "ask_en", "why", "why_en", "values", "values_en", "from",
    "reserve", "unless", "unless_en", "cues", "like", "near", "now", "done", "lone", "names",
    "aside", "follows", "told", "adds",
}  # fmt: skip
_OTHER_SIDE_KEYS = {"deed", "deed_en", "does", "asked", "ours", "permits", "rows"}
_ROW_KEYS = {"id", "when", "outcome", "result", "document", "at", "quote", "because", "because_en"}


class RuleError(ValueError):
    """A rule file that cannot be used; the message names the file and the place in it."""


def load_rules(provision_text: ProvisionText, folder: Path = RULES) -> dict[str, Rule]:
    """All rules of a folder by id, checked.

    Args:
        provision_text: gives the text of a provision (all paragraphs of a label) of a document.
        folder: where the rule files are; those in its folder `shared` can be included.

    Raises:
        RuleError: naming file and row, for an unknown fact, provision, figure or unit, a quote that
            is not in the text, a figure that is not in its quote, rows that overlap with another
            outcome, and rows that can never apply.
    """
    return _by_id(_Reader(path, provision_text) for path in sorted(folder.glob("*.yml")))


def read_checked_rules(folder: Path = RULES) -> dict[str, Rule]:
    """The same of files that `load_rules` has passed as they are now, in a fifth of the time.

    Raises:
        RuleError: as `load_rules`, but for what takes long to find out.
    """
    return _by_id(_Reader(path, None) for path in sorted(folder.glob("*.yml")))


def _by_id(readers: Iterable[_Reader]) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for reader in readers:
        rule = reader.rule()
        if rule.id in rules:
            raise RuleError(f"{reader.path.name}: id {rule.id!r} is taken")
        rules[rule.id] = rule
    return rules


def read_openings(folder: Path = RULES) -> list[str]:
    """How people tell their cases: the openings of all rules of a folder."""
    return [
        opening for path in sorted(folder.glob("*.yml")) for opening in _parsed(path)["openings"]
    ]


@cache
def _shared_cues(folder: Path) -> Mapping[str, Mapping[Any, list[str]]]:
    """Patterns for what facts of several rules are about, by name."""
    cues: Mapping[str, Mapping[Any, list[str]]] = _parsed(folder / "shared" / "cues.yml")
    return cues


def _parsed(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


class _Reader:
    """Reads a file; checks it against the documents and as a whole where it is given these."""

    def __init__(self, path: Path, provision_text: ProvisionText | None) -> None:
        self.path = path
        self.provision_text = provision_text
        self.place = "file"
        self.data: dict[str, Any] = {}
        self.facts: dict[str, FactSpec] = {}
        self.figures: dict[str, Figure] = {}
        self.fallbacks: dict[str, str] = {}

    def rule(self) -> Rule:
        try:
            return self._rule()
        except Unfit as error:
            raise RuleError(f"{self.path.name}, {error.place}: {error}") from error
        except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
            reason = f"no {error}" if isinstance(error, KeyError) else str(error)
            raise RuleError(f"{self.path.name}, {self.place}: {reason}") from error

    def _rule(self) -> Rule:
        data = self._read()
        self.data = data
        for name, item in data["figures"].items():
            self.place = f"figure {name}"
            self.figures[name] = self._figure(name, item)
        for name, item in data["facts"].items():
            self.place = f"fact {name}"
            self.facts[name] = self._fact(name, item)
        for spec in self.facts.values():
            self.place = f"fact {spec.name}"
            self._check_ways(spec)
        self.place = "validity"
        validity = self._validity(data["validity"])
        barred = {"outcome": data["barred"]} if "barred" in data else {}
        rows = [self._row({**barred, **item}, first=True) for item in data["first"]]
        rows += [self._row(item, first=False) for item in data["rows"]]
        if "otherwise" in data:
            last = {"id": "otherwise", "when": {}, **data["otherwise"]}
            rows.append(self._row(last, first=False))
        self.place = "cite"
        citations = tuple(self._citation(item) for item in data["cite"])
        self.place = "notes"
        notes_en = english(data, "notes") or ()
        self.place = "other_side"
        other_side = self._other_side(data["other_side"], rows) if "other_side" in data else None
        rule = Rule(
            id=data["id"],
            title=data["title"],
            title_en=data["title_en"],
            topic=data["topic"],
            documents=tuple(data["documents"]),
            validity=validity,
            facts=self.facts,
            figures=self.figures,
            rows=tuple(rows),
            citations=citations,
            notes=tuple(self._template(note) for note in data["notes"]),
            notes_en=tuple(self._template(note) for note in notes_en),
            openings=tuple(data["openings"]),
            about=tuple(data.get("about", ())),
            whole=bool(data.get("whole", False)),
            other_side=other_side,
        )
        if self.provision_text is not None:
            check_rule(rule)
        return rule

    def _read(self) -> dict[str, Any]:
        data: dict[str, Any] = _parsed(self.path)
        _known(data, _KEYS)
        for name in data.get("include", []):
            path = self.path.parent / "shared" / f"{name}.yml"
            shared = _parsed(path)
            _known(shared, set(_SHARED))
            for key, value in shared.items():
                if isinstance(value, dict):
                    data[key] = {**value, **data.get(key, {})}
                else:
                    data[key] = [*value, *data.get(key, [])]
        for key in ("facts", "figures"):
            data.setdefault(key, {})
        for key in ("first", "rows", "cite", "notes", "notes_en"):
            data.setdefault(key, [])
        return data

    # what the text says

    def _quote(self, document: str, label: str, quote: str) -> str:
        """A quote, once it is found in the provision; white space does not count."""
        if self.provision_text is None:
            return quote
        try:
            text = self.provision_text(document, label)
        except KeyError:
            raise ValueError(f"no provision {label!r} in {document}") from None
        if _compact(quote) not in _compact(text):
            raise ValueError(f"not in {document} {label}: {quote}")
        return quote

    def _citation(self, item: Mapping[str, Any]) -> Citation:
        document = item.get("document", self.data["documents"][0])
        return Citation(document, item["at"], self._quote(document, item["at"], item["quote"]))

    def _figure(self, name: str, item: Mapping[str, Any]) -> Figure:
        citation = self._citation(item)
        printed = item["printed"]
        if _compact(printed) not in _compact(citation.quote):
            raise ValueError(f"{printed} is not in the quote")
        kind, value = read_figure(printed)
        return Figure(name, printed, kind, value, citation.label, citation.quote)

    def _validity(self, item: Mapping[str, Any]) -> Validity:
        by = item.get("by")
        if by is not None and self.facts[by].type != "date":
            raise ValueError(f"{by!r} is no date")
        last = self._day(item["to"]) if "to" in item else None
        return Validity(by, self._day(item["from"]), last)

    def _day(self, name: str) -> date:
        value = self.figures[name].value
        if not isinstance(value, date):
            raise ValueError(f"{name!r} is no date")
        return value

    # facts

    def _fact(self, name: str, item: Mapping[str, Any]) -> FactSpec:
        _known(item, _FACT_KEYS)
        kind = item["type"]
        if kind not in TYPES:
            raise ValueError(f"type {kind!r} is not one of {', '.join(TYPES)}")
        if name in self.figures:
            raise ValueError("the name is taken by a figure")
        values = item.get("values", {})
        if kind == "bool" and set(values) != {True, False}:
            raise ValueError("a bool needs the wording of yes and of no under `values`")
        if kind == "choice" and len(values) < 2:
            raise ValueError("a choice needs `values`")
        reserve = item.get("reserve")
        if reserve is not None and (reserve not in values or "unless" not in item):
            raise ValueError("`reserve` needs a value of its own and `unless`")
        cues = self._cues(item)
        for key in cues:
            if key not in values:
                raise ValueError(f"cues for {key!r}, which is no value")
        near, now, done, told, adds = (
            tuple(item.get(key, ())) for key in ("near", "now", "done", "told", "adds")
        )
        check_reason(item)
        return FactSpec(
            name=name,
            type=kind,
            label=item["label"],
            label_en=english(item, "label"),
            ask=item.get("ask"),
            ask_en=english(item, "ask"),
            why=item.get("why", ""),
            why_en=english(item, "why") or "",
            values=values,
            values_en=english(item, "values") or {},
            ways=tuple(Way(way["by"], tuple(way["of"])) for way in item.get("from", [])),
            reserve=reserve,
            unless=item.get("unless"),
            unless_en=english(item, "unless"),
            cues=cues,
            near=near,
            now=now,
            done=done,
            lone=item.get("lone", False),
            names=item.get("names", ""),
            aside=item.get("aside", False),
            follows=item.get("follows", ""),
            told=told,
            adds=adds,
        )

    def _cues(self, item: Mapping[str, Any]) -> dict[Any, tuple[str, ...]]:
        """The patterns of a fact by value, its own before those of the shared words it names."""
        own = item.get("cues", {})
        shared = _shared_cues(self.path.parent)[item["like"]] if "like" in item else {}
        keys = dict.fromkeys([*shared, *own])
        return {key: (*own.get(key, ()), *shared.get(key, ())) for key in keys}

    def _check_ways(self, spec: FactSpec) -> None:
        if spec.follows and self.facts[spec.follows].type != "date":
            raise ValueError(f"{spec.follows!r} is no date")
        if spec.unless:
            self._template(spec.unless)
        for way in spec.ways:
            if way.by not in WAYS:
                raise ValueError(f"no way {way.by!r}; there are {', '.join(WAYS)}")
            for source in way.of:
                if source not in self.facts and source not in self.figures and way.by != "listed":
                    raise ValueError(f"no fact {source!r}")

    # rows

    def _row(self, item: Mapping[str, Any], first: bool) -> Row:
        self.place = f"row {item.get('id')}"
        _known(item, _ROW_KEYS)
        if item["outcome"] not in OUTCOMES:
            raise ValueError(f"outcome {item['outcome']!r} is not one of {', '.join(OUTCOMES)}")
        return Row(
            id=item["id"],
            condition=self._condition(item["when"]),
            outcome=item["outcome"],
            result=item.get("result", item["outcome"]),
            because=self._template(item["because"]),
            because_en=self._template(english(item, "because")),
            citation=self._citation(item),
            first=first,
        )

    def _other_side(self, item: Mapping[str, Any], rows: Sequence[Row]) -> OtherSide:
        _known(item, _OTHER_SIDE_KEYS)
        does, asked, ours = (tuple(item.get(key, ())) for key in ("does", "asked", "ours"))
        if not does:
            raise ValueError("nothing that the other side does")
        named = frozenset(item.get("rows", ()))
        if unknown := named - {row.id for row in rows}:
            raise ValueError(f"no row {', '.join(sorted(unknown))}")
        if {row.outcome for row in rows} != {"eligible", "not_eligible"}:
            raise ValueError("only a right to refuse has another side")
        deed, deed_en = item["deed"], english(item, "deed")
        if fields(deed):
            raise ValueError("`deed` names a fact or figure")
        return OtherSide(deed, deed_en, does, asked, ours, item.get("permits", False), named)

    def _condition(self, when: Mapping[str, Any]) -> Condition:
        parts: list[Condition] = []
        for key, wanted in when.items():
            if key == "any":
                parts.append(Any_(tuple(self._condition(part) for part in wanted)))
            elif isinstance(wanted, list) and str(wanted[0])[0] in "<>=":
                parts += [self._test(key, limit) for limit in wanted]
            else:
                parts.append(self._test(key, wanted))
        if not parts:
            return True
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _test(self, name: str, wanted: Any) -> Test:
        spec = self.facts.get(name)
        if spec is None:
            raise ValueError(f"no fact {name!r}")
        if spec.type == "text":
            raise ValueError(f"{name!r} is a text, which cannot be tested")
        if spec.type in ("bool", "choice"):
            values = frozenset(wanted if isinstance(wanted, list) else [wanted])
            unknown = values - set(spec.values)
            if unknown:
                raise ValueError(f"{sorted(map(str, unknown))} is no value of {name!r}")
            return Test(name, wanted=values)
        comparison, _, limit = str(wanted).partition(" ")
        if comparison not in COMPARISONS:
            raise ValueError(f"no comparison in {wanted!r}")
        if limit == "0":
            return Test(name, comparison=comparison, limit=Decimal(0))
        figure = self.figures.get(limit)
        if figure is None:
            raise ValueError(f"no figure {limit!r}; figures of a rule stand beside their quote")
        if figure.type != spec.type:
            unit = UNITS.get(spec.type, spec.type)
            raise ValueError(f"{name!r} is in {unit}, {figure.printed} in {figure.type}")
        return Test(name, comparison=comparison, limit=figure.value, figure=limit)

    def _template(self, text: str) -> str:
        for field in fields(text):
            if field not in self.facts and field not in self.figures:
                raise ValueError(f"the text names {field!r}, which is no fact or figure")
        return text


def _known(data: Mapping[str, Any], keys: set[str]) -> None:
    unknown = set(data) - keys
    if unknown:
        raise ValueError(f"unknown key {', '.join(sorted(map(str, unknown)))}")


def _compact(text: str) -> str:
    return re.sub(r"\s", "", text)
