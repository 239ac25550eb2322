"""The WeChat channel of the whole assistant: killed in the middle, and under load."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.standin import load
from tests.standin.running import running
from tests.standin.sender import Platform, text_fields

pytestmark = [pytest.mark.slow, pytest.mark.e2e]


def silent(text: str) -> None:
    """Progress is not shown."""


async def test_killed_in_the_middle_it_loses_no_message_and_no_conversation(
    tmp_path: Path,
) -> None:
    tracker = f"sqlite:///{tmp_path / 'tracker.sqlite'}"
    async with (
        running(silent, GUANDA_TRACKER_URL=tracker) as world,
        Platform(world.url("wechat"), world.account) as platform,
    ):
        user = f"kill-{tmp_path.name}"
        first = await platform.say(user, "铁路快通的箱子半路坏了要换柜，先找谁？")
        assert "「" in first.text
        fields = text_fields("依据是哪个文件？")
        sending = asyncio.create_task(platform.post(*platform.request(user, fields)))
        await asyncio.sleep(0.01)
        await world.restart()
        reply = await sending
        if not reply.handled:  # the platform repeats what was not taken
            reply = await platform.deliver(user, fields)
        for _ in range(100):
            if reply.text or world.interface.sent:
                break
            await asyncio.sleep(0.1)
        answer = reply.text or world.interface.sent[-1].text
        assert "公告" in answer or "《" in answer, "it still knows what was talked about"


async def test_under_load_each_message_is_answered_once() -> None:
    outcome = await load.main(users=40, seconds=15, think=8)
    assert outcome.unanswered == 0
    assert outcome.twice == 0
    assert outcome.at(0.99) < 2, str(outcome)
