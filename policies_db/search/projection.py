"""The learned map from an encoder's space to the space in which questions meet their points."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from policies_db.search.encoder import unit

PATH = Path(__file__).parent / "trained" / "projection.npz"


@dataclass(frozen=True)
class Projection:
    """Subtract `centre`, multiply by `matrix`, make unit vectors.

    `uncovered` holds the projected vectors of questions that no document answers.
    """

    encoder: str
    centre: np.ndarray
    matrix: np.ndarray
    uncovered: np.ndarray

    def __call__(self, vectors: np.ndarray) -> np.ndarray:
        return unit((vectors - self.centre) @ self.matrix)

    @classmethod
    def load(cls, path: Path = PATH) -> Projection:
        """The committed projection."""
        with np.load(path) as stored:
            return cls(
                str(stored["encoder"]),
                stored["centre"].astype(np.float32),
                stored["matrix"].astype(np.float32),
                unit(stored["uncovered"].astype(np.float32)),
            )

    def save(self, path: Path = PATH) -> None:
        """Write half-precision numbers, which lose nothing that ranking would notice."""
        np.savez_compressed(
            path,
            encoder=np.array(self.encoder),
            centre=self.centre.astype(np.float16),
            matrix=self.matrix.astype(np.float16),
            uncovered=self.uncovered.astype(np.float16),
        )
