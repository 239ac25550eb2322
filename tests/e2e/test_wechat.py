"""The WeChat channel of the whole assistant: killed in the middle, and under load."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from tests.standin.load import Load
from tests.standin.running import ALONE, running
from tests.standin.sender import Platform, text_fields

pytestmark = [pytest.mark.slow, pytest.mark.e2e]


def silent(text: str) -> None:
    """Progress is not shown."""


async def test_killed_in_the_middle_it_loses_no_message_and_no_conversation(
    tmp_path: Path,
) -> None:
    tracker = f"sqlite:///{tmp_path / 'tracker.sqlite'}"
    async with (
        running(silent, **{**ALONE, "GUANDA_TRACKER_URL": tracker}) as world,
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


async def test_killed_after_it_took_a_message_on_it_sends_the_answer(tmp_path: Path) -> None:
    tracker = f"sqlite:///{tmp_path / 'tracker.sqlite'}"
    settings = {**ALONE, "GUANDA_TRACKER_URL": tracker, "GUANDA_WECOM_MARKDOWN": "on"}
    async with (
        running(silent, **settings) as world,
        Platform(world.url("wecom"), world.app) as platform,
    ):
        users = [f"kill{number}" for number in range(8)]
        asked = [platform.say(user, "铁路快通的箱子半路坏了要换柜，先找谁？") for user in users]
        replies = await asyncio.gather(*asked)
        assert all(reply.handled for reply in replies), "the platform will not repeat them"
        before = len(world.interface.sent)
        await world.restart()
        for _ in range(300):
            if len(world.interface.sent) >= len(users):
                break
            await asyncio.sleep(0.1)
        assert before < len(users), "some were under way"
        assert {each.user for each in world.interface.sent} == set(users)
        assert all("「" in each.text for each in world.interface.sent)


async def test_under_load_each_message_is_answered_once(capsys: pytest.CaptureFixture) -> None:
    users, seconds = map(int, os.environ.get("GUANDA_TEST_LOAD", "50x10").split("x"))
    async with (
        running(silent, **ALONE) as world,
        Platform(world.url("wechat"), world.account) as platform,
    ):
        await Load(platform, world.interface, think=0.1).run(2, 3)  # warm
        outcome = await Load(platform, world.interface).run(users, seconds)
    with capsys.disabled():
        print(f"\n{users} users, {seconds} s: {outcome}")
    assert outcome.unanswered == 0
    assert outcome.twice == 0
    assert outcome.at(0.99) < 2
