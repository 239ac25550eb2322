"""Asks each phrasing while it alone is missing from an index that has all the others.

An index is not built anew for each of them: for the time of one question the phrasing's row counts
nothing, and its point's text and vectors are what they are without it. The weight of a word and the
mean length of a text, which one phrasing in many thousands hardly moves, are counted with it.
"""

from __future__ import annotations

import copy
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from policies_db.search.corpus import Corpus
from policies_db.search.encoder import unit
from policies_db.search.features import Candidates, FeatureMaker
from policies_db.search.folds import Asked, Fold, MemoEncoder, Report, read
from policies_db.search.index import PHRASING, TOGETHER, Index
from policies_db.search.postings import Postings
from policies_db.search.tokens import Tokens


def ask_one_out(
    corpus: Corpus,
    encoder: MemoEncoder | None,
    twins: Sequence[frozenset[int]],
    folds: Iterable[Fold],
    report: Report = lambda _: None,
) -> Iterator[Asked]:
    """Every phrasing, alone left out of the index.

    The vectors come from a projection that was fitted without the part that the phrasing is in.
    """
    for fold in folds:
        part, projection = fold.part, fold.projection
        index = Index.build(corpus.points, corpus.documents, encoder, projection)
        without = OneOut(index)
        for row, point in enumerate(corpus.points):
            for text in (text for text in dict.fromkeys(point.phrasings) if text in part):
                made = without.make(text, *read(text, projection, encoder))
                yield Asked(text, "phrasing", row, twins[row], made, projection.uncovered)
        report(f"one left out: part {part.number + 1} of {part.of}")


class OneOut:
    """Compares questions with the points of an index, one phrasing of which is not there."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._maker = FeatureMaker(index)
        rows: dict[str, list[Tokens]] = {"passage": [], "heading": [], "phrasing": []}
        self._rows_of: dict[str, list[int]] = defaultdict(list)
        for stored in index.rows():
            if stored.kind == "phrasing":
                self._rows_of[stored.tokens].append(len(rows["phrasing"]))
            rows[stored.kind].append(Tokens.parse(stored.tokens))
        self._passages, self._phrasings = rows["passage"], rows["phrasing"]
        texts = self._phrasings
        self._chars = _Field(index.phrasing_chars, [t.chars for t in texts], **PHRASING)
        self._words = _Field(index.phrasing_words, [t.words for t in texts], **PHRASING)
        self._sounds = _Field(index.phrasing_sounds, [t.sounds for t in texts], **PHRASING)
        points = range(len(index.points))
        together = [self._together(point, set()) for point in points]
        self._together_field = _Field(index.together, [text for text, _ in together], **TOGETHER)
        self._together_sounds = _Field(
            index.together_sounds, [sounds for _, sounds in together], **TOGETHER
        )

    def make(self, text: str, normal: str, tokens: Tokens, vector: np.ndarray) -> Candidates:
        """Candidates for a question while the phrasing `text` is not in the index."""
        gone = self._rows_of.get(str(Tokens.of_text(text)), [])
        index = copy.copy(self._index)
        self._take_out(index, gone)
        kept = index.phrasing_vectors[gone]
        index.phrasing_vectors[gone] = 0.0  # as a point without a further phrasing
        try:
            maker = copy.copy(self._maker)
            maker.index = index
            return maker.make(normal, tokens, vector)
        finally:
            index.phrasing_vectors[gone] = kept

    def _take_out(self, index: Index, gone: Sequence[int]) -> None:
        none: Mapping[int, list[str]] = {row: [] for row in gone}
        index.phrasing_chars = self._chars.changed(none)
        index.phrasing_words = self._words.changed(none)
        index.phrasing_sounds = self._sounds.changed(none)
        points = {int(index.owner[row]) for row in gone}
        rest = {point: self._together(point, set(gone)) for point in points}
        index.together = self._together_field.changed({p: text for p, (text, _) in rest.items()})
        index.together_sounds = self._together_sounds.changed(
            {p: sounds for p, (_, sounds) in rest.items()}
        )
        index.vocabulary = list(index.vocabulary)
        index.centre_vectors = index.centre_vectors.copy()
        index.count = index.count.copy()
        for point, (text, _) in rest.items():
            left = [row for row in self._rows(point) if row not in gone]
            index.vocabulary[point] = set(text)
            index.count[point] = len(left)
            total = 2 * index.passage_vectors[point] + index.phrasing_vectors[left].sum(axis=0)
            index.centre_vectors[point] = unit(total)

    def _rows(self, point: int) -> range:
        first = int(self._index.first[point])
        return range(first, first + int(self._index.count[point]))

    def _together(self, point: int, gone: set[int]) -> tuple[list[str], list[str]]:
        """A point's passage, which counts twice, and its phrasings; the same in sounds."""
        passage = self._passages[point]
        text, sounds = 2 * (passage.chars + passage.words), 2 * passage.sounds
        for row in self._rows(point):
            if row not in gone:
                asked = self._phrasings[row]
                text = text + asked.chars + asked.words
                sounds = sounds + asked.sounds
        return text, sounds


