"""The items of one provision or one table, complete and in order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.answer import dated, replied
from actions.asking import asks_list
from actions.card import numbered, source_lines, titled, warning
from actions.language import framed
from actions.request import Reply, Request, notice
from actions.wording import say
from policies_db import listing, lookup
from policies_db.conflicts import conflicts
from policies_db.lookup import Cited
from policies_db.models import Provision

#: More items than that are not listed in one answer.
MOST = 40
_NUMBERING = re.compile(r"^(（[一二三四五六七八九十]+）|\d+[．.、])\s*")
_MEASURES = re.compile(r"便利|措施|好处|优惠|待遇|扶持|支持|规定|招|benefit|measure", re.I)
_WHOLE_DOCUMENT = frozenset({"title", "preamble", "closing"})


def items_of(
    session: Session, request: Request, question: str, best: Cited, on: datetime.date
) -> Reply | None:
    """All items of the list that the best hit belongs to; None where no list is asked for."""
    if not asks_list(question):
        return None
    provision = lookup.provision(session, best.provision_id)
    assert provision is not None
    lead, rows = _family(session, provision, question)
    if not 2 <= len(rows) <= MOST:
        return None
    head = lookup.cite(session, lead, on, lookup.whole(session, lead)) if lead else best
    return _listed(request, question, head, listing.first_points(session, rows, on))


def tasks_of(session: Session, request: Request, question: str, on: datetime.date) -> Reply | None:
    """The rows of the task list for a bureau or a month; None where they are not asked for."""
    if "清单" not in question or not asks_list(question):
        return None
    rows = listing.tasks(session, question)
    if not rows:
        return None
    cited = [lookup.cite(session, row, on) for row in rows]
    if conflicts(question, lookup.surroundings(session, cited[0]), str, local=False):
        return notice("refusal", "not_covered", request)
    lines = [say("list", request.language, count=len(cited))]
    for item in cited[:MOST]:
        assert item.task is not None
        task = say("task", request.language, lead=item.task.lead, due=item.task.due)
        lines.append(f"{item.task.number}. {item.task.task}（{task}）")
    if len(cited) > MOST:
        lines.append(say("more", request.language, count=len(cited) - MOST))
    note = warning(cited[0], request.language)
    text = "\n".join([note, *lines] if note else lines)
    plain = "\n".join([text, "", *source_lines(cited[0], request.language)[1:]])
    return replied(request, question, "list", text, cited[:MOST], plain=plain)


def _family(
    session: Session, provision: Provision, question: str
) -> tuple[Provision | None, Sequence[Provision]]:
    """The provision that leads the list in, and its items."""
    if provision.kind in _WHOLE_DOCUMENT:
        if not _MEASURES.search(question):
            return None, ()
        return None, listing.measures(provision.document)
    for lead in (provision, provision.parent):
        if lead is not None and lead.text.rstrip().endswith(("：", ":")):
            return lead, listing.children(lead)
    return None, ()


def _listed(request: Request, question: str, head: Cited, items: Sequence[Cited]) -> Reply:
    place = f"{titled(head)}{numbered(head)}"
    lines = [warning(head, request.language)]
    lines.append(say("items", request.language, place=place, label=head.label, count=len(items)))
    lines += [
        f"{n}. {framed(_NUMBERING.sub('', c.answer), request.language)}（{c.label}）"
        for n, c in enumerate(items, 1)
    ]
    text = dated(request, head.standing.on, "\n".join(line for line in lines if line))
    plain = "\n".join([text, "", *source_lines(head, request.language)[1:]])
    first = [head] if head.provision_id not in {c.provision_id for c in items} else []
    return replied(request, question, "list", text, [*first, *items], plain=plain)
