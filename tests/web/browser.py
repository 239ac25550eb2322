"""A real browser, Debian's chromium, that notes what goes wrong on a page."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.settings import ROOT

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = ROOT / "bot/web/frontend/node_modules/axe-core/axe.min.js"


def needed(what: str, there: bool) -> None:
    """Skip a test where something is not installed; on CI it has to be."""
    if not there:
        assert os.environ.get("CI") != "true", f"{what} is missing"
        pytest.skip(f"{what} is missing; see docs/web.md")


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        needed("playwright", False)
    needed("chromium", Path(CHROMIUM).exists())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """A person with a browser of their own: a page, and all that it complained about."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        settings = {"locale": "zh-CN", "viewport": {"width": 1024, "height": 800}, **options}
        self.context = browser.new_context(**settings)
        self.page = self.context.new_page()
        self.address = address
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    @property
    def box(self) -> Any:
        return self.page.get_by_role("textbox", name="输入问题")

    @property
    def answers(self) -> Any:
        return self.page.locator("article.turn.assistant")

    def ask(self, text: str) -> Any:
        """Ask, and return the answer."""
        before = self.answers.count()
        self.box.fill(text)
        self.box.press("Enter")
        self.answers.nth(before).wait_for(timeout=90_000)
        return self.answers.last

    def first_visit(self, path: str) -> tuple[float, float]:
        """Milliseconds until something is seen, and bytes over the wire, with nothing cached."""
        client = self.context.new_cdp_session(self.page)
        client.send("Network.enable")
        received: list[float] = []
        client.on(
            "Network.loadingFinished", lambda event: received.append(event["encodedDataLength"])
        )
        self.go(path)
        self.box.wait_for()
        first_paint = "performance.getEntriesByName('first-contentful-paint')[0]"
        self.page.wait_for_function(first_paint)  # it is told a moment after it is seen
        painted = self.page.evaluate(f"{first_paint}.startTime")
        print(f"first paint {painted:.0f} ms, {sum(received) / 1000:.1f} kB over the wire")
        return painted, sum(received)

    def foreign(self) -> list[str]:
        """Requests to anything but the server."""
        host = urlsplit(self.address).netloc
        return [url for url in self.requests if urlsplit(url).netloc != host]

    def violations(self) -> list[str]:
        """What axe finds on the page as it stands."""
        needed("axe-core (npm ci in bot/web/frontend)", AXE.exists())
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{each['id']}: {json.dumps([node['html'] for node in each['nodes']])}"
            for each in found["violations"]
        ]

    def close(self) -> None:
        self.context.close()
