"""Who is let in: signed, of this time, and not with what somebody else has used."""

from __future__ import annotations

import time

import pytest

from bot.messaging.signature import RefusedError, check_fresh, check_signature, check_time, sign
from bot.messaging.store import FileStore, RedisStore, Store
from tests.messaging.conftest import REDIS_URL


def test_only_the_signature_of_the_parts_is_taken() -> None:
    check_signature(sign("token", "1", "nonce"), "nonce", "token", "1")
    for given in ("", sign("token", "1", "other"), sign("token", "1", "nonce").upper(), "退"):
        with pytest.raises(RefusedError):
            check_signature(given, "token", "1", "nonce")


@pytest.mark.parametrize("shift", [-299, 299])
def test_five_minutes_are_allowed(shift: int) -> None:
    check_time(str(int(time.time()) + shift))


@pytest.mark.parametrize("stamp", ["", "now", "-1", "1e9", "9" * 13, "１２３"])
def test_what_is_no_time_is_refused(stamp: str) -> None:
    with pytest.raises(RefusedError):
        check_time(stamp)


async def test_a_nonce_is_used_once_among_all_assistants(store: Store) -> None:
    other = RedisStore(REDIS_URL) if isinstance(store, RedisStore) else FileStore(store.path)
    await check_fresh(store, "wechat:a", "1", "nonce", b"body")
    await check_fresh(other, "wechat:a", "1", "nonce", b"body")  # repeated as it was
    with pytest.raises(RefusedError):
        await check_fresh(other, "wechat:a", "1", "nonce", b"another body")
    await check_fresh(other, "wechat:b", "1", "nonce", b"another account")
    await other.close()


@pytest.mark.parametrize("nonce", ["", "n" * 129])
async def test_a_nonce_is_there_and_short(store: Store, nonce: str) -> None:
    with pytest.raises(RefusedError):
        await check_fresh(store, "wechat:a", "1", nonce, b"")
