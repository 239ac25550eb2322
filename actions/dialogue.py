"""Turns that lean on the ones before: follow-ups, push-back, sources, other dates, choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.asking import asks_source, pushes_back
from actions.continuing import continued
from actions.dates import date_named
from actions.decide import stands_by
from actions.earlier import again, stand_by
from actions.leaning import back, follow, item_of_list, of_last, source_of_last
from actions.looking_up import answer_with, look_up
from actions.neighbour import beside_last, neighbour, step_of
from actions.request import CardAction, Reply, Request, notice, unclear
from policies_db.searching import Hit

_ORDINALS = {c: i for i, c in enumerate("一二三四五六", 1)}
_CHOICE = re.compile(r"[1-6１-６]|[一二三四五六]")
#: Intents that may tell more of a case that is open.
FACT_INTENTS = frozenset(
    {"give_facts", "correct_fact", "dont_know", "follow_up", "date_shift", "challenge"}
)


class ActionChoose(CardAction):
    """Takes one of the options that were offered, by its number."""

    action_name = "action_choose"

    def answer(self, request: Request) -> Reply:
        """The answer that the option stands for; without options, a number of the open case."""
        found = _CHOICE.search(request.text)
        options: Sequence[int | str] = request.memory.options or request.memory.named
        if not options and request.memory.decision:
            carried = continued(request)
            if carried is not None:
                return carried
        if not found or not options:
            return item_of_list(request) or notice("clarify", "noise", request)
        text = found.group()
        number = int(text) if text.isdecimal() else _ORDINALS[text]
        if not 1 <= number <= len(options):
            return notice("clarify", "choose_again", request)
        chosen, question = options[number - 1], request.memory.question or request.text
        if isinstance(chosen, str):
            named = replace(request, text=request.memory.chosen(chosen), chosen=True)
            return look_up(named, named.text)
        return answer_with(request, question, [Hit(chosen, 0.0, 1.0)])


class ActionNeighbour(CardAction):
    """The provision after or before the one that was cited last."""

    action_name = "action_neighbour"

    def answer(self, request: Request) -> Reply:
        """By the intent, unless the words say which way."""
        source = None if step_of(request.text) else source_of_last(request)
        if source is not None:
            return source
        step = -1 if request.intent == "previous_provision" else 1
        return neighbour(request, step_of(request.text) or step)


class ActionFollowUp(CardAction):
    """Answers a message that needs the turn before it."""

    action_name = "action_follow_up"

    def answer(self, request: Request) -> Reply:
        """By intent; without anything before, the message is a question of its own."""
        last = request.memory.last
        if request.intent in FACT_INTENTS:
            carried = continued(request)
            if carried is not None:
                return carried
        earlier = beside_last(request) or back(request) or of_last(request)
        if earlier is not None:
            return earlier
        if last is None or request.memory.question:
            return unclear(request) or follow(request)
        if request.intent == "first_question_again":
            return again(request, request.memory.shown[0])
        if request.intent == "ask_source" and asks_source(request.text):
            return again(request, last)
        if request.intent == "date_shift" and date_named(request) is not None:
            return again(request, last)
        if request.intent == "challenge" or pushes_back(request.text):
            return stands_by(request) or stand_by(request, last)
        return follow(request)
