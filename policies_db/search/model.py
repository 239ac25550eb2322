"""What was learned: weights of ranking and confidence; and the costs that set the zones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from policies_db.search.data import Zone

FOLDER = Path(__file__).parent / "trained"


@dataclass(frozen=True)
class Thresholds:
    """From which probabilities a question is answered, or answered with a choice.

    `right` is the probability that the first hit is right, `covered` that any point is; `choose`
    the probability of the first hit from which it is worth offering. Chosen on questions of authors
    who did not write the phrasings, see docs/search.md.
    """

    right: float = 0.25
    covered: float = 0.43
    choose: float = 0.15

    def zone(self, right: float, covered: float) -> Zone:
        """What to do with hits of these probabilities."""
        if right >= self.right and covered >= self.covered:
            return "answer"
        return "choose" if right >= self.choose else "none"


#: The thresholds in force.
THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class Logistic:
    """A logistic regression over named signals."""

    names: tuple[str, ...]
    weights: np.ndarray
    intercept: float

    def __call__(self, signals: Mapping[str, float]) -> float:
        """The probability."""
        values = np.array([signals[name] for name in self.names])
        return float(1.0 / (1.0 + np.exp(-(values @ self.weights + self.intercept))))

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Logistic:
        """From the values of `store`."""
        weights = stored["weights"]
        return cls(tuple(weights), np.array(list(weights.values())), stored["intercept"])

    def store(self) -> dict[str, Any]:
        """As plain values for JSON."""
        weights = {
            name: round(float(w), 6) for name, w in zip(self.names, self.weights, strict=True)
        }
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


def load_model(name: str) -> Model:
    """A committed model: "vectors" for use with the encoder, "lexical" without."""
    return Model.read(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def save_model(name: str, model: Model) -> None:
    """Write a model so that a change is readable in git."""
    text = json.dumps(model.store(), indent=1) + "\n"
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
