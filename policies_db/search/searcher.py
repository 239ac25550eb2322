"""From a question to ranked points, and to one of answering, offering a choice, "not covered"."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np

from policies_db.search.confidence import signals
from policies_db.search.data import Hit, Result
from policies_db.search.encoder import Encoder
from policies_db.search.features import NAMES, Candidates, FeatureMaker
from policies_db.search.index import Index
from policies_db.search.model import COSTS, Costs, Model, load_models
from policies_db.search.projection import Projection
from policies_db.text import normalise

_REMEMBERED = 2000
_LONGEST_QUESTION = 1000


class Searcher:
    """Searches an index; safe to share between threads.

    Without an encoder, or with an index built without one, characters, words and sounds stand alone,
    with weights of their own.
    """

    def __init__(
        self,
        index: Index,
        encoder: Encoder | None = None,
        *,
        costs: Costs = COSTS,
        models: dict[str, Model] | None = None,
        projection: Projection | None = None,
    ) -> None:
        self._index = index
        self._features = FeatureMaker(index)
        self._costs = costs
        models = models or load_models()
        usable = encoder is not None and index.phrasing_vectors is not None
        self._encoder = encoder if usable else None
        self._projection = (projection or Projection.load()) if usable else None
        self._model = models["vectors" if usable else "lexical"]
        self._remembered: OrderedDict[tuple[str, frozenset[str] | None], Result] = OrderedDict()
        self._lock = Lock()

    def search(
        self, question: str, *, documents: frozenset[str] | None = None, limit: int = 10
    ) -> Result:
        """The points that answer a question best, within `documents` if given."""
        normal = normalise(question[:_LONGEST_QUESTION], numerals=True)
        key = (normal, documents)
        with self._lock:
            result = self._remembered.get(key)
            if result is not None:
                self._remembered.move_to_end(key)
        if result is None:
            result = self._search(normal, question[:_LONGEST_QUESTION], documents)
            with self._lock:
                self._remembered[key] = result
                if len(self._remembered) > _REMEMBERED:
                    self._remembered.popitem(last=False)
        return Result(result.hits[:limit], result.covered, result.zone, result.normalised)

    def _search(self, normal: str, question: str, documents: frozenset[str] | None) -> Result:
        allowed = None
        if documents is not None:
            allowed = np.array([name in documents for name in self._index.document_of], dtype=bool)
        nothing = Result((), 0.0, "none", normal)
        if not any(c.isalnum() for c in normal):
            return nothing
        candidates = self._features.make(normal, self._vector(question), allowed)
        if not len(candidates.rows):
            return nothing
        return self._judge(normal, candidates)

    def _vector(self, question: str) -> np.ndarray | None:
        if self._encoder is None or self._projection is None:
            return None
        vector: np.ndarray = self._projection(self._encoder.encode([normalise(question)]))[0]
        return vector

    def _judge(self, normal: str, candidates: Candidates) -> Result:
        scores = np.round(self._model.scores(NAMES, candidates.values), 9)
        uncovered = None if self._projection is None else self._projection.uncovered
        known = signals(candidates, scores, uncovered)
        covered = self._model.covered(known)
        right = min(self._model.right(known), covered)
        among = min(max(self._model.among(known), right), covered)
        order = np.lexsort((self._index.ids[candidates.rows], -scores))
        chance = np.exp(scores[order] - scores[order[0]])
        hits = tuple(
            Hit(
                int(self._index.ids[candidates.rows[i]]),
                round(float(scores[i]), 6),
                round(right * float(chance[k]), 4),
            )
            for k, i in enumerate(order)
        )
        return Result(hits, round(covered, 4), self._costs.zone(right, among, covered), normal)
