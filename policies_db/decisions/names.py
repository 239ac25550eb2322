"""Names that are like a name, to offer where the name itself is not in a list."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from policies_db.decisions.derived import plain_name

#: How much of two names must agree, from 0 to 1, for one to be offered for the other.
LIKENESS = 0.6


def near_names(name: str, names: Iterable[str], count: int = 3) -> list[str]:
    """The names most like a name, the likest first; names that are the same come before all.

    Args:
        name: as typed.
        names: the list, each name once or more.
        count: how many at most.
    """
    wanted = plain_name(name)
    scored = []
    for entry in dict.fromkeys(names):
        plain = plain_name(entry)
        score = SequenceMatcher(None, wanted, plain, autojunk=False).ratio()
        if len(wanted) >= 2 and wanted in plain:
            score = max(score, LIKENESS + score / 10)
        if score >= LIKENESS:
            scored.append((-score, entry))
    return [entry for _, entry in sorted(scored)[:count]]
