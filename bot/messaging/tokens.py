"""Access tokens: kept in the store for all assistants, and renewed by one of them at a time."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable

from bot.messaging.store import Store

EARLY = 300  # seconds before its end that a token is renewed
SHORTEST = 60  # seconds for which a new token is used in any case
LOCK = 12.0  # seconds that one renewal may take; longer than the time-out of a call
POLL = 0.05  # seconds

# Asks the platform: a token and its seconds. True asks for another one than is valid now.
Fetch = Callable[[bool], Awaitable[tuple[str, int]]]


class AccessToken:
    """The token called `name`."""

    def __init__(self, store: Store, name: str, fetch: Fetch) -> None:
        self.store = store
        self.name = f"token:{name}"
        self.fetch = fetch

    async def get(self) -> str:
        """A token to use; raises what `fetch` raises."""
        return await self.store.get(self.name) or await self._fetch_once("")

    async def renew(self, stale: str) -> str:
        """Another token than the one that the platform did not take."""
        return await self._fetch_once(stale)

    async def _fetch_once(self, stale: str) -> str:
        """The token that another one stored, or a new one; one caller at a time fetches."""
        lock, mine = f"{self.name}:lock", uuid.uuid4().hex
        while not await self.store.add(lock, mine, LOCK):
            await asyncio.sleep(POLL)
        try:
            present = await self.store.get(self.name)
            if present and present != stale:
                return present
            token, seconds = await self.fetch(False)
            if token == stale:
                token, seconds = await self.fetch(True)
            await self.store.set(self.name, token, max(SHORTEST, seconds - EARLY))
            return token
        finally:
            if await self.store.get(lock) == mine:
                await self.store.take(lock)
