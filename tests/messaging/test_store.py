"""What is remembered for a while, in a file and in Redis."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

from bot.messaging import store as module
from bot.messaging.store import FileStore, RedisStore, Store, open_store


async def test_set_get_and_take(store: Store) -> None:
    assert await store.get("a") is None
    await store.set("a", "退税", 10)
    assert await store.get("a") == "退税"
    assert await store.take("a") == "退税"
    assert await store.take("a") is None


async def test_one_adds(store: Store) -> None:
    assert await store.add("a", "1", 10)
    assert not await store.add("a", "2", 10)
    assert await store.get("a") == "1"


async def test_what_has_expired_is_gone(store: Store) -> None:
    await store.set("a", "1", 0.05)
    await store.count("c", 0.05)
    await asyncio.sleep(0.1)
    assert await store.get("a") is None
    assert await store.take("a") is None
    assert await store.names("") == []
    assert await store.add("a", "2", 10)
    assert await store.count("c", 10) == 1


async def test_counts_from_one(store: Store) -> None:
    assert [await store.count("c", 10) for _ in range(3)] == [1, 2, 3]


async def test_names_by_their_beginning(store: Store) -> None:
    for name in ("a:1", "a:2", "b:1"):
        await store.set(name, "x", 10)
    assert sorted(await store.names("a:")) == ["a:1", "a:2"]


async def test_file_outlives_a_restart_and_is_ours_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    first = FileStore(path)
    await first.set("a", "1", 10)
    await first.close()
    second = FileStore(path)
    assert await second.get("a") == "1"
    await second.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_file_does_not_grow_for_ever(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "store.sqlite")
    for number in range(2 * module.PURGE_AFTER):
        await store.set(str(number), "x", 0.001)
    (rows,) = store.connection.execute("SELECT count(*) FROM store").fetchone()
    assert rows <= module.PURGE_AFTER
    await store.close()


async def test_settings_choose(tmp_path: Path) -> None:
    chosen = open_store("redis://127.0.0.1:1/0", tmp_path / "x")
    assert isinstance(chosen, RedisStore)
    await chosen.close()
    chosen = open_store("", tmp_path / "x")
    assert isinstance(chosen, FileStore)
    await chosen.close()
