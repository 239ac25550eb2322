"""Rules are checked against a database's documents once, and again when either has changed."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from policies_db import rulebook
from policies_db.decisions import RuleError
from policies_db.models import Build, Provision
from tests.policies_db.rules import RULES


def _spoil(session: Session) -> None:
    """Put other words where rules quote."""
    quoted = {(r.documents[0], row.citation.label) for r in RULES.values() for row in r.rows}
    for provision in session.scalars(select(Provision)):
        if (provision.document_id, provision.label) in quoted:
            provision.text = "另有规定。"
    session.flush()


def test_what_was_checked_is_read_as_it_was_then(session: Session) -> None:
    read = rulebook.read(session)
    assert list(read) == list(RULES)
    assert {n: (r.rows, r.facts, r.openings) for n, r in read.items()} == {
        n: (r.rows, r.facts, r.openings) for n, r in RULES.items()
    }


def test_a_check_on_record_is_not_made_again(session: Session) -> None:
    said: list[str] = []
    rulebook.check(session, said.append)
    assert said == []


def test_other_documents_are_checked_again(session: Session) -> None:
    session.merge(Build(name="content", value="built from something else"))
    _spoil(session)
    with pytest.raises(RuleError, match=r"\.yml, .*not in "):
        rulebook.read(session)
    with pytest.raises(RuleError, match=r"\.yml, .*not in "):
        rulebook.check(session)


def test_rules_that_were_changed_are_checked_again(session: Session) -> None:
    session.merge(Build(name="rules", value="other rules"))
    said: list[str] = []
    rulebook.check(session, said.append)
    assert said == ["decision rules: checking them against the documents"]
    _spoil(session)
    rulebook.check(session, said.append)
    assert len(said) == 1
