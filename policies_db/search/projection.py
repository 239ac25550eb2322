"""The learned space in which questions meet their points.

A text goes in as its encoder's vector (if there is one) beside its characters and words, hashed
into buckets; one matrix turns both into a short vector. What the matrix learned from phrasings is
what people say for what the documents say.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from policies_db import text
from policies_db.search.encoder import unit
from policies_db.search.tokens import Tokens

FOLDER = Path(__file__).parent / "trained"
#: Buckets for characters and words, and how much they count beside the encoder's vector.
BUCKETS = 4096
LEXICAL_WEIGHT = 2.0


@lru_cache(maxsize=1 << 17)
def _bucket(token: str) -> tuple[int, float]:
    number = zlib.crc32(token.encode())
    return number % BUCKETS, 1.0 if number >> 31 else -1.0


def hashed(tokens: Tokens, weights: np.ndarray) -> np.ndarray:
    """A text's characters and words as a vector of buckets, of length LEXICAL_WEIGHT."""
    placed = [_bucket(token) for token in {*tokens.chars, *(f"w{word}" for word in tokens.words)}]
    out = np.zeros(BUCKETS)
    if placed:
        where, signs = zip(*placed, strict=True)
        out = np.bincount(where, weights=signs, minlength=BUCKETS) * weights
        out *= LEXICAL_WEIGHT / (np.linalg.norm(out) + 1e-9)
    return np.asarray(out, dtype=np.float32)


@dataclass(frozen=True)
class Projection:
    """`matrix` has a row for each component of the encoder, then one for each bucket.

    `encoder` is the encoder's name, empty where there is none. `uncovered` holds the vectors of
    questions that no document answers.
    """

    encoder: str
    centre: np.ndarray
    weights: np.ndarray
    matrix: np.ndarray
    uncovered: np.ndarray

    @property
    def size(self) -> int:
        """Components of a vector; tells the two spaces apart."""
        return int(self.matrix.shape[1])

    def __call__(self, tokens: Sequence[Tokens], vectors: np.ndarray | None = None) -> np.ndarray:
        """Unit vectors of texts, from their tokens and their encoder's vectors."""
        split = len(self.centre)
        lexical = np.stack([hashed(item, self.weights) for item in tokens])
        used = np.flatnonzero(lexical.any(axis=0))
        out = lexical[:, used] @ self.matrix[split + used]
        if split:
            if vectors is None:
                raise ValueError("this projection needs the encoder's vectors")
            out = out + (vectors - self.centre) @ self.matrix[:split]
        return unit(out)

    @classmethod
    def load(cls, name: str) -> Projection:
        """The committed projection: "vectors" for the encoder, "lexical" without."""
        with np.load(FOLDER / f"{name}.npz") as stored:
            return cls(
                str(stored["encoder"]),
                stored["centre"].astype(np.float32),
                stored["weights"].astype(np.float32),
                stored["matrix"].astype(np.float32) * stored["scale"].astype(np.float32),
                unit(stored["uncovered"].astype(np.float32)),
            )

    def save(self, name: str) -> None:
        """Write it with eight bits a number, which ranking does not notice."""
        scale = np.abs(self.matrix).max(axis=1, keepdims=True) / 127 + 1e-12
        np.savez_compressed(
            FOLDER / f"{name}.npz",
            encoder=np.array(self.encoder),
            centre=self.centre.astype(np.float32),
            weights=self.weights.astype(np.float16),
            matrix=np.rint(self.matrix / scale).astype(np.int8),
            scale=scale.astype(np.float32),
            uncovered=np.rint(self.uncovered * 127).astype(np.int8),
        )


@lru_cache(maxsize=1)
def trained_digest() -> str:
    """A digest of what was learned and of how texts are split: stored rows depend on it."""
    digest = hashlib.sha256()
    split = (Path(text.__file__), Path(__file__).parent / "tokens.py")
    for path in (*sorted(FOLDER.glob("*.npz")), *split):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
