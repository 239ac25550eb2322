"""The WeCom app's channel, played against the stand-in of the platform."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.channels.wecom import WeComInput
from bot.messaging.desk import Timing
from bot.messaging.store import FileStore
from tests.standin.accounts import WeComApp, aes_key
from tests.standin.assistant import Agent, Assistant, card
from tests.standin.interface import Interface
from tests.standin.sender import Platform, message, text_fields

QUICK = Timing(wait=0.3, hang_up=0.5, late=5)
PATIENCE = 0.4
Open = Callable[..., Any]


class World:
    """The app, the platform that sends for it, its interface, and the assistant."""

    def __init__(self, app: WeComApp, interface: Interface) -> None:
        self.app = app
        self.agent = Agent()
        self.interface = interface
        self.members: Any
        self.platform: Platform

    async def sent(self, number: int = 1) -> list[str]:
        for _ in range(200):
            if len(self.interface.sent) >= number:
                break
            await asyncio.sleep(0.02)
        return [each.text for each in self.interface.sent]


@pytest_asyncio.fixture
async def open_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Open]:
    async with AsyncExitStack() as stack:
        interface = Interface()
        app = WeComApp(await interface.start())
        stack.push_async_callback(interface.stop)

        async def make(**environ: str) -> World:
            for name, value in {**app.settings(), **environ}.items():
                monkeypatch.setenv(name, value)
            world = World(app, interface)
            channel = WeComInput(FileStore(tmp_path / "store.sqlite"), QUICK, minute=0.1)
            world.members = channel.sender
            assistant = await stack.enter_async_context(Assistant(world.agent, channel))
            url = assistant.url("wecom")
            world.platform = await stack.enter_async_context(Platform(url, app))
            return world

        yield make


@pytest_asyncio.fixture
async def world(open_world: Open) -> World:
    return await open_world()


async def test_console_verifies_the_address(world: World) -> None:
    query, body = world.platform.sealed("12345678")
    sealed = body.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
    assert world.platform.session
    url = world.platform.url
    async with world.platform.session.get(url, params={**query, "echostr": sealed}) as reply:
        assert (reply.status, await reply.text()) == (200, "12345678")
    wrong = {**query, "msg_signature": "0" * 40, "echostr": sealed}
    async with world.platform.session.get(url, params=wrong) as reply:
        assert reply.status == 403


async def test_question_is_answered(world: World) -> None:
    reply = await world.platform.say("alice", "主动披露", PATIENCE)
    assert reply.encrypted
    assert "「自涉税违规行为发生之日起六个月以内向海关主动披露的」" in reply.text
    assert world.agent.seen[0].sender_id == "wecom:alice"


async def test_plain_message_other_app_and_other_corp_are_refused(world: World) -> None:
    xml = message("ww", "alice", {**text_fields("x"), "AgentID": world.app.agent_id})
    assert (await world.platform.post(world.platform.query(), xml)).status == 403
    other = message("ww", "alice", {**text_fields("x"), "AgentID": "1"})
    assert (await world.platform.post(*world.platform.sealed(other))).status == 403
    assert (await world.platform.post(*world.platform.sealed(xml, aes_key()))).status == 403
    world.app.corp_id = "wwsomebodyelse"
    assert (await world.platform.post(*world.platform.sealed(xml))).status == 403
    assert not world.agent.seen


async def test_previous_key_is_still_understood(open_world: Open) -> None:
    before = aes_key()
    world = await open_world(GUANDA_WECOM_AES_KEY_PREVIOUS=before)
    world.app.key = before
    assert (await world.platform.say("alice", "退税", PATIENCE)).encrypted


async def test_repeated_message_is_answered_once(world: World) -> None:
    fields = text_fields("退税", 3)
    requests = [world.platform.request("alice", fields) for _ in range(3)]
    replies = await asyncio.gather(*(world.platform.post(*each) for each in requests))
    assert sorted(bool(reply.text) for reply in replies) == [False, False, True]


@pytest.mark.parametrize("event", [{"Event": "subscribe"}, {"Event": "click", "EventKey": "k"}])
async def test_greeting(world: World, event: dict[str, str]) -> None:
    reply = await world.platform.deliver("alice", {"MsgType": "event", **event}, PATIENCE)
    assert "我能做这些" in reply.text


async def test_other_types_and_events(world: World) -> None:
    reply = await world.platform.deliver("alice", {"MsgType": "image", "MsgId": "1"}, PATIENCE)
    assert "文字" in reply.text
    event = {"MsgType": "event", "Event": "enter_agent"}
    assert (await world.platform.deliver("alice", event, PATIENCE)).text == ""


async def test_late_answer_is_sent_by_the_app(world: World) -> None:
    world.agent.seconds = 0.6
    reply = await world.platform.say("alice", "退税", PATIENCE)
    assert (reply.status, reply.content) == (200, "")
    (text,) = await world.sent()
    assert "可以不予处罚。" in text
    (body,) = world.interface.bodies
    assert (body["agentid"], body["msgtype"]) == (1000002, "text")
    assert world.interface.calls["/gettoken"] == 1


async def test_markdown_where_the_client_shows_it(open_world: Open) -> None:
    world = await open_world(GUANDA_WECOM_MARKDOWN="on")
    reply = await world.platform.say("alice", "退税", PATIENCE)
    assert (reply.status, reply.text) == (200, "")
    (text,) = await world.sent()
    assert "\n> 「" in text
    assert world.interface.sent[0].kind == "markdown"
    await world.platform.say("alice", "退税", PATIENCE)
    await world.sent(2)
    assert len(world.interface.sent) == 2


@pytest.mark.parametrize("code", [40014, 42001])
async def test_stale_token_is_renewed_once(world: World, code: int) -> None:
    world.interface.fail["/message/send"] = deque((code,))
    world.agent.seconds = 0.5
    await world.platform.say("alice", "退税", PATIENCE)
    await world.sent()
    assert len(world.interface.sent) == 1


async def test_member_outside_the_app_keeps_the_answer(world: World) -> None:
    world.interface.fail["/message/send"] = deque((81013,))
    world.agent.seconds = 0.5
    await world.platform.say("alice", "退税", PATIENCE)
    await asyncio.sleep(0.5)
    world.agent.seconds = 0
    assert "可以不予处罚。" in (await world.platform.say("alice", "好", PATIENCE)).text


async def test_members_limit_is_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.members.rate.limits = ((1, 2), (3600, 4))
    monkeypatch.setattr("bot.messaging.desk.BEHIND", 0.01)
    world.agent.seconds = 0.4
    for _ in range(5):
        await world.platform.say("alice", "退税", PATIENCE)
    texts = await world.sent(5)
    assert len(texts) == 4, "the fifth is beyond the hour's limit"
    world.agent.reply = card("smalltalk", "再见")
    world.agent.seconds = 0
    await asyncio.sleep(1.2)
    reply = await world.platform.say("alice", "好", PATIENCE)
    assert "可以不予处罚。" in reply.text


async def test_nothing_secret_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    world.interface.fail["/gettoken"] = deque((40001,))
    world.agent.seconds = 0.5
    await world.platform.say("alice", "退税", PATIENCE)
    await asyncio.sleep(0.4)
    world.interface.fail["/message/send"] = deque((40014, 42001))
    await world.platform.say("bob", "退税", PATIENCE)
    await asyncio.sleep(0.4)
    await world.interface.stop()
    await world.platform.say("carol", "退税", PATIENCE)
    await asyncio.sleep(0.4)
    assert "kept until the user writes" in caplog.text
    secret = [world.app.secret, world.app.token, world.app.key, "token-"]
    assert not [text for text in secret if text in caplog.text]
