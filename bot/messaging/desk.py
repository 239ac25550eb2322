"""Each message answered once: in the reply to the platform's request, or later.

A platform waits some seconds for a reply, repeats its request when there is none, and takes the
reply to any of them. So the answer is worked out apart from the requests, which wait for it as
long as the platform does:

* ready in time: it is the reply to the request that gets it first, the others get none;
* too late, and the platform lets us write to the user: no reply, the answer is sent when it is
  ready;
* too late, and it does not: requests are left without a reply, so that the platform repeats them;
  the last one is replied to with "write anything to fetch it".

All that is decided is in the store under the message's key, so that it holds between assistants
and after a restart. A message that was taken on (the platform will not repeat it) stands in the
inbox until its answer has been sent, and is taken up again after a crash.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
import uuid
from collections.abc import AsyncIterator, Coroutine, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

from bot.messaging import words
from bot.messaging.answer import Answer, Form, Handler, Option, ask, compose
from bot.messaging.store import Store
from bot.messaging.tasks import end

logger = logging.getLogger(__name__)

TRIES = 3  # of the platform for one message
LEASE = 3.0  # seconds after which what a killed assistant was doing is taken up by another
REMEMBERED = 900  # seconds for which a message's key is known
KEPT = 48 * 3600  # seconds for which what has not been sent is kept
BEHIND = 1.0  # seconds after a reply, after which the rest of an answer follows it


@dataclass(frozen=True)
class Incoming:
    """A message: `key` is the same in each repetition, `kind` says what to do with it."""

    key: str
    user: str
    kind: Literal["question", "greeting", "unsupported"]
    text: str = ""


@dataclass(frozen=True)
class Timing:
    """Seconds: how long a request waits for an answer (0: answers are always sent later), when the
    platform has hung up, and how long a late answer may take."""

    wait: float = 4.2
    hang_up: float = 6.0
    late: float = 120.0


class NotSentError(Exception):
    """The platform did not take a message to the user; the message says why."""


class Sender(Protocol):
    """Writes to a user without being asked."""

    async def allowed(self) -> bool:
        """Whether the platform lets us do so at present."""

    async def send(self, message: Incoming, text: str, options: Sequence[Option]) -> None:
        """Send one text in answer to a message, with options where there is a form for them.

        Raises NotSentError.
        """


class HungUpError(Exception):
    """The platform no longer waits; it will repeat the request."""


class Desk:
    """Answers the messages of one channel."""

    def __init__(
        self,
        channel: str,
        store: Store,
        handler: Handler,
        sender: Sender,
        form: Form,
        longest: int,
        timing: Timing,
    ) -> None:
        self.channel = channel
        self.store = store
        self.handler = handler
        self.sender = sender
        self.form = form
        self.longest = longest
        self.timing = timing
        self.owner = uuid.uuid4().hex
        self._working: dict[str, asyncio.Task[Answer]] = {}
        self._background: set[asyncio.Task[None]] = set()

    async def reply(self, message: Incoming) -> str | None:
        """What to reply to the platform's request; None: nothing, the message is taken care of.

        Raises HungUpError after the platform has stopped waiting.
        """
        started = time.monotonic()
        given = self._name("given", message.key)
        if await self.store.get(given):
            return None
        answer = await self._answer(message, self.timing.wait) if self.timing.wait else None
        if answer is not None:
            if not await self.store.add(given, "reply", REMEMBERED):
                return None
            return await self._hand_over(message, answer)
        if await self.sender.allowed():
            await self.later(message)
            return None
        if await self.store.count(self._name("tries", message.key), REMEMBERED) < TRIES:
            await asyncio.sleep(self.timing.hang_up - (time.monotonic() - started))
            raise HungUpError
        return words.WAIT if await self.later(message) else None

    async def later(self, message: Incoming) -> bool:
        """Take a message on: its answer will be sent, or kept until the user writes again.

        False when somebody has done so before.
        """
        given = self._name("given", message.key)
        await self._put_into_inbox(message)
        if await self.store.add(given, "later", REMEMBERED):
            self.spawn(self._deliver(message))
            return True
        if await self.store.get(given) != "later":
            await self.store.take(self._name("inbox", message.key))
        return False

    async def recover(self) -> None:
        """Take up what an assistant took on before it was killed."""
        for name in await self.store.names(self._name("inbox", "")):
            text = await self.store.get(name)
            if text:
                self.spawn(self._deliver(Incoming(**json.loads(text))))

    async def forget(self, user: str) -> None:
        """Forget what was kept for a user who has left."""
        for kind in ("unseen", "rest", "options"):
            await self.store.take(self._name(kind, user))

    async def close(self) -> None:
        """Stop what is under way."""
        await end([*self._background, *self._working.values()])
        await end(self._background)  # what those have begun at their end

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in the background."""
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        if not task.cancelled() and task.exception():
            logger.error("%s: in the background: %r", self.channel, task.exception())

    def _name(self, kind: str, of: str) -> str:
        return f"{self.channel}:{kind}:{of}"

    async def _answer(self, message: Incoming, seconds: float) -> Answer | None:
        """The answer if there is one within so many seconds; works it out unless that is done."""
        deadline = time.monotonic() + seconds
        name = self._name("answer", message.key)
        while True:
            text = await self.store.get(name)
            if text:
                return Answer.load(text)
            task = self._working.get(message.key)
            lease = self._name("lease", message.key)
            if task is None and await self.store.add(lease, self.owner, LEASE):
                task = asyncio.create_task(self._work(message, name, lease))
                self._working[message.key] = task
            remaining = deadline - time.monotonic()
            if task is not None:
                done, _ = await asyncio.wait({task}, timeout=max(0.0, remaining))
                return task.result() if done else None
            if remaining <= 0:
                return None
            await asyncio.sleep(min(0.1, remaining))

    async def _work(self, message: Incoming, name: str, lease: str) -> Answer:
        try:
            async with self._renewed(lease):
                answer = await self._work_out(message)
                await self.store.set(name, answer.dump(), REMEMBERED)
            return answer
        finally:
            del self._working[message.key]
            self.spawn(self._unclaimed(message))

    async def _work_out(self, message: Incoming) -> Answer:
        if message.kind == "greeting":
            return compose(words.GREETING, words.EXAMPLES, self.form)
        if message.kind == "unsupported":
            return compose(words.UNSUPPORTED, (), self.form)
        unseen = await self.store.get(self._name("unseen", message.user))
        waiting = Answer.load(unseen) if unseen else None
        if waiting is not None and words.is_nudge(message.text):
            await self.store.take(self._name("unseen", message.user))
            return waiting
        rest = await self.store.take(self._name("rest", message.user))
        if rest and words.asks_for_more(message.text):
            return Answer.load(rest)
        text = await self._chosen(message)
        sender = f"{self.channel}:{message.user}"
        answer = await ask(self.handler, text, sender, self.channel, self.form, self.longest)
        if waiting is not None:
            await self.store.take(self._name("unseen", message.user))
            return answer.after(waiting.parts)
        return answer

    async def _chosen(self, message: Incoming) -> str:
        """The question: what was typed, or the option whose number was typed."""
        typed = message.text.strip(" 。.、)）选第项个")
        if not typed.isdecimal() or len(typed) != 1:
            return message.text
        kept = await self.store.get(self._name("options", message.user))
        payloads: list[str] = json.loads(kept) if kept else []
        return payloads[int(typed) - 1] if 0 < int(typed) <= len(payloads) else message.text

    async def _unclaimed(self, message: Incoming) -> None:
        """Take on an answer that no request has come for."""
        await asyncio.sleep(self.timing.hang_up)
        if not await self.store.get(self._name("given", message.key)):
            await self.later(message)

    async def _hand_over(self, message: Incoming, answer: Answer) -> str:
        """The first message, as the reply; the others are sent after it, or kept."""
        await self.offer(message.user, answer)
        first, others = answer.parts[0], answer.parts[1:]
        if not others:
            return first
        if await self.sender.allowed():
            await self.store.set(self._name("sent", message.key), "1", KEPT)
            await self._put_into_inbox(message)
            self.spawn(self._deliver(message, BEHIND))
            return first
        await self._keep("rest", message.user, Answer(others, answer.options))
        return f"{first}\n{words.MORE}"

    async def _put_into_inbox(self, message: Incoming) -> None:
        text = json.dumps(asdict(message), ensure_ascii=False)
        await self.store.set(self._name("inbox", message.key), text, KEPT)

    async def _deliver(self, message: Incoming, delay: float = 0) -> None:
        """Send the answer to a message that was taken on, unless another is doing so."""
        lease = self._name("delivery", message.key)
        inbox = self._name("inbox", message.key)
        if not await self.store.add(lease, self.owner, LEASE):
            await asyncio.sleep(LEASE + 1)
            if not await self.store.get(inbox) or not await self.store.add(
                lease, self.owner, LEASE
            ):
                return
        async with self._renewed(lease):
            await asyncio.sleep(delay)
            answer = await self._answer(message, self.timing.late)
            if answer is None:
                logger.error("%s: no answer to %s", self.channel, message.key)
            else:
                await self.offer(message.user, answer)
                await self._send(message, answer)
            await self.store.set(self._name("given", message.key), "sent", REMEMBERED)
            await self.store.take(inbox)

    async def _send(self, message: Incoming, answer: Answer) -> None:
        """Send an answer; what the platform does not take is kept until the user writes."""
        progress = self._name("sent", message.key)
        for number in range(int(await self.store.get(progress) or 0), len(answer.parts)):
            options = answer.options if number == len(answer.parts) - 1 else ()
            try:
                if not await self.sender.allowed():
                    raise NotSentError("the platform does not let us")
                await self.sender.send(message, answer.parts[number], options)
            except NotSentError as error:
                logger.warning("%s: kept until the user writes: %s", self.channel, error)
                kept = Answer(answer.parts[number:], answer.options)
                await self._keep("unseen", message.user, kept)
                return
            await self.store.set(progress, str(number + 1), KEPT)

    async def _keep(self, kind: str, user: str, answer: Answer) -> None:
        name = self._name(kind, user)
        before = await self.store.take(name) if kind == "unseen" else None
        kept = answer.after(Answer.load(before).parts) if before else answer
        await self.store.set(name, kept.dump(), KEPT)

    async def offer(self, user: str, answer: Answer) -> None:
        """Let a user choose from an answer's options by number; earlier options are gone."""
        name = self._name("options", user)
        if answer.options:
            payloads = [option.payload for option in answer.options]
            await self.store.set(name, json.dumps(payloads, ensure_ascii=False), KEPT)
        else:
            await self.store.take(name)

    @contextlib.asynccontextmanager
    async def _renewed(self, lease: str) -> AsyncIterator[None]:
        """Hold a lease for the duration."""

        async def renew() -> None:
            while True:
                await asyncio.sleep(LEASE / 3)
                await self.store.set(lease, self.owner, LEASE)

        task = asyncio.create_task(renew())
        try:
            yield
        finally:
            task.cancel()
