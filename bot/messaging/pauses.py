"""Rights and limits that a platform has told us of: what not to try again for a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.messaging.api import ApiError
from bot.messaging.sender import NotSentError
from bot.messaging.store import Store

logger = logging.getLogger(__name__)

AN_HOUR, A_DAY, SOON = 3600, 86_400, 300
# Seconds without a further try, by error code: limits pass, rights seldom come, settings get fixed.
PAUSE = {45009: AN_HOUR, 48001: A_DAY, 48002: A_DAY} | dict.fromkeys(
    (60020, 40164, 40013, 40125), SOON
)
TOO_FAST = 45011
A_MINUTE = 60.0


class Pauses:
    """The pauses of one account."""

    def __init__(self, account: str, store: Store, minute: float) -> None:
        self.account = account
        self.name = f"{account}:pause"
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
                logger.warning("%s: %s; no further try for a while", self.account, error)
                await self.store.set(self.name, str(error.code), PAUSE[error.code])
            raise NotSentError(str(error)) from None
