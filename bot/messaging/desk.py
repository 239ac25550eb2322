"""Each message answered once: in the reply to the platform's request, or later.

A platform waits some seconds for a reply, repeats its request when there is none, and takes the
reply to any of them. So the answer is worked out apart from the requests, which wait for it as
long as the platform does:

* ready in time: it is the reply to the request that claims it first, the others get none;
* too late, and the platform lets us write to the user: no reply, the answer is sent when it is
  ready;
* too late, and it does not: requests are left without a reply, so that the platform repeats them;
  the last one is replied to with "write anything to fetch it".

All that is decided is in the store under the message's key, so that it holds between assistants
and after a restart. A claim lasts until the reply has gone out and expires by itself, so that the
platform's next request has the answer when an assistant is killed with a claim. A message that was
taken on (the platform will not repeat it) stands in the inbox until its answer has been sent, and
is taken up again after a crash.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass

from bot.messaging import lease, words
from bot.messaging.answer import Answer, Asker
from bot.messaging.incoming import Incoming
from bot.messaging.kept import SECONDS as KEPT
from bot.messaging.kept import Kept
from bot.messaging.lease import Lease
from bot.messaging.sender import NotSentError, Sender
from bot.messaging.store import Store
from bot.messaging.tasks import Tasks
from bot.messaging.work import REMEMBERED, Work

logger = logging.getLogger(__name__)

TRIES = 3  # of the platform for one message
BEHIND = 1.0  # seconds after a reply, after which the rest of an answer follows it
# How a message was dealt with; a claim is another text.
REPLIED, LATER, SENT = "reply", "later", "sent"


@dataclass(frozen=True)
class Timing:
    """Seconds: how long a request waits for an answer (0: answers are always sent later), when the
    platform has hung up, and how long a late answer may take."""

    wait: float = 4.2
    hang_up: float = 6.0
    late: float = 120.0


class HungUpError(Exception):
    """The platform no longer waits; it will repeat the request."""


class Desk:
    """Answers the messages of one account."""

    def __init__(
        self, account: str, store: Store, asker: Asker, sender: Sender, timing: Timing
    ) -> None:
        self.account = account
        self.store = store
        self.sender = sender
        self.timing = timing
        self.tasks = Tasks(account)
        self.kept = Kept(account, store)
        self.work = Work(store, asker, self.kept, self.tasks, self._take_on_unclaimed)

    @contextlib.asynccontextmanager
    async def reply(self, message: Incoming) -> AsyncIterator[str | None]:
        """What to reply to the platform's request, which the block does; None: nothing.

        Where the block raises, the platform has not got it: its next request gets it, or it is
        sent. Raises HungUpError after the platform has stopped waiting.
        """
        claim = uuid.uuid4().hex
        try:
            answer = await self._claimed(message, claim)
            yield await self._prepared(message, answer) if answer is not None else None
        except BaseException:
            self.tasks.spawn(self._release(message, claim))
            raise
        if answer is not None:
            await asyncio.shield(self.tasks.spawn(self._replied(message)))

    async def later(self, message: Incoming) -> bool:
        """Take a message on: its answer will be sent, or kept until the user writes again.

        False when somebody has done so before.
        """
        if await self._get("given", message):
            return False
        await self._put_into_inbox(message)
        if await self.store.add(self._name("given", message), LATER, REMEMBERED):
            self.tasks.spawn(self._deliver(message))
            return True
        if await self._get("given", message) != LATER:
            await self.store.take(self._name("inbox", message))
        return False

    async def recover(self) -> None:
        """Take up what an assistant took on before it was killed."""
        for name in await self.store.names(f"{self.account}:inbox:"):
            text = await self.store.get(name)
            if text:
                self.tasks.spawn(self._deliver(Incoming(**json.loads(text))))

    async def close(self) -> None:
        """Stop what is under way."""
        await self.tasks.close()

    async def _claimed(self, message: Incoming, claim: str) -> Answer | None:
        """The answer, unless another request has it or it will be sent."""
        started = time.monotonic()
        if message.kind == "left":
            await self.kept.forget(message.user)
            return None
        if await self._get("given", message):
            return None
        answer = await self.work.answer(message, self.timing.wait) if self.timing.wait else None
        if answer is not None:
            added = await self.store.add(self._name("given", message), claim, lease.SECONDS)
            return answer if added else None
        if await self.sender.allowed():
            await self.later(message)
            return None
        if await self.store.count(self._name("tries", message), REMEMBERED) < TRIES:
            await asyncio.sleep(self.timing.hang_up - (time.monotonic() - started))
            raise HungUpError
        return Answer((words.WAIT,)) if await self.later(message) else None

    async def _prepared(self, message: Incoming, answer: Answer) -> str:
        """The first message; the others will be sent after it, or are kept."""
        await self.kept.offer(message.user, answer)
        first, others = answer.parts[0], answer.parts[1:]
        if not others:
            return first
        if await self.sender.allowed():
            await self._put_into_inbox(message)
            return first
        await self.kept.keep_rest(message.user, Answer(others, answer.options))
        return f"{first}\n{words.MORE}"

    async def _replied(self, message: Incoming) -> None:
        """The first message has gone out; the others follow, unless it only asked to wait."""
        if await self._get("given", message) == LATER:
            return
        await self.store.set(self._name("given", message), REPLIED, REMEMBERED)
        if await self._get("inbox", message):
            await self._set_sent(message, 1)
            self.tasks.spawn(self._deliver(message, BEHIND))

    async def _release(self, message: Incoming, claim: str) -> None:
        """Leave a claimed answer to the platform's next request, or send it."""
        if await self._get("given", message) == claim:
            await self.store.take(self._name("given", message))
            await self._take_on_unclaimed(message)

    async def _take_on_unclaimed(self, message: Incoming) -> None:
        """Take on an answer that no further request has come for."""
        await asyncio.sleep(self.timing.hang_up)
        await self.later(message)

    async def _deliver(self, message: Incoming, delay: float = 0) -> None:
        """Send the answer to a message that was taken on, unless another is doing so."""
        right = Lease(self.store, self._name("delivery", message))
        if not await right.take():
            await asyncio.sleep(lease.SECONDS + 1)
            if not await self._get("inbox", message) or not await right.take():
                return
        async with right.held():
            await asyncio.sleep(delay)
            answer = await self.work.answer(message, self.timing.late)
            if answer is None:
                logger.error("%s: no answer to %s", self.account, message.key)
            else:
                await self.kept.offer(message.user, answer)
                await self._send(message, answer)
            await self.store.set(self._name("given", message), SENT, REMEMBERED)
            await self.store.take(self._name("inbox", message))

    async def _send(self, message: Incoming, answer: Answer) -> None:
        """Send an answer; what the platform does not take is kept until the user writes."""
        for number in range(int(await self._get("sent", message) or 0), len(answer.parts)):
            options = answer.options if number == len(answer.parts) - 1 else ()
            try:
                if not await self.sender.allowed():
                    raise NotSentError("the platform does not let us")
                await self.sender.send(message, answer.parts[number], options)
            except NotSentError as error:
                logger.warning("%s: kept until the user writes: %s", self.account, error)
                kept = Answer(answer.parts[number:], answer.options)
                await self.kept.keep_unseen(message.user, kept)
                return
            await self._set_sent(message, number + 1)

    async def _put_into_inbox(self, message: Incoming) -> None:
        text = json.dumps(asdict(message), ensure_ascii=False)
        await self.store.set(self._name("inbox", message), text, KEPT)

    async def _set_sent(self, message: Incoming, parts: int) -> None:
        await self.store.set(self._name("sent", message), str(parts), KEPT)

    async def _get(self, kind: str, message: Incoming) -> str | None:
        return await self.store.get(self._name(kind, message))

    def _name(self, kind: str, message: Incoming) -> str:
        return f"{self.account}:{kind}:{message.key}"
