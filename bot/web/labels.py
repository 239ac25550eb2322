"""What people call the facts of a decision, which its card names as its rule does."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from policies_db.decisions import Rule
from policies_db.ruling import rules

logger = logging.getLogger(__name__)


def known_rules() -> Mapping[str, Rule]:
    """The rules by id, read once; none where they cannot be read, as cards do without labels."""
    try:
        return rules()
    except Exception as error:
        logger.warning("decisions are shown without labels: %s", error)
        return {}


def labels(card: dict[str, Any] | None) -> dict[str, str]:
    """The label of each fact that a card's decision names; empty where its rule is not known."""
    decision = (card or {}).get("decision")
    rule = known_rules().get(decision["rule"]) if decision else None
    if not decision or rule is None:
        return {}
    named = [*decision["facts"], *decision["missing"]]
    return {name: rule.facts[name].label for name in named if name in rule.facts}
