"""Fits the projection: a question is to be nearer to its point's texts than to all others.

Each step takes a batch of phrasings; each is compared with the passages of all points, and with one
other phrasing of each point of the batch. The loss is the softmax of the similarities.
"""

from __future__ import annotations

import numpy as np

from policies_db.search.corpus import Corpus
from policies_db.search.encoder import Encoder
from policies_db.search.projection import Projection
from policies_db.text import normalise

_SIZE = 192
_EPOCHS = 5
_BATCH = 256
_RATE = 1e-3
_TEMPERATURE = 0.05
_WHITEN = 0.5
_PULL = 1e-2  # towards where it started: principal components


def fit_projection(corpus: Corpus, encoder: Encoder, *, seed: int = 0) -> Projection:
    """A projection fitted to the phrasings and passages of a corpus."""
    points = corpus.points
    asked = [(text, row) for row, p in enumerate(points) for text in dict.fromkeys(p.phrasings)]
    owner = np.array([row for _, row in asked])
    questions = encoder.encode([normalise(text) for text, _ in asked])
    passages = encoder.encode([normalise(f"{p.quote} {p.answer}") for p in points])
    everything = np.vstack([questions, passages])
    centre = everything.mean(axis=0)
    covariance = np.cov(everything, rowvar=False)
    variances, axes = np.linalg.eigh(covariance)
    top = np.argsort(-variances)[:_SIZE]
    scale = (variances[top] / variances[top[0]]) ** (-_WHITEN / 2)
    start = (axes[:, top] * scale).astype(np.float32)
    matrix = _descend(questions - centre, passages - centre, owner, start, seed)
    uncovered = np.zeros((0, _SIZE), dtype=np.float32)
    return Projection(encoder.name, centre, matrix, uncovered)


def _descend(
    questions: np.ndarray, passages: np.ndarray, owner: np.ndarray, start: np.ndarray, seed: int
) -> np.ndarray:
    """Adam from `start`. `owner` is the row of the point of each question, in order."""
    random = np.random.RandomState(seed)
    low = np.searchsorted(owner, owner)
    high = np.searchsorted(owner, owner, side="right")
    matrix, mean, square, steps = start.copy(), np.zeros_like(start), np.zeros_like(start), 0
    for _ in range(_EPOCHS):
        order = random.permutation(len(questions))
        for begin in range(0, len(order), _BATCH):
            batch = order[begin : begin + _BATCH]
            size = high[batch] - low[batch]
            sibling = low[batch] + (random.rand(len(batch)) * size).astype(int)
            gradient = _gradient(questions, passages, owner, matrix, batch, sibling)
            gradient += _PULL * (matrix - start)
            steps += 1
            mean = 0.9 * mean + 0.1 * gradient
            square = 0.999 * square + 0.001 * gradient**2
            step = (mean / (1 - 0.9**steps)) / (np.sqrt(square / (1 - 0.999**steps)) + 1e-8)
            matrix = matrix - _RATE * step
    return matrix.astype(np.float32)


def _gradient(
    questions: np.ndarray,
    passages: np.ndarray,
    owner: np.ndarray,
    matrix: np.ndarray,
    batch: np.ndarray,
    sibling: np.ndarray,
) -> np.ndarray:
    asked, asked_length = _forward(questions[batch], matrix)
    near, near_length = _forward(questions[sibling], matrix)
    said, said_length = _forward(passages, matrix)
    rows = np.arange(len(batch))
    error = _softmax(asked @ said.T / _TEMPERATURE)
    error[rows, owner[batch]] -= 1
    error /= _TEMPERATURE * len(batch)
    to_asked = error @ said
    total = passages.T @ _backward(error.T @ asked, said, said_length)
    same = owner[batch][:, None] == owner[sibling][None, :]
    error = _softmax(asked @ near.T / _TEMPERATURE) - same / same.sum(axis=1, keepdims=True)
    error *= (sibling != batch)[:, None] / (_TEMPERATURE * len(batch))
    to_asked += error @ near
    total += questions[sibling].T @ _backward(error.T @ asked, near, near_length)
    total += questions[batch].T @ _backward(to_asked, asked, asked_length)
    return np.asarray(total)


def _forward(vectors: np.ndarray, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    projected = vectors @ matrix
    length = np.linalg.norm(projected, axis=1, keepdims=True) + 1e-9
    return projected / length, length


def _backward(gradient: np.ndarray, unit: np.ndarray, length: np.ndarray) -> np.ndarray:
    return np.asarray((gradient - (gradient * unit).sum(axis=1, keepdims=True) * unit) / length)


def _softmax(values: np.ndarray) -> np.ndarray:
    values = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(values / values.sum(axis=1, keepdims=True))
