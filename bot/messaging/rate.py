"""How many messages a user may be sent in a minute and in an hour, so that none is dropped."""

from __future__ import annotations

import asyncio
import time

from bot.messaging.sender import NotSentError
from bot.messaging.store import Store

MINUTE, HOUR = 60, 3600


class Rate:
    """The limits of one account, for each user."""

    def __init__(self, account: str, store: Store, a_minute: int, an_hour: int) -> None:
        self.account = account
        self.store = store
        self.limits = ((MINUTE, a_minute), (HOUR, an_hour))

    async def wait(self, user: str) -> None:
        """Wait until the user may be sent a message; raises NotSentError in a full hour."""
        for seconds, limit in self.limits:
            while True:
                now = time.time()
                window = int(now // seconds)
                name = f"{self.account}:rate:{seconds}:{window}:{user}"
                if await self.store.count(name, seconds) <= limit:
                    break
                if seconds == HOUR:
                    raise NotSentError("too many messages to this user in an hour")
                await asyncio.sleep((window + 1) * seconds - now)
