"""Messages that come side by side are encoded together, off the event loop; none waits in vain."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import numpy as np
import pytest

from bot.nlu.ahead import MOST, Ahead
from policies_db.search.encoded import latest


class Slow:
    """An encoder that works once it is let, tells what it was asked, and fails where told."""

    name = "slow"

    def __init__(self, fails: str = "") -> None:
        self.go = threading.Event()
        self.asked: list[list[str]] = []
        self._fails = fails

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.append(list(texts))
        assert self.go.wait(5)
        if self._fails in texts:
            raise ValueError("cannot be encoded")
        return np.full((len(texts), 512), len(texts), dtype=np.float32)


async def waiting(ahead: Ahead, texts: Sequence[str]) -> list[asyncio.Task[None]]:
    """The messages as tasks, each taken up."""
    tasks = [asyncio.create_task(ahead.encode(text)) for text in texts]
    await asyncio.sleep(0.05)
    return tasks


async def test_those_that_come_meanwhile_are_encoded_together() -> None:
    encoder = Slow()
    tasks = await waiting(Ahead(encoder), ["先到的问题", "後到的問題", "又一个问题", "後到的問題"])
    assert not any(task.done() for task in tasks)
    encoder.go.set()
    await asyncio.gather(*tasks)
    assert encoder.asked == [["先到的问题", "后到的问题", "又一个问题"]] or encoder.asked == [
        ["先到的问题"],
        ["后到的问题", "又一个问题"],
    ]
    found = latest.of("又一个问题")
    assert found is not None
    assert found.encoder == "slow"


async def test_a_crowd_is_encoded_in_parts() -> None:
    encoder = Slow()
    encoder.go.set()
    await asyncio.gather(*await waiting(Ahead(encoder), [f"第{n}个人的问题" for n in range(80)]))
    assert max(map(len, encoder.asked)) <= MOST
    assert sum(map(len, encoder.asked)) == 80


async def test_what_is_there_is_not_encoded_again() -> None:
    encoder = Slow()
    encoder.go.set()
    ahead = Ahead(encoder)
    for text in ("同一个问题吗", "同一个问题吗", ""):
        await ahead.encode(text)
    assert encoder.asked == [["同一个问题吗"]]


@pytest.mark.filterwarnings("error")
async def test_an_encoder_that_fails_holds_nobody_up() -> None:
    encoder = Slow(fails="坏的")
    encoder.go.set()
    ahead = Ahead(encoder)
    await asyncio.wait_for(ahead.encode("坏的"), 5)
    await asyncio.wait_for(ahead.encode("好的问题在此"), 5)
    assert latest.of("坏的") is None
    assert latest.of("好的问题在此") is not None


async def test_who_gives_up_takes_nothing_from_the_others() -> None:
    encoder = Slow()
    first, second = await waiting(Ahead(encoder), ["放弃的人和等的人", "放弃的人和等的人"])
    first.cancel()
    encoder.go.set()
    await asyncio.wait_for(second, 5)
    assert latest.of("放弃的人和等的人") is not None
