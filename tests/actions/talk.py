"""A person who talks to the actions themselves: no Rasa server, no model, the real database.

The understanding pipeline is not there, so each message comes with its intent.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions
from actions.request import FORM, MEMORY_SLOT, OUTCOME_SLOT, CardAction
from bot.settings import ROOT
from evaluation.checks import breaches, misquotes

#: Kinds of cards that name no rule.
WITHOUT_SOURCE = ("refusal", "handoff", "smalltalk")
#: What one conversation may grow to in its slot, in characters.
MOST_REMEMBERED = 100_000


def _actions() -> dict[str, CardAction]:
    for module in pkgutil.iter_modules(actions.__path__, "actions."):
        importlib.import_module(module.name)
    return {each.action_name: each() for each in CardAction.__subclasses__()}


def _rules() -> dict[str, str]:
    files = sorted((ROOT / "data" / "rules").glob("*.yml"))
    rules = [r for f in files for r in yaml.safe_load(f.read_text(encoding="utf-8"))["rules"]]
    of_intents = [rule["steps"] for rule in rules if "intent" in rule["steps"][0]]
    return {steps[0]["intent"]: steps[1]["action"] for steps in of_intents}


ACTIONS = _actions()
#: Those that answer a message of some intent, rather than check a form.
ANSWERING = sorted(name for name in ACTIONS if name.startswith("action_"))
#: Which action answers which intent.
ACTION_OF = _rules()


@dataclass(frozen=True)
class Said:
    """What came back: the card, the plain text, the memory after it."""

    card: dict[str, Any]
    text: str
    memory: Any

    @property
    def answer(self) -> str:
        return str(self.card["answer"])

    @property
    def first_line(self) -> str:
        return self.answer.partition("\n")[0]

    @property
    def quotes(self) -> list[str]:
        return [citation["quote"] for citation in self.card["citations"]]


@dataclass
class Talk:
    """One conversation."""

    memory: Any = None
    outcome: Any = None
    in_form: bool = False
    turns: list[Said] = field(default_factory=list)

    def say(self, text: Any, intent: str = "general_policy") -> Said:
        """Say something of an intent; what every reply must be is checked."""
        return self.to(ACTION_OF[intent], text, intent)

    def to(
        self,
        action: str,
        text: Any,
        intent: str = "general_policy",
        understood: Mapping[str, Any] = MappingProxyType({}),
    ) -> Said:
        """The same, to an action that is named; `understood` is put in place of what Rasa says."""
        latest = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": []}
        latest |= {"message_id": f"message {len(self.turns)}"} | understood
        dispatcher = CollectingDispatcher()
        form = f"validate_{FORM}"
        # as Rasa does: an active form comes first, and again after another action has answered
        if not (self.in_form and self._run(form, latest, dispatcher)):
            assert dispatcher.messages == []
            self._run(action, latest, dispatcher)
            assert not (self.in_form and self._run(form, latest, dispatcher))
        (message_out,) = dispatcher.messages
        said = Said(message_out["custom"], message_out["text"], self.memory)
        check(said)
        self.turns.append(said)
        return said

    def _run(self, action: str, latest: dict[str, Any], dispatcher: CollectingDispatcher) -> bool:
        """Run an action; whether it did anything."""
        slots = {MEMORY_SLOT: self.memory, OUTCOME_SLOT: self.outcome}
        loop = {"name": FORM} if self.in_form else {}
        tracker = Tracker("someone", slots, latest, [], False, None, loop, None)
        events = asyncio.run(ACTIONS[action].run(dispatcher, tracker, {}))
        for event in events:
            if event["event"] == "active_loop":
                self.in_form = event["name"] is not None
            elif event["name"] == OUTCOME_SLOT:
                self.outcome = event["value"]
            else:
                assert (event["event"], event["name"]) == ("slot", MEMORY_SLOT)
                self.memory = event["value"]
                assert len(json.dumps(self.memory, ensure_ascii=False)) < MOST_REMEMBERED
        return bool(events)


def check(said: Said) -> None:
    """What holds for every reply: the contract, quotes word for word, text that says the same."""
    assert breaches(said.card) == []
    assert misquotes(said.card) == []
    if said.card["kind"] in WITHOUT_SOURCE:
        assert said.card["citations"] == []
    for citation in said.card["citations"]:
        assert citation["provision_id"].startswith(citation["document_id"])
    first = said.first_line
    assert first in said.text
    if said.card["kind"] in ("rule", "decision", "document"):
        for quote in said.quotes:
            assert quote in said.text
