"""Calls of a platform's interface: time-outs, access tokens, and what its error codes mean.

Nothing that is raised or logged holds an address, since addresses hold tokens and secrets.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import aiohttp

from bot.messaging.tokens import AccessToken

logger = logging.getLogger(__name__)

TIMEOUT = aiohttp.ClientTimeout(total=8, connect=3)
BUSY = -1
BUSY_WAITS = (0.5, 2.0)  # seconds before a busy platform is asked again
NO_REPLY = -100  # ours: nothing came back, so the call may or may not have been carried out
STALE_TOKEN = frozenset((40001, 40014, 42001))
MEANING = {
    BUSY: "the platform is busy",
    NO_REPLY: "the platform did not reply",
    40001: "the access token or the secret is wrong",
    40013: "the AppID or corp ID is wrong",
    40014: "the access token is wrong",
    40125: "the AppSecret is wrong",
    40164: "this machine's address is not in the console's IP 白名单",
    42001: "the access token has expired",
    45009: "the daily limit of calls is used up",
    45011: "too many calls in this minute",
    45015: "the user has been silent for too long or has left",
    45047: "too many messages since the user last wrote",
    48001: "the account has no right to write to users by itself",
    48002: "the app has no right to this interface",
    60020: "this machine's address is not in the app's 企业可信IP",
    81013: "the member is outside the app's 可见范围 or has left",
}


class ApiError(Exception):
    """The platform refused a call, or did not reply."""

    def __init__(self, code: int, text: str = "") -> None:
        super().__init__(f"error {code}: {MEANING.get(code) or text[:120] or 'unknown'}")
        self.code = code


class Client:
    """Connections to a platform's interface at `base`."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self, method: str, path: str, query: dict[str, str], body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """The platform's JSON reply; raises ApiError for one with an error code."""
        waits = iter(BUSY_WAITS)
        while True:
            reply = await self._once(method, path, query, body)
            code = reply.get("errcode") or 0
            if code == 0:
                return reply
            wait = next(waits, None) if code == BUSY else None
            if wait is None:
                raise ApiError(code, str(reply.get("errmsg")))
            await asyncio.sleep(wait)

    async def _once(
        self, method: str, path: str, query: dict[str, str], body: dict[str, Any] | None
    ) -> dict[str, Any]:
        # the platform shows \u escapes of JSON as they stand
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {} if data is None else {"Content-Type": "application/json; charset=utf-8"}
        try:
            async with self._open().request(
                method, self.base + path, params=query, data=data, headers=headers
            ) as response:
                reply = json.loads(await response.read())
        except aiohttp.ClientConnectorError:
            raise ApiError(NO_REPLY, "no connection") from None
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise ApiError(NO_REPLY, type(error).__name__) from None
        if not isinstance(reply, dict):
            raise ApiError(NO_REPLY, "not an object")
        return reply

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=TIMEOUT)
        return self._session

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


class Api:
    """Calls with an access token, which is renewed once when the platform no longer takes it."""

    def __init__(self, client: Client, token: AccessToken) -> None:
        self.client = client
        self.token = token

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The platform's reply; raises ApiError."""
        token = await self.token.get()
        try:
            return await self.client.call("POST", path, {"access_token": token}, body)
        except ApiError as error:
            if error.code not in STALE_TOKEN:
                raise
        token = await self.token.renew(token)
        try:
            return await self.client.call("POST", path, {"access_token": token}, body)
        except ApiError as error:
            if error.code in STALE_TOKEN:
                logger.error("%s: %s, although it was just renewed", path, error)
            raise
