"""Cases as people tell them, in one message: what each rule makes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from policies_db.decisions import decide, load_rules, source_text
from policies_db.facts.roles import fill

RULES = load_rules(source_text)
TODAY = date(2026, 11, 21)
LISTS = {"trusted_companies": ["重庆甲科技有限公司"]}
TOLD = yaml.safe_load((Path(__file__).parent / "told.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("rule_id", "text", "outcome"),
    [
        (rule_id, text, outcome)
        for rule_id, outcomes in TOLD.items()
        for outcome, texts in outcomes.items()
        for text in texts
    ],
)
def test_a_case_told_in_one_message(rule_id, text, outcome):
    facts = fill(RULES[rule_id], text, TODAY)
    assert decide(RULES[rule_id], facts, TODAY, lists=LISTS).outcome == outcome
