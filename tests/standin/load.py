"""Many users at once, with every message sent three times: is each answered once, and how soon?

Each user plays conversations of evaluation/own.jsonl: asks, waits for the answer (a reply, or a
customer-service message), thinks for THINK seconds (half to one and a half of it, evenly), and asks
the next. The platform sends each message three times: twice within a third of a second, so that
both are there at once, and again after five seconds, as it does without a reply.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot import cards
from bot.messaging import words
from bot.settings import ROOT
from tests.standin.interface import Interface, Sent
from tests.standin.sender import Platform, text_fields

THINK = 8.0  # seconds
APART = 0.3  # seconds within which the second is sent
AGAIN = 5.0  # seconds after which the third is sent
PATIENCE = 20.0  # seconds after which a message counts as not answered
CONVERSATIONS = ROOT / "evaluation" / "own.jsonl"
NO_ANSWERS = (words.WAIT, cards.FAILED)


@dataclass
class Outcome:
    """What was seen: seconds to each answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    unanswered: int = 0
    twice: int = 0
    lasted: float = 0.0

    def at(self, share: float) -> float:
        """The seconds within which this share was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def __str__(self) -> str:
        total = len(self.seconds) + self.unanswered
        return (
            f"{total} messages, each sent three times, in {self.lasted:.0f} s"
            f" ({len(self.seconds) / self.lasted:.1f}/s): {self.unanswered} not answered,"
            f" {self.twice} answered more than once; p50 {1000 * self.at(0.5):.0f} ms,"
            f" p95 {1000 * self.at(0.95):.0f} ms, p99 {1000 * self.at(0.99):.0f} ms,"
            f" longest {1000 * self.at(1):.0f} ms"
        )


class Exchange:
    """A message and what came back."""

    def __init__(self) -> None:
        self.answers = 0
        self.arrived = asyncio.Event()

    def got(self, text: str) -> None:
        """A message came back; further parts of an answer are no answers of their own."""
        if text in NO_ANSWERS or (text.startswith("（") and text[2:3] == "/" and text[1] != "1"):
            return
        self.answers += 1
        self.arrived.set()


class Load:
    """Users at one web hook."""

    def __init__(self, platform: Platform, interface: Interface, think: float = THINK) -> None:
        self.platform = platform
        self.think = think
        self.outcome = Outcome()
        self.latest: dict[str, Exchange] = {}
        self.exchanges: list[Exchange] = []
        self.repeating: set[asyncio.Task[None]] = set()
        interface.on_sent = self.note

    async def run(self, users: int, seconds: float) -> Outcome:
        """Let users ask for so many seconds, and wait for the last answers."""
        started = time.monotonic()
        end = started + seconds
        await asyncio.gather(*(self.user(f"load{number}", end) for number in range(users)))
        self.outcome.lasted = time.monotonic() - started
        await asyncio.gather(*self.repeating)
        self.outcome.twice = sum(exchange.answers > 1 for exchange in self.exchanges)
        return self.outcome

    def note(self, sent: Sent) -> None:
        """A customer-service message."""
        if sent.user in self.latest:
            self.latest[sent.user].got(sent.text)

    async def user(self, name: str, end: float) -> None:
        """One user's questions."""
        await asyncio.sleep(random.uniform(0, self.think))
        for question in questions():
            if time.monotonic() >= end:
                return
            await self.ask(name, question)
            await asyncio.sleep(random.uniform(0.5, 1.5) * self.think)

    async def ask(self, user: str, question: str) -> None:
        """One message three times."""
        exchange = self.latest[user] = Exchange()
        self.exchanges.append(exchange)
        fields = text_fields(question)
        started = time.monotonic()
        for delay in (0.0, random.uniform(0, APART), AGAIN):
            task = asyncio.create_task(self.send(user, fields, delay, exchange))
            self.repeating.add(task)
        try:
            await asyncio.wait_for(exchange.arrived.wait(), PATIENCE)
            self.outcome.seconds.append(time.monotonic() - started)
        except asyncio.TimeoutError:
            self.outcome.unanswered += 1

    async def send(
        self, user: str, fields: dict[str, str], delay: float, exchange: Exchange
    ) -> None:
        """One of the three."""
        await asyncio.sleep(delay)
        reply = await self.platform.post(*self.platform.request(user, fields))
        if reply.text:
            exchange.got(reply.text)


def questions() -> Iterator[str]:
    """The questions of conversations in random order, without end."""
    with CONVERSATIONS.open(encoding="utf-8") as lines:
        conversations = [json.loads(line)["turns"] for line in lines]
    while True:
        yield from random.choice(conversations)
