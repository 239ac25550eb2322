"""A conversation on the web: what is said goes to the assistant, and what comes back is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot import cards
from bot.web import anchors
from bot.web.sessions import Session
from bot.web.store import ASSISTANT, USER, Store, Turn

logger = logging.getLogger(__name__)

Handler = Callable[[UserMessage], Awaitable[Any]]
CHANNEL = "web"
NOT_ANSWERS = (cards.UNAVAILABLE, cards.FAILED)


class NotAnsweredError(Exception):
    """The assistant could not answer for now; the message is for the user, who may try again."""


@dataclass(frozen=True)
class Said:
    """What a user said: the words shown, what Rasa gets for them, and the browser's name for it."""

    shown: str
    payload: str
    key: str


class Chat:
    """Conversations: each message is answered once, whatever becomes of its connection."""

    def __init__(self, on_new_message: Handler, store: Store) -> None:
        self.on_new_message = on_new_message
        self.store = store
        self._running: dict[tuple[str, str], asyncio.Task[list[Turn]]] = {}

    async def answer(self, session: Session, said: Said) -> list[Turn]:
        """The user's turn and the replies; the same ones where the browser asks again.

        The work goes on when the browser leaves, so that the answer is there after a reload.
        Raises NotAnsweredError.
        """
        name = (session.id, said.key)
        task = self._running.get(name)
        if task is None:
            task = asyncio.ensure_future(self._answer(session, said))
            self._running[name] = task
            task.add_done_callback(lambda done: self._done(name, done))
        return await asyncio.shield(task)

    async def turns(self, session: Session) -> list[Turn]:
        """The conversation so far, with the reply to what is being answered now."""
        running = [task for name, task in self._running.items() if name[0] == session.id]
        if running:
            await asyncio.wait(running)
        return await asyncio.to_thread(self.store.turns, session.id)

    async def suggested(self, session: Session, turn_id: int, index: int, key: str) -> Said | None:
        """What choosing a suggestion says: only what stood in a card of this conversation."""
        turn = await asyncio.to_thread(self.store.turn, session.id, turn_id)
        suggestions = (turn.card or {}).get("suggestions", []) if turn else []
        if not 0 <= index < len(suggestions):
            return None
        return Said(suggestions[index]["title"], suggestions[index]["payload"], key)

    def _done(self, name: tuple[str, str], task: asyncio.Task[list[Turn]]) -> None:
        self._running.pop(name, None)
        if not task.cancelled():
            task.exception()  # it is told to who waits; when nobody does, it is no news

    async def _answer(self, session: Session, said: Said) -> list[Turn]:
        before = await asyncio.to_thread(self.store.said, session.id, said.key)
        if len(before) > 1:
            return before
        if not before:
            add = self.store.add
            before = [
                await asyncio.to_thread(add, session.id, USER, said.shown, None, said.key),
            ]
        replies = await self._ask(session, said.payload)
        return before + [
            await asyncio.to_thread(self.store.add, session.id, ASSISTANT, each.text, each.card)
            for each in replies
        ]

    async def _ask(self, session: Session, payload: str) -> list[Turn]:
        output = CollectingOutputChannel()
        try:
            await self.on_new_message(
                UserMessage(payload, output, session.sender, input_channel=CHANNEL)
            )
        except Exception:
            logger.exception("a message could not be handled")
        replies = read(output.messages)
        if not replies:
            raise NotAnsweredError(cards.FAILED)
        if replies[0].text in NOT_ANSWERS:
            raise NotAnsweredError(replies[0].text)
        return [replace(each, card=linked(each.card)) for each in replies]


def read(messages: list[dict[str, Any]]) -> list[Turn]:
    """Rasa's messages as turns: one for each card or, where there is none, one of plain text."""
    found = [each["custom"] for each in messages if _is_card(each.get("custom"))]
    if found:
        return [Turn(0, ASSISTANT, card["answer"], card=card) for card in found]
    text = "\n\n".join(each["text"] for each in messages if each.get("text"))
    return [Turn(0, ASSISTANT, text)] if text else []


def _is_card(custom: object) -> bool:
    return isinstance(custom, dict) and custom.get("type") == "policy_answer"


def linked(card: dict[str, Any] | None) -> dict[str, Any] | None:
    """A card whose citations lead to the document reader."""
    if card is None:
        return None
    citations = [
        {**each, "url": anchors.url(each["document_id"], each.get("provision_id"))}
        for each in card["citations"]
    ]
    return {**card, "citations": citations}
