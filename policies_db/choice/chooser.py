"""Rules ranked by how likely a message tells a case of theirs.

Three signals go into one logistic function: how like the message is to the ways in which people
tell such cases (`openings`), how surely search finds a provision that the rule applies, and how
many facts of the rule the message tells. The weights are fitted on data (`fit.py`); below the
threshold only a rule is chosen that search has settled: the one rule of a provision that is surely
meant.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import yaml

from policies_db.decisions import Rule
from policies_db.facts.filling import fill
from policies_db.facts.mentions import Reading
from policies_db.text import normalise

WEIGHTS = Path(__file__).parent / "weights.yml"
#: So many rules are looked at closely.
CANDIDATES = 5
#: More facts than this tell no more of what a message is about.
MOST_TOLD = 3
_GRAMS = (2, 3)
_DIGIT = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Choice:
    """A rule and the probability that the message tells a case of it."""

    rule: Rule
    probability: float
    told: int


@dataclass(frozen=True)
class Weights:
    """The logistic function: bias, a weight for each signal, and the least probability."""

    bias: float
    likeness: float
    evidence: float
    told: float
    threshold: float

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Weights:
        """Read the fitted weights."""
        return cls(**yaml.safe_load(path.read_text(encoding="utf-8")))

    def probability(self, likeness: float, evidence: float, told: int) -> float:
        """The probability for three signals; likeness and evidence are between 0 and 1."""
        share = min(told, MOST_TOLD) / MOST_TOLD
        score = self.bias + self.likeness * likeness + self.evidence * evidence + self.told * share
        return 1 / (1 + math.exp(-score))


class Likeness:
    """How like a text is to each opening: cosine of character n-grams, rare ones counting more."""

    def __init__(self, openings: Mapping[str, Sequence[str]]) -> None:
        self._rules = [rule_id for rule_id, texts in openings.items() if texts]
        self._texts = [text for rule_id in self._rules for text in openings[rule_id]]
        lengths = [len(openings[rule_id]) for rule_id in self._rules]
        self._starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
        counts = [_grams(text) for text in self._texts]
        number = Counter(gram for count in counts for gram in count)
        self._unseen = math.log(1 + len(counts))
        self._weight = {g: math.log(1 + len(counts) / (1 + n)) for g, n in number.items()}
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, count in enumerate(counts):
            for gram, value in self._unit(count).items():
                postings[gram].append((row, value))
        self._postings = {
            gram: (np.array([row for row, _ in found]), np.array([value for _, value in found]))
            for gram, found in postings.items()
        }

    def of(self, text: str, without: str | None = None) -> dict[str, float]:
        """The greatest likeness by rule; `without` leaves one opening out, for calibration."""
        rows, values = [], []
        for gram, value in self._unit(_grams(text)).items():
            if gram in self._postings:
                row, other = self._postings[gram]
                rows.append(row)
                values.append(value * other)
        if not rows:
            return {}
        every = np.concatenate(rows)
        likeness = np.bincount(every, np.concatenate(values), minlength=len(self._texts))
        if without is not None:
            likeness[[row for row, opening in enumerate(self._texts) if opening == without]] = 0.0
        best = np.maximum.reduceat(likeness, self._starts)
        return {self._rules[at]: float(best[at]) for at in np.flatnonzero(best)}

    def _unit(self, count: Counter[str]) -> dict[str, float]:
        values = {
            gram: (1 + math.log(n)) * self._weight.get(gram, self._unseen)
            for gram, n in count.items()
        }
        length = math.sqrt(sum(value * value for value in values.values())) or 1.0
        return {gram: value / length for gram, value in values.items()}


class Chooser:
    """Ranks the rules for a message."""

    def __init__(self, rules: Mapping[str, Rule], weights: Weights | None = None) -> None:
        self._rules = rules
        self._about = {r.id: tuple(map(re.compile, r.about)) for r in rules.values()}
        self._weights = weights or Weights.load()
        self.likeness = Likeness({rule.id: rule.openings for rule in rules.values()})

    def is_about(self, rule_id: str, text: str) -> bool:
        """Whether a message names what a narrow rule is about."""
        about = self._about[rule_id]
        read = Reading.of(text).text if about else ""
        return not about or any(pattern.search(read) for pattern in about)

    def choose(
        self, text: str, evidence: Mapping[str, float], today: date, settled: str = ""
    ) -> Choice | None:
        """The rule that a message surely tells a case of, None where that is not sure.

        Of the likeliest rules the facts are read, but where not even all facts would tell for one.

        Args:
            text: the message.
            evidence: by rule, how surely search finds a provision of it: 1 for the best hit.
            today: the day from which dates are counted.
            settled: the rule that is meant where no other is likely, whatever the message names.
        """
        likeness = self.likeness.of(text)
        best: Choice | None = None
        for name in self.likely(text, likeness, evidence):
            alike, sure = likeness.get(name, 0.0), evidence.get(name, 0.0)
            least = best.probability if best else self._weights.threshold
            if self._weights.probability(alike, sure, MOST_TOLD) < least:
                continue
            told = len(fill(self._rules[name], text, today))
            probability = self._weights.probability(alike, sure, told)
            if probability > least or (best is None and probability == least):
                best = Choice(self._rules[name], probability, told)
        if best is None and settled:
            rule = self._rules[settled]
            return Choice(rule, self._weights.threshold, len(fill(rule, text, today)))
        return best

    def likely(
        self, text: str, likeness: Mapping[str, float], evidence: Mapping[str, float]
    ) -> list[str]:
        """The rules to look at closely, likeliest first."""
        names = {n for n in {*likeness, *evidence} if self.is_about(n, text)}
        order = sorted(names, key=lambda n: (-likeness.get(n, 0.0) - evidence.get(n, 0.0), n))
        return order[:CANDIDATES]


def _grams(text: str) -> Counter[str]:
    """Character n-grams of a text, all numbers alike."""
    plain = f"^{_DIGIT.sub('0', normalise(text))}$"
    return Counter(plain[i : i + n] for n in _GRAMS for i in range(len(plain) - n + 1))
