"""`python -m bot run`, as an operator starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from typing import Any

import pytest

from bot.launch import free_port
from bot.settings import ROOT

START = 240  # seconds


class Run:
    """One running assistant."""

    def __init__(self, **options: Any) -> None:
        self.port = free_port()
        environ = {
            **os.environ,
            "GUANDA_PORT": str(self.port),
            "GUANDA_ACTION_PORT": str(free_port()),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environ, **options
        )

    def ask(self, message: str, sender: str = "test") -> list[dict[str, Any]]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/webhooks/rest/webhook",
            json.dumps({"sender": sender, "message": message}).encode(),
        )
        with urllib.request.urlopen(request, timeout=30) as reply:
            return json.load(reply)

    def wait(self) -> None:
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "it stopped by itself"
            try:
                card = self.ask("你好")[-1]["custom"]
                if card["kind"] == "smalltalk" and len(self.children()) == 2:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        pytest.fail("no answer in time")

    def children(self) -> dict[str, int]:
        """Process ids of action server and assistant, by module."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
        ).stdout
        found = {}
        for line in listed.splitlines():
            pid, _, command = line.strip().partition(" ")
            for module in ("bot.action_server", "bot.serve"):
                if module in command:
                    found[module] = int(pid)
        return found
