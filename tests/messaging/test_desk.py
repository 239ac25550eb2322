"""Answers that must not get lost when the platform hangs up, or we are killed, at a bad moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
import pytest_asyncio

from bot.messaging import desk as desk_module
from bot.messaging import lease as lease_module
from bot.messaging.answer import Asker, Form, Option
from bot.messaging.desk import Desk, HungUpError, Timing
from bot.messaging.incoming import Incoming
from bot.messaging.sender import NotSentError
from bot.messaging.store import Store
from tests.standin.assistant import Agent, card

MESSAGE = Incoming("key", "alice", "question", "退税")
LONG = "企业应当如实申报。" * 200


class Notes:
    """Notes what is sent."""

    def __init__(self) -> None:
        self.right = True
        self.texts: list[str] = []

    async def allowed(self) -> bool:
        return self.right

    async def send(self, message: Incoming, text: str, options: Sequence[Option]) -> None:
        if not self.right:
            raise NotSentError("no right")
        self.texts.append(text)

    async def close(self) -> None:
        pass


class Counter:
    """A desk with its agent and what it sends."""

    def __init__(self, store: Store, **timing: float) -> None:
        self.agent = Agent()
        self.notes = Notes()
        self.replied: list[str] = []
        asker = Asker(self.agent.handle, "test", Form(), 2000)
        timing = {"wait": 5, "hang_up": 0.2, "late": 5, **timing}
        self.desk = Desk("test", store, asker, self.notes, Timing(**timing))

    async def ask(self, delivered: bool = True) -> str | None:
        """One request; `delivered`: whether the platform gets the reply."""
        async with self.desk.reply(MESSAGE) as text:
            if not delivered:
                raise HungUpError
            self.replied += [text] if text else []
        return text

    async def lose(self) -> None:
        """A request whose reply does not arrive."""
        with pytest.raises(HungUpError):
            await self.ask(delivered=False)
        await asyncio.sleep(0.02)  # the platform's next request takes its time

    async def sent(self, number: int) -> list[str]:
        """What was sent, once there is so much, and a little later."""
        for _ in range(500):
            if len(self.notes.texts) >= number:
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        return self.notes.texts


@pytest_asyncio.fixture
async def counter(store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Counter]:
    monkeypatch.setattr(desk_module, "BEHIND", 0.05)
    made = Counter(store)
    yield made
    await made.desk.close()


async def test_reply_that_did_not_arrive_is_sent(counter: Counter) -> None:
    await counter.lose()
    (text,) = await counter.sent(1)
    assert "可以不予处罚。" in text
    assert await counter.ask() is None


@pytest.mark.parametrize("right", [True, False])
async def test_reply_that_did_not_arrive_is_the_next_requests(
    counter: Counter, right: bool
) -> None:
    counter.notes.right = right
    await counter.lose()
    assert "可以不予处罚。" in (await counter.ask() or "")
    assert await counter.ask() is None
    await asyncio.sleep(0.3)
    assert not counter.notes.texts
    assert len(counter.agent.seen) == 1


async def test_long_reply_that_did_not_arrive_is_sent_whole(counter: Counter) -> None:
    counter.agent.reply = card("smalltalk", LONG)
    await counter.lose()
    texts = await counter.sent(3)
    assert [text[:5] for text in texts] == ["（1/3）", "（2/3）", "（3/3）"]


async def test_without_the_right_it_is_kept_until_the_user_writes(counter: Counter) -> None:
    counter.notes.right = False
    await counter.lose()
    await asyncio.sleep(0.4)
    nudge = Incoming("next", "alice", "question", "好了吗")
    async with counter.desk.reply(nudge) as text:
        assert "可以不予处罚。" in (text or "")
    assert len(counter.agent.seen) == 1


@pytest.mark.parametrize("after", [0.0, 0.005, 0.02, 0.05, 0.055, 0.06, 0.08])
async def test_hanging_up_at_any_moment_loses_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, after: float
) -> None:
    counter.agent.seconds = 0.03
    add = counter.desk.store.add

    async def slowly(*arguments: Any) -> bool:
        added = await add(*arguments)
        await asyncio.sleep(0.01)
        return added

    monkeypatch.setattr(counter.desk.store, "add", slowly)
    request = asyncio.create_task(counter.ask())
    await asyncio.sleep(after)
    request.cancel()
    await asyncio.gather(request, return_exceptions=True)
    if not counter.agent.seen and not counter.replied:
        return  # it had not begun; the platform repeats it
    texts = await counter.sent(1 - len(counter.replied))
    assert len(counter.replied) + len(texts) == 1


async def test_a_hung_up_request_leaves_the_answer_to_the_next(store: Store) -> None:
    counter = Counter(store, wait=0.1)
    counter.notes.right = False
    counter.agent.seconds = 0.25
    with pytest.raises(HungUpError):
        await counter.ask()
    counter.desk.timing = Timing(wait=5, hang_up=0.2, late=5)
    assert "可以不予处罚。" in (await counter.ask() or "")
    await counter.desk.close()


async def test_two_assistants_work_a_message_out_once(counter: Counter, store: Store) -> None:
    other = Counter(store)
    counter.agent.seconds = other.agent.seconds = 0.1
    replies = await asyncio.gather(counter.ask(), other.ask())
    assert sorted(reply is None for reply in replies) == [False, True]
    assert len(counter.agent.seen) + len(other.agent.seen) == 1
    await other.desk.close()


async def test_what_a_killed_assistant_worked_on_is_taken_over(
    counter: Counter, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease_module, "SECONDS", 0.1)
    counter.agent.seconds = 60
    request = asyncio.create_task(counter.ask())
    while not counter.agent.seen:
        await asyncio.sleep(0.01)
    await counter.desk.close()
    request.cancel()
    other = Counter(store)
    assert "可以不予处罚。" in (await other.ask() or "")
    await other.desk.close()


async def test_claim_of_a_killed_assistant_expires(
    counter: Counter, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease_module, "SECONDS", 0.1)
    async with counter.desk.reply(MESSAGE) as text:
        await asyncio.sleep(0.15)  # it is killed here, before the reply has gone out
        other = Counter(store)
        assert await other.ask() == text
        await other.desk.close()


async def test_a_user_who_left_is_not_answered_and_forgotten(counter: Counter) -> None:
    counter.notes.right = False
    await counter.lose()
    await asyncio.sleep(0.4)
    async with counter.desk.reply(Incoming("left", "alice", "left")) as text:
        assert text is None
    async with counter.desk.reply(Incoming("back", "alice", "question", "好了吗")):
        pass
    assert counter.agent.asked == ["退税", "好了吗"]
