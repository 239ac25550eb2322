"""A lasting WebSocket to a platform: one owner, signed on, kept alive, connected again when cut.

The platform lets one connection a bot live and cuts the one before. So of several assistants that
share a store, one owns the connection and the others stand by; and when the platform says that a
newer connection has taken over, ours stays down, and keeps the ownership so that none of ours
takes it back.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
import uuid
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.messaging.store import Store
from bot.messaging.tasks import Tasks

logger = logging.getLogger(__name__)

Frame = dict[str, Any]
Handle = Callable[[Frame], Coroutine[Any, Any, None]]
MAX_FRAME = 1_000_000  # bytes
MISSED = 2  # pings without an answer, after which the connection is given up


class LinkError(Exception):
    """The platform did not take a frame; the message says why and holds no secret.

    `unsure`: it was sent, but nothing came back.
    """

    def __init__(self, reason: str, unsure: bool = False) -> None:
        super().__init__(reason)
        self.unsure = unsure


@dataclass(frozen=True)
class LinkTiming:
    """Seconds."""

    ping: float = 30
    ack: float = 8
    first_wait: float = 1
    longest_wait: float = 60
    lease: float = 15


class LongLink:
    """The connection called `name`; `sign_on` is its first frame."""

    def __init__(
        self,
        name: str,
        url: str,
        sign_on: Frame,
        store: Store,
        timing: LinkTiming,
    ) -> None:
        self.owner_name = f"{name}:owner"
        self.name = name
        self.url = url
        self.sign_on = sign_on
        self.store = store
        self.timing = timing
        self.me = uuid.uuid4().hex
        self.displaced = False
        self.up = asyncio.Event()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._acks: dict[str, asyncio.Future[Frame]] = {}
        self._tasks = Tasks(name)

    def open(self, handle: Handle) -> None:
        """Keep the connection from now on; `handle` gets what comes in."""
        self._tasks.spawn(self._run(handle))

    async def close(self) -> None:
        """End the connection, and give up the ownership so that another connects at once."""
        await self._tasks.close()
        if await self.store.get(self.owner_name) == self.me:
            await self.store.take(self.owner_name)

    def state(self) -> str:
        """Whether the connection stands, in a word."""
        if self.displaced:
            return "displaced"
        return "connected" if self.up.is_set() else "waiting"

    async def _run(self, handle: Handle) -> None:
        failures = 0
        while True:
            if await self._own() and not self.displaced:
                started = time.monotonic()
                await self._connect_once(handle)
                lasted = time.monotonic() - started
                failures = 0 if lasted > self.timing.longest_wait else failures + 1
                wait = min(self.timing.longest_wait, self.timing.first_wait * 2 ** (failures - 1))
                await asyncio.sleep(wait * random.uniform(0.5, 1))
            else:
                await asyncio.sleep(self.timing.lease / 3)

    def displace(self) -> None:
        """Stay down: a newer connection has taken over."""
        logger.warning("%s: a newer connection has taken over; this one stays down", self.name)
        self.displaced = True

    async def send(self, frame: Frame) -> None:
        """Send a frame and wait until the platform has taken it; raises LinkError."""
        if self._socket is None:
            raise LinkError("not connected")
        number = frame["headers"]["req_id"]
        ack: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._acks[number] = ack
        try:
            await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
            reply = await asyncio.wait_for(ack, self.timing.ack)
        except (ConnectionError, asyncio.TimeoutError) as error:
            raise LinkError(f"no answer: {type(error).__name__}", unsure=True) from None
        finally:
            self._acks.pop(number, None)
        if reply.get("errcode"):
            raise LinkError(f"error {reply['errcode']}: {str(reply.get('errmsg'))[:120]}")

    async def _own(self) -> bool:
        """Whether the connection is ours, from now on or still."""
        if await self.store.add(self.owner_name, self.me, self.timing.lease):
            return True
        if await self.store.get(self.owner_name) != self.me:
            return False
        await self.store.set(self.owner_name, self.me, self.timing.lease)
        return True

    async def _connect_once(self, handle: Handle) -> None:
        """Connect, and return when the connection has ended."""
        reading: asyncio.Task[None] | None = None
        try:
            timeout = aiohttp.ClientTimeout(total=None, sock_connect=self.timing.ack)
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.ws_connect(self.url, max_msg_size=MAX_FRAME) as socket,
            ):
                self._socket = socket
                reading = asyncio.create_task(self._read(socket, handle))
                await self.send(self.sign_on)
                logger.info("%s: connected", self.name)
                self.up.set()
                await self._keep_alive(reading)
        except LinkError as error:
            logger.error("%s: %s", self.name, error)
        except (aiohttp.ClientError, OSError, asyncio.TimeoutError) as error:
            logger.warning("%s: no connection: %s", self.name, type(error).__name__)
        finally:
            self.up.clear()
            self._socket = None
            if reading is not None:
                reading.cancel()
            for ack in self._acks.values():
                if not ack.done():
                    ack.set_exception(ConnectionError("cut"))

    async def _keep_alive(self, reading: asyncio.Task[None]) -> None:
        """Ping and renew the ownership while the connection lives."""
        missed, next_ping = 0, time.monotonic() + self.timing.ping
        while missed < MISSED and not self.displaced and await self._own():
            step = min(self.timing.lease / 3, max(0.0, next_ping - time.monotonic()))
            await asyncio.wait({reading}, timeout=step)
            if reading.done():
                logger.warning("%s: the connection was cut", self.name)
                return
            if time.monotonic() >= next_ping:
                next_ping = time.monotonic() + self.timing.ping
                try:
                    await self.send({"cmd": "ping", "headers": {"req_id": uuid.uuid4().hex}})
                    missed = 0
                except LinkError:
                    missed += 1

    async def _read(self, socket: aiohttp.ClientWebSocketResponse, handle: Handle) -> None:
        async for message in socket:
            try:
                frame = json.loads(message.data)
                json.dumps(frame, ensure_ascii=False).encode()  # refuses halves of characters
                number = str(frame["headers"]["req_id"])
            except (ValueError, TypeError, KeyError, RecursionError):
                logger.warning("%s: a frame that cannot be read", self.name)
                continue
            if frame.get("cmd"):
                self._tasks.spawn(handle(frame))
            elif number in self._acks and not self._acks[number].done():
                self._acks[number].set_result(frame)
