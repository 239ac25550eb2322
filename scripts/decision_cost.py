"""What deciding adds to a look-up: `python -m scripts.decision_cost` on a built database.

Searches for openings of the rules, then chooses the rule and applies it to what the opening tells;
prints the median time of both in milliseconds. Choosing and deciding should add less than 10 ms.
"""

from __future__ import annotations

import statistics
import time
from itertools import islice

from policies_db.decisions import decide
from policies_db.facts.filling import fill
from policies_db.ruling import rule_told, rules
from policies_db.searching import searcher
from policies_db.settings import today

QUESTIONS = 200


def main() -> None:
    """Measure and print."""
    openings = [opening for rule in rules().values() for opening in rule.openings]
    asked = list(islice(openings, 0, None, max(len(openings) // QUESTIONS, 1)))
    rule_told("预热", searcher().search("预热").hits, today())
    looking, deciding = [], []
    for question in asked:
        start = time.perf_counter()
        hits = searcher().search(question).hits
        found = time.perf_counter()
        choice = rule_told(question, hits, today())
        if choice is not None:
            decide(choice.rule, fill(choice.rule, question, today()), today())
        looking.append((found - start) * 1000)
        deciding.append((time.perf_counter() - found) * 1000)
    look, more = statistics.median(looking), statistics.median(deciding)
    print(f"{len(asked)} cases: search {look:.1f} ms, choosing and deciding {more:.1f} ms more")
    print(f"ratio {more / look:.2f} (medians, one process)")


if __name__ == "__main__":
    main()
