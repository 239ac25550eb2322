"""The provision before or after the one that was cited last."""

from __future__ import annotations

import re

from actions.about import show
from actions.answer import answer_line
from actions.dates import date_asked
from actions.request import Reply, Request, notice
from policies_db import lookup
from policies_db.settings import database_url
from policies_db.shelf import reading
from policies_db.text import normalise

_STEP = re.compile(
    r"^\W*(那|它|这条|那条|再|接着|继续|然后|往|紧|挨着){0,3}的?(?P<way>[上前下后])(面|边|头)?(的)?(紧?挨着的)?"
    r"[那一]{0,2}[条款项点](?!件)[^,，]{0,10}$|"
    r"^\W*(and |what about |show me )*(the )?(?P<word>next|following|previous|preceding) "
    r"(one|article|clause|item|provision|point)\W*$|"
    r"^\W*(and |what about |what does )*the (one|article|clause|item) (right )?"
    r"(?P<side>before|after)\b.{0,16}$",
    re.I,
)
_BACK = frozenset(["上", "前", "previous", "preceding", "before"])


def step_of(text: str) -> int:
    """-1 where a message asks for the provision before, 1 for the one after, 0 for neither."""
    found = _STEP.match(normalise(text))
    if found is None:
        return 0
    return -1 if (found["way"] or found["word"] or found["side"]) in _BACK else 1


def beside_last(request: Request) -> Reply | None:
    """The neighbour of what was cited last, where a message asks for it; else None."""
    step = step_of(request.text) if request.memory.last is not None else 0
    return neighbour(request, step) if step else None


def neighbour(request: Request, step: int) -> Reply:
    """The neighbour with all that stands under it; a question back where there is none."""
    last = request.memory.last
    if last is None or not last.provision_ids:
        return notice("clarify", "nothing_before", request)
    on = date_asked(request)
    with reading(database_url()) as session:
        here = lookup.provision(session, last.provision_ids[0])
        there = lookup.neighbour(session, here, step) if here is not None else None
        if there is None:
            return notice("clarify", "no_neighbour", request)
        cited = lookup.cite(session, there, on, lookup.whole(session, there))
    return show(request, [cited], answer_line(cited, "", request.language), "rule")
