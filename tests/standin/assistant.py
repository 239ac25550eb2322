"""Channels under test in a real Sanic server, with a stand-in for the agent behind them."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Sanic

from bot.launch import free_port

# Sanic rewrites itself at a start, which it can do again only in this mode.
Sanic.test_mode = True

CITATION = {
    "document_id": "gacc-2023-127",
    "title": "关于处理主动披露违规行为有关事项的公告",
    "number": "海关总署公告2023年第127号",
    "issuer": "海关总署",
    "article": "第一条第（一）项",
    "quote": "自涉税违规行为发生之日起六个月以内向海关主动披露的",
    "effective_from": "2023-10-11",
    "effective_to": "2025-10-10",
    "status": "expired",
}


def card(kind: str = "rule", answer: str = "可以不予处罚。", **more: Any) -> dict[str, Any]:
    """A card that fits the contract."""
    cited = kind in ("rule", "list", "decision", "comparison", "document")
    return {
        "type": "policy_answer",
        "version": 1,
        "kind": kind,
        "answer": answer,
        "as_of": "2026-11-21",
        "citations": [CITATION] if cited else [],
        **more,
    }


class Agent:
    """Answers with `reply`, a card or a text, after `seconds`, as long as it is `free` to."""

    def __init__(self) -> None:
        self.seen: list[UserMessage] = []
        self.reply: Any = card()
        self.seconds = 0.0
        self.free = asyncio.Event()
        self.free.set()
        self.error: Exception | None = None

    async def handle(self, message: UserMessage) -> None:
        """What Rasa calls `on_new_message`."""
        self.seen.append(message)
        await asyncio.sleep(self.seconds)
        await self.free.wait()
        if self.error:
            raise self.error
        reply = self.reply(message) if callable(self.reply) else self.reply
        output = message.output_channel
        if isinstance(reply, str):
            await output.send_text_message(message.sender_id, reply)
        elif reply is not None:
            await output.send_text_message(message.sender_id, reply["answer"])
            await output.send_custom_json(message.sender_id, reply)

    @property
    def asked(self) -> list[str]:
        """The texts that it was asked."""
        return [message.text for message in self.seen]


class Assistant:
    """Serves channels on a free port, in the loop of the test."""

    def __init__(self, agent: Agent, *channels: InputChannel) -> None:
        self.agent = agent
        self.app = Sanic(f"standin-{uuid.uuid4().hex}", configure_logging=False)
        for channel in channels:
            prefix = f"/webhooks/{channel.url_prefix()}"
            self.app.blueprint(channel.blueprint(agent.handle), url_prefix=prefix)
        self.port = free_port()
        self.stopped = False

    async def __aenter__(self) -> Assistant:
        self.server = await self.app.create_server(
            "127.0.0.1", self.port, return_asyncio_server=True, access_log=False
        )
        await self.server.startup()
        await self.server.before_start()
        await self.server.after_start()
        return self

    async def __aexit__(self, *error: object) -> None:
        if self.stopped:
            return
        self.stopped = True
        await self.server.before_stop()
        await self.server.close()
        for connection in list(self.server.connections):
            connection.close()
        await self.server.after_stop()

    def url(self, channel: str) -> str:
        """Address of a channel's web hook."""
        return f"http://127.0.0.1:{self.port}/webhooks/{channel}/webhook"
