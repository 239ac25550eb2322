"""From a question to ranked points, and to one of answering, offering a choice, "not covered"."""

from __future__ import annotations

import re
import unicodedata
from collections import OrderedDict
from threading import Lock
from typing import TypeVar

import numpy as np

from policies_db.search.confidence import signals
from policies_db.search.data import Hit, Result
from policies_db.search.encoder import Encoder
from policies_db.search.features import NAMES, Candidates, FeatureMaker, Scored
from policies_db.search.index import Index
from policies_db.search.model import THRESHOLDS, Model, Thresholds, load_model
from policies_db.search.projection import Projection
from policies_db.search.tokens import Tokens
from policies_db.text import normalise

K = TypeVar("K")
V = TypeVar("V")
_REMEMBERED = 2000
#: Questions whose scores are kept, to be asked again in other documents: some 800 kB each.
_SCORED = 16
_LONGEST_QUESTION = 1000
#: Letters of a Latin word, or of pinyin without a break, that are read of a question.
_LONGEST_WORD = 60
_LONG_WORD = re.compile(rf"([A-Za-z]{{{_LONGEST_WORD}}})[A-Za-z]+")


class Searcher:
    """Searches an index; safe to share between threads.

    Without an encoder, characters, words and sounds stand alone, with a projection and weights of
    their own.
    """

    def __init__(
        self,
        index: Index,
        encoder: Encoder | None = None,
        *,
        thresholds: Thresholds = THRESHOLDS,
        model: Model | None = None,
        projection: Projection | None = None,
    ) -> None:
        name = "vectors" if encoder is not None else "lexical"
        self._projection = projection or Projection.load(name)
        if index.points and index.space != self._projection.size:
            if encoder is not None:
                raise ValueError("the index was built without this encoder: build it again")
            index = index.in_space(self._projection)
        self._index = index
        self._encoder = encoder
        self._features = FeatureMaker(index)
        self._thresholds = thresholds
        self._model = model or load_model(name)
        self._remembered: OrderedDict[tuple[str, frozenset[str] | None], Result] = OrderedDict()
        self._last: OrderedDict[tuple[str, str], Scored] = OrderedDict()
        self._lock = Lock()

    def search(
        self, question: str, *, documents: frozenset[str] | None = None, limit: int = 10
    ) -> Result:
        """The points that answer a question best, within `documents` if given."""
        question = _bounded(question)
        normal = normalise(question, numerals=True)
        key = (normal, documents)
        with self._lock:
            result = self._remembered.get(key)
            if result is not None:
                self._remembered.move_to_end(key)
        if result is None:
            result = self._search(normal, question, documents)
            with self._lock:
                _remember(self._remembered, key, result, _REMEMBERED)
        return Result(result.hits[:limit], result.covered, result.zone, result.normalised)

    def _search(self, normal: str, question: str, documents: frozenset[str] | None) -> Result:
        allowed = None
        if documents is not None:
            allowed = np.array([name in documents for name in self._index.document_of], dtype=bool)
        nothing = Result((), 0.0, "none", normal)
        if not self._index.points or not any(c.isalnum() for c in normal):
            return nothing
        scored = self._scored(normal, normalise(question))
        candidates = self._features.candidates(scored, allowed)
        if not len(candidates.rows):
            return nothing
        return self._judge(normal, candidates)

    def _scored(self, normal: str, plain: str) -> Scored:
        """A question with its scores; one of the last is not encoded and scored again."""
        key = (normal, plain)
        with self._lock:
            scored = self._last.get(key)
        if scored is None:
            tokens = Tokens.of_question(normal)
            encoded = self._encoder.encode([plain]) if self._encoder else None
            vector = self._projection([tokens], encoded)[0]
            scored = self._features.scored(normal, tokens, vector)
            with self._lock:
                _remember(self._last, key, scored, _SCORED)
        return scored

    def _judge(self, normal: str, candidates: Candidates) -> Result:
        scores = np.round(self._model.scores(NAMES, candidates.values), 9)
        known = signals(candidates, scores, self._projection.uncovered)
        covered = self._model.covered(known)
        right = min(self._model.right(known), covered)
        order = np.lexsort((self._index.ids[candidates.rows], -scores))
        chance = np.exp(scores[order] - scores[order[0]])
        ids = self._index.ids[candidates.rows[order]].tolist()
        ranked, sure = np.round(scores[order], 6).tolist(), np.round(right * chance, 4).tolist()
        hits = tuple(map(Hit, ids, ranked, sure))
        return Result(hits, round(covered, 4), self._thresholds.zone(right, covered), normal)


def _remember(memory: OrderedDict[K, V], key: K, value: V, most: int) -> None:
    """Keep a value as the newest; the oldest goes when there are too many."""
    memory[key] = value
    if len(memory) > most:
        memory.popitem(last=False)


def _bounded(question: str) -> str:
    """As much of a question as is read; the rest would cost time and tell nothing."""
    return _LONG_WORD.sub(r"\1", unicodedata.normalize("NFKC", question[:_LONGEST_QUESTION]))
