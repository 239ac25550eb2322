"""How a channel writes to a user without being asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.messaging.answer import Option
from bot.messaging.incoming import Incoming


class NotSentError(Exception):
    """The platform did not take a message to the user; the message says why."""


class Sender(Protocol):
    """The platform's interface for messages of our own."""

    async def allowed(self) -> bool:
        """Whether the platform lets us write at present."""

    async def send(self, message: Incoming, text: str, options: Sequence[Option]) -> None:
        """Send one text in answer to a message, with options where there is a form for them.

        Raises NotSentError.
        """

    async def close(self) -> None:
        """End connections."""
