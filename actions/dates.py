"""The date that a question asks about: validity is judged for it."""

from __future__ import annotations

import datetime

from actions.memory import date_of
from actions.request import Request
from policies_db.decisions import Span
from policies_db.facts.extraction import facts_in

#: A date vaguer than so many days is none to judge by: 2024年 alone is mostly a plan's year.
VAGUEST_DAYS = 62


def date_named(request: Request) -> datetime.date | None:
    """The first date that the message names, the middle day of a month; None without one."""
    for mention in facts_in(request.text, request.today):
        if mention.kind != "date" or not isinstance(mention.value, Span):
            continue
        low, high = mention.value.low, mention.value.high
        if isinstance(low, datetime.date) and isinstance(high, datetime.date):
            length = (high - low).days
            if length <= VAGUEST_DAYS:
                return low + datetime.timedelta(days=length // 2)
    return None


def date_asked(request: Request) -> datetime.date:
    """The date named in the message, else that of the answer before, else today."""
    return date_named(request) or date_of(request.memory.last, request.today)
