"""BM25 over lists of tokens, kept as one array of postings per token."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

_FREQUENT = 0.3
"""A token in more than this share of the texts tells nothing and is not looked up."""


class Postings:
    """An inverted index. `scores` gives every text its BM25 share of the question's weight."""

    def __init__(self, texts: Sequence[Sequence[str]], *, k1: float = 1.2, b: float = 0.6) -> None:
        self.size = len(texts)
        self._numbers: dict[str, int] = {}
        numbers = self._numbers
        flat = np.fromiter(
            (numbers.setdefault(token, len(numbers)) for text in texts for token in text),
            dtype=np.int64,
        )
        lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=self.size)
        rows = np.repeat(np.arange(self.size), lengths)
        keys, counts = np.unique(flat * max(self.size, 1) + rows, return_counts=True)
        token_of, self._rows = np.divmod(keys, max(self.size, 1))
        frequency = np.bincount(token_of, minlength=len(numbers))
        self._starts = np.concatenate([[0], np.cumsum(frequency)])
        self.idf = np.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))
        self._unknown = float(np.log(1 + (self.size + 0.5) / 0.5))
        length = lengths / max(float(lengths.mean()) if self.size else 1.0, 1.0)
        saturation = counts * (k1 + 1) / (counts + k1 * (1 - b + b * length[self._rows]))
        self._weights = (saturation * self.idf[token_of]).astype(np.float32)
        self._frequent = frequency > max(_FREQUENT * self.size, 50)

    def scores(self, question: Iterable[str]) -> tuple[np.ndarray, float]:
        """BM25 of every text divided by the weight of the question, and the share that is known."""
        known = unknown = 0.0
        rows, weights = [], []
        for token in sorted(set(question)):
            number = self._numbers.get(token)
            if number is None:
                unknown += self._unknown
                continue
            known += float(self.idf[number])
            if not self._frequent[number]:
                part = slice(self._starts[number], self._starts[number + 1])
                rows.append(self._rows[part])
                weights.append(self._weights[part])
        if not rows:
            return np.zeros(self.size), 0.0
        total = np.bincount(
            np.concatenate(rows), weights=np.concatenate(weights), minlength=self.size
        )
        # an unknown token may be a typing error: it counts less than a known one
        return total / (known + 0.3 * unknown), known / (known + unknown)

    def weight(self, token: str) -> float:
        """How telling a token is."""
        number = self._numbers.get(token)
        return self._unknown if number is None else float(self.idf[number])

    def is_frequent(self, token: str) -> bool:
        """Whether a token stands in so many texts that it is not looked up."""
        number = self._numbers.get(token)
        return number is not None and bool(self._frequent[number])

    def __contains__(self, token: str) -> bool:
        return token in self._numbers
