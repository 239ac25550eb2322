"""The form that asks for the facts of a case, one after the other, until its outcome is known.

Rasa runs it first while it is active. What it leaves alone goes to the action of its intent, and
Rasa comes back to the form after that, which has nothing more to do with the same message then.
"""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.continuing import of_waiting
from actions.request import FORM, CardAction, Reply, Request, request_of


class ValidateDecisionForm(CardAction):
    """Takes the next turn of the case that waits for a fact."""

    action_name = f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Answer what belongs to the case; no events for anything else."""
        request = request_of(tracker)
        if request.message_id and request.message_id == request.memory.answered:
            return []
        return await super().run(dispatcher, tracker, domain)

    def answer(self, request: Request) -> Reply | None:
        """The decision with what was told now; None where the message is not about the case."""
        return of_waiting(request)
