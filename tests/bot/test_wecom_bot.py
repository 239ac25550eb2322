"""The WeCom AI bot's long connection, played against the stand-in of its gateway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.channels import wecom_bot
from bot.channels.wecom_bot import WeComBotInput
from bot.messaging import lease as lease_module
from bot.messaging.longlink import LinkTiming
from bot.messaging.store import FileStore
from tests.standin.accounts import AiBot
from tests.standin.assistant import Agent, Assistant, card
from tests.standin.gateway import Gateway

QUICK = LinkTiming(ping=0.1, ack=0.3, first_wait=0.05, longest_wait=0.2, lease=0.6)
Open = Callable[..., Any]


class Bot:
    """A running bot and what is around it."""

    def __init__(self, gateway: Gateway, account: AiBot, channel: WeComBotInput) -> None:
        self.gateway = gateway
        self.account = account
        self.channel = channel
        self.agent = Agent()
        self.assistant: Assistant


@pytest_asyncio.fixture
async def open_bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Open]:
    monkeypatch.setattr(wecom_bot, "PATIENCE", 0.15)
    async with AsyncExitStack() as stack:
        gateway = Gateway()
        account = AiBot(await gateway.start())
        stack.push_async_callback(gateway.stop)
        for name, value in account.settings().items():
            monkeypatch.setenv(name, value)

        async def make(store: str = "store", wait: bool = True) -> Bot:
            subscriptions = gateway.subscriptions
            channel = WeComBotInput(FileStore(tmp_path / f"{store}.sqlite"), QUICK)
            bot = Bot(gateway, account, channel)
            bot.assistant = await stack.enter_async_context(Assistant(bot.agent, channel))
            if wait:
                await gateway.connected(subscriptions + 1)
                await asyncio.sleep(0.05)
            return bot

        yield make


@pytest_asyncio.fixture
async def bot(open_bot: Open) -> Bot:
    return await open_bot()


async def state(bot: Bot) -> str:
    url = f"http://127.0.0.1:{bot.assistant.port}/webhooks/wecom_bot/"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return (await response.json())["status"]


async def test_it_subscribes_with_id_and_secret(bot: Bot) -> None:
    (frame,) = bot.gateway.sent("aibot_subscribe")
    assert frame["body"] == {"bot_id": bot.account.bot_id, "secret": bot.account.secret}
    assert await state(bot) == "connected"


async def test_question_is_answered_in_a_finished_stream(bot: Bot) -> None:
    number = await bot.gateway.say("主动披露")
    (frame,) = await bot.gateway.finished()
    assert frame["headers"]["req_id"] == number
    assert frame["body"]["msgtype"] == "stream"
    content = frame["body"]["stream"]["content"]
    assert "> 「自涉税违规行为发生之日起六个月以内向海关主动披露的」" in content
    assert "效力：已失效" in content
    assert bot.agent.asked == ["主动披露"]
    assert bot.agent.seen[0].sender_id == "wecom_bot:single:alice:alice"


async def test_slow_answer_begins_with_a_sign_of_life_in_the_same_stream(bot: Bot) -> None:
    bot.agent.seconds = 0.4
    await bot.gateway.say("主动披露")
    (last,) = await bot.gateway.finished()
    first = bot.gateway.sent("aibot_respond_msg")[0]["body"]["stream"]
    assert not first["finish"]
    assert "请稍候" in first["content"]
    assert first["id"] == last["body"]["stream"]["id"]
    assert "可以不予处罚。" in last["body"]["stream"]["content"]


async def test_welcome_at_once_with_examples_by_number(bot: Bot) -> None:
    sender = {"from": {"userid": "alice"}, "chattype": "single"}
    number = await bot.gateway.event("enter_chat", **sender)
    await asyncio.sleep(0.1)
    (frame,) = bot.gateway.sent("aibot_respond_welcome_msg")
    assert frame["headers"]["req_id"] == number
    assert "我能做这些" in frame["body"]["text"]["content"]
    await bot.gateway.say("1")
    await bot.gateway.finished()
    assert bot.agent.asked == ["高级认证企业有哪些优惠？"]


async def test_repeated_message_is_answered_once(bot: Bot) -> None:
    for _ in range(3):
        await bot.gateway.say("退税", msgid="same")
    await bot.gateway.finished()
    await asyncio.sleep(0.3)
    assert len(bot.gateway.sent("aibot_respond_msg")) == 1
    assert len(bot.agent.seen) == 1


async def test_group_message_without_the_mention(bot: Bot) -> None:
    await bot.gateway.say("@关答 退税要几天", chattype="group", chatid="room")
    await bot.gateway.finished()
    assert bot.agent.asked == ["退税要几天"]
    assert bot.agent.seen[0].sender_id == "wecom_bot:group:room:alice"


@pytest.mark.parametrize(
    "body",
    [
        {"msgtype": "voice", "voice": {"content": "退税"}},
        {
            "msgtype": "mixed",
            "mixed": {
                "msg_item": [
                    {"msgtype": "image", "image": {"url": "x"}},
                    {"msgtype": "text", "text": {"content": "退税"}},
                ]
            },
        },
    ],
)
async def test_voice_and_mixed_messages(bot: Bot, body: dict[str, Any]) -> None:
    await bot.gateway.say("", **body)
    await bot.gateway.finished()
    assert bot.agent.asked == ["退税"]


@pytest.mark.parametrize("kind", ["image", "file", "video"])
async def test_other_types_get_a_polite_reply(bot: Bot, kind: str) -> None:
    await bot.gateway.say("", msgtype=kind)
    (frame,) = await bot.gateway.finished()
    assert "文字" in frame["body"]["stream"]["content"]
    assert not bot.agent.seen


async def test_it_pings(bot: Bot) -> None:
    await asyncio.sleep(0.35)
    assert len(bot.gateway.sent("ping")) >= 2
    assert bot.gateway.subscriptions == 1


async def test_it_connects_again_when_cut(bot: Bot) -> None:
    await bot.gateway.cut()
    await bot.gateway.connected(2)
    await bot.gateway.say("退税")
    await bot.gateway.finished()


async def test_it_connects_again_when_pings_are_not_answered(bot: Bot) -> None:
    bot.gateway.answer_pings = False
    await bot.gateway.connected(2)


async def test_it_waits_longer_each_time(open_bot: Open, caplog: pytest.LogCaptureFixture) -> None:
    bot = await open_bot()
    bot.gateway.refuse = 853000
    await bot.gateway.cut()
    await asyncio.sleep(1.0)
    assert 3 <= bot.gateway.subscriptions <= 14
    assert await state(bot) == "waiting"
    assert "853000" in caplog.text
    assert bot.account.secret not in caplog.text


async def test_newer_connection_wins_and_ours_does_not_fight_back(bot: Bot) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(bot.gateway.url) as newer,
    ):
        frame = {"cmd": "aibot_subscribe", "headers": {"req_id": "1"}, "body": {}}
        await newer.send_json(frame)
        await newer.receive()
        await asyncio.sleep(1.0)
        assert bot.gateway.subscriptions == 2
        assert await state(bot) == "displaced"


async def test_of_two_assistants_one_owns_the_connection(open_bot: Open) -> None:
    first = await open_bot()
    second = await open_bot(wait=False)
    await asyncio.sleep(0.7)
    assert first.gateway.subscriptions == 1
    assert await state(second) == "waiting"
    await first.assistant.__aexit__()
    await first.gateway.connected(2)
    await asyncio.sleep(0.1)
    assert await state(second) == "connected"


async def test_answer_after_a_cut_goes_as_a_message_of_its_own(bot: Bot) -> None:
    bot.agent.seconds = 0.5
    await bot.gateway.say("退税")
    await asyncio.sleep(0.1)
    bot.gateway.errors["aibot_respond_msg"] = 846605  # the new connection does not know it
    await bot.gateway.cut()
    await bot.gateway.connected(2)
    await asyncio.sleep(0.8)
    (frame,) = bot.gateway.sent("aibot_send_msg")
    assert (frame["body"]["chatid"], frame["body"]["chat_type"]) == ("alice", 1)
    assert "可以不予处罚。" in frame["body"]["markdown"]["content"]


async def test_restart_takes_up_what_was_taken_on(
    open_bot: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease_module, "SECONDS", 0.2)
    bot = await open_bot()
    bot.agent.seconds = 60
    await bot.gateway.say("退税")
    await asyncio.sleep(0.1)
    await bot.assistant.__aexit__()
    again = await open_bot()
    await asyncio.sleep(1.6)
    (frame,) = again.gateway.sent("aibot_send_msg")
    assert "可以不予处罚。" in frame["body"]["markdown"]["content"]


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        "{}",
        '{"cmd": "aibot_msg_callback"}',
        '{"cmd": "aibot_msg_callback", "headers": {"req_id": 1}, "body": []}',
        '{"cmd": "aibot_msg_callback", "headers": {"req_id": 1}, "body": {"msgid": null}}',
        '{"cmd": 1, "headers": {"req_id": {}}, "body": {"event": "x"}}',
        '{"cmd": "aibot_event_callback", "headers": {"req_id": 1}, "body": {"event": 1}}',
        "[" * 5000,
        "1" * 5000,
    ],
    ids=range(10),
)
async def test_frames_that_no_platform_sends_are_passed_over(bot: Bot, text: str) -> None:
    assert bot.gateway.socket is not None
    await bot.gateway.socket.send_str(text)
    await bot.gateway.say("退税", msgid="after")
    frames = await bot.gateway.finished()
    assert "可以不予处罚。" in frames[-1]["body"]["stream"]["content"]
    assert bot.gateway.subscriptions == 1


async def test_long_content_stays_below_the_limit(bot: Bot) -> None:
    bot.agent.reply = card("smalltalk", "企业应当如实申报。" * 3000)
    await bot.gateway.say("全文")
    (frame,) = await bot.gateway.finished()
    assert len(frame["body"]["stream"]["content"].encode()) < 20_480
