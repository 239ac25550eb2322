"""Calibrate how a rule is chosen: `python -m policies_db.choice.fit` on a built database.

Positive cases are the openings of the rules, each with itself left out. Negative ones are written
questions for provisions that no rule applies, and questions that no document answers. Prints how
many openings find their rule, and writes `weights.yml`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import yaml

from policies_db import ruling
from policies_db.choice.chooser import MOST_TOLD, WEIGHTS, Weights
from policies_db.facts.filling import fill
from policies_db.points import PHRASINGS, UNCOVERED
from policies_db.searching import searcher
from policies_db.settings import today

#: So many negative questions are drawn, with this seed.
NEGATIVES, SEED = 900, 1
#: The share of chosen rules that may be wrong on negative questions.
MOST_WRONG = 0.06


def _negatives() -> Iterator[str]:
    """Questions for provisions that no rule applies, and questions that are not covered."""
    ruled = ruling.places()
    for path in sorted(PHRASINGS.glob("*.yml")):
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        if path.name == UNCOVERED:
            yield from (question for questions in data.values() for question in questions)
            continue
        for item in data:
            if (path.stem, item["at"]) not in ruled:
                yield from item["asks"]


def _signals(text: str, without: str | None = None) -> dict[str, tuple[float, float, int]]:
    """The three signals of the likeliest rules."""
    chooser = ruling.chooser()
    likeness = chooser.likeness.of(text, without)
    evidence = ruling.evidence(searcher().search(text).hits)
    return {
        name: (
            likeness.get(name, 0.0),
            evidence.get(name, 0.0),
            len(fill(ruling.rules()[name], text, today())),
        )
        for name in chooser.likely(text, likeness, evidence)
    }


def fit() -> Weights:
    """Weights for the openings against the negative questions."""
    from sklearn.linear_model import LogisticRegression

    rules = ruling.rules()
    drawn = random.Random(SEED).sample(list(_negatives()), NEGATIVES)
    cases = [(r.id, _signals(o, o)) for r in rules.values() for o in r.openings]
    cases += [("", _signals(question)) for question in drawn]
    rows = [
        ([like, sure, min(told, MOST_TOLD) / MOST_TOLD], name == rule_id)
        for rule_id, signals in cases
        for name, (like, sure, told) in signals.items()
    ]
    model = LogisticRegression(C=10, max_iter=1000)
    model.fit(np.array([row for row, _ in rows]), np.array([right for _, right in rows]))
    bias, weights = float(model.intercept_[0]), [float(value) for value in model.coef_[0]]
    for step in range(20, 95, 5):
        fitted = Weights(bias, weights[0], weights[1], weights[2], step / 100)
        chosen = [(rule_id, _chosen(fitted, signals)) for rule_id, signals in cases]
        wrong = sum(name is not None for rule_id, name in chosen if not rule_id)
        if wrong <= MOST_WRONG * len(drawn):
            break
    right = sum(name == rule_id for rule_id, name in chosen if rule_id)
    other = sum(name not in (None, rule_id) for rule_id, name in chosen if rule_id)
    print(
        f"openings: {right} of {len(cases) - len(drawn)} find their rule, {other} another; "
        f"{wrong} of {len(drawn)} other questions find one"
    )
    return fitted


def _chosen(weights: Weights, signals: dict[str, tuple[float, float, int]]) -> str | None:
    ranked = {name: weights.probability(*values) for name, values in signals.items()}
    best = max(ranked, key=lambda name: ranked[name], default=None)
    return best if best is not None and ranked[best] >= weights.threshold else None


def main() -> None:
    """Fit and write the weights."""
    fitted = fit()
    values = {name: round(value, 3) for name, value in vars(fitted).items()}
    WEIGHTS.write_text(
        "# Fitted by `python -m policies_db.choice.fit`; the threshold is chosen on\n"
        "# conversations: at 0.3 nothing that is no case is decided that was not at 0.5.\n"
        + yaml.safe_dump(values, sort_keys=False),
        encoding="utf-8",
    )
    print(WEIGHTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
