"""Cases and clauses as people tell them: what each rule makes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from policies_db.decisions import Span, decide
from policies_db.facts.filling import fill
from tests.policies_db.rules import RULES

TODAY = date(2026, 11, 21)
LISTS = {"trusted_companies": ["重庆甲科技有限公司"]}
HERE = Path(__file__).parent


def read(pattern):
    """The contents of all files of a name, rule by rule."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in HERE.glob(pattern)]
    return [item for file in files for item in file.items()]


TOLD = [
    (rule_id, [told] if isinstance(told, str) else told, outcome)
    for rule_id, outcomes in read("told*.yml")
    for outcome, cases in outcomes.items()
    for told in cases
]
CLAUSES = [
    (rule_id, fact, kind, text, value)
    for rule_id, facts in read("clauses*.yml")
    for fact, kinds in facts.items()
    for kind, values in kinds.items()
    for value, texts in values.items()
    for text in texts
]


@pytest.mark.parametrize(("rule_id", "turns", "outcome"), TOLD)
def test_a_case_told(rule_id, turns, outcome):
    rule = RULES[rule_id]
    facts = {}
    for number, text in enumerate(turns):
        missing = decide(rule, facts, TODAY, lists=LISTS).missing if number else ()
        facts |= fill(rule, text, TODAY, missing[0].name if missing else None, facts)
    assert decide(rule, facts, TODAY, lists=LISTS).outcome == outcome


@pytest.mark.parametrize(("rule_id", "fact", "kind", "text", "value"), CLAUSES)
def test_a_clause_tells_a_fact(rule_id, fact, kind, text, value):
    facts = fill(RULES[rule_id], text, TODAY, fact if kind == "answers" else None)
    told = facts[fact].value if fact in facts else "untold"
    assert str(told.exact if isinstance(told, Span) else told) == str(value)
