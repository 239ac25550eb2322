"""The decision rules on the database: checked once, found by the provisions that they apply."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence

from sqlalchemy.orm import Session

from policies_db import lookup
from policies_db.content import compact
from policies_db.decisions import Citation, Rule, load_rules
from policies_db.engine import session_for
from policies_db.passages import quoted
from policies_db.settings import database_url
from policies_db.validity import overlap

#: A provision that is quoted in at most so many characters holds one rule only.
SHORT = 160


@functools.lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """All rules by id, checked against the provisions of the configured database.

    Raises:
        RuleError: naming file and row, when a rule does not fit the documents.
    """
    with session_for(database_url()) as session:

        def text(document_id: str, label: str) -> str:
            return "".join(
                compact(row.text) for row in lookup.provisions_at(session, document_id, label)
            )

        return load_rules(text)


@functools.lru_cache(maxsize=1)
def _rules_by_place() -> dict[tuple[str, str], list[tuple[str, str]]]:
    places: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for rule in rules().values():
        for citation in (*rule.citations, *(row.citation for row in rule.rows)):
            found = places.setdefault((citation.document_id, citation.label), [])
            found.append((rule.id, compact(citation.quote)))
    return places


def rules_applying(cited: Sequence[lookup.Cited]) -> list[Rule]:
    """The rules that apply one of these provisions, in the order of the provisions."""
    by_place = _rules_by_place()
    found = [
        rule_id
        for c in cited
        for rule_id, quote in by_place.get((c.document_id, c.label), ())
        if len(c.quote) <= SHORT or overlap(c.words, quote)
    ]
    return [rules()[rule_id] for rule_id in dict.fromkeys(found)]


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
