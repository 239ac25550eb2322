"""Measures search on questions left out: `python -m policies_db.search.evaluate [--share 0.5]`.

Twice: with a fifth of all phrasings, the asked one among them, missing from the index and from what
the projection learned (`folds`), and with the asked one alone missing from the index
(`leave_one_out`). Ranking and probabilities are fitted to one half of what comes up and measured on
the other, then the reverse. Plain BM25 gets the same questions.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from policies_db.search.confidence import signals
from policies_db.search.corpus import Corpus, load_corpus
from policies_db.search.encoder import load_encoder
from policies_db.search.features import NAMES
from policies_db.search.folds import Asked, MemoEncoder, ask_left_out, fit_folds, fold_of
from policies_db.search.leave_one_out import ask_one_out
from policies_db.search.model import THRESHOLDS, Model
from policies_db.search.postings import Postings
from policies_db.search.tokens import Tokens
from policies_db.search.tune import fit_model, weights_of
from policies_db.search.twins import answers_of, twins_of
from policies_db.text import normalise

#: Hit rates are given for the first, the first three, the first ten.
DEPTHS = (1, 3, 10)
_BINS = 10


@dataclass(frozen=True)
class Rates:
    """Shares of questions whose point is among the first n.

    `with_twins` counts points that say the same, `with_place` those of the same provision too.
    """

    strict: tuple[float, ...]
    with_twins: tuple[float, ...]
    with_place: tuple[float, ...]


@dataclass(frozen=True)
class Reliability:
    """How probabilities agree with what happened: (mean probability, share right, part of all)."""

    bins: tuple[tuple[float, float, float], ...]
    error: float


@dataclass(frozen=True)
class RefusalPoint:
    """Answering only from a probability on: what is answered, and what of that is wrong.

    `uncovered` is the share of uncovered questions that get an answer.
    """

    threshold: float
    answered: float
    wrong: float
    uncovered: float


@dataclass(frozen=True)
class LeftOut:
    """Phrasings that were left out: how many, how often search and plain BM25 find their point.

    `zones` has the share of each zone, and what was wrong: answered wrongly, no right one among
    the three that are offered.
    """

    questions: int
    search: Rates
    plain: Rates
    zones: Mapping[str, float]


@dataclass(frozen=True)
class Measured:
    """What `make eval` reports about search.

    `other_zones` has the share of each zone for questions that no document answers, and for
    phrasings whose point and its twins were taken away.
    """

    fifths: LeftOut
    one_out: LeftOut
    right: Reliability
    covered: Reliability
    refusal: tuple[RefusalPoint, ...]
    other_zones: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class _Judged:
    question: str
    source: str
    target: int
    own: frozenset[int]  # the point and its twins
    rows: np.ndarray  # the best, best first
    right: float
    covered: float


def measure(
    corpus: Corpus,
    *,
    with_encoder: bool = True,
    share: float = 0.5,
    report: Callable[[str], None] = lambda _: None,
) -> Measured:
    """Ask a share of all phrasings with fifths left out, all of them with one left out."""
    encoder = load_encoder() if with_encoder else None
    memo = MemoEncoder(encoder) if encoder is not None else None
    twins = twins_of(corpus.points)
    answers = answers_of(corpus.points, twins)
    folds = list(fit_folds(corpus, memo, report=report))
    asked = list(ask_left_out(corpus, memo, twins, folds, share=share, report=report))
    models = [
        fit_model([item for item in asked if _half(item.question) != half], answers)
        for half in (0, 1)
    ]
    weight = weights_of(asked)
    judged = list(_judge_each(asked, models))
    report("the same with one left out, and plain BM25")
    one_out = list(_judge_each(ask_one_out(corpus, memo, twins, folds, report), models))
    plain = _plain(corpus)
    first_right = np.array([float(_right(item, answers, 1)) for item in judged])
    is_covered = np.array([float(item.source == "phrasing") for item in judged])
    right = np.array([item.right for item in judged])
    covered = np.array([item.covered for item in judged])
    return Measured(
        fifths=_left_out([i for i in judged if i.source == "phrasing"], answers, plain),
        one_out=_left_out(one_out, answers, plain),
        right=_reliability(right, first_right, weight),
        covered=_reliability(covered, is_covered, weight),
        refusal=_refusal(right, first_right, judged),
        other_zones={
            source: _zones([item for item in judged if item.source == source])
            for source in ("uncovered", "removed")
        },
    )


def _half(question: str) -> int:
    return fold_of(question + "?", 2)


def _judge_each(asked: Iterable[Asked], models: Sequence[Model]) -> Iterator[_Judged]:
    """Judge each with the model that was fitted to the other half."""
    return (_judge(item, models[_half(item.question)]) for item in asked)


def _left_out(
    judged: Sequence[_Judged],
    answers: Sequence[frozenset[int]],
    plain: Callable[[str], np.ndarray],
) -> LeftOut:
    count = max(len(judged), 1)
    zones = [(item, THRESHOLDS.zone(item.right, item.covered)) for item in judged]
    wrong = sum(zone == "answer" and not _right(item, answers, 1) for item, zone in zones)
    useless = sum(zone == "choose" and not _right(item, answers, 3) for item, zone in zones)
    return LeftOut(
        len(judged),
        _rates([(item, item.rows) for item in judged], answers),
        _rates([(item, plain(item.question)) for item in judged], answers),
        _zones(judged) | {"wrong": round(wrong / count, 4), "useless": round(useless / count, 4)},
    )


def _judge(item: Asked, model: Model) -> _Judged:
    scores = model.scores(NAMES, item.candidates.values)
    known = signals(item.candidates, scores, item.uncovered)
    rows = item.candidates.rows[np.lexsort((item.candidates.rows, -scores))][: DEPTHS[-1]]
    covered = model.covered(known)
    right = min(model.right(known), covered)
    return _Judged(item.question, item.source, item.target, item.right, rows, right, covered)


def _plain(corpus: Corpus) -> Callable[[str], np.ndarray]:
    """BM25 over the characters of quotes, answers and headings."""
    index = Postings(
        [Tokens.of_text(f"{p.heading} {p.quote} {p.answer}").chars for p in corpus.points]
    )

    def rank(question: str) -> np.ndarray:
        scores, _ = index.scores(Tokens.of_question(normalise(question, numerals=True)).chars)
        return np.argsort(-scores, kind="stable")[: DEPTHS[-1]]

    return rank


def _right(item: _Judged, answers: Sequence[frozenset[int]], depth: int) -> bool:
    """Whether an answer is among the first of a question that has one."""
    if item.source != "phrasing":
        return False
    return not answers[item.target].isdisjoint(item.rows[:depth].tolist())


def _rates(
    ranked: Sequence[tuple[_Judged, np.ndarray]], answers: Sequence[frozenset[int]]
) -> Rates:
    strict = [[item.target in rows[:n] for n in DEPTHS] for item, rows in ranked]
    twins = [[not item.own.isdisjoint(rows[:n].tolist()) for n in DEPTHS] for item, rows in ranked]
    places = [
        [not answers[item.target].isdisjoint(rows[:n].tolist()) for n in DEPTHS]
        for item, rows in ranked
    ]
    return Rates(_means(strict), _means(twins), _means(places))


def _means(found: list[list[bool]]) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in np.mean(found, axis=0))


def _reliability(chance: np.ndarray, happened: np.ndarray, weight: np.ndarray) -> Reliability:
    bins, error, total = [], 0.0, weight.sum()
    place = np.minimum((chance * _BINS).astype(int), _BINS - 1)
    for number in range(_BINS):
        here = place == number
        mass = weight[here].sum()
        if mass:
            said = float((chance * weight)[here].sum() / mass)
            was = float((happened * weight)[here].sum() / mass)
            bins.append((round(said, 4), round(was, 4), round(float(mass / total), 4)))
            error += abs(said - was) * mass / total
    return Reliability(tuple(bins), round(float(error), 4))


def _refusal(
    right: np.ndarray, happened: np.ndarray, judged: Sequence[_Judged]
) -> tuple[RefusalPoint, ...]:
    phrasing = np.array([item.source == "phrasing" for item in judged])
    uncovered = np.array([item.source == "uncovered" for item in judged])
    points = []
    for threshold in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        above = right >= threshold
        answered = above & phrasing
        points.append(
            RefusalPoint(
                threshold,
                round(float(answered.sum() / max(phrasing.sum(), 1)), 4),
                round(float(1 - happened[answered].mean()) if answered.any() else 0.0, 4),
                round(float((above & uncovered).sum() / max(uncovered.sum(), 1)), 4),
            )
        )
    return tuple(points)


def _zones(judged: Sequence[_Judged]) -> dict[str, float]:
    zones = [THRESHOLDS.zone(item.right, item.covered) for item in judged]
    count = max(len(judged), 1)
    return {zone: round(zones.count(zone) / count, 4) for zone in ("answer", "choose", "none")}


def nearness(corpus: Corpus, path: Path) -> list[tuple[float, int, str]]:
    """How near each phrasing comes to a question of an evaluation file, nearest first.

    The file has JSON objects with a list of `turns`, one a line. Nearness is the share of pairs
    of characters in common (Dice), 1 for the same wording; with it come the point's id and the
    phrasing.
    The file's own wordings are not given back.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    asked = [turn for line in lines if line.strip() for turn in _turns(json.loads(line))]
    pairs = [_pairs(turn) for turn in asked]
    holders: dict[str, list[int]] = {}
    for number, own in enumerate(pairs):
        for pair in own:
            holders.setdefault(pair, []).append(number)
    out = []
    for point in corpus.points:
        for text in point.phrasings:
            own = _pairs(text)
            common: dict[int, int] = {}
            for pair in own:
                for number in holders.get(pair, ()):
                    common[number] = common.get(number, 0) + 1
            best = max(
                (2 * n / (len(own) + len(pairs[number])) for number, n in common.items()),
                default=0.0,
            )
            out.append((round(best, 4), point.id, text))
    return sorted(out, key=lambda item: (-item[0], item[1], item[2]))


def _turns(entry: Mapping[str, Any]) -> list[str]:
    turns = entry.get("turns", [])
    return [turn if isinstance(turn, str) else str(turn.get("user", "")) for turn in turns]


def _pairs(text: str) -> set[str]:
    letters = [c for c in normalise(text, numerals=True) if c.isalnum()]
    padded = ["^", *letters, "$"]
    return {a + b for a, b in pairwise(padded)}


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--share", type=float, default=0.5, help="part of the phrasings to ask")
    parser.add_argument("--no-encoder", action="store_true", help="characters and words only")
    parser.add_argument("--near", type=Path, help="a .jsonl file of questions to stay away from")
    options = parser.parse_args()
    corpus = load_corpus()
    if options.near:
        near = nearness(corpus, options.near)
        levels = {level: sum(item[0] >= level for item in near) for level in (1.0, 0.9, 0.8, 0.7)}
        print(json.dumps({"phrasings": len(near), "at_least": levels}, indent=1))
        return
    measured = measure(
        corpus, with_encoder=not options.no_encoder, share=options.share, report=print
    )
    print(json.dumps(asdict(measured), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
