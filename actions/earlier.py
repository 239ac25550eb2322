"""Earlier answers of a conversation, given once more."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from itertools import pairwise

from actions.about import about
from actions.answer import answer_line
from actions.card import card, plain_text
from actions.dates import date_asked
from actions.memory import Shown
from actions.request import Reply, Request, notice
from actions.vagueness import names_left
from actions.wording import say
from policies_db import lookup
from policies_db.lookup import Cited
from policies_db.searching import searcher
from policies_db.settings import database_url
from policies_db.shelf import reading

_FIRST = re.compile(
    r"最开始|一开始|最开头|开头|最初|最先|头一个|第一个问题|first question|at the start", re.I
)
_RETURN = re.compile(
    r"(再)?(回到|回过头|回头说|说回|绕回|转回|接着|继续)|\bback (to|on)\b|as for the first", re.I
)
_BACK = re.compile(
    r"刚才|刚刚|方才|前面|前头|先前|早先|头先|之前(问|说|讲|提|聊|那)|上面|earlier|you said before",
    re.I,
)
#: How much a word of the earlier question counts beside one of its answer, and one character.
IN_QUESTION, IN_ANSWER, IN_CHARACTER = 3, 1, 1


def recalled(request: Request) -> Shown | None:
    """The earlier answer that a message goes back to: the first, or that on the like question."""
    shown = request.memory.shown
    if not shown:
        return None
    if _FIRST.search(request.text):
        return shown[0]
    before = shown if request.memory.question else shown[:-1]
    returns = _RETURN.search(request.text) is not None and bool(before)
    if not (returns or _BACK.search(request.text)):
        return None
    pairs = set(pairwise(names_left(beyond_recall(request.text))))
    shown = before if returns else shown
    likeness = {id(each): _likeness(request, each) for each in shown}
    best = max(reversed(shown), key=lambda each: likeness[id(each)])
    return best if _BACK.search(request.text) or pairs & set(pairwise(best.question)) else None


def _likeness(request: Request, earlier: Shown) -> int:
    """How many words and characters of a message an earlier question and its answer have."""
    asked = names_left(beyond_recall(request.text))
    pairs, characters = set(pairwise(asked)), set(asked)
    with reading(database_url()) as session:
        rows = [lookup.provision(session, each) for each in earlier.provision_ids[:1]]
        said = "".join(lookup.whole(session, row) for row in rows if row is not None)
    return (
        IN_QUESTION * len(pairs & set(pairwise(earlier.question)))
        + IN_ANSWER * len(pairs & set(pairwise(said)))
        + IN_CHARACTER * len(characters & set(earlier.question))
    )


def beyond_recall(text: str) -> str:
    """A message without its words of going back."""
    for words in (_RETURN, _FIRST, _BACK):
        text = words.sub(" ", text)
    return text


def again(request: Request, shown: Shown) -> Reply:
    """An earlier answer once more, judged for the date that is asked about now."""
    on = date_asked(request)
    cited = cited_again(shown, on)
    if not cited:
        return notice("clarify", "nothing_before", request)
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


def until(request: Request, shown: Shown) -> Reply:
    """Until when an earlier answer holds: the sentence with its own dates, else the document."""
    cited = cited_again(shown, date_asked(request))
    if not cited:
        return notice("clarify", "nothing_before", request)
    with reading(database_url()) as session:
        document = lookup.document(session, cited[0].document_id)
        assert document is not None
        own = cited[0].standing.effective_to not in (None, document.effective_to)
        return (
            again(request, shown)
            if own
            else about(session, request, document, "validity", cited[:1])
        )


def cited_again(shown: Shown, on: datetime.date) -> list[Cited]:
    """The citations of an earlier answer, judged for a date."""
    with reading(database_url()) as session:
        if shown.point_ids:
            return lookup.points(session, shown.point_ids, on)
        rows = [lookup.provision(session, i) for i in shown.provision_ids]
        return [lookup.cite(session, row, on) for row in rows if row is not None]


def stand_by(request: Request, last: Shown) -> Reply:
    """Push-back: what the document says stays and is shown again, beside what else is likely."""
    on = date_asked(request)
    found = searcher().search(f"{last.question} {request.text}")
    cited = cited_again(last, on)
    known = {c.provision_id for c in cited}
    with reading(database_url()) as session:
        likely = [hit.point_id for hit in found.hits[:2]]
        others = [c for c in lookup.points(session, likely, on) if c.provision_id not in known]
    cited = [*cited, *others][:3]
    if not cited:
        return notice("clarify", "nothing_before", request)
    text = say("as_written", request.language) + answer_line(
        cited[0], request.text, request.language
    )
    drafts = [c for c in cited[1:] if c.standing.status == "draft"]
    for draft in drafts:
        text += "\n" + say("draft_differs", request.language, answer=draft.answer)
    return Reply(
        card("rule", text, on, cited),
        plain_text(text, cited, request.language),
        request.memory.showing(replace(last, as_of=on.isoformat())),
    )
