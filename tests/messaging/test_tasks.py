"""Tasks that hold on to life are ended."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from bot.messaging import tasks


async def test_a_task_that_forgets_a_cancellation_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "AGAIN", 0.01)

    async def stubborn() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        await asyncio.sleep(60)

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    await tasks.end([task])
    assert task.cancelled()


async def test_closing_ends_what_a_task_begins_at_its_end() -> None:
    background = tasks.Tasks("test")
    begun: list[asyncio.Task[None]] = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            begun.append(background.spawn(asyncio.sleep(60)))

    background.spawn(work())
    await asyncio.sleep(0)
    await background.close()
    assert [task.cancelled() for task in begun] == [True]


async def test_an_error_in_the_background_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise RuntimeError("broken")

    background = tasks.Tasks("test")
    with contextlib.suppress(RuntimeError):
        await background.spawn(fail())
    assert "broken" in caplog.text
