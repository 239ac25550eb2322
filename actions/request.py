"""What an action is asked, and what it replies: the one base of all actions."""

from __future__ import annotations

import asyncio
import datetime
import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.card import Card, card
from actions.evasion import evasive
from actions.language import language_of
from actions.memory import Memory
from actions.vagueness import names_nothing
from actions.wording import say
from policies_db.searching import searcher
from policies_db.settings import today

logger = logging.getLogger(__name__)
MEMORY_SLOT, OUTCOME_SLOT = "memory", "outcome"
#: Rasa's form that is active while a case waits for a fact.
FORM = "decision_form"


@dataclass(frozen=True)
class Request:
    """A message with what the conversation and the understanding pipeline know about it.

    `evasion` is the probability that it asks for help to get round the law, `in_form` whether the
    form is active, `chosen` whether it was a name that had been offered: `text` is then the
    question that was asked back for, with that name.
    """

    text: str
    intent: str
    confidence: float
    evasion: float
    language: str
    memory: Memory
    today: datetime.date
    message_id: str = ""
    in_form: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class Reply:
    """A card, the plain text that says the same, and what to remember of it."""

    card: Card
    text: str
    memory: Memory | None = None


class CardAction(Action, ABC):
    """An action that answers with a card; the work is done off the event loop.

    Subclasses name themselves and implement `answer`. Whatever goes wrong there, the person gets a
    clear message and the next message is answered again.
    """

    action_name: str

    def name(self) -> str:
        """The name that domain.yml uses."""
        return self.action_name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Answer the latest message; no events where it is left to other actions."""
        request = request_of(tracker)
        try:
            reply = await asyncio.to_thread(self._reply, request)
        except SQLAlchemyError as error:
            logger.error("database: %s", type(error).__name__)
            reply = notice("refusal", "unavailable", request)
        if reply is None:
            return []
        dispatcher.utter_message(text=reply.text, json_message=reply.card)
        memory = replace(reply.memory or request.memory, answered=request.message_id)
        return [SlotSet(MEMORY_SLOT, memory.as_slot()), *_of_form(request, reply, memory)]

    def _reply(self, request: Request) -> Reply | None:
        if evasive(request.text, request.evasion, lambda: _explained(request)):
            return notice("refusal", "evasion", request)
        try:
            return self.answer(request)
        except StopIteration as error:  # out of a thread it would leave the person waiting for ever
            raise RuntimeError("an iterator ended unexpectedly") from error

    @abstractmethod
    def answer(self, request: Request) -> Reply | None:
        """The reply to a request, None for none; runs in a worker thread and may block."""


def _of_form(request: Request, reply: Reply, memory: Memory) -> list[EventType]:
    """Begin the form when a case starts to wait for a fact, and end it when none waits."""
    if memory.waits == request.in_form:
        return []
    if memory.waits:
        return [SlotSet(OUTCOME_SLOT, None), ActiveLoop(FORM)]
    made = reply.card.get("decision") or {}
    return [SlotSet(OUTCOME_SLOT, made.get("outcome")), ActiveLoop(None)]


def request_of(tracker: Tracker) -> Request:
    """The latest message of a conversation as a request."""
    message = tracker.latest_message
    text = (message.get("text") or "").strip()
    intent = message.get("intent") or {}
    memory = Memory.from_slot(tracker.get_slot(MEMORY_SLOT))
    chosen = text in memory.named
    return Request(
        text=memory.chosen(text) if chosen else text,
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        evasion=_probability(message, "evasion"),
        language=language_of(text, language_of(memory.asked_last)),
        memory=memory,
        today=today(),
        message_id=str(message.get("message_id") or ""),
        in_form=(tracker.active_loop or {}).get("name") == FORM,
        chosen=chosen,
    )


def _explained(request: Request) -> float:
    """How surely a message goes on with a conversation, or has an answer on file."""
    if not request.memory.is_new or names_nothing(request.text):
        return 1.0
    hits = searcher().search(request.text).hits
    return hits[0].confidence if hits else 0.0


def unclear(request: Request) -> Reply | None:
    """A question back where the first message names nothing that could be looked up."""
    if request.memory.is_new and names_nothing(request.text):
        return notice("clarify", "vague", request)
    return None


def _probability(message: dict[str, Any], intent: str) -> float:
    ranking = message.get("intent_ranking") or ()
    return next((float(row["confidence"]) for row in ranking if row.get("name") == intent), 0.0)


def notice(kind: str, key: str, request: Request, memory: Memory | None = None) -> Reply:
    """A reply of fixed wording, without citations."""
    text = say(key, request.language)
    return Reply(card(kind, text, request.today), text, memory)
