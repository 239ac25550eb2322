"""Rules ranked by how likely a message tells a case of theirs.

Three signals go into one logistic function: how like the message is to the ways in which people
tell such cases (`openings`), how surely search finds a provision that the rule applies, and how
many facts of the rule the message tells. The weights are fitted on data (`fit.py`); below the
threshold none is chosen.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from policies_db.decisions import Rule
from policies_db.facts.mentions import Reading
from policies_db.facts.roles import fill
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

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self.texts = list(texts)
        counts = [_grams(text) for _, text in self.texts]
        number = Counter(gram for count in counts for gram in count)
        self._unseen = math.log(1 + len(counts))
        self._weight = {g: math.log(1 + len(counts) / (1 + n)) for g, n in number.items()}
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, count in enumerate(counts):
            for gram, value in self._unit(count).items():
                self._postings[gram].append((index, value))

    def of(self, text: str, without: str | None = None) -> dict[str, float]:
        """The greatest likeness by rule; `without` leaves one opening out, for calibration."""
        dots: dict[int, float] = defaultdict(float)
        for gram, value in self._unit(_grams(text)).items():
            for index, other in self._postings.get(gram, ()):
                dots[index] += value * other
        best: dict[str, float] = defaultdict(float)
        for index, dot in dots.items():
            rule_id, opening = self.texts[index]
            if opening != without:
                best[rule_id] = max(best[rule_id], dot)
        return best

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
        self.likeness = Likeness(
            (rule.id, opening) for rule in rules.values() for opening in rule.openings
        )

    def is_about(self, rule_id: str, text: str) -> bool:
        """Whether a message names what a narrow rule is about."""
        about = self._about[rule_id]
        read = Reading.of(text).text if about else ""
        return not about or any(pattern.search(read) for pattern in about)

    def ranked(self, text: str, evidence: Mapping[str, float], today: date) -> list[Choice]:
        """The likeliest rules, best first.

        Args:
            text: the message.
            evidence: by rule, how surely search finds a provision of it: 1 for the best hit.
            today: the day from which dates are counted.
        """
        likeness = self.likeness.of(text)
        names = {n for n in {*likeness, *evidence} if self.is_about(n, text)}
        likely = sorted(names, key=lambda n: (-likeness.get(n, 0.0) - evidence.get(n, 0.0), n))
        choices = []
        for name in likely[:CANDIDATES]:
            told = len(fill(self._rules[name], text, today))
            sure = self._weights.probability(likeness.get(name, 0.0), evidence.get(name, 0.0), told)
            choices.append(Choice(self._rules[name], sure, told))
        return sorted(choices, key=lambda choice: -choice.probability)

    def choose(self, text: str, evidence: Mapping[str, float], today: date) -> Choice | None:
        """The rule that a message surely tells a case of, None where that is not sure."""
        ranked = self.ranked(text, evidence, today)
        if not ranked or ranked[0].probability < self._weights.threshold:
            return None
        return ranked[0]


def _grams(text: str) -> Counter[str]:
    """Character n-grams of a text, all numbers alike."""
    plain = f"^{_DIGIT.sub('0', normalise(text))}$"
    return Counter(plain[i : i + n] for n in _GRAMS for i in range(len(plain) - n + 1))
