"""Access tokens: fetched once, shared, and renewed by one."""

from __future__ import annotations

import asyncio

import pytest

from bot.messaging.api import ApiError
from bot.messaging.store import Store
from bot.messaging.tokens import AccessToken


class Issuer:
    """Issues tokens; keeps the present one until it is forced."""

    def __init__(self) -> None:
        self.number = 1
        self.calls: list[bool] = []
        self.seconds = 7200

    async def fetch(self, another: bool) -> tuple[str, int]:
        self.calls.append(another)
        await asyncio.sleep(0.02)
        self.number += another
        return f"token-{self.number}", self.seconds


async def test_many_callers_in_two_assistants_fetch_one_token(store: Store) -> None:
    issuer = Issuer()
    tokens = [AccessToken(store, "app", issuer.fetch) for _ in range(2)]
    got = await asyncio.gather(*(token.get() for token in tokens * 20))
    assert set(got) == {"token-1"}
    assert issuer.calls == [False]


async def test_a_stale_token_is_renewed_by_one(store: Store) -> None:
    issuer = Issuer()
    token = AccessToken(store, "app", issuer.fetch)
    stale = await token.get()
    got = await asyncio.gather(*(token.renew(stale) for _ in range(20)))
    assert set(got) == {"token-2"}
    assert issuer.calls == [False, False, True]


async def test_it_is_renewed_before_it_ends(store: Store) -> None:
    issuer = Issuer()
    issuer.seconds = 301
    token = AccessToken(store, "app", issuer.fetch)
    await token.get()
    assert await store.get("token:app") == "token-1", "used for a minute in any case"


async def test_a_failure_lets_the_next_one_try(store: Store) -> None:
    async def refuse(another: bool) -> tuple[str, int]:
        raise ApiError(40125)

    with pytest.raises(ApiError, match="AppSecret"):
        await AccessToken(store, "app", refuse).get()
    assert await AccessToken(store, "app", Issuer().fetch).get() == "token-1"
