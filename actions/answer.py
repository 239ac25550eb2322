"""The answer that points of the database give: what is said first, what is cited."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from actions.asking import asks_amount_missing, asks_who
from actions.card import card, framed_answer, plain_text, spoken_date, titled, warning
from actions.memory import Shown
from actions.request import Reply, Request
from actions.wording import say
from policies_db import lookup
from policies_db.lookup import Cited
from policies_db.searching import Result
from policies_db.settings import database_url
from policies_db.shelf import reading


def answer_of(request: Request, question: str, cited: Sequence[Cited], ids: Sequence[int]) -> Reply:
    """The answer of the first citation, the others beside it; `ids` are their points."""
    best = cited[0]
    on = best.standing.on
    kind = "document" if "document" in best.topics else "rule"
    text = dated(request, on, answer_line(best, question, request.language))
    return replied(request, question, kind, text, cited, ids)


def replied(
    request: Request,
    question: str,
    kind: str,
    text: str,
    cited: Sequence[Cited],
    ids: Sequence[int] = (),
    plain: str | None = None,
) -> Reply:
    """A card with its plain text (`plain`, else the usual one) that is remembered."""
    on = cited[0].standing.on
    shown = Shown(question, tuple(ids), tuple(c.provision_id for c in cited), on.isoformat())
    return Reply(
        card(kind, text, on, cited),
        plain or plain_text(text, cited, request.language),
        request.memory.showing(shown),
    )


def dated(request: Request, on: datetime.date, text: str) -> str:
    """A text that says for which day it was judged, where that is not today."""
    if on == request.today:
        return text
    return say("past_date", request.language, on=spoken_date(on, request.language)) + text


def answer_line(best: Cited, question: str, language: str) -> str:
    """What a person reads first: what must be said of its validity, then the answer."""
    lines = [warning(best, language), framed_answer(best, language)]
    if asks_amount_missing(question, best.quote):
        lines.append(say("no_amount", language))
    if best.task is not None:
        lines.append(say("task", language, lead=best.task.lead, due=best.task.due))
    elif best.bureaus and asks_who(question):
        lines.append(say("bureaus", language, bureaus="、".join(best.bureaus)))
    return "\n".join(line for line in lines if line)


def choose(request: Request, question: str, result: Result) -> Reply:
    """A question back: which of the likeliest provisions is meant."""
    ids = [hit.point_id for hit in result.hits[:3]]
    with reading(database_url()) as session:
        cited = lookup.points(session, ids, request.today)
    lines = [say("choose", request.language)]
    options = []
    for number, option in enumerate(cited, 1):
        lines.append(f"{number}. {option.answer}（{titled(option)}{option.label}）")
        options.append((option.answer, str(number)))
    text = "\n".join(lines)
    memory = request.memory.asking(question, options=tuple(ids))
    return Reply(card("clarify", text, request.today, suggestions=options), text, memory)
