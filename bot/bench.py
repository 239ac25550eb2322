"""Latency and throughput over REST with real actions, beside a stock Rasa of the same data.

Each user waits for an answer before asking the next question; after `TURNS` questions a new
conversation begins. Rasa, action server and the users share the cores of this machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import aiohttp
import yaml

from bot import processes, stock
from bot.launch import ACTION_HOST, Assistant, Report, address, free_port
from bot.settings import ROOT, VAR

USERS = (1, 8, 32)
TURNS = 5  # questions of one conversation
WARM_UP = 20  # questions that are not measured
MESSAGES = {"ours": 600, "stock": 200}  # for each number of users, no question twice
RESULT = VAR / "bench.md"


@dataclass(frozen=True)
class Measured:
    """One load: `p50` and `p95` in milliseconds, `rate` in messages a second."""

    users: int
    p50: float
    p95: float
    rate: float


def bench(report: Report) -> str:
    """Measure both, one after the other; returns a table, which is also kept in var/bench.md."""
    questions = iter(sample())
    rows = ["| | users | p50 ms | p95 ms | messages/s |", "| --- | --- | --- | --- | --- |"]
    rates: dict[str, float] = {}
    started = time.monotonic()
    with Assistant(report, ACTION_HOST, free_port(), free_port()) as assistant:
        assistant.start()
        start_seconds = time.monotonic() - started
        rows += _rows("ours", assistant.url, questions, rates, report)
        memory = _memory(assistant.children["assistant"])
        action_port = assistant.action_port
        trained, training_seconds = stock.train(report)
        started = time.monotonic()
        port = free_port()
        child = stock.start(trained, port, action_port)  # with the action server of ours
        try:
            stock_seconds = time.monotonic() - started
            rows += _rows("stock", address(ACTION_HOST, port), questions, rates, report)
            stock_memory = _memory(child)
        finally:
            processes.end([child])
    trained_in = f"{training_seconds:.0f} s" if training_seconds else "reused"
    table = "\n".join(
        [
            *rows,
            "",
            f"Ours at 8 users: {rates['ours'] / rates['stock']:.1f} times stock Rasa.",
            f"Start: ours {start_seconds:.0f} s, stock {stock_seconds:.0f} s."
            f" Memory of Rasa's process: ours {memory} MB, stock {stock_memory} MB."
            f" Training of stock: {trained_in}. {os.cpu_count()} cores.",
        ]
    )
    RESULT.write_text(table + "\n", encoding="utf-8")
    return table


def sample() -> list[str]:
    """All questions of the training data, each once, in an order that is the same in each run."""
    found = {
        line.strip()[2:].strip()
        for path in sorted((ROOT / "data").rglob("*.yml"))
        for entry in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("nlu", [])
        if "intent" in entry
        for line in str(entry.get("examples", "")).splitlines()
        if line.strip().startswith("- ") and "[" not in line
    }
    return random.Random(1).sample(sorted(found), len(found))


def _rows(
    name: str, url: str, questions: Iterator[str], rates: dict[str, float], report: Report
) -> Iterator[str]:
    asyncio.run(load(url, list(islice(questions, WARM_UP)), 1))
    for users in USERS:
        each = asyncio.run(load(url, list(islice(questions, MESSAGES[name])), users))
        report(f"{name}: {users} users, {each.rate:.0f} messages/s")
        if users == 8:
            rates[name] = each.rate
        yield f"| {name} | {users} | {each.p50:.0f} | {each.p95:.0f} | {each.rate:.1f} |"


async def load(url: str, questions: Sequence[str], users: int) -> Measured:
    """Put questions, each once, with so many users at once."""
    seconds: list[float] = []
    started = time.perf_counter()
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(
            *(_user(session, url, questions[user::users], seconds) for user in range(users))
        )
    total = time.perf_counter() - started
    seconds.sort()
    return Measured(
        users,
        1000 * seconds[len(seconds) // 2],
        1000 * seconds[int(len(seconds) * 0.95)],
        len(seconds) / total,
    )


async def _user(
    session: aiohttp.ClientSession,
    url: str,
    questions: Sequence[str],
    seconds: list[float],
) -> None:
    sender = ""
    for turn, message in enumerate(questions):
        if turn % TURNS == 0:
            sender = uuid.uuid4().hex
        started = time.perf_counter()
        async with session.post(
            f"{url}/webhooks/rest/webhook",
            data=json.dumps({"sender": sender, "message": message}),
            headers={"Content-Type": "application/json"},
        ) as reply:
            await reply.json()
        seconds.append(time.perf_counter() - started)


def _memory(child: subprocess.Popen[bytes]) -> int:
    """Resident memory of a process in MB; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{child.pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() // 1_000_000
