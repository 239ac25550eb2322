"""Messages that cannot be looked up without knowing what they are about."""

from __future__ import annotations

from actions.continuing import continued
from actions.leaning import follow
from actions.looking_up import look_up
from actions.request import CardAction, Reply, Request, notice

#: Above this the message is taken for vague even if something like it is on file.
SURE = 0.5


class ActionClarify(CardAction):
    """Asks what is meant, unless the conversation says it."""

    action_name = "action_clarify"

    def answer(self, request: Request) -> Reply:
        """With something said before, the message is read with it; else a question back."""
        if request.memory.last is not None or request.memory.question:
            return continued(request) or follow(request)
        if request.confidence < SURE:
            reply = look_up(request, request.text)
            if reply.card["kind"] != "refusal":
                return reply
        return notice("clarify", "vague", request)
