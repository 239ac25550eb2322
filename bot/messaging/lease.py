"""Work that one assistant at a time does, and that another takes up when that one is killed."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator

from bot.messaging.store import Store
from bot.messaging.tasks import end

SECONDS = 3.0  # after which the work of a killed assistant is free


class Lease:
    """The right to do the work called `name`."""

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name
        self.owner = uuid.uuid4().hex

    async def take(self) -> bool:
        """Whether the right is ours now."""
        return await self.store.add(self.name, self.owner, SECONDS)

    @contextlib.asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Keep the right that was taken for the duration of a block."""
        renewing = asyncio.create_task(self._renew())
        try:
            yield
        finally:
            await end([renewing])

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(SECONDS / 3)
            await self.store.set(self.name, self.owner, SECONDS)
