"""The whole assistant, started as staff start it and joined to the stand-in."""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot import launch, processes
from bot.launch import Report
from bot.messaging import settings as messaging
from tests.standin.accounts import OfficialAccount, WeComApp
from tests.standin.interface import Interface

HOST = "127.0.0.1"


@dataclass
class Running:
    """The assistant, an account of each kind, and the interface that both call."""

    assistant: launch.Assistant
    interface: Interface
    account: OfficialAccount
    app: WeComApp

    def url(self, channel: str) -> str:
        """Address of a channel's web hook."""
        return f"{self.assistant.url}/webhooks/{channel}/webhook"

    async def restart(self) -> None:
        """Kill the assistant at once, and start it anew."""
        children = list(self.assistant.children.values())
        for child in children:
            child.kill()
        processes.end(children)
        await asyncio.to_thread(self.assistant.start)


@contextlib.asynccontextmanager
async def running(report: Report, mode: str = "safe", **environ: str) -> AsyncIterator[Running]:
    """Start everything, with further settings; stop it in the end.

    It shares nothing with an assistant that serves users: the channels, the conversations and the
    Redis of the environment are left out.
    """
    interface = Interface()
    base = await interface.start()
    account, app = OfficialAccount(base, mode), WeComApp(base)
    kept = tempfile.TemporaryDirectory(prefix="guanda-")
    changes = {
        **{setting.name: "" for setting in messaging.SETTINGS},
        "GUANDA_REDIS_URL": "",
        "GUANDA_TRACKER_URL": f"sqlite:///{kept.name}/conversations.sqlite",
        **account.settings(),
        **app.settings(),
        **environ,
    }
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    assistant = launch.Assistant(report, HOST, launch.free_port(), launch.free_port())
    try:
        await asyncio.to_thread(assistant.start)
        yield Running(assistant, interface, account, app)
    finally:
        await asyncio.to_thread(assistant.__exit__, None, None, None)
        await interface.stop()
        kept.cleanup()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
