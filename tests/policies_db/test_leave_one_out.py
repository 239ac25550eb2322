"""A phrasing that is left out has the same signals as in an index that never had it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from policies_db.search import Index
from policies_db.search.corpus import Corpus, load_corpus
from policies_db.search.features import NAMES, Candidates, FeatureMaker
from policies_db.search.folds import read
from policies_db.search.leave_one_out import OneOut
from policies_db.search.projection import Projection


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    whole = load_corpus()
    return Corpus(whole.points[:200], whole.documents, {})


@pytest.fixture(scope="module")
def projection() -> Projection:
    return Projection.load("lexical")


@pytest.fixture(scope="module")
def one_out(corpus: Corpus, projection: Projection) -> OneOut:
    return OneOut(Index.build(corpus.points, corpus.documents, None, projection))


def by_row(made: Candidates) -> dict[int, np.ndarray]:
    return dict(zip(made.rows.tolist(), made.values, strict=True))


def test_left_out_is_as_if_it_had_never_been_there(
    corpus: Corpus, projection: Projection, one_out: OneOut
) -> None:
    rng = random.Random(5)
    asked = rng.sample([p for p in corpus.points if p.phrasings], 6)
    for point in asked:
        text = rng.choice(point.phrasings)
        kept = {p.id: tuple(t for t in p.phrasings if t != text) for p in corpus.points}
        rest = corpus.with_phrasings(kept)
        index = Index.build(rest.points, rest.documents, None, projection)
        question = read(text, projection, None)
        built = by_row(FeatureMaker(index).make(*question))
        made = by_row(one_out.make(text, *question))
        common = built.keys() & made.keys()
        assert len(common) >= 0.95 * len(built)
        difference = max(np.abs(built[row] - made[row]).max() for row in common)
        worst = max(common, key=lambda row: np.abs(built[row] - made[row]).max())
        column = NAMES[int(np.abs(built[worst] - made[worst]).argmax())]
        assert difference < 0.05, f"{text}: {column} of point {worst}"


def test_the_index_is_whole_again_afterwards(
    corpus: Corpus, projection: Projection, one_out: OneOut
) -> None:
    point = next(p for p in corpus.points if len(p.phrasings) > 2)
    text = point.phrasings[0]
    question = read(text, projection, None)
    best = NAMES.index("phrasing_chars")
    alone = one_out.make("不在索引里的一句话", *question)
    without = one_out.make(text, *question)
    again = one_out.make("不在索引里的一句话", *question)
    assert alone.values[:, best].max() > without.values[:, best].max()
    assert np.array_equal(alone.values, again.values)
