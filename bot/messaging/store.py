"""What the messaging channels remember for a while: answers, nonces, access tokens.

In Redis where GUANDA_REDIS_URL names one, so that several assistants share it; else in a file, so
that it outlives a restart.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any, Protocol

import redis.asyncio

PURGE_AFTER = 1_000  # changes, after which what has expired is removed from the file


class Store(Protocol):
    """Names with a text each, forgotten after so many seconds."""

    async def get(self, name: str) -> str | None:
        """The text, or None."""

    async def set(self, name: str, text: str, seconds: float) -> None:
        """Remember a text."""

    async def add(self, name: str, text: str, seconds: float) -> bool:
        """Remember a text unless there is one; whether there was none. One caller wins."""

    async def take(self, name: str) -> str | None:
        """The text, or None; it is then forgotten. One caller gets it."""

    async def count(self, name: str, seconds: float) -> int:
        """How often this was called for the name, since the first call until it is forgotten."""

    async def names(self, prefix: str) -> list[str]:
        """All names with a prefix."""

    async def close(self) -> None:
        """End connections."""


class FileStore:
    """A store in an SQLite file; its calls take some ten microseconds."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)  # it holds access tokens
        self.changes = 0
        self.connection = sqlite3.connect(self.path, isolation_level=None, timeout=5)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=NORMAL")
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS store"
            " (name TEXT PRIMARY KEY, text TEXT NOT NULL, until REAL NOT NULL) WITHOUT ROWID"
        )

    async def get(self, name: str) -> str | None:
        """See Store."""
        return self._first("SELECT text FROM store WHERE name = ? AND until > ?", name, time.time())

    async def set(self, name: str, text: str, seconds: float) -> None:
        """See Store."""
        self._change("INSERT OR REPLACE INTO store VALUES (?, ?, ?)", name, text, _in(seconds))

    async def add(self, name: str, text: str, seconds: float) -> bool:
        """See Store."""
        added = self._change(
            "INSERT INTO store VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE"
            " SET text = excluded.text, until = excluded.until WHERE until <= ? RETURNING 'added'",
            name,
            text,
            _in(seconds),
            time.time(),
        )
        return added is not None

    async def take(self, name: str) -> str | None:
        """See Store."""
        return self._change(
            "DELETE FROM store WHERE name = ? AND until > ? RETURNING text", name, time.time()
        )

    async def count(self, name: str, seconds: float) -> int:
        """See Store."""
        counted = self._change(
            "INSERT INTO store VALUES (?, '1', ?) ON CONFLICT (name) DO UPDATE SET"
            " text = CASE WHEN until > ? THEN CAST(text AS INTEGER) + 1 ELSE '1' END,"
            " until = CASE WHEN until > ? THEN until ELSE excluded.until END RETURNING text",
            name,
            _in(seconds),
            time.time(),
            time.time(),
        )
        return int(counted or 1)

    async def names(self, prefix: str) -> list[str]:
        """See Store."""
        found = self.connection.execute(
            "SELECT name FROM store WHERE substr(name, 1, ?) = ? AND until > ?",
            (len(prefix), prefix, time.time()),
        )
        return [name for (name,) in found]

    async def close(self) -> None:
        """See Store."""
        self.connection.close()

    def _change(self, statement: str, *values: object) -> str | None:
        self.changes += 1
        if self.changes % PURGE_AFTER == 0:
            self._first("DELETE FROM store WHERE until <= ?", time.time())
        return self._first(statement, *values)

    def _first(self, statement: str, *values: object) -> str | None:
        rows = self.connection.execute(statement, values).fetchall()
        return str(rows[0][0]) if rows else None


class RedisStore:
    """A store in Redis, shared by all assistants that use it."""

    PREFIX = "guanda:"

    def __init__(self, url: str) -> None:
        self.redis: Any = redis.asyncio.Redis.from_url(
            url, decode_responses=True, socket_timeout=3, socket_connect_timeout=3
        )

    async def get(self, name: str) -> str | None:
        """See Store."""
        return await self.redis.get(self.PREFIX + name)

    async def set(self, name: str, text: str, seconds: float) -> None:
        """See Store."""
        await self.redis.set(self.PREFIX + name, text, px=_milliseconds(seconds))

    async def add(self, name: str, text: str, seconds: float) -> bool:
        """See Store."""
        key = self.PREFIX + name
        return bool(await self.redis.set(key, text, px=_milliseconds(seconds), nx=True))

    async def take(self, name: str) -> str | None:
        """See Store."""
        async with self.redis.pipeline(transaction=True) as pipe:
            text, _ = await pipe.get(self.PREFIX + name).delete(self.PREFIX + name).execute()
        return text

    async def count(self, name: str, seconds: float) -> int:
        """See Store."""
        key = self.PREFIX + name
        async with self.redis.pipeline(transaction=True) as pipe:
            pipe.set(key, 0, px=_milliseconds(seconds), nx=True)
            _, counted = await pipe.incr(key).execute()
        return int(counted)

    async def names(self, prefix: str) -> list[str]:
        """See Store."""
        start = self.PREFIX + prefix
        found = [key async for key in self.redis.scan_iter(match=f"{start}*", count=1_000)]
        return [key.removeprefix(self.PREFIX) for key in found]

    async def close(self) -> None:
        """See Store."""
        await self.redis.close(close_connection_pool=True)


def _in(seconds: float) -> float:
    return time.time() + seconds


def _milliseconds(seconds: float) -> int:
    return max(1, int(1000 * seconds))


def open_store(redis_url: str, path: Path) -> Store:
    """The store that the settings ask for."""
    return RedisStore(redis_url) if redis_url else FileStore(path)
