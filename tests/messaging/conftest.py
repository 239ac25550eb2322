"""The store in each of its forms; Redis where one can be reached."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import redis

from bot.messaging.store import FileStore, RedisStore, Store

REDIS_URL = os.environ.get("GUANDA_TEST_REDIS_URL", "redis://127.0.0.1:6379/9")


@pytest_asyncio.fixture(params=["file", "redis"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    if request.param == "file":
        made: Store = FileStore(tmp_path / "store.sqlite")
    else:
        made = await redis_store()
    yield made
    await made.close()


async def redis_store() -> RedisStore:
    made = RedisStore(REDIS_URL)
    try:
        await made.redis.flushdb()
    except redis.RedisError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("no Redis")
    return made
