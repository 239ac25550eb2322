"""Many users at once, with every message sent three times: is each answered once, and how soon?

    python -m tests.standin.load --users 200 --seconds 60

Each user asks, waits for the answer (a reply, or a customer-service message), and thinks for some
seconds before asking again. The platform sends each message three times, a little apart.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import sys
import time
from dataclasses import dataclass, field

from bot import bench
from tests.standin.interface import Interface, Sent
from tests.standin.running import running
from tests.standin.sender import Platform, text_fields

APART = 0.3  # seconds within which the three are sent
PATIENCE = 20.0  # seconds after which a message counts as not answered


@dataclass
class Outcome:
    """What was seen."""

    seconds: list[float] = field(default_factory=list)
    unanswered: int = 0
    twice: int = 0
    lasted: float = 0.0

    def at(self, share: float) -> float:
        """The seconds within which so many were answered."""
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


class Load:
    """Users at one web hook."""

    def __init__(self, platform: Platform, interface: Interface, think: float) -> None:
        self.platform = platform
        self.think = think
        self.outcome = Outcome()
        self.answers: dict[str, int] = {}
        self.arrived: dict[str, asyncio.Event] = {}
        interface.on_sent = self.note

    async def run(self, users: int, seconds: float, questions: list[str]) -> Outcome:
        """Let users ask for so many seconds, and wait for the last answers."""
        started = time.monotonic()
        await asyncio.gather(
            *(self.user(f"load{number}", started + seconds, questions) for number in range(users))
        )
        self.outcome.lasted = time.monotonic() - started
        return self.outcome

    def note(self, sent: Sent) -> None:
        """A customer-service message: an answer, or a further part of one."""
        if not sent.text.startswith("（") or sent.text.startswith("（1/"):
            self.got(sent.user)

    def got(self, user: str) -> None:
        """An answer has come."""
        self.answers[user] = self.answers.get(user, 0) + 1
        if user in self.arrived:
            self.arrived[user].set()

    async def user(self, name: str, end: float, questions: list[str]) -> None:
        """One user's questions."""
        await asyncio.sleep(random.uniform(0, self.think))
        for question in itertools.cycle(random.sample(questions, len(questions))):
            if time.monotonic() >= end:
                return
            await self.ask(name, question)
            await asyncio.sleep(random.uniform(0.5, 1.5) * self.think)

    async def ask(self, user: str, question: str) -> None:
        """One message three times."""
        self.answers[user] = 0
        self.arrived[user] = asyncio.Event()
        fields = text_fields(question)
        started = time.monotonic()
        sending = [asyncio.create_task(self.send(user, fields, delay)) for delay in delays()]
        try:
            await asyncio.wait_for(self.arrived[user].wait(), PATIENCE)
            self.outcome.seconds.append(time.monotonic() - started)
        except asyncio.TimeoutError:
            self.outcome.unanswered += 1
        await asyncio.gather(*sending)
        await asyncio.sleep(0.2)
        self.outcome.twice += self.answers[user] > 1

    async def send(self, user: str, fields: dict[str, str], delay: float) -> None:
        """One of the three."""
        await asyncio.sleep(delay)
        reply = await self.platform.post(*self.platform.request(user, fields))
        if reply.text:
            self.got(user)


def delays() -> list[float]:
    """When the three are sent."""
    return [0.0, *(random.uniform(0, APART) for _ in range(2))]


async def main(users: int, seconds: float, think: float) -> Outcome:
    """Start the assistant and load it."""
    async with (
        running(lambda text: print(text, file=sys.stderr)) as world,
        Platform(world.url("wechat"), world.account) as platform,
    ):
        questions = list(bench.sample())
        await Load(platform, world.interface, 0.1).run(2, 3, questions)  # warm
        return await Load(platform, world.interface, think).run(users, seconds, questions)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=8, help="seconds between two questions")
    given = parser.parse_args()
    print(asyncio.run(main(given.users, given.seconds, given.think)))
