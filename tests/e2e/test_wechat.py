"""The WeChat channel of the whole assistant: killed in the middle, and under load."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.standin.interface import Sent
from tests.standin.load import Load
from tests.standin.running import Running, running
from tests.standin.sender import Platform, text_fields

# one assistant for all, which is killed and started again; so all are of one event loop
pytestmark = [pytest.mark.slow, pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


QUESTION = "铁路快通的箱子半路坏了要换柜，先找谁？"


def silent(text: str) -> None:
    """Progress is not shown."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def started() -> AsyncIterator[Running]:
    async with running(silent, GUANDA_WECOM_MARKDOWN="on") as world:
        yield world


@pytest.fixture
def world(started: Running) -> Running:
    """The assistant, of which nothing has been asked and nothing was sent."""
    started.interface.sent.clear()
    return started


async def test_killed_in_the_middle_it_loses_no_message_and_no_conversation(
    world: Running,
) -> None:
    async with Platform(world.url("wechat"), world.account) as platform:
        users = [f"middle{number}" for number in range(10)]
        said = await asyncio.gather(*(platform.say(user, QUESTION) for user in users))
        firsts = dict(zip(users, (each.text for each in said), strict=True))
        # on a busy machine an answer may come after the reply
        for sent in await sent_to(world, [user for user in users if "「" not in firsts[user]]):
            firsts[sent.user] += sent.text
        assert all("「" in text for text in firsts.values())

        async def follow_up(user: str, delay: float) -> str:
            fields = text_fields("依据是哪个文件？")
            await asyncio.sleep(delay)
            reply = await platform.post(*platform.request(user, fields))
            while not reply.handled:  # the platform repeats what was not taken
                await asyncio.sleep(0.5)
                reply = await platform.post(*platform.request(user, fields))
            return reply.text

        asking = [
            asyncio.create_task(follow_up(user, 0.03 * number)) for number, user in enumerate(users)
        ]
        await asyncio.sleep(0.2)
        await world.restart()
        replies = dict(zip(users, await asyncio.gather(*asking), strict=True))
        for sent in await sent_to(world, [user for user in users if not replies[user]]):
            replies[sent.user] += sent.text
        missing = {user: text for user, text in replies.items() if "178号" not in text}
        assert not missing, "it still knows what was talked about"


async def test_killed_after_it_took_messages_on_it_sends_the_answers(world: Running) -> None:
    async with Platform(world.url("wecom"), world.app) as platform:
        users = [f"after{number}" for number in range(10)]
        replies = await asyncio.gather(*(platform.say(user, QUESTION) for user in users))
        assert all(reply.handled for reply in replies), "the platform will not repeat them"
        assert len(world.interface.sent) < len(users), "some answers are under way"
        await world.restart()
        texts = [sent.text for sent in await sent_to(world, users)]
        assert not [text for text in texts if "「" not in text]


async def sent_to(world: Running, users: list[str]) -> list[Sent]:
    """What was sent, once each of these users has been sent something."""
    for _ in range(300):
        if {sent.user for sent in world.interface.sent} >= set(users):
            return world.interface.sent
        await asyncio.sleep(0.1)
    raise AssertionError("an answer is lost")


@pytest.mark.quiet
async def test_under_load_each_message_is_answered_once(
    world: Running, capsys: pytest.CaptureFixture
) -> None:
    asked = os.environ.get("GUANDA_TEST_LOAD")
    users, seconds = map(int, (asked or "50x10").split("x"))
    async with Platform(world.url("wechat"), world.account) as platform:
        await Load(platform, world.interface, think=0.1).run(2, 3)  # warm
        outcome = await Load(platform, world.interface).run(users, seconds)
    with capsys.disabled():
        print(f"\n{users} users, {seconds} s: {outcome}")
    assert outcome.unanswered == 0
    assert outcome.twice == 0
    # two seconds on a machine that does nothing else; the platform waits for five
    assert outcome.at(0.99) < (2 if asked else 5)
