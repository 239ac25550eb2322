"""Answers worked out: each once, by one assistant, apart from the requests that wait for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from bot.messaging import words
from bot.messaging.answer import Answer, Asker
from bot.messaging.incoming import Incoming
from bot.messaging.kept import Kept
from bot.messaging.lease import Lease
from bot.messaging.store import Store
from bot.messaging.tasks import Tasks

REMEMBERED = 900  # seconds for which an answer is known by its message's key
Done = Callable[[Incoming], Coroutine[Any, Any, None]]
POLL = 0.1  # seconds between two looks for what another assistant works out


class Work:
    """The answers to the messages of one account; `done` is told of each that is worked out."""

    def __init__(self, store: Store, asker: Asker, kept: Kept, tasks: Tasks, done: Done) -> None:
        self.store = store
        self.asker = asker
        self.kept = kept
        self.tasks = tasks
        self.done = done
        self._working: dict[str, asyncio.Task[Answer]] = {}

    async def answer(self, message: Incoming, seconds: float) -> Answer | None:
        """The answer if there is one within so many seconds; works it out unless that is done."""
        deadline = time.monotonic() + seconds
        while True:
            task = self._working.get(message.key)
            if task is None:
                text = await self.store.get(self._name(message))
                if text:
                    return Answer.load(text)
                task = await self._begin(message)
            remaining = deadline - time.monotonic()
            if task is not None:
                done, _ = await asyncio.wait({task}, timeout=max(0.0, remaining))
                return task.result() if done else None
            if remaining <= 0:
                return None
            await asyncio.sleep(min(POLL, remaining))

    async def _begin(self, message: Incoming) -> asyncio.Task[Answer] | None:
        """The task that works an answer out; None while another assistant does so."""
        lease = Lease(self.store, f"{self.kept.account}:lease:{message.key}")
        if not await lease.take():
            return None
        task = self.tasks.spawn(self._work(message, lease))
        self._working[message.key] = task
        return task

    async def _work(self, message: Incoming, lease: Lease) -> Answer:
        try:
            async with lease.held():
                asked = message.kind == "question"
                unseen = await self.kept.unseen(message.user) if asked else None
                answer = await self._work_out(message, unseen)
                await self.store.set(self._name(message), answer.dump(), REMEMBERED)
                if unseen is not None:
                    await self.kept.drop_unseen(message.user, unseen)
            return answer
        finally:
            del self._working[message.key]
            self.tasks.spawn(self.done(message))

    async def _work_out(self, message: Incoming, unseen: Answer | None) -> Answer:
        """The answer, with what the user has not seen before it."""
        if message.kind == "greeting":
            return self.asker.say(words.GREETING, words.EXAMPLES)
        if message.kind == "unsupported":
            return self.asker.say(words.UNSUPPORTED)
        rest = await self.kept.take_rest(message.user)
        if unseen is not None and words.is_nudge(message.text):
            return unseen
        if rest is not None and words.asks_for_more(message.text):
            return rest
        question = await self.kept.chosen(message.user, message.text)
        answer = await self.asker.ask(question, message.user)
        return answer.after(unseen.parts) if unseen is not None else answer

    def _name(self, message: Incoming) -> str:
        return f"{self.kept.account}:answer:{message.key}"
