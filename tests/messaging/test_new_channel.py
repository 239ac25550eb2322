"""A further platform is one file: here one that sends signed JSON and takes no reply to it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest_asyncio

from bot.messaging import signature
from bot.messaging.answer import Form, Option
from bot.messaging.channel import WebhookInput
from bot.messaging.desk import Timing
from bot.messaging.envelope import EnvelopeError
from bot.messaging.incoming import Incoming
from bot.messaging.store import Store
from bot.messaging.webhook import Call, Letter
from tests.standin.assistant import Agent, Assistant, card

KEY = "key-of-the-app"

# What would be bot/channels/NAME.py


class ParrotInput(WebhookInput):
    """The channel `parrot`."""

    channel = "parrot"
    account = "parrot:app"
    form = Form(limit=4000, markdown=True)
    timing = Timing(wait=0, late=5)

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.sender = ParrotSender()
        self.gate = ParrotGate()


class ParrotGate:
    """Signed JSON."""

    silence = "{}"
    content_type = "application/json"

    async def greet(self, call: Call) -> str:
        raise signature.RefusedError("the address is checked by POST")

    async def open(self, call: Call) -> Letter | str:
        stamp = call.header("X-Parrot-Timestamp")
        signature.check_time(stamp)
        signature.check_signature(call.header("X-Parrot-Signature"), KEY, stamp, call.body.decode())
        try:
            event = json.loads(call.body)
        except ValueError:
            raise EnvelopeError("not JSON") from None
        return event["challenge"] if "challenge" in event else Letter(event)

    async def read(self, letter: Letter) -> Incoming | None:
        event = letter.fields
        return Incoming(event["id"], event["user"], "question", event["text"])

    def seal(self, letter: Letter, text: str) -> str:
        raise AssertionError("this platform takes no reply")


class ParrotSender:
    """Notes what it would post to the platform's interface."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    async def allowed(self) -> bool:
        return True

    async def send(self, message: Incoming, text: str, options: Sequence[Option]) -> None:
        self.sent.append((message.user, text))

    async def close(self) -> None:
        pass


# Its tests


class Parrot:
    """The platform, and the assistant that serves it."""

    def __init__(self, channel: ParrotInput, assistant: Assistant) -> None:
        self.sender: Any = channel.sender
        self.agent = assistant.agent
        self.url = assistant.url("parrot")

    async def post(self, event: dict[str, str], key: str = KEY) -> tuple[int, str]:
        body = json.dumps(event)
        stamp = str(int(time.time()))
        signed = hashlib.sha1("".join(sorted((key, stamp, body))).encode()).hexdigest()
        headers = {"X-Parrot-Timestamp": stamp, "X-Parrot-Signature": signed}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=body, headers=headers) as reply,
        ):
            return reply.status, await reply.text()

    async def sent(self, number: int) -> list[tuple[str, str]]:
        for _ in range(200):
            if len(self.sender.sent) >= number:
                break
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)
        return self.sender.sent


@pytest_asyncio.fixture
async def parrot(store: Store) -> AsyncIterator[Parrot]:
    async with AsyncExitStack() as stack:
        channel = ParrotInput(store)
        yield Parrot(channel, await stack.enter_async_context(Assistant(Agent(), channel)))


def question(text: str, number: int = 1) -> dict[str, str]:
    return {"id": f"message-{number}", "user": "alice", "text": text}


async def test_the_address_is_checked_by_post(parrot: Parrot) -> None:
    assert await parrot.post({"challenge": "abc"}) == (200, "abc")
    assert (await parrot.post({"challenge": "abc"}, key="another"))[0] == 403


async def test_a_repeated_message_is_answered_once(parrot: Parrot) -> None:
    for _ in range(3):
        assert await parrot.post(question("退税")) == (200, "{}")
    ((user, text),) = await parrot.sent(1)
    assert user == "alice"
    assert "\n> 「" in text
    assert parrot.agent.seen[0].sender_id == "parrot:alice"


async def test_long_answers_and_options_are_as_everywhere(parrot: Parrot) -> None:
    options = [{"title": "看看条件", "payload": "条件是什么"}]
    parrot.agent.reply = card("clarify", "企业应当如实申报。" * 300, suggestions=options)
    await parrot.post(question("全文"))
    texts = [text for _, text in await parrot.sent(3)]
    assert [text[:5] for text in texts] == ["（1/3）", "（2/3）", "（3/3）"]
    await parrot.post(question("1", 2))
    await parrot.sent(4)
    assert parrot.agent.asked == ["全文", "条件是什么"]


async def test_what_it_refuses_is_refused(parrot: Parrot) -> None:
    async with aiohttp.ClientSession() as session, session.post(parrot.url, data="{") as reply:
        assert reply.status == 403
    assert not parrot.agent.seen
