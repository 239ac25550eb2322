"""Turns that lean on the ones before: follow-ups, push-back, sources, other dates, choices."""

from __future__ import annotations

import re

from actions.about import show
from actions.answer import answer_line
from actions.asking import pushes_back
from actions.dates import date_asked
from actions.decide import goes_on, stands_by
from actions.earlier import again, recalled, stand_by
from actions.lookup_policy import answer_with, follow
from actions.request import CardAction, Reply, Request, notice
from policies_db import lookup
from policies_db.searching import Hit
from policies_db.settings import database_url
from policies_db.shelf import reading

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
        options = request.memory.options
        if not options and request.memory.decision:
            carried = goes_on(request)
            if carried is not None:
                return carried
        if not found or not options:
            return notice("clarify", "noise", request)
        text = found.group()
        number = int(text) if text.isdecimal() else _ORDINALS[text]
        if not 1 <= number <= len(options):
            return notice("clarify", "choose_again", request)
        question = request.memory.question or request.text
        return answer_with(request, question, [Hit(options[number - 1], 0.0, 1.0)])


class ActionNeighbour(CardAction):
    """The provision after or before the one that was cited last."""

    action_name = "action_neighbour"

    def answer(self, request: Request) -> Reply:
        """The neighbour with all that stands under it."""
        last = request.memory.last
        if last is None or not last.provision_ids:
            return notice("clarify", "nothing_before", request)
        step = -1 if request.intent == "previous_provision" else 1
        on = date_asked(request)
        with reading(database_url()) as session:
            here = lookup.provision(session, last.provision_ids[0])
            there = lookup.neighbour(session, here, step) if here is not None else None
            if there is None:
                return notice("clarify", "no_neighbour", request)
            cited = lookup.cite(session, there, on, lookup.whole(session, there))
        return show(request, [cited], answer_line(cited, "", request.language), "rule")


class ActionFollowUp(CardAction):
    """Answers a message that needs the turn before it."""

    action_name = "action_follow_up"

    def answer(self, request: Request) -> Reply:
        """By intent; without anything before, the message is a question of its own."""
        last = request.memory.last
        if request.memory.decision and request.intent in FACT_INTENTS:
            carried = goes_on(request)
            if carried is not None:
                return carried
        if last is None or request.memory.question:
            return follow(request)
        if request.intent == "first_question_again":
            return again(request, request.memory.shown[0])
        if request.intent in ("ask_source", "date_shift"):
            return again(request, recalled(request) or last)
        if request.intent == "challenge" or pushes_back(request.text):
            return stands_by(request) or stand_by(request, last)
        return follow(request)
