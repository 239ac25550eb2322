"""Questions left out of the index, ranked: the material of tuning and of evaluation.

Phrasings are dealt into folds. For each fold an index and a projection are made from the other
phrasings only, and asked for the fold's. Questions that no document answers are dealt the same way.
For some phrasings the point and its twins are taken away as well: what comes up then is wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from policies_db.search.contrast import fit_projection
from policies_db.search.corpus import Corpus
from policies_db.search.encoder import Encoder
from policies_db.search.features import Candidates, FeatureMaker
from policies_db.search.index import Index
from policies_db.search.projection import Projection
from policies_db.search.tokens import Tokens
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
            self._known.update(zip(batch, self._encoder.encode(batch), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32)


@dataclass(frozen=True)
class Asked:
    """A question left out: its candidates, and the rows of the points that answer it."""

    question: str
    source: Source
    target: int
    right: frozenset[int]
    candidates: Candidates
    uncovered: np.ndarray


def fold_of(text: str, folds: int) -> int:
    """The fold that a text belongs to, the same in every run."""
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % folds


@dataclass(frozen=True)
class Part:
    """One of `of` parts of all phrasings and uncovered questions."""

    number: int
    of: int

    def __contains__(self, text: str) -> bool:
        return fold_of(text, self.of) == self.number

    def others(self, corpus: Corpus) -> Corpus:
        """The corpus without this part."""
        kept = {p.id: tuple(t for t in p.phrasings if t not in self) for p in corpus.points}
        outside = {text: group for text, group in corpus.uncovered.items() if text not in self}
        return replace(corpus.with_phrasings(kept), uncovered=outside)


@dataclass(frozen=True)
class Fold:
    """A part, and the projection that was fitted to the others only."""

    part: Part
    projection: Projection


def fit_folds(
    corpus: Corpus,
    encoder: MemoEncoder | None,
    *,
    folds: int = 5,
    report: Report = lambda _: None,
) -> Iterator[Fold]:
    """Leave out each part in turn, and fit a projection to the others."""
    for part in (Part(number, folds) for number in range(folds)):
        yield Fold(part, fit_projection(part.others(corpus), encoder))
        report(f"learned without part {part.number + 1} of {folds}")


def ask_left_out(
    corpus: Corpus,
    encoder: MemoEncoder | None,
    twins: Sequence[frozenset[int]],
    folds: Iterable[Fold],
    *,
    share: float = 1.0,
    report: Report = lambda _: None,
) -> Iterator[Asked]:
    """Every phrasing (or a share of them), every uncovered question, and a sample without point."""
    for fold in folds:
        part, projection = fold.part, fold.projection
        rest = part.others(corpus)
        index = Index.build(rest.points, rest.documents, encoder, projection)
        maker = FeatureMaker(index)
        known = projection.uncovered
        asked = [
            (text, row)
            for row, point in enumerate(corpus.points)
            for text in dict.fromkeys(point.phrasings)
            if text in part and fold_of(f"{text}#", 1000) < share * 1000
        ]
        for text, row in asked:
            scored = maker.scored(*read(text, projection, encoder))
            made = maker.candidates(scored)
            yield Asked(text, "phrasing", row, twins[row], made, known)
            if fold_of(f"{text}!", 4) == 0:
                allowed = np.ones(len(corpus.points), dtype=bool)
                allowed[list(twins[row])] = False
                made = maker.candidates(scored, allowed)
                yield Asked(text, "removed", row, frozenset(), made, known)
        for text in (text for text in corpus.uncovered if text in part):
            made = maker.make(*read(text, projection, encoder))
            yield Asked(text, "uncovered", -1, frozenset(), made, known)
        report(f"left out: part {part.number + 1} of {part.of}")


def read(
    text: str, projection: Projection, encoder: MemoEncoder | None
) -> tuple[str, Tokens, np.ndarray]:
    """A question as search takes it: normalised with numerals, its tokens, its vector."""
    normal = normalise(text, numerals=True)
    tokens = Tokens.of_question(normal)
    encoded = encoder.encode([normalise(text)]) if encoder else None
    return normal, tokens, projection([tokens], encoded)[0]
