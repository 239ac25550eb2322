"""Learns what search needs from phrasings: `python -m policies_db.search.tune [vectors|lexical]`.

1. Each phrasing is left out with a fifth of the others, and asked (`folds`).
2. The ranking is fitted to put its point first; a twin of the point counts half.
3. The three probabilities are fitted to what came up, uncovered questions included.
4. The projection is fitted once more to all phrasings.

Takes about ten minutes for each of the two models (with and without the encoder) and writes
`trained/`. Run it after phrasings have changed much.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import numpy as np

from policies_db.search.confidence import signals
from policies_db.search.contrast import fit_projection
from policies_db.search.corpus import load_corpus
from policies_db.search.encoder import load_encoder
from policies_db.search.features import NAMES
from policies_db.search.fitting import fit_logistic, fit_ranking
from policies_db.search.folds import Asked, MemoEncoder, ask_left_out, fit_folds
from policies_db.search.model import Model, save_model
from policies_db.search.twins import answers_of, twins_of

#: The part of questions from real users that is taken to be covered, for the probabilities.
COVERED_SHARE = 0.75
#: Of the questions that are not covered, the part taken from those that lost their point.
REMOVED_SHARE = 0.4


#: The part of the phrasings that are asked; all are used for the projection.
SHARE = 0.5


def fit_model(asked: Sequence[Asked], answers: Sequence[frozenset[int]]) -> Model:
    """Ranking and probabilities from questions that were left out.

    `answers` has for each point the rows that count as right for the probabilities.
    """
    positive = [item for item in asked if item.source == "phrasing"]
    values, wanted = [], []
    for item in positive:
        shares = _shares(item)
        if shares is not None:
            values.append(item.candidates.values)
            wanted.append(shares)
    ranking = fit_ranking(values, wanted)
    named = dict(zip(NAMES, ranking.tolist(), strict=True))
    observed, right, among, covered = observe(asked, ranking, answers)
    names = tuple(observed[0])
    matrix = np.array([[seen[name] for name in names] for seen in observed])
    weight = weights_of(asked)
    return Model(
        named,
        fit_logistic(names, matrix, right, weight),
        fit_logistic(names, matrix, among, weight),
        fit_logistic(names, matrix, covered, weight),
    )


def observe(
    asked: Sequence[Asked], ranking: np.ndarray, answers: Sequence[frozenset[int]]
) -> tuple[list[dict[str, float]], np.ndarray, np.ndarray, np.ndarray]:
    """Signals of each question, and whether the first hit, one of three, anything was right."""
    observed = []
    right, among = np.zeros(len(asked)), np.zeros(len(asked))
    for i, item in enumerate(asked):
        scores = item.candidates.values @ ranking
        observed.append(signals(item.candidates, scores, item.uncovered))
        order = np.lexsort((item.candidates.rows, -scores))
        top = item.candidates.rows[order[:3]]
        if item.source == "phrasing":
            right[i] = top[0] in answers[item.target]
            among[i] = any(row in answers[item.target] for row in top)
    covered = np.array([float(item.source == "phrasing") for item in asked])
    return observed, right, among, covered


def weights_of(asked: Sequence[Asked]) -> np.ndarray:
    """Weights that bring the kinds of questions to their shares among real ones."""
    share = {
        "phrasing": COVERED_SHARE,
        "removed": (1 - COVERED_SHARE) * REMOVED_SHARE,
        "uncovered": (1 - COVERED_SHARE) * (1 - REMOVED_SHARE),
    }
    count = {source: sum(item.source == source for item in asked) for source in share}
    return np.array([share[item.source] * len(asked) / count[item.source] for item in asked])


def _shares(item: Asked) -> np.ndarray | None:
    rows = item.candidates.rows
    own = rows == item.target
    shares = own + 0.5 * (np.isin(rows, list(item.right)) & ~own)
    total = shares.sum()
    return shares / total if total else None


def tune(name: str) -> None:
    """Tune the model and projection for use with the encoder ("vectors") or without ("lexical")."""
    begun = time.monotonic()

    def report(line: str) -> None:
        print(f"{time.monotonic() - begun:5.0f} s  {name}: {line}", flush=True)

    corpus = load_corpus()
    phrasings = sum(len(point.phrasings) for point in corpus.points)
    report(f"{len(corpus.points)} points, {phrasings} phrasings, {len(corpus.uncovered)} uncovered")
    encoder = load_encoder("use") if name == "vectors" else None
    memo = MemoEncoder(encoder) if encoder is not None else None
    twins = twins_of(corpus.points)
    folds = fit_folds(corpus, memo)
    asked = list(ask_left_out(corpus, memo, twins, folds, share=SHARE, report=report))
    save_model(name, fit_model(asked, answers_of(corpus.points, twins)))
    report("fitting the projection to all phrasings")
    fit_projection(corpus, memo).save(name)
    report("written")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or ("vectors", "lexical"):
        tune(chosen)
