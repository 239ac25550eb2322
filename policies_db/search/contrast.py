"""Fits the projection: a question is to be nearer to its point's texts than to all others.

Each step takes a batch of phrasings; each is compared with the passages of the batch's points and
of many others, and with one other phrasing of each point of the batch. The loss is the softmax of
the similarities, and Adam follows its gradient.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from policies_db.search.corpus import Corpus
from policies_db.search.encoder import Encoder
from policies_db.search.projection import BUCKETS, Projection, hashed
from policies_db.search.tokens import Tokens
from policies_db.text import normalise

#: Components of the learned vectors with and without an encoder. They must differ: see Index.space.
SIZE, LEXICAL_SIZE = 192, 128
_EPOCHS = 6
_BATCH = 256
_OTHERS = 900
_RATE = 1e-3
_TEMPERATURE = 0.05
_WHITEN = 0.5
_PULL = 1e-2  # towards where it started
_START = 0.01


def fit_projection(corpus: Corpus, encoder: Encoder | None, *, seed: int = 0) -> Projection:
    """A projection fitted to the phrasings and passages of a corpus."""
    points = corpus.points
    asked = [(text, row) for row, p in enumerate(points) for text in dict.fromkeys(p.phrasings)]
    owner = np.array([row for _, row in asked])
    texts = [text for text, _ in asked] + [f"{p.quote} {p.answer}" for p in points]
    tokens = [Tokens.of_text(text) for text in texts]
    found = np.zeros(BUCKETS)
    everywhere = np.ones(BUCKETS)
    for item in tokens:
        found += hashed(item, everywhere) != 0
    weights = np.log(len(texts) / (1 + found)).astype(np.float32)
    lexical = np.stack([hashed(item, weights) for item in tokens])
    random = np.random.RandomState(seed)
    centre, start, rows = np.zeros(0, dtype=np.float32), np.zeros((0, LEXICAL_SIZE)), lexical
    if encoder is not None:
        vectors = encoder.encode([normalise(text) for text in texts])
        centre = vectors.mean(axis=0)
        start = _principal(vectors)
        rows = np.hstack([vectors - centre, lexical])
    start = np.vstack([start, random.randn(BUCKETS, start.shape[1]) * _START]).astype(np.float32)
    matrix = _descend(rows[: len(asked)], rows[len(asked) :], owner, start, random)
    uncovered = np.zeros((0, matrix.shape[1]), dtype=np.float32)
    name = encoder.name if encoder is not None else ""
    projection = Projection(name, centre, weights, matrix, uncovered)
    return with_uncovered(projection, list(corpus.uncovered), encoder)


def with_uncovered(
    projection: Projection, questions: Sequence[str], encoder: Encoder | None
) -> Projection:
    """The same projection with other examples of questions that no document answers."""
    vectors = np.zeros((0, projection.size), dtype=np.float32)
    if questions:
        plain = [normalise(question) for question in questions]
        encoded = encoder.encode(plain) if encoder is not None else None
        vectors = projection([Tokens.of_text(text) for text in questions], encoded)
    return Projection(
        projection.encoder, projection.centre, projection.weights, projection.matrix, vectors
    )


def _principal(vectors: np.ndarray) -> np.ndarray:
    """Principal components, the strong ones toned down."""
    variances, axes = np.linalg.eigh(np.cov(vectors, rowvar=False))
    top = np.argsort(-variances)[:SIZE]
    return np.asarray(axes[:, top] * (variances[top] / variances[top[0]]) ** (-_WHITEN / 2))


def _descend(
    questions: np.ndarray,
    passages: np.ndarray,
    owner: np.ndarray,
    start: np.ndarray,
    random: np.random.RandomState,
) -> np.ndarray:
    """Adam from `start`. `owner` is the row of the point of each question, in order."""
    low = np.asarray(np.searchsorted(owner, owner))
    high = np.asarray(np.searchsorted(owner, owner, side="right"))
    matrix, mean, square, steps = start.copy(), np.zeros_like(start), np.zeros_like(start), 0
    for _ in range(_EPOCHS):
        order = random.permutation(len(questions))
        for begin in range(0, len(order), _BATCH):
            batch = order[begin : begin + _BATCH]
            size = high[batch] - low[batch]
            sibling = low[batch] + (random.rand(len(batch)) * size).astype(int)
            others = random.choice(len(passages), min(_OTHERS, len(passages)), replace=False)
            shown = np.unique(np.concatenate([owner[batch], others]))
            own = np.asarray(np.searchsorted(shown, owner[batch]))
            gradient = _gradient(
                questions[batch], questions[sibling], passages[shown], own, matrix,
                sibling != batch,
            )  # fmt: skip
            gradient += _PULL * (matrix - start)
            steps += 1
            mean = 0.9 * mean + 0.1 * gradient
            square = 0.999 * square + 0.001 * gradient**2
            step = (mean / (1 - 0.9**steps)) / (np.sqrt(square / (1 - 0.999**steps)) + 1e-8)
            matrix = (matrix - _RATE * step).astype(np.float32)
    return matrix


def _gradient(
    questions: np.ndarray,
    siblings: np.ndarray,
    passages: np.ndarray,
    own: np.ndarray,
    matrix: np.ndarray,
    distinct: np.ndarray,
) -> np.ndarray:
    """The loss's gradient. `own` is each question's passage; a sibling that is not `distinct` from
    its question teaches nothing.
    """
    asked, asked_length = _forward(questions, matrix)
    near, near_length = _forward(siblings, matrix)
    said, said_length = _forward(passages, matrix)
    error = _softmax(asked @ said.T / _TEMPERATURE)
    error[np.arange(len(own)), own] -= 1
    error /= _TEMPERATURE * len(own)
    to_asked = error @ said
    total = passages.T @ _backward(error.T @ asked, said, said_length)
    same = own[:, None] == own[None, :]
    error = _softmax(asked @ near.T / _TEMPERATURE) - same / same.sum(axis=1, keepdims=True)
    error *= distinct[:, None] / np.float32(_TEMPERATURE * len(own))
    error = error.astype(np.float32)
    to_asked += error @ near
    total += siblings.T @ _backward(error.T @ asked, near, near_length)
    total += questions.T @ _backward(to_asked, asked, asked_length)
    return np.asarray(total)


def _forward(vectors: np.ndarray, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    projected = vectors @ matrix
    length = np.linalg.norm(projected, axis=1, keepdims=True) + np.float32(1e-9)
    return projected / length, length


def _backward(gradient: np.ndarray, unit: np.ndarray, length: np.ndarray) -> np.ndarray:
    return np.asarray((gradient - (gradient * unit).sum(axis=1, keepdims=True) * unit) / length)


def _softmax(values: np.ndarray) -> np.ndarray:
    values = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(values / values.sum(axis=1, keepdims=True))
