"""The decision rules, read once for all tests."""

from policies_db.decisions import load_rules, source_text

RULES = load_rules(source_text)
