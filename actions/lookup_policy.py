"""The action of most questions: the case that is open, a list, or the provision that answers."""

from __future__ import annotations

from dataclasses import replace

from actions.continuing import continued
from actions.decide import reminder
from actions.leaning import in_context
from actions.list_policies import listed
from actions.looking_up import look_up
from actions.request import CardAction, Reply, Request, unclear


class ActionLookupPolicy(CardAction):
    """Finds the provision that answers a question."""

    action_name = "action_lookup_policy"

    def answer(self, request: Request) -> Reply:
        """The applicable rule, a choice between likely ones, or a refusal."""
        return answered(request)


def answered(request: Request) -> Reply:
    """What the case that is open, a list or a provision answers to a question of policy."""
    if request.chosen:
        return look_up(request, request.text)
    carried = continued(request) if request.intent != "out_of_scope" else None
    return (
        unclear(request)
        or carried
        or with_reminder(request, listed(request) or in_context(request))
    )


def with_reminder(request: Request, reply: Reply) -> Reply:
    """A reply with the question of the open case that still waits, where one does."""
    again = reminder(request.memory, request.language)
    if not again or reply.card["kind"] == "decision":
        return reply
    answered = {**reply.card, "answer": f"{reply.card['answer']}\n{again}"}
    memory = reply.memory or request.memory
    kept = replace(memory, decision=request.memory.decision)
    return replace(reply, card=answered, text=f"{reply.text}\n\n{again}", memory=kept)
