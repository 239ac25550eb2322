"""Small talk and boundaries: replies of fixed wording, without sources."""

from __future__ import annotations

from dataclasses import replace

from actions.asking import asks
from actions.continuing import continued
from actions.language import is_english
from actions.leaning import concludes, in_context
from actions.looking_up import look_up
from actions.lookup_policy import answered, with_reminder
from actions.request import CardAction, Reply, Request, notice, unclear
from actions.vagueness import names_left
from policies_db.searching import searcher

#: Which wording an intent is answered with, and as what kind of card.
FIXED: dict[str, tuple[str, str]] = {
    "greet": ("smalltalk", "greet"),
    "goodbye": ("smalltalk", "goodbye"),
    "thank": ("smalltalk", "thank"),
    "praise": ("smalltalk", "praise"),
    "complain_about_bot": ("smalltalk", "complain"),
    "bot_identity": ("smalltalk", "identity"),
    "help": ("smalltalk", "help"),
    "ack": ("smalltalk", "ack"),
    "deny": ("smalltalk", "deny"),
    "affirm": ("smalltalk", "ack"),
    "cancel": ("smalltalk", "cancel"),
    "unclear_noise": ("clarify", "noise"),
    "handoff": ("handoff", "handoff"),
    "prompt_injection": ("refusal", "injection"),
    "foreign_language_unsupported": ("refusal", "foreign"),
}


#: At least so sure, an intent of `FIRM` is not questioned.
SURE = 0.6
#: Intents whose reply stands, however much the message looks like a question of policy.
FIRM = frozenset({"prompt_injection", "foreign_language_unsupported"})
#: Intents that short questions on the answer before are taken for, and how much such a one names.
SHORT_TALK, LEAST_ASKED = frozenset({"ack", "affirm", "deny", "thank", "unclear_noise"}), 2
#: A message that is longer and that the documents cover is a question, not small talk.
LONGEST_TALK = 10


def _asks_on(request: Request) -> bool:
    """Whether a message asks something of the answer before it, however like small talk."""
    text = request.text
    if request.memory.last is None or request.intent not in SHORT_TALK:
        return False
    return concludes(text) != "" or (asks(text) and len(names_left(text)) >= LEAST_ASKED)


class ActionTalk(CardAction):
    """Answers intents that no document is needed for."""

    action_name = "action_talk"

    def answer(self, request: Request) -> Reply:
        """The fixed wording of the intent, unless there is a question in the message."""
        if request.intent == "evasion":  # not evasive enough to be declined
            return answered(request)
        if request.intent == "foreign_language_unsupported" and is_english(request.text):
            return answered(request)
        firm = request.intent in FIRM and request.confidence >= SURE
        talk = firm or len(request.text) <= LONGEST_TALK
        if not talk and searcher().search(request.text).zone == "answer":
            return (
                unclear(request)
                or continued(request)
                or with_reminder(request, look_up(request, request.text))
            )
        if request.intent in ("affirm", "deny", "ack") or not talk:
            carried = continued(request)
            if carried is not None:
                return carried
        if not firm and _asks_on(request):
            return with_reminder(request, in_context(request))
        kind, key = FIXED.get(request.intent, ("clarify", "noise"))
        forgotten = replace(request.memory, decision={}) if request.intent == "cancel" else None
        return notice(kind, key, request, forgotten)
