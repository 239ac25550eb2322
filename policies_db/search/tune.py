"""Learns what search needs from the phrasings: `python -m policies_db.search.tune`.

1. Each phrasing is left out with a fifth of the others, and asked (`folds`).
2. The ranking is fitted to put its point first; a twin of the point counts half.
3. The three probabilities are fitted to what came up, uncovered questions included.
4. The projection is fitted once more to all phrasings.

Takes some minutes on two cores and writes `trained/`. Run it after phrasings have changed much.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from policies_db.search.confidence import signals
from policies_db.search.contrast import fit_projection
from policies_db.search.corpus import Corpus, load_corpus
from policies_db.search.encoder import load_encoder
from policies_db.search.features import NAMES
from policies_db.search.fitting import fit_logistic, fit_ranking
from policies_db.search.folds import Asked, MemoEncoder, ask_left_out
from policies_db.search.model import Model, save_models
from policies_db.search.twins import twins_of
from policies_db.text import normalise

#: The part of questions from real users that is taken to be covered, for the probabilities.
COVERED_SHARE = 0.75
#: Of the questions that are not covered, the part taken from those that lost their point.
REMOVED_SHARE = 0.4


#: The part of the phrasings that are asked; all are used for the projection.
SHARE = 0.5


def fit_model(asked: Sequence[Asked]) -> Model:
    """Ranking and probabilities from questions that were left out."""
    positive = [item for item in asked if item.source == "phrasing"]
    values, wanted = [], []
    for item in positive:
        shares = _shares(item)
        if shares is not None:
            values.append(item.candidates.values)
            wanted.append(shares)
    ranking = fit_ranking(values, wanted)
    named = dict(zip(NAMES, ranking.tolist()))
    observed, right, among, covered = observe(asked, ranking)
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
    asked: Sequence[Asked], ranking: np.ndarray
) -> tuple[list[dict[str, float]], np.ndarray, np.ndarray, np.ndarray]:
    """Signals of each question, and whether the first hit, one of three, anything was right."""
    observed = []
    right, among = np.zeros(len(asked)), np.zeros(len(asked))
    for i, item in enumerate(asked):
        scores = item.candidates.values @ ranking
        observed.append(signals(item.candidates, scores, item.uncovered))
        order = np.lexsort((item.candidates.rows, -scores))
        top = item.candidates.rows[order[:3]]
        right[i] = top[0] in item.right
        among[i] = any(row in item.right for row in top)
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


def main() -> None:
    """Tune both models and the projection, and write them."""
    begun = time.monotonic()

    def report(line: str) -> None:
        print(f"{time.monotonic() - begun:5.0f} s  {line}", flush=True)

    corpus = load_corpus()
    twins = twins_of(corpus.points)
    encoder = load_encoder("use")
    assert encoder is not None
    memo = MemoEncoder(encoder)
    models = {}
    for name, used in (("vectors", memo), ("lexical", None)):
        report(f"{name}: {len(corpus.points)} points, {len(corpus.uncovered)} uncovered questions")
        asked = list(ask_left_out(corpus, used, twins, share=SHARE, report=report))
        models[name] = fit_model(asked)
    save_models(models)
    _save_projection(corpus, memo)
    report("written")


def _save_projection(corpus: Corpus, encoder: MemoEncoder) -> None:
    projection = fit_projection(corpus, encoder)
    texts = [normalise(text) for text in corpus.uncovered]
    uncovered = projection(encoder.encode(texts)) if texts else projection.uncovered
    type(projection)(
        projection.encoder, projection.centre, projection.matrix, uncovered
    ).save()


if __name__ == "__main__":
    main()
