"""A question's vector on its way from the process that encoded it to the one that searches.

To encode a question is the dearest part of answering it, and both its intent and the search need
its vector. The vector is good for the very text that it was made of, by the very encoder; for any
other text, such as one that was joined with an earlier question, it is of no use.
"""

from __future__ import annotations

import base64
import binascii
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import numpy as np

#: Where a call of an action has it, beside Rasa's own keys.
KEY = "encoded"
#: Vectors kept for actions that are yet to be called; without its vector a text is encoded anew.
MOST = 256


@dataclass(frozen=True)
class Encoded:
    """The vector that an encoder, known by its name, gives a text."""

    encoder: str
    text: str
    vector: np.ndarray

    def as_json(self) -> dict[str, str]:
        """As plain JSON, bit for bit: its components are float32, in base64."""
        components = self.vector.astype("<f4").tobytes()
        vector = base64.b64encode(components).decode("ascii")
        return {"encoder": self.encoder, "text": self.text, "vector": vector}

    @classmethod
    def from_json(cls, value: object) -> Encoded | None:
        """What `as_json` wrote; None for anything else."""
        parts = value if isinstance(value, dict) else {}
        encoder, text, packed = (parts.get(name) for name in ("encoder", "text", "vector"))
        if not (isinstance(encoder, str) and isinstance(text, str) and isinstance(packed, str)):
            return None
        try:
            vector = np.frombuffer(base64.b64decode(packed, validate=True), dtype="<f4")
        except (binascii.Error, ValueError):
            return None
        return cls(encoder, text, vector) if np.isfinite(vector).all() else None


class Latest:
    """The vectors made last, by text, for those that need them a moment later."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._by_text: OrderedDict[str, Encoded] = OrderedDict()

    def add(self, encoded: Encoded) -> None:
        """Keep a vector; the oldest goes when there are too many."""
        self._by_text[encoded.text] = encoded
        self._by_text.move_to_end(encoded.text)
        if len(self._by_text) > self._most:
            self._by_text.popitem(last=False)

    def of(self, text: str) -> Encoded | None:
        """The vector of a text, where it is still there."""
        return self._by_text.get(text)


#: Of this process.
latest = Latest()
_given: ContextVar[Encoded | None] = ContextVar("given", default=None)


@contextmanager
def given(encoded: Encoded | None) -> Iterator[None]:
    """Within this block, and threads that it starts with its context, a vector is known."""
    before = _given.set(encoded)
    try:
        yield
    finally:
        _given.reset(before)


def known(encoder: str, text: str) -> np.ndarray | None:
    """The vector of a text by an encoder, where it was given."""
    encoded = _given.get()
    if encoded is None or (encoded.encoder, encoded.text) != (encoder, text):
        return None
    return encoded.vector
