"""The interfaces that the assistant calls: access tokens, customer service, messages to members."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

LIMIT = 2048  # bytes of a text


@dataclass
class Sent:
    """A message that the assistant sent to a user."""

    user: str
    kind: str
    text: str
    options: list[dict[str, str]] = field(default_factory=list)


class Interface:
    """WeChat's and WeCom's interfaces.

    `fail` queues error codes: the next calls of a path fail with them. `slow` is seconds before a
    reply. Without the `right`, no user can be written to.
    """

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.calls: Counter[str] = Counter()
        self.forced = 0
        self.fail: dict[str, deque[int]] = {}
        self.slow = 0.0
        self.right = True
        self.quota: int | None = None
        self.valid: set[str] = set()
        self.current = ""
        self.bodies: list[dict[str, Any]] = []
        self.on_sent: Callable[[Sent], None] = lambda sent: None
        self._number = itertools.count(1)
        self._runner: web.AppRunner | None = None
        self.base = ""

    async def start(self) -> str:
        """Listen; returns the address."""
        app = web.Application()
        app.router.add_post("/cgi-bin/stable_token", self.stable_token)
        app.router.add_get("/cgi-bin/gettoken", self.get_token)
        app.router.add_post("/cgi-bin/message/custom/send", self.custom_send)
        app.router.add_post("/cgi-bin/message/send", self.app_send)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.base

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    async def stable_token(self, request: web.Request) -> web.Response:
        """A token: the present one, or another where that is forced."""
        body = await request.json()
        error = await self._failing(request)
        if error is not None:  # an aiohttp response is false
            return error
        if body["grant_type"] != "client_credential" or not body["secret"]:
            return _error(41004)
        self.forced += bool(body["force_refresh"])
        if body["force_refresh"] or self.current not in self.valid:
            self._issue()
        return web.json_response({"access_token": self.current, "expires_in": 7200})

    async def get_token(self, request: web.Request) -> web.Response:
        """WeCom's token."""
        error = await self._failing(request)
        if error is not None:
            return error
        if not request.query["corpid"] or not request.query["corpsecret"]:
            return _error(40001)
        if self.current not in self.valid:
            self._issue()
        return web.json_response({"errcode": 0, "access_token": self.current, "expires_in": 7200})

    async def custom_send(self, request: web.Request) -> web.Response:
        """A customer-service message."""
        body = await request.json()
        error = await self._refused(request)
        if error is not None:
            return error
        kind = body["msgtype"]
        if kind == "text":
            sent = Sent(body["touser"], kind, body["text"]["content"])
        else:
            menu = body["msgmenu"]
            sent = Sent(body["touser"], kind, menu["head_content"], menu["list"])
        return self._take(body, sent)

    async def app_send(self, request: web.Request) -> web.Response:
        """A message of a WeCom app."""
        body = await request.json()
        error = await self._refused(request)
        if error is not None:
            return error
        kind = body["msgtype"]
        return self._take(body, Sent(body["touser"], kind, body[kind]["content"]))

    def _take(self, body: dict[str, Any], sent: Sent) -> web.Response:
        if len(sent.text.encode()) > LIMIT:
            return _error(45002)
        if self.quota is not None:
            if self.quota == 0:
                return _error(45047)
            self.quota -= 1
        self.bodies.append(body)
        self.sent.append(sent)
        self.on_sent(sent)
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    def _issue(self) -> None:
        self.valid.discard(self.current)
        self.current = f"token-{next(self._number)}"
        self.valid.add(self.current)

    async def _refused(self, request: web.Request) -> web.Response | None:
        error = await self._failing(request)
        if error is None and request.query.get("access_token") not in self.valid:
            return _error(40001)
        if error is None and not self.right:
            return _error(48001)
        return error

    async def _failing(self, request: web.Request) -> web.Response | None:
        path = request.path.removeprefix("/cgi-bin")
        self.calls[path] += 1
        if self.slow:
            await asyncio.sleep(self.slow)
        codes = self.fail.get(path)
        return _error(codes.popleft()) if codes else None


def _error(code: int) -> web.Response:
    text = json.dumps({"errcode": code, "errmsg": f"error {code}"})
    return web.Response(text=text, content_type="text/plain")
