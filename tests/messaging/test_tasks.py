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
