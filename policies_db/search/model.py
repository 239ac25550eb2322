"""What was learned: weights of the ranking and of the confidence, and the costs that set the zones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from policies_db.search.data import Zone

PATH = Path(__file__).parent / "trained" / "ranking.json"


@dataclass(frozen=True)
class Costs:
    """What the three outcomes cost. The zones follow from these and from nothing else.

    `wrong`: a wrong answer. `abstain`: "not covered" although it is. `choose`: a choice that holds the
    right point. `useless_choice`: a choice that does not.
    """

    wrong: float = 8.0
    abstain: float = 1.0
    choose: float = 0.4
    useless_choice: float = 1.2

    def zone(self, right: float, among: float, covered: float) -> Zone:
        """The cheapest outcome.

        Probabilities that the first hit is right, that the right one is among the first three, and
        that there is a right one.
        """
        answer = self.wrong * (1 - right)
        choose = self.choose * among + self.useless_choice * (1 - among)
        none = self.abstain * covered
        if answer <= min(choose, none):
            return "answer"
        return "choose" if choose <= none else "none"


#: The costs in force.
COSTS = Costs()


@dataclass(frozen=True)
class Logistic:
    """A logistic regression over named signals."""

    names: tuple[str, ...]
    weights: np.ndarray
    intercept: float

    def __call__(self, signals: Mapping[str, float]) -> float:
        values = np.array([signals[name] for name in self.names])
        return float(1.0 / (1.0 + np.exp(-(values @ self.weights + self.intercept))))

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Logistic:
        weights = stored["weights"]
        return cls(tuple(weights), np.array(list(weights.values())), stored["intercept"])

    def store(self) -> dict[str, Any]:
        """As plain values for JSON."""
        weights = {name: round(float(w), 6) for name, w in zip(self.names, self.weights)}
        return {"intercept": round(float(self.intercept), 6), "weights": weights}


@dataclass(frozen=True)
class Model:
    """Ranking weights by signal, and three probabilities: first right, among three, covered."""

    ranking: Mapping[str, float]
    right: Logistic
    among: Logistic
    covered: Logistic

    def scores(self, names: Sequence[str], values: np.ndarray) -> np.ndarray:
        """Scores of candidates, rows of `values`."""
        weights = np.array([self.ranking.get(name, 0.0) for name in names])
        return np.asarray(values @ weights)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Model:
        """From the values of `store`."""
        return cls(
            stored["ranking"],
            *(Logistic.read(stored[name]) for name in ("right", "among", "covered")),
        )

    def store(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {
            "ranking": {name: round(float(w), 6) for name, w in self.ranking.items()},
            "right": self.right.store(),
            "among": self.among.store(),
            "covered": self.covered.store(),
        }


def load_models(path: Path = PATH) -> dict[str, Model]:
    """The committed models: "vectors" where there is an encoder, "lexical" without."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {name: Model.read(stored[name]) for name in ("vectors", "lexical")}


def save_models(models: Mapping[str, Model], path: Path = PATH) -> None:
    """Write the models so that a change is readable in git."""
    values = {name: model.store() for name, model in models.items()}
    path.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
