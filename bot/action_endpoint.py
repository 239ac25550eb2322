"""The assistant's line to the action server: one kept open, and a plain word when it is cut.

Rasa opens a connection for each action and, when the action server is down or fails, logs the
error and says nothing at all. Here the connection is kept, and the user is told at once; the
conversation goes on with the next message.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot import cards
from policies_db.search.encoded import KEY, latest
from policies_db.text import normalise

logger = logging.getLogger(__name__)

CONNECT_TIMEOUT = 2  # seconds; the action server is on this machine
POLL = 0.2  # seconds
REJECTED = 400  # status with which an action passes a message on to others
# Actions that Rasa runs by itself around a message; silence is right when they fail.
SILENT = ("action_session_start", "action_validate_slot_mappings", "action_extract_slots")


class ActionEndpoint(EndpointConfig):
    """Rasa's endpoint with one lasting session; `timeout` is seconds for one action.

    `whole` sends conversations as Rasa does, with all events.
    """

    def __init__(self, url: str, timeout: int, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(url, **kwargs)
        self.whole = whole
        self.timeout = aiohttp.ClientTimeout(total=timeout, connect=CONNECT_TIMEOUT)
        self._session: aiohttp.ClientSession | None = None

    @classmethod
    def of(cls, endpoint: EndpointConfig, timeout: int, whole: bool = False) -> ActionEndpoint:
        """The same endpoint as Rasa read it from endpoints.yml."""
        return cls(
            endpoint.url,
            timeout,
            whole,
            params=endpoint.params,
            headers=endpoint.headers,
            token=endpoint.token,
            token_name=endpoint.token_name,
            **endpoint.kwargs,
        )

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run an action; its reply, or one that says that the service is not there.

        Raises ClientResponseError for a rejection, which is part of Rasa's protocol.
        """
        body = kwargs.get("json") or {}
        if not self.whole and _validates_again(body):
            return {"events": [], "responses": []}
        try:
            return await self._post(self.call(body), compress)
        except ClientResponseError as error:
            if error.status == REJECTED:
                raise
            logger.error("action server: status %s for %s", error.status, body.get("next_action"))
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            logger.error("action server: %r for %s", error, body.get("next_action"))
        return unavailable(str(body.get("next_action")))

    def call(self, body: dict[str, Any]) -> dict[str, Any]:
        """What is sent for a call of an action as Rasa puts it.

        Goes with it: the vector of the message, where it was encoded for its intent. Left out, as
        none of our actions reads them: the events of the conversation so far.
        """
        tracker = body.get("tracker") or {}
        text = (tracker.get("latest_message") or {}).get("text")
        encoded = latest.of(normalise(text)) if isinstance(text, str) else None
        if encoded is not None:
            body = {**body, KEY: encoded.as_json()}
        return body if self.whole else {**body, "tracker": {**tracker, "events": []}}

    async def _post(self, body: dict[str, Any], compress: bool) -> Any:
        try:
            return await self._send(body, compress)
        except aiohttp.ServerDisconnectedError:
            # a kept connection to an action server that has been started anew since
            return await self._send(body, compress)

    async def _send(self, body: dict[str, Any], compress: bool) -> Any:
        async with self.session().post(
            self.url,
            json=body,
            headers=self.headers or None,
            params=self.combine_parameters(),
            compress=compress or None,
        ) as response:
            if response.status >= REJECTED:
                text = await response.content.read()
                raise ClientResponseError(response.status, response.reason, text)
            return await response.json()

    def session(self) -> aiohttp.ClientSession:
        """The lasting session, made in the event loop that first asks for it."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=self.timeout)
        return self._session

    async def wait(self, seconds: float) -> bool:
        """Wait until the action server answers; whether it does so within so many seconds."""
        health = self.url.removesuffix("/webhook") + "/health"
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(aiohttp.ClientError, asyncio.TimeoutError):
                async with self.session().get(health) as response:
                    if response.status == 200:
                        return True
            await asyncio.sleep(POLL)
        logger.error("action server: no answer within %.0f s", seconds)
        return False

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def _validates_again(body: dict[str, Any]) -> bool:
    """Whether a form would look at a message that has been answered: ours leave that alone."""
    if not str(body.get("next_action")).startswith("validate_"):
        return False
    events = (body.get("tracker") or {}).get("events") or ()
    spoken = (e["event"] for e in reversed(events) if e.get("event") in ("user", "bot"))
    return next(spoken, "") == "bot"


def unavailable(action: str) -> dict[str, Any]:
    """An action's reply that tells the user that the service is not there."""
    if action in SILENT or action.startswith("validate_"):
        return {"events": [], "responses": []}
    card = cards.notice("refusal", cards.UNAVAILABLE)
    return {"events": [], "responses": [{"text": card["answer"], "custom": card}]}
