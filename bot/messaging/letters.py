"""What the XML messages of WeChat and WeCom ask; both have the same form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from bot.messaging.envelope import EnvelopeError
from bot.messaging.incoming import Incoming

ASK = "ask:"  # a menu's key that starts with this is a question
MAX_USER = 128  # characters of a user's id


def read(fields: Mapping[str, str]) -> Incoming | None:
    """What a message or an event asks; None for events that need no answer.

    Raises EnvelopeError where a field is missing that the platform always sends.
    """
    user, kind = fields.get("FromUserName", ""), fields.get("MsgType", "")
    if not 0 < len(user) <= MAX_USER or not kind:
        raise EnvelopeError("a field is missing")
    event, event_key = fields.get("Event", "").lower(), fields.get("EventKey", "")
    key = fields.get("MsgId") or "\n".join((user, fields.get("CreateTime", ""), event, event_key))
    key = hashlib.sha256(key.encode()).hexdigest()[:32]
    if kind == "text":
        return Incoming(key, user, "question", fields.get("Content", ""))
    if kind == "voice" and fields.get("Recognition", "").strip():
        return Incoming(key, user, "question", fields["Recognition"])
    if kind != "event":
        return Incoming(key, user, "unsupported")
    if event == "click" and event_key.startswith(ASK):
        return Incoming(key, user, "question", event_key.removeprefix(ASK))
    if event in ("subscribe", "click"):
        return Incoming(key, user, "greeting")
    return Incoming(key, user, "left") if event == "unsubscribe" else None
