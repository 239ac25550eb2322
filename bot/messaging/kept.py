"""What is kept for a user until the next message: answers, rests of answers, options."""

from __future__ import annotations

import json

from bot.messaging.answer import Answer
from bot.messaging.store import Store

SECONDS = 48 * 3600  # for which a platform lets us answer


class Kept:
    """What is kept for the users of one account."""

    def __init__(self, account: str, store: Store) -> None:
        self.account = account
        self.store = store

    async def keep_unseen(self, user: str, answer: Answer) -> None:
        """Keep an answer that could not be sent, behind those that were kept before."""
        before = await self._take("unseen", user)
        await self._put("unseen", user, answer.after(before.parts) if before else answer)

    async def unseen(self, user: str) -> Answer | None:
        """What could not be sent."""
        text = await self.store.get(self._name("unseen", user))
        return Answer.load(text) if text else None

    async def drop_unseen(self, user: str, answer: Answer) -> None:
        """Forget what could not be sent, unless more has been added to it."""
        if await self.unseen(user) == answer:
            await self._take("unseen", user)

    async def keep_rest(self, user: str, answer: Answer) -> None:
        """Keep what follows the part of an answer that the user has got."""
        await self._put("rest", user, answer)

    async def take_rest(self, user: str) -> Answer | None:
        """What follows the part of an answer that the user has got."""
        return await self._take("rest", user)

    async def offer(self, user: str, answer: Answer) -> None:
        """Let a user choose from an answer's options by number; earlier options are gone."""
        name = self._name("options", user)
        if answer.options:
            payloads = [option.payload for option in answer.options]
            await self.store.set(name, json.dumps(payloads, ensure_ascii=False), SECONDS)
        else:
            await self.store.take(name)

    async def chosen(self, user: str, text: str) -> str:
        """The question: what was typed, or the option whose number was typed."""
        typed = text.strip(" 。.、)）选第项个")
        if not typed.isdecimal() or len(typed) != 1:
            return text
        kept = await self.store.get(self._name("options", user))
        payloads: list[str] = json.loads(kept) if kept else []
        return payloads[int(typed) - 1] if 0 < int(typed) <= len(payloads) else text

    async def forget(self, user: str) -> None:
        """Forget what was kept for a user who has left."""
        for kind in ("unseen", "rest", "options"):
            await self.store.take(self._name(kind, user))

    async def _put(self, kind: str, user: str, answer: Answer) -> None:
        await self.store.set(self._name(kind, user), answer.dump(), SECONDS)

    async def _take(self, kind: str, user: str) -> Answer | None:
        text = await self.store.take(self._name(kind, user))
        return Answer.load(text) if text else None

    def _name(self, kind: str, user: str) -> str:
        return f"{self.account}:{kind}:{user}"
