"""The Official Account's channel, played against the stand-in of the platform."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.channels.wechat import WeChatInput
from bot.messaging import desk as desk_module
from bot.messaging import lease as lease_module
from bot.messaging.desk import Timing
from bot.messaging.store import FileStore
from tests.standin.accounts import OfficialAccount, aes_key
from tests.standin.assistant import Agent, Assistant, card
from tests.standin.interface import Interface
from tests.standin.sender import Platform, Reply, message, text_fields

OPTIONS = [
    {"title": "看看条件", "payload": "条件是什么"},
    {"title": "依据", "payload": "依据是什么"},
]
QUICK = Timing(wait=0.3, hang_up=0.5, late=5)
PATIENCE = 0.4  # of the platform in tests: between `wait` and `hang_up`
LONG = "企业应当在规定的期限内如实申报。" * 150


class World:
    """An account, the platform that sends for it, its interface, and the assistant."""

    def __init__(self, account: OfficialAccount, agent: Agent, interface: Interface) -> None:
        self.account = account
        self.agent = agent
        self.interface = interface
        self.platform: Platform
        self.assistant: Assistant

    async def say(self, text: str, user: str = "alice") -> Reply:
        return await self.platform.say(user, text, PATIENCE)

    async def sent(self, number: int = 1) -> list[str]:
        """The texts of messages sent to users, once there are so many."""
        for _ in range(200):
            if len(self.interface.sent) >= number:
                break
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)
        return [each.text for each in self.interface.sent]


Open = Callable[..., "asyncio.Future[World]"]


@pytest_asyncio.fixture
async def open_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Open]:
    monkeypatch.setattr(desk_module, "BEHIND", 0.05)
    async with AsyncExitStack() as stack:
        interface = Interface()
        base = await interface.start()
        stack.push_async_callback(interface.stop)
        account = OfficialAccount(base)

        async def make(mode: str = "safe", **environ: str) -> World:
            account.mode = mode
            world = World(account, Agent(), interface)
            for name, value in {**world.account.settings(), **environ}.items():
                monkeypatch.setenv(name, value)
            channel = WeChatInput(FileStore(tmp_path / "store.sqlite"), QUICK, minute=0.1)
            world.assistant = await stack.enter_async_context(Assistant(world.agent, channel))
            url = world.assistant.url("wechat")
            world.platform = await stack.enter_async_context(Platform(url, world.account))
            return world

        yield make


@pytest_asyncio.fixture
async def world(open_world: Open) -> World:
    return await open_world()


# who is let in


async def get(world: World, query: dict[str, str]) -> tuple[int, str]:
    assert world.platform.session
    async with world.platform.session.get(world.platform.url, params=query) as response:
        return response.status, await response.text()


async def test_console_verifies_the_address(world: World) -> None:
    assert await get(world, world.platform.query(echostr="12345678")) == (200, "12345678")


@pytest.mark.parametrize("change", [{"signature": "0" * 40}, {"timestamp": "1"}, {"echostr": ""}])
async def test_verification_by_others_is_refused(world: World, change: dict[str, str]) -> None:
    query = {**world.platform.query(echostr="12345678"), **change}
    assert (await get(world, query))[0] == 403


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
async def test_question_is_answered_in_each_mode(open_world: Open, mode: str) -> None:
    world = await open_world(mode)
    reply = await world.say("主动披露怎样免罚")
    assert reply.status == 200
    assert reply.encrypted == (mode != "plain")
    assert "可以不予处罚。" in reply.text
    assert "「自涉税违规行为发生之日起六个月以内向海关主动披露的」" in reply.text
    assert "效力：已失效（2023-10-11 至 2025-10-10）" in reply.text
    assert world.agent.asked == ["主动披露怎样免罚"]
    assert world.agent.seen[0].sender_id == "wechat:alice"
    assert world.agent.seen[0].input_channel == "wechat"


async def test_compatible_mode_takes_a_plain_message(open_world: Open) -> None:
    world = await open_world("compatible")
    xml = message("gh", "alice", text_fields("退税"))
    reply = await world.platform.post(world.platform.query(), xml)
    assert "可以不予处罚。" in reply.text
    assert not reply.encrypted


@pytest.mark.parametrize("mode", ["plain", "safe"])
async def test_message_of_another_mode_is_refused(open_world: Open, mode: str) -> None:
    world = await open_world(mode)
    xml = message("gh", "alice", text_fields("退税"))
    if mode == "safe":
        reply = await world.platform.post(world.platform.query(), xml)
    else:
        reply = await world.platform.post(*world.platform.sealed(xml))
    assert reply.status == 403
    assert not world.agent.seen


async def test_previous_key_is_still_understood(open_world: Open) -> None:
    before = aes_key()
    world = await open_world(GUANDA_WECHAT_AES_KEY_PREVIOUS=before)
    xml = message("gh", "alice", text_fields("退税"))
    world.account.key, present = before, world.account.key
    reply = await world.platform.post(*world.platform.sealed(xml, before))
    assert reply.encrypted, "and the reply uses the key of the request"
    world.account.key = present
    assert (await world.say("退税")).encrypted


async def test_unknown_key_and_other_receiver_are_refused(world: World) -> None:
    xml = message("gh", "alice", text_fields("退税"))
    assert (await world.platform.post(*world.platform.sealed(xml, aes_key()))).status == 403
    world.account.app_id = "wxsomebodyelse000"
    assert (await world.platform.post(*world.platform.sealed(xml))).status == 403
    assert not world.agent.seen


@pytest.mark.parametrize("seconds", [-301, 301])
async def test_old_and_future_requests_are_refused(
    world: World, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    now = time.time()
    monkeypatch.setattr("tests.standin.sender.time.time", lambda: now)
    query, body = world.platform.request("alice", text_fields("退税"))
    monkeypatch.setattr("bot.messaging.signature.time.time", lambda: now - seconds)
    assert (await world.platform.post(query, body)).status == 403


async def test_nonce_cannot_be_used_for_another_message(open_world: Open) -> None:
    world = await open_world("plain")
    query = world.platform.query()
    first = message("gh", "alice", text_fields("退税"))
    forged = message("gh", "mallory", text_fields("退税"))
    assert (await world.platform.post(query, first)).text
    assert (await world.platform.post(query, forged)).status == 403
    replayed = await world.platform.post(query, first)
    assert (replayed.status, replayed.text) == (200, "")
    assert len(world.agent.seen) == 1


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE xml [<!ENTITY a "aaaa">]><xml><Content>&a;</Content></xml>',
        '<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml/>',
        "<xml><Content>&undefined;</Content></xml>",
        "<xml><FromUserName>a</FromUserName></xml>",
        "<html/>",
        "<xml>" + "<a>" * 50,
        "<xml>" + "<a></a>" * 500 + "</xml>",
        "no xml",
        "",
        b"\xff\xfe",
        '<?xml version="1.0" encoding="gbk"?><xml><Content>\x80</Content></xml>',
        "<xml>" + "a" * 70_000 + "</xml>",
    ],
    ids=range(12),
)
async def test_bodies_that_no_platform_sends_are_refused(
    open_world: Open, body: str | bytes
) -> None:
    world = await open_world("plain")
    assert (await world.platform.post(world.platform.query(), body)).status == 403
    assert not world.agent.seen


# what is understood


async def test_cdata_in_pieces_is_read(open_world: Open) -> None:
    world = await open_world("plain")
    xml = (
        "<xml><FromUserName><![CDATA[alice]]></FromUserName><MsgId>1</MsgId>"
        "<MsgType><![CDATA[text]]></MsgType>"
        "<Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>"
    )
    await world.platform.post(world.platform.query(), xml)
    assert world.agent.asked == ["a]]>b"]


@pytest.mark.parametrize("mode", ["plain", "safe"])
async def test_text_that_ends_cdata_survives_in_the_reply(open_world: Open, mode: str) -> None:
    world = await open_world(mode)
    world.agent.reply = "a]]>b &amp; <c> \x08😀"
    assert (await world.say("x")).text == "a]]>b &amp; <c> 😀"


async def test_voice_is_taken_by_its_recognition(world: World) -> None:
    await world.platform.deliver("alice", {"MsgType": "voice", "Recognition": "退税", "MsgId": "1"})
    assert world.agent.asked == ["退税"]


@pytest.mark.parametrize("kind", ["image", "video", "shortvideo", "location", "link", "voice"])
async def test_other_types_get_a_polite_reply(world: World, kind: str) -> None:
    reply = await world.platform.deliver("alice", {"MsgType": kind, "MsgId": "7"})
    assert "文字" in reply.text
    assert not world.agent.seen


@pytest.mark.parametrize("event", [{"Event": "subscribe"}, {"Event": "CLICK", "EventKey": "menu"}])
async def test_greeting_says_what_it_can_do(world: World, event: dict[str, str]) -> None:
    reply = await world.platform.deliver("alice", {"MsgType": "event", **event})
    assert "我能做这些" in reply.text
    assert "1. 高级认证企业有哪些优惠？" in reply.text
    await world.say("1")
    assert world.agent.asked == ["高级认证企业有哪些优惠？"]


async def test_menu_key_can_be_a_question(world: World) -> None:
    fields = {"MsgType": "event", "Event": "CLICK", "EventKey": "ask:退税要几天"}
    await world.platform.deliver("alice", fields)
    assert world.agent.asked == ["退税要几天"]


async def test_unsubscribing_is_silent_and_forgets(world: World) -> None:
    world.agent.reply = card("clarify", suggestions=OPTIONS)
    await world.say("免罚")
    reply = await world.platform.deliver("alice", {"MsgType": "event", "Event": "unsubscribe"})
    assert (reply.status, reply.text) == (200, "")
    await world.say("1")
    assert world.agent.asked == ["免罚", "1"]


async def test_other_events_are_silent(world: World) -> None:
    reply = await world.platform.deliver("alice", {"MsgType": "event", "Event": "LOCATION"})
    assert (reply.status, reply.text) == (200, "")
    assert not world.agent.seen


async def test_no_message_is_a_command(world: World) -> None:
    await world.say("/restart")
    assert world.agent.asked == ["／restart"]


async def test_empty_and_long_messages_are_answered(open_world: Open) -> None:
    world = await open_world(GUANDA_MAX_MESSAGE="20")
    assert "请输入您的问题" in (await world.say("  ")).text
    assert "太长" in (await world.say("税" * 21)).text
    assert not world.agent.seen


@pytest.mark.parametrize("failure", ["error", "silence"])
async def test_failure_is_said(world: World, failure: str) -> None:
    if failure == "error":
        world.agent.error = RuntimeError("a secret inside")
    else:
        world.agent.reply = None
    assert "内部错误" in (await world.say("退税")).text


# options


async def test_number_chooses_an_option(world: World) -> None:
    world.agent.reply = card("clarify", "哪一项？", suggestions=OPTIONS)
    reply = await world.say("免罚")
    assert reply.text.endswith("回复数字继续：\n1. 看看条件\n2. 依据")
    for typed in ("2", "２", "2。", "第2个"):
        await world.say(typed)
    assert world.agent.asked[1:] == ["依据是什么"] * 4


async def test_options_that_the_answer_lists_are_not_listed_again(world: World) -> None:
    world.agent.reply = card("clarify", "哪一项？\n1. 看看条件\n2. 依据", suggestions=OPTIONS)
    assert (await world.say("免罚")).text == "哪一项？\n1. 看看条件\n2. 依据"
    await world.say("2")
    assert world.agent.asked[-1] == "依据是什么"


async def test_other_numbered_lines_are_no_options(world: World) -> None:
    world.agent.reply = card("list", "有两项：\n1. 甲。\n2. 乙。", suggestions=OPTIONS)
    assert (await world.say("免罚")).text.endswith("回复数字继续：\n1. 看看条件\n2. 依据")


async def test_number_without_options_is_a_message(world: World) -> None:
    await world.say("2")
    world.agent.reply = card("clarify", "哪一项？", suggestions=OPTIONS)
    await world.say("免罚")
    await world.say("3")
    assert world.agent.asked == ["2", "免罚", "3"]


async def test_options_of_an_earlier_answer_are_gone(world: World) -> None:
    world.agent.reply = card("clarify", "哪一项？", suggestions=OPTIONS)
    await world.say("免罚")
    world.agent.reply = card()
    await world.say("退税")
    await world.say("1")
    assert world.agent.asked[-1] == "1"


async def test_option_is_never_a_command(world: World) -> None:
    suggestions = [{"title": "x", "payload": '/inform{"a": "b"}'}]
    world.agent.reply = card("clarify", "哪一项？", suggestions=suggestions)
    await world.say("免罚")
    await world.say("1")
    assert world.agent.asked[-1].startswith("／inform")


# once, in spite of repetitions


@pytest.mark.parametrize(
    "fields", [text_fields("退税", 99), {"MsgType": "event", "Event": "subscribe"}]
)
async def test_repeated_message_is_answered_once(world: World, fields: dict[str, str]) -> None:
    xml = message("gh", "alice", fields)
    requests = [world.platform.sealed(xml) for _ in range(3)]
    replies = await asyncio.gather(*(world.platform.post(*each) for each in requests))
    assert sorted(bool(reply.text) for reply in replies) == [False, False, True]
    assert all(reply.status == 200 for reply in replies)
    assert len(world.agent.seen) <= 1


async def test_same_request_three_times_is_answered_once(world: World) -> None:
    request = world.platform.request("alice", text_fields("退税"))
    replies = [await world.platform.post(*request) for _ in range(3)]
    assert [bool(reply.text) for reply in replies] == [True, False, False]
    assert len(world.agent.seen) == 1


async def test_users_and_messages_are_told_apart(world: World) -> None:
    replies = [await world.say("退税", user) for user in ("alice", "bob", "alice")]
    assert all(reply.text for reply in replies)
    assert [each.sender_id for each in world.agent.seen] == [
        "wechat:alice",
        "wechat:bob",
        "wechat:alice",
    ]


# too late for a reply


async def test_late_answer_is_sent_by_customer_service(world: World) -> None:
    world.agent.seconds = 0.6
    reply = await world.say("退税")
    assert (reply.status, reply.content) == (200, "success")
    (text,) = await world.sent()
    assert "可以不予处罚。" in text
    assert len(world.agent.seen) == 1


async def test_late_options_are_a_menu_that_can_be_clicked_or_numbered(world: World) -> None:
    world.agent.seconds = 0.5
    world.agent.reply = card("clarify", "哪一项？", suggestions=OPTIONS)
    await world.say("免罚")
    await world.sent()
    (sent,) = world.interface.sent
    assert (sent.kind, sent.text) == ("msgmenu", "哪一项？")
    assert [option["content"] for option in sent.options] == ["看看条件", "依据"]
    world.agent.seconds = 0
    clicked = {**text_fields("依据"), "bizmsgmenuid": sent.options[1]["id"]}
    await world.platform.deliver("alice", clicked)
    unknown = {**text_fields("依据"), "bizmsgmenuid": "gone-0"}
    await world.platform.deliver("alice", unknown)
    assert world.agent.asked == ["免罚", "依据是什么", "依据"]


async def test_without_the_right_the_platforms_repetition_gets_the_answer(world: World) -> None:
    world.interface.fail["/message/custom/send"] = deque((48001,))
    world.agent.seconds = 0.6
    await world.say("first, to learn that there is no right")
    await asyncio.sleep(0.8)
    reply = await world.say("again")
    assert "可以不予处罚。" in reply.text, "with what was kept of the first"
    world.agent.seconds = 0.5
    reply = await world.say("退税")
    assert "可以不予处罚。" in reply.text
    assert world.agent.asked.count("退税") == 1
    assert not world.interface.sent


async def test_without_the_right_a_very_late_answer_is_fetched(world: World) -> None:
    world.interface.fail["/message/custom/send"] = deque((48001,))
    world.agent.seconds = 0.6
    await world.say("to learn that there is no right")
    await asyncio.sleep(0.8)
    await world.say("好")
    world.agent.seconds = 0
    world.agent.free.clear()
    reply = await world.say("退税")
    assert "稍后回复任意内容" in reply.text
    world.agent.free.set()
    await asyncio.sleep(0.5)
    reply = await world.say("好了吗")
    assert "可以不予处罚。" in reply.text
    assert world.agent.asked.count("退税") == 1
    assert "好了吗" not in world.agent.asked


async def test_answer_that_no_request_took_is_kept(world: World) -> None:
    world.agent.seconds = 0.3
    request = world.platform.request("alice", text_fields("退税"))
    assert (await world.platform.post(*request, patience=0.1)).status == 0
    (text,) = await world.sent()
    assert "可以不予处罚。" in text


# long answers


async def test_long_answer_is_split_and_the_rest_is_sent(world: World) -> None:
    world.agent.reply = card("smalltalk", LONG)
    reply = await world.say("全文")
    assert reply.text.startswith("（1/4）\n")
    assert reply.text.endswith("。")
    rest = await world.sent(3)
    assert [text[:5] for text in rest] == ["（2/4）", "（3/4）", "（4/4）"]
    whole = "".join(text.partition("\n")[2] for text in [reply.text, *rest])
    assert whole == LONG


async def test_without_the_right_the_rest_is_read_on_demand(world: World) -> None:
    world.interface.fail["/message/custom/send"] = deque((48001,))
    world.agent.reply = card("smalltalk", LONG)
    await world.say("全文")
    await asyncio.sleep(0.4)
    texts = [(await world.say("继续")).text for _ in range(3)]
    assert [text[:5] for text in texts] == ["（2/4）", "（3/4）", "（4/4）"]
    assert "继续" not in world.agent.asked
    reply = await world.say("全文")
    assert reply.text.endswith("（未完，回复「继续」看下文）")
    world.agent.reply = card()
    await world.say("退税")
    await world.say("继续")
    assert world.agent.asked[-1] == "继续", "the rest is gone once something else was asked"


# the interface's errors


async def late(world: World, *codes: int) -> None:
    """A late answer, for which the interface fails with these codes."""
    world.interface.fail["/message/custom/send"] = deque(codes)
    world.agent.seconds = 0.5
    await world.say("退税")
    await asyncio.sleep(0.7)
    world.agent.seconds = 0


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_stale_token_is_renewed_once(world: World, code: int) -> None:
    await late(world, code)
    assert len(world.interface.sent) == 1
    assert world.interface.calls["/stable_token"] == 3, "asked, asked again, forced"
    assert world.interface.forced == 1


async def test_token_that_stays_stale_is_reported(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await late(world, 40001, 40001)
    assert world.interface.calls["/message/custom/send"] == 2
    assert "although it was just renewed" in caplog.text
    assert "可以不予处罚。" in (await world.say("好")).text


@pytest.mark.parametrize("code", [45015, 45047, 45009, 48001])
async def test_what_cannot_be_sent_is_kept(world: World, code: int) -> None:
    await late(world, code)
    assert not world.interface.sent
    assert world.interface.calls["/message/custom/send"] == 1
    assert "可以不予处罚。" in (await world.say("好")).text
    assert world.agent.asked == ["退税"]


@pytest.mark.parametrize(("code", "pauses"), [(45009, True), (48001, True), (45047, False)])
async def test_limits_pause_and_quotas_do_not(world: World, code: int, pauses: bool) -> None:
    await late(world, code)
    world.agent.seconds = 0.5
    await world.platform.post(*world.platform.request("bob", text_fields("退税")), PATIENCE)
    await asyncio.sleep(0.5)
    assert world.interface.calls["/message/custom/send"] == (1 if pauses else 2)


async def test_too_many_calls_in_a_minute_wait_for_the_next(world: World) -> None:
    await late(world, 45011)
    assert len(world.interface.sent) == 1
    assert world.interface.calls["/message/custom/send"] == 2


async def test_busy_platform_is_asked_again(world: World) -> None:
    await late(world, -1)
    await world.sent()
    assert len(world.interface.sent) == 1


async def test_quota_of_messages_keeps_the_rest(world: World) -> None:
    world.interface.quota = 1
    world.agent.reply = card("smalltalk", LONG)
    await world.say("全文")
    await asyncio.sleep(0.3)
    assert len(world.interface.sent) == 1
    world.interface.quota = None
    assert (await world.say("好")).text.startswith("（3/4）")


async def test_one_token_for_many_calls(world: World) -> None:
    world.agent.seconds = 0.5
    users = [f"user{number}" for number in range(10)]
    await asyncio.gather(*(world.say("退税", user) for user in users))
    await world.sent(10)
    assert len(world.interface.sent) == 10
    assert world.interface.calls["/stable_token"] == 1


async def test_slow_interface_times_out(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.messaging.api.TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    world.interface.slow = 1
    await late(world)
    await asyncio.sleep(0.3)
    world.interface.slow = 0
    assert "did not reply" in caplog.text
    assert "可以不予处罚。" in (await world.say("好")).text


async def test_nothing_secret_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    await late(world, 40001, 40001)
    await world.interface.stop()
    world.agent.seconds = 0.5
    await world.say("退税", "bob")
    await world.platform.post({"signature": "0"}, "x")
    await asyncio.sleep(0.5)
    secret = [world.account.secret, world.account.token, world.account.key, "token-"]
    assert not [text for text in secret if text in caplog.text]


# restarts


async def test_restart_takes_up_what_was_taken_on(
    open_world: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease_module, "SECONDS", 0.2)
    world = await open_world()
    world.agent.seconds = 60
    assert (await world.say("退税")).status == 200
    await world.assistant.__aexit__()  # it is cut off in the middle
    again = await open_world()
    (text,) = await again.sent()
    assert "可以不予处罚。" in text
    assert again.agent.asked == ["退税"]
    assert again.agent.seen[0].sender_id == "wechat:alice"


async def test_answered_message_is_not_answered_again_after_a_restart(open_world: Open) -> None:
    world = await open_world()
    fields = text_fields("退税", 5)
    assert (await world.platform.deliver("alice", fields)).text
    again = await open_world()
    reply = await again.platform.deliver("alice", fields)
    assert (reply.status, reply.text) == (200, "")
    assert not again.agent.seen
