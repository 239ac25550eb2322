"""The whole assistant, started as staff start it and joined to the stand-in."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot import launch
from bot.launch import Report
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
        for child in self.assistant.children.values():
            child.kill()
            child.wait()
        await asyncio.to_thread(self.assistant.start)


@contextlib.asynccontextmanager
async def running(report: Report, **environ: str) -> AsyncIterator[Running]:
    """Start everything, with further settings; stop it in the end."""
    interface = Interface()
    base = await interface.start()
    account, app = OfficialAccount(base), WeComApp(base)
    changes = {**account.settings(), **app.settings(), **environ}
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    assistant = launch.Assistant(report, HOST, launch.free_port(), launch.free_port())
    try:
        await asyncio.to_thread(assistant.start)
        yield Running(assistant, interface, account, app)
    finally:
        await asyncio.to_thread(assistant.__exit__, None, None, None)
        await interface.stop()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
