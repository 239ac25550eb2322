"""The real web channel in the real Sanic app, with a stand-in for Rasa's agent behind it.

    python -m tests.web.server PORT

It runs in a process of its own, so that tests can stop and start it again. `Server` does that.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bot.kept import Kept
from bot.launch import free_port
from bot.settings import ROOT
from tests.web.cards import CARDS, DEFAULT
from tests.web.documents import fill

START = 60  # seconds


class Server:
    """The channel with its files in `folder`; a context manager."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "GUANDA_DATABASE_URL": f"sqlite:///{folder / 'policies.sqlite'}",
            "GUANDA_TRACKER_URL": f"sqlite:///{folder / 'conversations.sqlite'}",
            "GUANDA_SECRET": "a secret of the tests, which is long enough",
            "GUANDA_TODAY": "2026-11-21",
            "GUANDA_WEB_RATE": "1000",
            "GUANDA_WEB_ADDRESS_RATE": "10000",
            **settings,
        }
        if not (folder / "policies.sqlite").exists():
            fill(self.environment["GUANDA_DATABASE_URL"])
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start, and return when it answers."""
        command = [sys.executable, "-W", "ignore", "-m", "tests.web.server", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.folder / "server.log").read_text()
            try:
                if self.request("GET", "/chat").status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start in time")

    def stop(self) -> None:
        """Stop it, as a restart would."""
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """One request on a connection of its own; a body that is not bytes goes as JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = dict(headers or {})
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        if data is not None:
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, data, sent)
            reply = connection.getresponse()
            return Reply(reply.status, reply.headers, reply.read())
        finally:
            connection.close()


class Reply:
    """What came back."""

    def __init__(self, status: int, headers: Any, body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def cookie(self) -> str:
        """The cookie that was set, as the next request sends it."""
        return (self.headers["Set-Cookie"] or "").partition(";")[0]


class Agent:
    """Answers by a word of the message; `见到什么` tells what came in, some words make it fail."""

    def __init__(self) -> None:
        self.seen: dict[str, list[str]] = {}
        self.failures: set[str] = set()
        self.kept = Kept.as_set()

    async def handle_message(self, message: Any) -> None:
        heard = self.seen.setdefault(message.sender_id, [])
        heard.append(message.text)
        self.kept.put(message.sender_id, message.text)
        if "慢" in message.text:
            await asyncio.sleep(1.5)
        if "出错" in message.text and message.text not in self.failures:
            self.failures.add(message.text)  # and the second time it works
            raise RuntimeError("a secret inside")
        out = message.output_channel
        if "见到什么" in message.text:
            seen = {"heard": heard, "sender": message.sender_id, "metadata": message.metadata}
            await out.send_text_message(message.sender_id, json.dumps(seen, ensure_ascii=False))
            return
        card = next((card for word, card in CARDS.items() if word in message.text), DEFAULT)
        await out.send_text_message(message.sender_id, card["answer"])
        await out.send_custom_json(message.sender_id, card)


def main(port: int) -> None:
    """Serve until told to stop."""
    from bot import performance, serve

    performance.without_tensorflow()
    import rasa.core.run

    from bot.channels.web import WebInput

    app = rasa.core.run.configure_app(
        [WebInput.from_credentials(None)], cors=None, enable_api=False
    )
    serve.harden(app)
    app.ctx.agent = Agent()
    app.run(host="127.0.0.1", port=port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main(int(sys.argv[1]))
