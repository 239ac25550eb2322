"""The signals by which a question and a point are compared.

All points are scored with cheap signals; the best go on to the full set, a column each in `NAMES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np

from policies_db.search import wants
from policies_db.search.index import Index
from policies_db.search.tokens import Tokens
from policies_db.text import normalise

#: How many points go on from the cheap signals to the full set.
CANDIDATES = 60
NAMES = (
    "passage_chars", "passage_words", "passage_sounds", "heading",
    "together", "together_sounds",
    "phrasing_chars", "phrasing_words", "phrasing_sounds",
    "phrasing_best", "phrasing_second", "phrasing_mean3",
    "vector_passage", "vector_centre", "vector_phrasing", "vector_mean3",
    "explained", "explained_passage", "named_document", "other_document", "year", "region",
    "ordinal", "figures", "topic_vote", "document_vote", "has_phrasings",
    "on_document", "gives_document", "draft", *wants.NAMES,
)  # fmt: skip
#: Passages of this length that are so near to each other (cosine) say the same. Shorter ones, and
#: those on the documents themselves, are alike by form: dates, bureaus.
ALIKE, SHORTEST_ALIKE = 0.86, 25
_BEST_OF = 3
_MOST = 32


def _best(scores: np.ndarray) -> np.ndarray:
    """The best few of each row, falling."""
    return -np.sort(-scores, axis=1)[:, :_BEST_OF]


@dataclass(frozen=True)
class Candidates:
    """The points that may answer (rows of the index, best first) and their signals.

    `alike` tells for each pair whether they stand in one place or say the same.
    """

    rows: np.ndarray
    values: np.ndarray
    alike: np.ndarray
    known: float
    vector: np.ndarray
    tokens: Tokens


@dataclass(frozen=True)
class Scored:
    """A question, and how well each point, or each phrasing, fits it by the cheap signals.

    The best by `cheap` go on; `known` is the share of the question that any text holds.
    """

    normal: str
    tokens: Tokens
    vector: np.ndarray
    passage_chars: np.ndarray
    passage_words: np.ndarray
    passage_sounds: np.ndarray
    heading: np.ndarray
    together: np.ndarray
    together_sounds: np.ndarray
    phrasing_chars: np.ndarray
    phrasing_words: np.ndarray
    phrasing_sounds: np.ndarray
    passage: np.ndarray
    centre: np.ndarray
    cheap: np.ndarray
    known: float


class FeatureMaker:
    """Compares questions with the points of an index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        count = np.minimum(index.count, _MOST)
        places = index.first[:, None] + np.arange(_MOST)[None, :]
        # row len(owner) of a phrasing score stands for "no phrasing"
        self._places = np.where(
            np.arange(_MOST)[None, :] < count[:, None], places, len(index.owner)
        )
        self._with = np.flatnonzero(index.count > 0)
        self._first = index.first[self._with]
        self._given = wants.given(
            [normalise(f"{point.quote} {point.answer}", numerals=True) for point in index.points]
        )
        labels = {point.label: i for i, point in enumerate(index.points)}
        self._label = np.array([labels[point.label] for point in index.points])
        self._says = np.array(
            [
                len(point.quote) >= SHORTEST_ALIKE and "document" not in point.topics
                for point in index.points
            ]
        )
        self._on_document = np.array(
            [1.0 if "document" in point.topics else -1.0 for point in index.points]
        )
        drafts = {d.id for d in index.documents if wants.wants_draft(d.title)}
        self._draft = np.array([float(name in drafts) for name in index.document_of])
        years = index.mentions.years
        self._years = np.array([years.get(name) or 0 for name in index.document_of])
        local = index.mentions.local
        self._local = np.array([1 if local.get(name) else -1 for name in index.document_of])

    def best_per_point(self, scores: np.ndarray) -> np.ndarray:
        """From a score for each phrasing the best of each point, 0 without phrasings."""
        best = np.zeros(len(self.index.points))
        if len(self._with):
            best[self._with] = np.maximum.reduceat(scores, self._first)
        return best

    def make(self, normal: str, tokens: Tokens, vector: np.ndarray) -> Candidates:
        """Candidates for a question normalised with numerals, its tokens and its vector."""
        return self.candidates(self.scored(normal, tokens, vector))

    def scored(self, normal: str, tokens: Tokens, vector: np.ndarray) -> Scored:
        """The same question, with all points and phrasings scored."""
        index = self.index
        both = tokens.chars + tokens.words
        passage_chars, _ = index.passage_chars.scores(tokens.chars)
        passage_words, _ = index.passage_words.scores(tokens.words)
        passage_sounds, _ = index.passage_sounds.scores(tokens.sounds)
        heading, _ = index.headings.scores(both)
        together, known = index.together.scores(both)
        together_sounds, _ = index.together_sounds.scores(tokens.sounds)
        chars, _ = index.phrasing_chars.scores(tokens.chars)
        words, _ = index.phrasing_words.scores(tokens.words)
        sounds, _ = index.phrasing_sounds.scores(tokens.sounds)
        lexical = 0.4 * chars + 0.25 * words + 0.2 * sounds
        cheap = together + 0.2 * together_sounds + 0.2 * passage_chars + 0.1 * heading
        cheap += 0.3 * self.best_per_point(lexical)
        centre = index.centre_vectors @ vector
        passage = index.passage_vectors @ vector
        cheap += 0.7 * centre + 0.3 * passage
        return Scored(
            normal, tokens, vector, passage_chars, passage_words, passage_sounds, heading,
            together, together_sounds, chars, words, sounds, passage, centre, cheap, known,
        )  # fmt: skip

    def candidates(self, scored: Scored, allowed: np.ndarray | None = None) -> Candidates:
        """The best points for a question, of those that `allowed` marks, with all signals."""
        index, cheap = self.index, scored.cheap
        normal, tokens, vector = scored.normal, scored.tokens, scored.vector
        if allowed is not None:
            cheap = np.where(allowed, cheap, -np.inf)
        top = min(CANDIDATES, int(np.isfinite(cheap).sum()))
        order = np.lexsort((np.arange(len(cheap)), -cheap))[:top]
        places = self._places[order]
        there = places < len(index.owner)

        def per_phrasing(scores: np.ndarray) -> np.ndarray:
            return np.append(scores, 0.0)[places]

        by_phrasing = np.zeros(places.shape)
        by_phrasing[there] = index.phrasing_vectors[places[there]] @ vector
        chars = per_phrasing(scored.phrasing_chars)
        words = per_phrasing(scored.phrasing_words)
        sounds = per_phrasing(scored.phrasing_sounds)
        joint = _best(0.4 * chars + 0.25 * words + 0.2 * sounds + 0.8 * by_phrasing)
        near = _best(by_phrasing)
        chance = np.exp((cheap[order] - cheap[order].max(initial=0.0)) * 8.0)
        chance /= max(chance.sum(), 1e-9)
        columns = [
            scored.passage_chars[order], scored.passage_words[order],
            scored.passage_sounds[order], scored.heading[order],
            scored.together[order], scored.together_sounds[order],
            chars.max(axis=1), words.max(axis=1), sounds.max(axis=1),
            joint[:, 0], joint[:, 1], joint.mean(axis=1),
            scored.passage[order], scored.centre[order],
            near[:, 0], near.mean(axis=1),
            *self._explained(tokens, order),
            *self._place(normal, order),
            self._figures(tokens, order),
            *self._votes(order, chance),
            (index.count[order] > 0).astype(float),
            self._on_document[order],
            self._on_document[order] * wants.wants_document(normal),
            self._draft[order] * (1.0 if wants.wants_draft(normal) else -1.0),
            *(self._given[order] * wants.wanted(normal)).T,
        ]  # fmt: skip
        values = np.stack(columns, axis=1)
        return Candidates(order, values, self._alike(order), scored.known, vector, tokens)

    def _alike(self, order: np.ndarray) -> np.ndarray:
        vectors = self.index.passage_vectors[order]
        document, label = self.index.document_number[order], self._label[order]
        same_place = (document[:, None] == document) & (label[:, None] == label)
        says = self._says[order]
        near = (vectors @ vectors.T >= ALIKE) & says[:, None] & says[None, :]
        return np.asarray(near | same_place)

    def _explained(self, tokens: Tokens, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Share of the question's weight that the point's texts, and its passage, have."""
        index = self.index
        wanted = {
            token: index.together.weight(token)
            for token in {*tokens.chars, *tokens.words}
            if len(token) > 1
        }
        total = fsum(wanted.values()) or 1.0
        own = np.zeros(len(order))
        passage = np.zeros(len(order))
        tokens_wanted = set(wanted)
        for i, row in enumerate(order):
            own[i] = fsum(wanted[token] for token in tokens_wanted & index.vocabulary[row])
            words = tokens_wanted & index.passage_vocabulary[row]
            passage[i] = fsum(wanted[token] for token in words)
        return own / total, passage / total

    def _place(self, normal: str, order: np.ndarray) -> list[np.ndarray]:
        """Agreement with the document, year, region and article that the question names."""
        index = self.index
        said = index.mentions.find(normal)
        named = np.array([index.document_of[i] in said.documents for i in order], dtype=float)
        other = (1.0 - named) if said.documents else np.zeros(len(order))
        year = np.isin(self._years[order], list(said.years)).astype(float)
        region = said.region * self._local[order].astype(float)
        article = np.array([bool(said.ordinals & index.ordinals[i]) for i in order], dtype=float)
        return [named, other, year, region, article]

    def _figures(self, tokens: Tokens, order: np.ndarray) -> np.ndarray:
        """Share of the question's figures that stand in the passage."""
        figures = {token for token in tokens.chars if token[0].isdigit()}
        if not figures:
            return np.zeros(len(order))
        return np.array([len(figures & self.index.figures[i]) / len(figures) for i in order])

    def _votes(self, order: np.ndarray, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How much of the candidates' weight is on the point's topics and on its document."""
        topics = self.index.topics[order]
        own = topics @ (chance @ topics) / np.maximum(topics.sum(axis=1), 1.0)
        numbers = self.index.document_number[order]
        mass = np.bincount(numbers, weights=chance, minlength=int(numbers.max(initial=0)) + 1)
        return own, mass[numbers]
