"""WeCom AI bot (企业微信智能机器人) over its long connection, which needs no public address.

Answers are streamed: the same message is sent again with its full content until it is finished.
`/webhooks/wecom_bot/` says whether the connection stands. docs/wechat.md says how it is set up,
and what could not be verified without the real platform.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request

from bot.messaging import settings as own
from bot.messaging import words
from bot.messaging.answer import Form, Option, compose
from bot.messaging.channel import MessagingInput
from bot.messaging.desk import Desk, Timing
from bot.messaging.incoming import Incoming
from bot.messaging.longlink import Frame, LinkError, LinkTiming, LongLink
from bot.messaging.rate import Rate
from bot.messaging.sender import NotSentError
from bot.messaging.store import Store

PER_MINUTE, PER_HOUR = 30, 1000  # messages to one conversation
PATIENCE = 1.0  # seconds, after which the user is told that a search is under way
RECONNECT = 60.0  # seconds that an answer waits for a connection
LONGEST_ID = 128  # characters of an id that the platform gives
_MENTION = re.compile(r"^\s*@\S+\s+")


class WeComBotInput(MessagingInput):
    """The channel `wecom_bot`."""

    channel = "wecom_bot"
    form = Form(limit=20_480, markdown=True)
    timing = Timing()

    def __init__(self, store: Store, timing: LinkTiming | None = None) -> None:
        super().__init__(store)
        body = {"bot_id": own.WECOM_BOT_ID.get(), "secret": own.WECOM_BOT_SECRET.get()}
        self.account = f"{self.channel}:{body['bot_id']}"
        self.link = LongLink(
            self.account,
            own.WECOM_BOT_URL.get(),
            frame("aibot_subscribe", uuid.uuid4().hex, body),
            store,
            timing or LinkTiming(),
        )
        self.streams = Streams(self.link, Rate(self.account, store, PER_MINUTE, PER_HOUR))
        self.sender = self.streams

    def routes(self, desk: Desk) -> Blueprint:
        """The state of the connection, which stands as long as the server runs."""
        routes = Blueprint(f"guanda_{self.channel}")

        @routes.route("/", methods=["GET"])
        async def state(request: Request) -> response.HTTPResponse:
            return response.json({"status": self.link.state()})

        @routes.listener("after_server_start")
        async def start(app: Any, loop: Any) -> None:
            self.link.open(lambda incoming: self.handle(incoming, desk))

        @routes.listener("before_server_stop")
        async def stop(app: Any, loop: Any) -> None:
            await self.link.close()

        return routes

    async def handle(self, incoming: Frame, desk: Desk) -> None:
        """A message or an event of the platform."""
        number, body = str(incoming["headers"]["req_id"]), part(incoming, "body")
        event = part(body, "event").get("eventtype")
        if event == "disconnected_event":
            self.link.displace()
        elif event == "enter_chat":
            greeting = compose(words.GREETING, words.EXAMPLES, self.form)
            await desk.kept.offer(conversation(body), greeting)
            with contextlib.suppress(LinkError):
                await self.streams.welcome(number, greeting.parts[0])
        elif incoming["cmd"] == "aibot_msg_callback" and isinstance(body.get("msgid"), str):
            message = read(body)
            if await desk.later(message):  # else it was answered before, or is about to be
                self.streams.begin(message, number)
                await asyncio.sleep(PATIENCE)
                await self.streams.say_searching(message)


def frame(command: str, number: str, body: dict[str, Any]) -> Frame:
    """A frame as the platform takes it."""
    return {"cmd": command, "headers": {"req_id": number}, "body": body}


def part(of: Any, name: str) -> dict[str, Any]:
    """An object inside an object; empty where there is none."""
    found = of.get(name) if isinstance(of, dict) else None
    return found if isinstance(found, dict) else {}


def conversation(body: dict[str, Any]) -> str:
    """Whom a conversation is with: a member alone, or a member in a group."""
    member = str(part(body, "from").get("userid") or "")[:LONGEST_ID]
    if body.get("chattype") == "group":
        return f"group:{str(body.get('chatid'))[:LONGEST_ID]}:{member}"
    return f"single:{member}:{member}"


def read(body: dict[str, Any]) -> Incoming:
    """What a message asks; `msgid` is there."""
    key, user = body["msgid"][:LONGEST_ID], conversation(body)
    text = text_of(body)
    if not text.strip():
        return Incoming(key, user, "unsupported")
    if body.get("chattype") == "group":
        text = _MENTION.sub("", text)
    return Incoming(key, user, "question", text)


def text_of(body: dict[str, Any]) -> str:
    """What was written or said; nothing for other types."""
    kind = body.get("msgtype")
    if kind in ("text", "voice"):  # the platform recognises voice
        return str(part(body, kind).get("content") or "")
    items = part(body, "mixed").get("msg_item") if kind == "mixed" else None
    texts = [part(item, "text").get("content") for item in items or []]
    return " ".join(str(each) for each in texts if each)


@dataclass
class Stream:
    """A reply that is under way: what the platform calls its message, and our name of it."""

    number: str
    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    finished: bool = False


class Streams:
    """Answers: a stream in reply to its message, else a message of our own."""

    def __init__(self, link: LongLink, rate: Rate) -> None:
        self.link = link
        self.rate = rate
        self._open: dict[str, Stream] = {}

    def begin(self, message: Incoming, number: str) -> None:
        """A message has come, and the platform waits for a stream."""
        self._open[message.key] = Stream(number)

    async def allowed(self) -> bool:
        """Whether the connection is ours to write to."""
        return not self.link.displaced

    async def welcome(self, number: str, text: str) -> None:
        """Greet in reply to an event; raises LinkError."""
        body = {"msgtype": "text", "text": {"content": text}}
        await self.link.send(frame("aibot_respond_welcome_msg", number, body))

    async def say_searching(self, message: Incoming) -> None:
        """Begin the stream with a sign of life, unless the answer has gone."""
        stream = self._open.get(message.key)
        if stream is None:
            return
        async with stream.lock:
            if not stream.finished:
                with contextlib.suppress(LinkError):
                    await self._say(stream, words.SEARCHING)

    async def send(self, message: Incoming, text: str, options: Sequence[Option]) -> None:
        """Finish the stream with the full text; raises NotSentError."""
        await self.rate.wait(message.user)
        try:
            await asyncio.wait_for(self.link.up.wait(), RECONNECT)
        except asyncio.TimeoutError:
            raise NotSentError("no connection") from None
        stream = self._open.pop(message.key, None)
        try:
            if stream is None or not await self._finish(stream, text):
                await self._push(message.user, text)
        except LinkError as error:
            raise NotSentError(str(error)) from None

    async def close(self) -> None:
        """Nothing to close: the connection is the link's."""

    async def _finish(self, stream: Stream, text: str) -> bool:
        """Whether the platform took the text, as far as we can tell."""
        async with stream.lock:
            stream.finished = True
            try:
                await self._say(stream, text)
            except LinkError as error:
                return error.unsure
            return True

    async def _say(self, stream: Stream, text: str) -> None:
        body = {"id": stream.name, "finish": stream.finished, "content": text}
        reply = {"msgtype": "stream", "stream": body}
        await self.link.send(frame("aibot_respond_msg", stream.number, reply))

    async def _push(self, user: str, text: str) -> None:
        kind, chat, _ = user.split(":", 2)
        body = {
            "chatid": chat,
            "chat_type": 2 if kind == "group" else 1,
            "msgtype": "markdown",
            "markdown": {"content": text},
        }
        await self.link.send(frame("aibot_send_msg", uuid.uuid4().hex, body))
