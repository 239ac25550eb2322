"""The decision rules on a database: checked against its documents once, then only read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from policies_db import decisions, lookup
from policies_db.content import compact
from policies_db.decisions import Rule, load_rules, read_checked_rules
from policies_db.records import CONTENT, RULES, digest_of, on_record, put_on_record

_HERE = Path(decisions.__file__).parent


def check(session: Session, report: Callable[[str], None] = lambda _: None) -> None:
    """Check the rule files against the documents of a database, and put on record that they fit.

    Nothing is done where that is on record; the record is not committed.

    Raises:
        RuleError: naming file and row, when a rule does not fit the documents.
    """
    if not _is_checked(session):
        report("decision rules: checking them against the documents")
        _checked(session)
        put_on_record(session, RULES, _digest(session))


def read(session: Session) -> dict[str, Rule]:
    """All rules by id; they are checked unless it is on record that they fit the database.

    Raises:
        RuleError: as `check`.
    """
    return read_checked_rules() if _is_checked(session) else _checked(session)


def _checked(session: Session) -> dict[str, Rule]:
    def text(document_id: str, label: str) -> str:
        rows = lookup.provisions_at(session, document_id, label)
        return "".join(compact(row.text) for row in rows)

    return load_rules(text)


def _is_checked(session: Session) -> bool:
    return on_record(session, RULES) == _digest(session)


def _digest(session: Session) -> str:
    """A digest of the rules, of what reads them, and of the content that they were checked with."""
    paths = sorted((*_HERE.rglob("*.yml"), *_HERE.glob("*.py")))
    return digest_of(on_record(session, CONTENT), paths)
