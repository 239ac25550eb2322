"""Bodies that no honest platform sends: no server error, and no answer.

GUANDA_TEST_MUTATIONS says how many; the acceptance asks for 20000.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import random
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.channels.wechat import WeChatInput
from bot.channels.wecom import WeComInput
from bot.channels.wecom_bot import WeComBotInput
from bot.messaging.store import FileStore
from tests.standin.accounts import AiBot, OfficialAccount, WeComApp, aes_key
from tests.standin.assistant import Agent, Assistant
from tests.standin.gateway import Gateway
from tests.standin.interface import Interface
from tests.standin.sender import Platform, Reply, message, signature, text_fields

BODIES = int(os.environ.get("GUANDA_TEST_MUTATIONS", "4000"))
FRAMES = BODIES // 5
XML_BODIES = BODIES - FRAMES
AT_ONCE = 16
Request = tuple[dict[str, str], "str | bytes"]


class Mutator:
    """Requests of one platform, each spoilt in one way."""

    def __init__(self, platform: Platform, answered: Request, seed: int) -> None:
        self.platform = platform
        self.answered = answered
        self.dice = random.Random(seed)
        self.ways: list[Callable[[], Request]] = [
            self.unsigned,
            self.flipped,
            self.truncated,
            self.stale,
            self.replayed,
            self.other_receiver,
            self.other_key,
            self.entity,
            self.noise,
            self.nothing_inside,
            self.short_cipher,
            self.without_a_parameter,
        ]

    def any(self) -> Request:
        return self.dice.choice(self.ways)()

    def request(self) -> tuple[dict[str, str], str]:
        return self.platform.request("mallory", text_fields("退税要几天"))

    def unsigned(self) -> Request:
        query, body = self.request()
        return {**query, "msg_signature": self.dice.randbytes(20).hex()}, body

    def flipped(self) -> Request:
        query, body = self.request()
        start = body.index("<![CDATA[") + 9
        place = self.dice.randrange(start, start + 80)
        changed = "A" if body[place] != "A" else "B"
        return query, body[:place] + changed + body[place + 1 :]

    def truncated(self) -> Request:
        query, body = self.request()
        return query, body[: self.dice.randrange(len(body) - 20)]

    def stale(self) -> Request:
        query, body = self.request()
        query["timestamp"] = str(int(query["timestamp"]) - self.dice.randrange(301, 10**8))
        return self.signed(query, body)

    def replayed(self) -> Request:
        return self.answered

    def other_receiver(self) -> Request:
        account = self.platform.account
        name = "corp_id" if self.platform.wecom else "app_id"
        mine = getattr(account, name)
        setattr(account, name, mine[:-1] + self.dice.choice("XYZ"))
        try:
            return self.request()
        finally:
            setattr(account, name, mine)

    def other_key(self) -> Request:
        return self.platform.sealed(message("x", "mallory", text_fields("x")), aes_key())

    def entity(self) -> Request:
        inside = '<!DOCTYPE a [<!ENTITY b "c">]><xml><Content>&b;</Content></xml>'
        query, body = self.platform.sealed(inside)
        return (query, body) if self.dice.random() < 0.5 else (query, inside)

    def noise(self) -> Request:
        return self.platform.query(encrypt_type="aes"), self.dice.randbytes(
            self.dice.randrange(400)
        )

    def nothing_inside(self) -> Request:
        inside = self.dice.choice(
            ["", "<xml/>", "<xml>", "{}", "<a/>", "\x00", "<xml><A>1</A></xml>"]
        )
        return self.platform.sealed(inside)

    def short_cipher(self) -> Request:
        query, body = self.request()
        sealed = body.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
        cut = base64.b64decode(sealed)[: self.dice.randrange(100)]
        return self.signed(query, body.replace(sealed, base64.b64encode(cut).decode()))

    def without_a_parameter(self) -> Request:
        query, body = self.request()
        del query[self.dice.choice(["timestamp", "nonce", "msg_signature"])]
        return query, body

    def signed(self, query: dict[str, str], body: str) -> Request:
        sealed = body.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
        parts = (self.platform.account.token, query["timestamp"], query["nonce"], sealed)
        return {**query, "msg_signature": signature(*parts)}, body


@pytest.mark.slow
async def test_mutated_xml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interface = Interface()
    account, app = OfficialAccount(await interface.start()), WeComApp("http://127.0.0.1:1")
    for name, value in {**account.settings(), **app.settings()}.items():
        monkeypatch.setenv(name, value)
    agent = Agent()
    store = FileStore(tmp_path / "a.sqlite"), FileStore(tmp_path / "b.sqlite")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(interface.stop)
        channels = WeChatInput(store[0]), WeComInput(store[1])
        assistant = await stack.enter_async_context(Assistant(agent, *channels))
        mutators = []
        for number, (channel, of) in enumerate({"wechat": account, "wecom": app}.items()):
            platform = await stack.enter_async_context(Platform(assistant.url(channel), of))
            answered = platform.request("alice", text_fields("退税"))
            assert (await platform.post(*answered)).text
            mutators.append(Mutator(platform, answered, number))
        seen: Counter[int] = Counter()

        async def send(number: int) -> None:
            for _ in range(number, XML_BODIES, AT_ONCE):
                mutator = mutators[number % 2]
                reply: Reply = await mutator.platform.post(*mutator.any())
                assert not reply.text
                seen[reply.status] += 1

        await asyncio.gather(*(send(number) for number in range(AT_ONCE)))
    assert set(seen) == {200, 403}, "200: replays, which are answered with nothing"
    assert seen.total() == XML_BODIES
    assert [each.sender_id for each in agent.seen] == ["wechat:alice", "wecom:alice"]
    assert not interface.sent


@pytest.mark.slow
async def test_mutated_frames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gateway = Gateway()
    for name, value in AiBot(await gateway.start()).settings().items():
        monkeypatch.setenv(name, value)
    agent, dice = Agent(), random.Random(1)
    good = {
        "cmd": "aibot_msg_callback",
        "headers": {"req_id": "r"},
        "body": {"msgid": "m", "from": {"userid": "mallory"}, "msgtype": "text", "text": {}},
    }
    whole = json.dumps(good)
    junk = ["", "null", "[]", "{}", "1e999", '"' * 9, "[" * 2000, '{"a":' * 900, "\\ud800"]
    channel = WeComBotInput(FileStore(tmp_path / "store.sqlite"))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(gateway.stop)
        await stack.enter_async_context(Assistant(agent, channel))
        await gateway.connected()
        assert gateway.socket is not None
        for _ in range(FRAMES):
            place = dice.randrange(len(whole))
            text = whole[:place] + dice.choice(junk) + whole[place + dice.randrange(1, 9) :]
            await gateway.socket.send_str(text)
        number = await gateway.say("退税", "alice")
        for _ in range(500):
            finished = gateway.sent("aibot_respond_msg")
            if number in [frame["headers"]["req_id"] for frame in finished]:
                break
            await asyncio.sleep(0.02)
        assert gateway.subscriptions == 1
        assert "in the background" not in caplog.text
    assert [each.text for each in agent.seen] == ["退税"]
