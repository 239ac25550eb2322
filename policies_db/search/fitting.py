"""Fits of the two kinds of model, in numpy: softmax ranking and logistic regression."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from policies_db.search.model import Logistic

_STEPS, _RATE = 400, 0.05


def fit_ranking(
    values: Sequence[np.ndarray], wanted: Sequence[np.ndarray], *, penalty: float = 1e-3
) -> np.ndarray:
    """Weights that give what is wanted the largest share of the softmax over each question's rows.

    `values` has a matrix for each question (candidates by signals), `wanted` a row of shares.
    """
    lengths = np.array([len(matrix) for matrix in values])
    rows = np.concatenate(values).astype(np.float32)
    shares = np.concatenate(wanted).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    spread = rows.std(axis=0) + 1e-6
    rows /= spread
    target = (rows.T @ shares) / len(values)
    weights = np.zeros(rows.shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        scores = rows @ weights.astype(np.float32)
        scores -= np.repeat(np.maximum.reduceat(scores, starts), lengths)
        chance = np.exp(scores)
        chance /= np.repeat(np.add.reduceat(chance, starts), lengths)
        gradient = (rows.T @ chance) / len(values) - target + 2 * penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = _RATE * min(1.0, 2.0 * (1 - step / (_STEPS + 1)))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    return np.asarray(weights / spread)


def fit_logistic(
    names: Sequence[str],
    values: np.ndarray,
    wanted: np.ndarray,
    weight: np.ndarray,
    *,
    penalty: float = 3.0,
) -> Logistic:
    """Logistic regression by Newton's method, on signals brought to one scale."""
    centre, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    rows = np.hstack([(values - centre) / spread, np.ones((len(values), 1))])
    ridge = np.full(rows.shape[1], penalty)
    ridge[-1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (weight * (chance - wanted)) + ridge * weights
        curve = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge)
        change = np.linalg.solve(curve, gradient)
        weights -= change
        if np.abs(change).max() < 1e-6:
            break
    scaled = weights[:-1] / spread
    return Logistic(tuple(names), scaled, float(weights[-1] - scaled @ centre))