class _Field:
    """Postings, and what it takes to score some of their texts anew."""

    def __init__(
        self, postings: Postings, texts: Sequence[Sequence[str]], *, k1: float = 1.2, b: float = 0.6
    ) -> None:
        self.postings, self.k1, self.b = postings, k1, b
        self.counts = [Counter(text) for text in texts]
        self.holders = Counter(token for count in self.counts for token in count)
        self.length = max(float(np.mean([len(text) for text in texts])) if texts else 1.0, 1.0)

    def changed(self, texts: Mapping[int, Sequence[str]]) -> Postings:
        """The postings with other texts in some rows."""
        return _Changed(self, {row: Counter(text) for row, text in texts.items()})


class _Changed(Postings):
    """Postings with other texts in some rows, for one question."""

    def __init__(self, field: _Field, texts: Mapping[int, Counter[str]]) -> None:
        self._field, self._texts = field, texts
        before = Counter(token for row in texts for token in field.counts[row])
        after = Counter(token for text in texts.values() for token in text)
        self._lost = {t for t, n in before.items() if field.holders[t] == n and not after[t]}

    def __contains__(self, token: str) -> bool:
        return token in self._field.postings and token not in self._lost

    def weight(self, token: str) -> float:
        """How telling a token is."""
        return self._field.postings.weight("" if token in self._lost else token)

    def scores(self, question: Iterable[str]) -> tuple[np.ndarray, float]:
        """As without the change, but for the rows that have changed."""
        field, tokens = self._field, sorted(set(question))
        scores, _ = field.postings.scores(tokens)
        known, unknown = self._weight_of(tokens, self)
        scale = _scale(known, unknown)
        scores = scores * (_scale(*self._weight_of(tokens, field.postings)) / scale)
        for row, text in self._texts.items():
            scores[row] = self._score(tokens, text) / scale
        return scores, known / (known + unknown) if known else 0.0

    def _weight_of(self, tokens: Sequence[str], postings: Postings) -> tuple[float, float]:
        known = sum(postings.weight(token) for token in tokens if token in postings)
        return known, sum(postings.weight(token) for token in tokens if token not in postings)

    def _score(self, tokens: Sequence[str], text: Counter[str]) -> float:
        field = self._field
        length = sum(text.values()) / field.length
        total = 0.0
        for token in tokens:
            count = text.get(token, 0)
            if count and not field.postings.is_frequent(token):
                damped = count + field.k1 * (1 - field.b + field.b * length)
                total += self.weight(token) * count * (field.k1 + 1) / damped
        return total


def _scale(known: float, unknown: float) -> float:
    """What a question's BM25 is divided by, see Postings.scores."""
    return known + 0.3 * unknown or 1.0
