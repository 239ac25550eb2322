"""The date that a question asks about, from the dates that the understanding pipeline found."""

from __future__ import annotations

import datetime

from actions.memory import date_of
from actions.request import Request


def date_asked(request: Request) -> datetime.date:
    """The date named in the message, else the date the conversation is about, else today."""
    for entity in request.entities:
        if entity.get("entity") == "as_of":
            return datetime.date.fromisoformat(entity["value"])
    return date_of(request.memory.last, request.today)
