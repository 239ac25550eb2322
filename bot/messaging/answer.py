"""An answer on its way to a user: messages, and options that a number or a click chooses."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot import cards, client
from bot.channels.text import clean
from bot.messaging import plain
from bot.messaging.splitting import split

logger = logging.getLogger(__name__)

Handler = Callable[[UserMessage], Awaitable[Any]]


@dataclass(frozen=True)
class Option:
    """Something to choose: what the user sees, and what is asked when it is chosen."""

    title: str
    payload: str


@dataclass(frozen=True)
class Form:
    """How a platform shows a text: fewer than `limit` bytes a message, and as markdown or not."""

    limit: int = 2048
    markdown: bool = False


@dataclass(frozen=True)
class Answer:
    """Messages in their order; the last one lists the options."""

    parts: tuple[str, ...]
    options: tuple[Option, ...] = field(default=())

    def dump(self) -> str:
        """As text for a store."""
        options = [[option.title, option.payload] for option in self.options]
        return json.dumps([self.parts, options], ensure_ascii=False)

    @classmethod
    def load(cls, text: str) -> Answer:
        """Back from a store."""
        parts, options = json.loads(text)
        return cls(tuple(parts), tuple(Option(*each) for each in options))

    def after(self, parts: Sequence[str]) -> Answer:
        """This answer behind other messages."""
        return replace(self, parts=(*parts, *self.parts))


def compose(text: str, options: Sequence[Option], form: Form) -> Answer:
    """An answer in messages that fit; it ends with the options unless it lists them itself."""
    titles = [option.title for option in options]
    tail = "" if plain.lists(text, titles) else plain.numbered(titles)
    return Answer(tuple(split(text, form.limit, tail)), tuple(options))


def compose_card(card: cards.Card, form: Form) -> Answer:
    """An answer that draws a card."""
    drawn = plain.markdown(card) if form.markdown else plain.text(card)
    options = [
        Option(each["title"], clean(each["payload"])) for each in card.get("suggestions") or []
    ]
    return compose(drawn, options, form)


@dataclass(frozen=True)
class Asker:
    """Asks the assistant for a channel; `longest` is in characters of a question."""

    handler: Handler
    channel: str
    form: Form
    longest: int

    def say(self, text: str, options: Sequence[Option] = ()) -> Answer:
        """Words of our own as an answer."""
        return compose(text, options, self.form)

    async def ask(self, text: str, user: str) -> Answer:
        """The assistant's answer to a user; there is always one."""
        question = clean(text)
        if not question:
            return compose_card(cards.notice("clarify", cards.EMPTY), self.form)
        if len(question) > self.longest:
            said = cards.TOO_LONG.format(limit=self.longest)
            return compose_card(cards.notice("clarify", said), self.form)
        collected = CollectingOutputChannel()
        sender = f"{self.channel}:{user}"
        try:
            await self.handler(UserMessage(question, collected, sender, input_channel=self.channel))
            card = client.card_of(collected.messages)
            if card is not None:
                return compose_card(card, self.form)
            said = client.text_of(collected.messages)
            if said:
                return self.say(said)
        except Exception:
            logger.exception("a message could not be handled")
        return compose_card(cards.notice("refusal", cards.FAILED), self.form)
