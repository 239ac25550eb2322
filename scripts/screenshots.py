"""Make the pictures of the READMEs, docs/images/*.webp, from the running assistant.

    make screenshots

Needs what docs/web.md lists for the browser tests.
"""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from bot.launch import Assistant, free_port
from bot.settings import ROOT
from tests.web.browser import Visitor, chromium

IMAGES = ROOT / "docs" / "images"
WIDE = {"viewport": {"width": 1000, "height": 760}, "device_scale_factor": 1.5}
TALL = {"width": 1000, "height": 1000}
PHONE = {"viewport": {"width": 390, "height": 760}, "is_mobile": True, "device_scale_factor": 1.5}
QUESTION = "预裁定展期要提前多久申请？"
CASE = "我们2025年6月1日报关的货物漏缴税款5万元，准备9月1日主动披露，会被处罚吗？"


def main() -> None:
    """Start the assistant on a date on which the rules shown are in force, and picture it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GUANDA_TRACKER_URL"] = f"sqlite:///{Path(folder) / 'conversations.sqlite'}"
        os.environ["GUANDA_TODAY"] = "2025-09-01"
        with Assistant(print, "127.0.0.1", free_port(), free_port()) as assistant:
            assistant.start()
            with chromium() as browser:
                _take(browser, assistant.url)


def _take(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address, **WIDE)
    visitor.go("/chat")
    answer = visitor.ask(QUESTION)
    _save(visitor, "answer")
    answer.locator(".citation").first.get_by_role("link").click()
    visitor.page.locator(":target").wait_for()
    _save(visitor, "reader")
    visitor.go("/chat")
    visitor.page.get_by_role("button", name="新对话").click()
    visitor.page.locator(".user").wait_for(state="detached")
    visitor.page.set_viewport_size(TALL)
    visitor.ask(CASE)
    _save(visitor, "decision")
    visitor.close()
    phone = Visitor(browser, address, color_scheme="dark", **PHONE)
    phone.go("/chat")
    phone.ask(QUESTION)
    _save(phone, "phone-dark")
    phone.close()


def _save(visitor: Visitor, name: str) -> None:
    visitor.page.wait_for_timeout(300)
    path = IMAGES / f"{name}.webp"
    with Image.open(io.BytesIO(visitor.page.screenshot())) as picture:
        picture.save(path, quality=75, method=6)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
