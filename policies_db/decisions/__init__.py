"""Decisions from a company's own facts: rules as data, and what applies them.

`load_rules` reads and checks the rule files, `read_checked_rules` reads what has passed; `decide`
applies a rule to facts. Nothing here reads the database or a clock, and no unknown fact becomes a
default.
"""

from policies_db.decisions.deciding import Case, Decision, Missing, Understood, decide, live_facts
from policies_db.decisions.names import near_names
from policies_db.decisions.reading import RuleError, load_rules, read_checked_rules
from policies_db.decisions.rules import Citation, FactSpec, OtherSide, Rule
from policies_db.decisions.sources import source_text
from policies_db.decisions.values import Fact, Span

__all__ = [
    "Case",
    "Citation",
    "Decision",
    "Fact",
    "FactSpec",
    "Missing",
    "OtherSide",
    "Rule",
    "RuleError",
    "Span",
    "Understood",
    "decide",
    "live_facts",
    "load_rules",
    "near_names",
    "read_checked_rules",
    "source_text",
]
