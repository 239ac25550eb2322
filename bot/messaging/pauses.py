"""Rights and limits that a platform has told us of: what not to try again for a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.messaging.api import ApiError
from bot.messaging.desk import NotSentError
from bot.messaging.store import Store

logger = logging.getLogger(__name__)

# Seconds without a further try, by error code.
PAUSE = {45009: 3600, 48001: 3600, 48002: 3600, 60020: 300, 40164: 300, 40013: 300, 40125: 300}
TOO_FAST = 45011
A_MINUTE = 60.0


class Pauses:
    """The pauses of one account, called `channel`."""

    def __init__(self, channel: str, store: Store, minute: float) -> None:
        self.channel = channel
        self.name = f"{channel}:pause"
        self.store = store
        self.minute = minute

    async def over(self) -> bool:
        """Whether there is no pause."""
        return await self.store.get(self.name) is None

    async def send(self, call: Callable[[], Awaitable[object]]) -> None:
        """Make a call that writes to a user; raises NotSentError.

        A call that came too fast is made again a minute later; an error that stays begins a pause.
        """
        try:
            try:
                await call()
            except ApiError as error:
                if error.code != TOO_FAST:
                    raise
                await asyncio.sleep(self.minute)
                await call()
        except ApiError as error:
            if error.code in PAUSE:
                logger.warning("%s: %s; no further try for a while", self.channel, error)
                await self.store.set(self.name, str(error.code), PAUSE[error.code])
            raise NotSentError(str(error)) from None
