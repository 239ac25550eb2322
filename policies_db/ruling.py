"""The decision rules on the database: read once, found by the provisions that they apply."""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from policies_db import lookup, rulebook
from policies_db.choice import Choice, Chooser
from policies_db.conflicts import conflicts
from policies_db.content import compact
from policies_db.decisions import Citation, Rule
from policies_db.engine import session_for
from policies_db.facts.extraction import facts_in
from policies_db.models import Point, Provision, Relation
from policies_db.naming import names
from policies_db.passages import quoted
from policies_db.searching import Hit
from policies_db.settings import database_url
from policies_db.shelf import reading
from policies_db.validity import overlap

#: A provision that is quoted in at most so many characters holds one rule only.
SHORT = 160
#: A rule is surely meant where its provisions are, taken together, from this probability on.
SURE = 0.4
#: So many of the best hits count as evidence.
MOST_HITS = 6


@functools.lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """All rules by id, which fit the provisions of the configured database.

    Raises:
        RuleError: naming file and row, when a rule does not fit the documents.
    """
    with session_for(database_url()) as session:
        return rulebook.read(session)


@functools.lru_cache(maxsize=1)
def _rules_by_place() -> dict[tuple[str, str], list[tuple[str, str]]]:
    places: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for rule in rules().values():
        for citation in (*rule.citations, *(row.citation for row in rule.rows)):
            found = places.setdefault((citation.document_id, citation.label), [])
            found.append((rule.id, compact(citation.quote)))
    return places


def places() -> frozenset[tuple[str, str]]:
    """Document and label of all provisions that a rule applies."""
    return frozenset(_rules_by_place())


@dataclass(frozen=True)
class _Applied:
    """The rules that apply the provision of a point, and those that quote its very words."""

    rules: frozenset[str] = frozenset()
    quoted: frozenset[str] = frozenset()


@functools.lru_cache(maxsize=1)
def _rules_by_point() -> dict[int, _Applied]:
    """The rules of each point, by the point's id; a draft's are those of what became of it."""
    quotes: dict[str, list[tuple[str, str, str]]] = {}
    for (document_id, label), cited in _rules_by_place().items():
        quotes.setdefault(document_id, []).extend((rule, label, quote) for rule, quote in cited)
    found: dict[int, _Applied] = {}
    with reading(database_url()) as session:
        drafts = select(Relation.document_id, Relation.target_id).where(Relation.kind == "draft_of")
        final = {draft: target for draft, target in session.execute(drafts) if target}
        rows = session.execute(
            select(
                Point.id, Point.passage, Point.quote, Provision.document_id, Provision.label
            ).join(Provision, Point.provision_id == Provision.id)
        )
        for row in rows:
            short = len(row.passage) <= SHORT
            words = compact(row.quote)
            told = quotes.get(final.get(row.document_id, row.document_id), [])
            quoted_by = frozenset(rule for rule, _, quote in told if overlap(words, quote))
            near = frozenset(rule for rule, label, _ in told if short and label == row.label)
            found[row.id] = _Applied(quoted_by | near, quoted_by)
    return found


def rules_of_point(point_id: int) -> frozenset[str]:
    """The rules that apply the provision of a point."""
    return _rules_by_point().get(point_id, _Applied()).rules


def evidence(hits: Sequence[Hit]) -> dict[str, float]:
    """How surely a search found a provision of each rule: 1 for the best hit, less for others."""
    sure: dict[str, float] = {}
    for hit in hits[:MOST_HITS]:
        chance = math.exp(hit.score - hits[0].score)
        for rule_id in rules_of_point(hit.point_id):
            sure[rule_id] = max(sure.get(rule_id, 0.0), chance)
    return sure


def settled(hits: Sequence[Hit]) -> str:
    """The one rule of what a search has surely found, in however many provisions.

    Empty where the best of them has no rule or several, or where they are not surely meant.
    """
    applied = [_rules_by_point().get(hit.point_id, _Applied()) for hit in hits]
    if not hits or len(applied[0].rules) != 1 or not applied[0].quoted:
        return ""
    alike = (hit for hit, each in zip(hits, applied, strict=True) if each.rules == applied[0].rules)
    sure = sum(hit.confidence for hit in alike)
    return next(iter(applied[0].quoted)) if sure >= SURE else ""


@functools.lru_cache(maxsize=1)
def chooser() -> Chooser:
    """What chooses among the rules."""
    return Chooser(rules())


def rule_told(
    text: str, hits: Sequence[Hit], today: datetime.date, asked: bool = False
) -> Choice | None:
    """The rule that a message surely tells a case of, None where none is sure.

    A company's name is looked up in the list of names, also where it is all that was typed.

    Args:
        text: the message.
        hits: what a search for it found.
        today: the day from which dates are counted.
        asked: whether a yes or no is asked for, so that search alone may settle the rule.
    """
    sure = evidence(hits)
    name = next((m.text for m in facts_in(text, today) if m.kind == "company"), None)
    for rule in rules().values() if name else ():
        if any(spec.names == "company" for spec in rule.facts.values()):
            if text.strip(" ,.，。?？!！") == name:
                return Choice(rule, 1.0, 1)
            sure[rule.id] = 1.0
    named = names().find(text).documents
    for rule in rules().values() if named else ():
        if rule.whole and rule.documents[0] in named:
            sure[rule.id] = 1.0
    choice = chooser().choose(text, sure, today, settled(hits) if asked else "")
    if choice is None or _is_elsewhere(choice.rule, text):
        return None
    return choice


def _is_elsewhere(rule: Rule, text: str) -> bool:
    """Whether a message is about another country or year than a rule."""
    words = " ".join((rule.title, *(f"{row.citation.quote} {row.because}" for row in rule.rows)))
    with reading(database_url()) as session:
        return conflicts(
            text,
            words,
            lambda: "".join(lookup.full_text(session, name) for name in rule.documents),
            any(lookup.is_local(session, name) for name in rule.documents),
        )


def cited_by(session: Session, citation: Citation, on: datetime.date) -> lookup.Cited | None:
    """A rule's citation with what the database knows of its provision, judged for a date."""
    rows = lookup.provisions_at(session, citation.document_id, citation.label)
    quote = compact(citation.quote)
    for row in rows:
        if quote in compact(row.text):
            passage = quoted(lookup.whole(session, row), quote)
            return lookup.cite(session, row, on, passage, quote, judged=quote)
    return None


def company_lists(session: Session) -> dict[str, list[str]]:
    """The lists of names that rules look companies up in, by the name of the list."""
    return {"trusted_companies": [name for _, name, _ in lookup.company_rows(session)]}
