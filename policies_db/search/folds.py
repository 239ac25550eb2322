"""Questions left out of the index, ranked: the material of tuning and of evaluation.

Phrasings are dealt into folds. For each fold an index and a projection are made from the other
phrasings only, and asked for the fold's. Questions that no document answers are dealt the same way.
For some phrasings the point and its twins are taken away as well: what comes up then is wrong.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from policies_db.search.contrast import fit_projection
from policies_db.search.corpus import Corpus
from policies_db.search.encoder import Encoder
from policies_db.search.features import Candidates, FeatureMaker
from policies_db.search.index import Index
from policies_db.search.projection import Projection
from policies_db.text import normalise

Report = Callable[[str], None]
Source = Literal["phrasing", "uncovered", "removed"]


class MemoEncoder:
    """Encodes each text once."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of texts, from memory where possible."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(missing), 512):
            batch = missing[start : start + 512]
            self._known.update(zip(batch, self._encoder.encode(batch)))
        return np.array([self._known[text] for text in texts], dtype=np.float32)


@dataclass(frozen=True)
class Asked:
    """A question left out: its candidates, and the rows of the points that answer it."""

    question: str
    source: Source
    target: int
    right: frozenset[int]
    candidates: Candidates
    uncovered: np.ndarray | None


def fold_of(text: str, folds: int) -> int:
    """The fold that a text belongs to, the same in every run."""
    return zlib.crc32(text.encode()) % folds


def ask_left_out(
    corpus: Corpus,
    encoder: MemoEncoder | None,
    twins: Sequence[frozenset[int]],
    *,
    folds: int = 5,
    share: float = 1.0,
    report: Report = lambda _: None,
) -> Iterator[Asked]:
    """Every phrasing (or a share of them), every uncovered question, and a sample without point."""
    for fold in range(folds):
        kept = {
            point.id: tuple(text for text in point.phrasings if fold_of(text, folds) != fold)
            for point in corpus.points
        }
        rest = corpus.with_phrasings(kept)
        projection = fit_projection(rest, encoder) if encoder else None
        index = Index.build(rest.points, rest.documents, encoder, projection)
        maker = FeatureMaker(index)
        others = [text for text in corpus.uncovered if fold_of(text, folds) != fold]
        known = projection(encoder.encode(_plain(others))) if encoder and projection else None
        asked = [
            (text, row)
            for row, point in enumerate(corpus.points)
            for text in dict.fromkeys(point.phrasings)
            if fold_of(text, folds) == fold and fold_of(f"{text}#", 1000) < share * 1000
        ]
        outside = [text for text in corpus.uncovered if fold_of(text, folds) == fold]
        vectors = _vectors([text for text, _ in asked] + outside, encoder, projection)
        for (text, row), vector in zip(asked, vectors):
            normal = normalise(text, numerals=True)
            made = maker.make(normal, vector)
            yield Asked(text, "phrasing", row, twins[row], made, known)
            if fold_of(f"{text}!", 4) == 0:
                allowed = np.ones(len(corpus.points), dtype=bool)
                allowed[list(twins[row])] = False
                made = maker.make(normal, vector, allowed)
                yield Asked(text, "removed", row, frozenset(), made, known)
        for text, vector in zip(outside, vectors[len(asked) :]):
            made = maker.make(normalise(text, numerals=True), vector)
            yield Asked(text, "uncovered", -1, frozenset(), made, known)
        report(f"left out: part {fold + 1} of {folds}")


def _plain(texts: Sequence[str]) -> list[str]:
    return [normalise(text) for text in texts]


def _vectors(
    texts: Sequence[str], encoder: MemoEncoder | None, projection: Projection | None
) -> Sequence[np.ndarray | None]:
    if encoder is None or projection is None or not texts:
        return [None] * len(texts)
    return list(projection(encoder.encode(_plain(texts))))
