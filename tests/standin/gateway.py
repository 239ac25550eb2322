"""WeCom's gateway of AI bots: a WebSocket server that plays messages and notes the replies."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any

import aiohttp
from aiohttp import web

Frame = dict[str, Any]


class Gateway:
    """One bot's gateway; a new connection cuts the one before, as the platform does.

    `answer_pings` and `refuse` (an error code for the subscription) change its behaviour;
    `errors` maps a command to the error code of its replies.
    """

    def __init__(self) -> None:
        self.socket: web.WebSocketResponse | None = None
        self.frames: list[Frame] = []
        self.subscriptions = 0
        self.answer_pings = True
        self.refuse = 0
        self.errors: dict[str, int] = {}
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Listen; returns the address."""
        app = web.Application()
        app.router.add_get("/", self.connect)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, shutdown_timeout=0.1).start()
        self.url = f"ws://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        """Stop listening."""
        await self.cut()
        if self._runner:
            await self._runner.cleanup()

    async def cut(self) -> None:
        """Cut the connection without a word."""
        if self.socket is not None:
            await self.socket.close()
        self.socket = None

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                break
            frame = json.loads(message.data)
            self.frames.append(frame)
            code = await self.taken(socket, frame)
            if frame["cmd"] != "ping" or self.answer_pings:
                reply = {"headers": frame["headers"], "errcode": code, "errmsg": f"code {code}"}
                await socket.send_str(json.dumps(reply))
        return socket

    async def taken(self, socket: web.WebSocketResponse, frame: Frame) -> int:
        """The error code of a frame; a subscription takes the connection over."""
        if frame["cmd"] != "aibot_subscribe":
            return self.errors.get(frame["cmd"], 0)
        self.subscriptions += 1
        if self.refuse:
            return self.refuse
        if self.socket is not None and not self.socket.closed:
            await self.event("disconnected_event")
            await self.socket.close()
        self.socket = socket
        return 0

    async def connected(self, subscriptions: int = 1) -> None:
        """Wait until the bot has subscribed."""
        for _ in range(300):
            if self.subscriptions >= subscriptions and self.socket is not None:
                return
            await asyncio.sleep(0.02)
        raise AssertionError("not connected")

    async def push(self, command: str, body: Any) -> str:
        """Send a frame to the bot; returns the platform's name of it."""
        assert self.socket is not None
        number = uuid.uuid4().hex
        frame = {"cmd": command, "headers": {"req_id": number}, "body": body}
        await self.socket.send_str(json.dumps(frame))
        return number

    async def event(self, kind: str, **more: Any) -> str:
        """An event."""
        body = {"msgid": uuid.uuid4().hex, "msgtype": "event", "event": {"eventtype": kind}, **more}
        return await self.push("aibot_event_callback", body)

    async def say(self, text: str, user: str = "alice", **more: Any) -> str:
        """A text of a member."""
        body = {
            "msgid": uuid.uuid4().hex,
            "aibotid": "bot",
            "chattype": "single",
            "from": {"userid": user},
            "msgtype": "text",
            "text": {"content": text},
            **more,
        }
        return await self.push("aibot_msg_callback", body)

    def sent(self, command: str) -> list[Frame]:
        """What the bot sent."""
        return [frame for frame in self.frames if frame["cmd"] == command]

    async def finished(self, number: int = 1) -> list[Frame]:
        """The frames that finish a stream, once there are so many."""
        for _ in range(300):
            found = [
                frame
                for frame in self.sent("aibot_respond_msg")
                if frame["body"]["stream"]["finish"]
            ]
            if len(found) >= number:
                return found
            await asyncio.sleep(0.02)
        raise AssertionError("no finished stream")
