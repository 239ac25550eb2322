"""Earlier answers of a conversation, given once more."""

from __future__ import annotations

import datetime
from dataclasses import replace

from actions.answer import answer_line
from actions.card import card, plain_text
from actions.dates import date_asked
from actions.lookup_policy import look_up
from actions.memory import Shown
from actions.request import Reply, Request
from actions.wording import say
from policies_db import lookup
from policies_db.engine import session_for
from policies_db.lookup import Cited
from policies_db.settings import database_url


def again(request: Request, shown: Shown) -> Reply:
    """An earlier answer once more, judged for the date that is asked about now."""
    on = date_asked(request)
    cited = cited_again(shown, on)
    if not cited:
        return look_up(request, request.text)
    text = say(
        "source_first",
        request.language,
        title=cited[0].title,
        number=cited[0].number or "—",
        label=cited[0].label,
    )
    text += "\n" + answer_line(cited[0], request.text, request.language)
    kept = replace(shown, as_of=on.isoformat())
    return Reply(
        card("rule", text, on, cited),
        plain_text(text, cited, request.language),
        request.memory.showing(kept),
    )


def cited_again(shown: Shown, on: datetime.date) -> list[Cited]:
    """The citations of an earlier answer, judged for a date."""
    with session_for(database_url()) as session:
        if shown.point_ids:
            return lookup.points(session, shown.point_ids, on)
        rows = [lookup.provision(session, i) for i in shown.provision_ids]
        return [lookup.cite(session, row, on) for row in rows if row is not None]
