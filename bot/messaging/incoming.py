"""A message of a user, as all platforms have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Incoming:
    """A message: `key` is the same in each repetition, `kind` says what to do with it.

    A user who has `left` gets no answer, and what was kept is forgotten.
    """

    key: str
    user: str
    kind: Literal["question", "greeting", "unsupported", "left"]
    text: str = ""
