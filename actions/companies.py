"""Companies of the trusted list by a part of their name: shown, never concluded from."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

from actions.answer import dated, replied
from actions.card import warning
from actions.request import Reply, Request, notice
from actions.wording import say
from policies_db import lookup
from policies_db.facts.mentions import Reading
from policies_db.facts.names import companies_in

_MEMBER = re.compile(
    r"是不是|在不在|有没有|算不算|在列|呢[?？]?\s*$|[在进上有是入属].{0,14}[吗么没不呢]|\b(is|are|on)\b",
    re.I,
)
_ASKS = re.compile(r"名单|高资信|在列|trusted|\blist", re.I)
#: A company that is not named: its name is asked for.
_OWN = re.compile(r"^.{0,12}(我们|我司|咱们?|本公司|\bwe\b|\bour company\b)(公司)?.{0,8}$", re.I)
_FORM = re.compile(
    r"[（(]?重庆市?[)）]?|[（(]中国[)）]|股份有限公司|有限责任公司|有限公司|分公司|[（）()]"
)
#: A part of a name counts from so many characters, and so much of the name without its legal form.
SHORTEST_PART, SHARE = 4, 0.6
MOST = 3


def companies_like(
    session: Session, request: Request, question: str, on: datetime.date
) -> Reply | None:
    """The rows of the list whose name a question has in part; None without, or with a full name."""
    rows = lookup.company_rows(session)
    if any(name in question for _, name, _ in rows) or not _about_list(request, question):
        return None
    if _OWN.search(question) and not any(companies_in(Reading.of(question))):
        asked = replace(request.memory, question=question, options=())
        return notice("clarify", "company_name", request, asked)
    found = [(_likeness(name, question), number, name, row) for number, name, row in rows]
    best = sorted((item for item in found if item[0]), key=lambda item: (-item[0], item[1]))[:MOST]
    provisions = [p for *_, row in best if (p := lookup.provision(session, row)) is not None]
    if not provisions:
        return None
    cited = [lookup.cite(session, provision, on) for provision in provisions]
    names = "、".join(f"{name}（{c.label}）" for (*_, name, _), c in zip(best, cited, strict=True))
    lines = [warning(cited[0], request.language), say("listed", request.language, names=names)]
    text = dated(request, on, "\n".join(line for line in lines if line))
    return replied(request, question, "rule", text, cited)


def _about_list(request: Request, question: str) -> bool:
    """Whether a message asks if somebody is on the list, by itself or by the question before."""
    last = request.memory.last
    before = request.memory.question or (last.question if last else "")
    if not _MEMBER.search(question):
        return False
    return bool(_ASKS.search(question) or (len(question) <= 20 and _ASKS.search(before)))


def _likeness(name: str, question: str) -> float:
    """How much of a name, without its legal form, a question has in one piece; 0 if too little."""
    core = _FORM.sub("", name)
    match = SequenceMatcher(None, core, question, autojunk=False).find_longest_match()
    share = match.size / max(len(core), 1)
    return share if match.size >= SHORTEST_PART and share >= SHARE else 0.0
