"""The items of one provision or one table, complete and in order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.answer import dated, replied
from actions.asking import asks_list
from actions.card import numbered, source_lines, titled, warning
from actions.compare import in_article
from actions.language import framed
from actions.request import Reply, Request, notice
from actions.wording import say
from policies_db import listing, lookup
from policies_db.conflicts import conflicts
from policies_db.lookup import Cited
from policies_db.models import Document, Provision
from policies_db.naming import names
from policies_db.searching import Result, searcher

#: So many of the likeliest answers are looked at, and how likely each must be.
MOST_LIKELY, LIKELY = 6, 0.05
#: More items than that are not listed in one answer.
MOST = 40
#: The rows of a task table, which is a list or an annex to those who ask.
TASK_LIST = re.compile(r"清单|附件[^,，。]{0,16}任务|任务[^,，。]{0,8}附件")
#: An annex is not what its document says itself.
_ANNEX = "附件"
_NOUN = re.compile(r"条件|情形|要求|行为|事项|材料|措施|工作")
_NUMBERING = re.compile(r"^(（[一二三四五六七八九十]+）|\d+[．.、])\s*")
_MEASURES = re.compile(r"便利|措施|好处|优惠|待遇|扶持|支持|规定|招|benefit|measure", re.I)
#: Where a document as a whole is named.
_FRAME = frozenset({"标题", "序言", "结尾"})
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


def led_in(
    session: Session, request: Request, question: str, documents: Sequence[str], on: datetime.date
) -> Reply | None:
    """The items of a document that are led in by the word that a question has for them: 符合以下
    条件, 有下列情形; None where the likeliest answers hold no such list."""
    noun = None if _ANNEX in question else _NOUN.search(question)
    if noun is None or len(documents) != 1 or not asks_list(question):
        return None
    found = searcher().search(names().beside(question), documents=frozenset(documents))
    for best in lookup.points(session, [hit.point_id for hit in found.hits], on):
        provision = lookup.provision(session, best.provision_id)
        assert provision is not None
        lead, rows = _family(session, provision, question)
        if lead is not None and noun.group() in lead.text and 2 <= len(rows) <= MOST:
            head = lookup.cite(session, lead, on, lookup.whole(session, lead))
            return _listed(request, question, head, listing.first_points(session, rows, on))
    return None


def found_inside(
    session: Session, request: Request, question: str, result: Result, on: datetime.date
) -> Reply | None:
    """What a list is asked for, where the likeliest answers all stand in one document: what a
    bureau that is named does there, else the likeliest, best first, those of one provision in the
    order of its words."""
    if not asks_list(question):
        return None
    hits = [hit for hit in result.hits[:MOST_LIKELY] if hit.confidence >= LIKELY]
    found = lookup.points(session, [hit.point_id for hit in hits], on)
    if len({cited.document_id for cited in found}) != 1:
        return None
    document = lookup.document(session, found[0].document_id)
    assert document is not None
    items = listing.first_points(session, listing.of_bureau(document, question), on)
    if not items:
        content = [cited for cited in found if "document" not in cited.topics]
        places = list(dict.fromkeys(cited.provision_id for cited in content))
        if len(places) == 1:
            return _of_one(session, request, question, content, on)
        first = {cited.provision_id: cited for cited in reversed(content)}
        items = [in_article(session, first[place]) for place in places]
    if len(items) < 2:
        return None
    head = lookup.cite(session, lookup.naming(session, document), on)
    return _listed(request, question, head, items, "items_found")


def _of_one(
    session: Session, request: Request, question: str, found: Sequence[Cited], on: datetime.date
) -> Reply | None:
    """What one provision says on a question, where that is more than one thing."""
    provision = lookup.provision(session, found[0].provision_id)
    assert provision is not None
    likely = {cited.answer for cited in found}
    points = listing.all_points(session, [provision], on)
    items = [cited for cited in points if cited.answer in likely]
    if len(items) < 2:
        return None
    return _listed(request, question, in_article(session, found[0]), items, "items_found")


def section_of(
    session: Session, request: Request, question: str, document: Document, on: datetime.date
) -> Reply | None:
    """What stands under a heading of a document that a question names; None where it names none,
    or asks for no list."""
    named = listing.section(document, names().beside(question)) if asks_list(question) else None
    if named is None:
        return None
    rows = listing.children(named)
    head = lookup.cite(session, named, on, lookup.whole(session, named))
    if len(rows) > 1:
        return _listed(request, question, head, listing.first_points(session, rows, on))
    items = listing.all_points(session, [named, *rows], on)
    return _listed(request, question, head, items, "items_found") if items else None


def tasks_of(session: Session, request: Request, question: str, on: datetime.date) -> Reply | None:
    """The rows of the task list for a bureau or a month; None where they are not asked for."""
    if not TASK_LIST.search(question) or not asks_list(question):
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


def listed_under(
    session: Session,
    request: Request,
    question: str,
    document: Document,
    rows: Sequence[Provision],
    on: datetime.date,
    key: str = "",
) -> Reply:
    """Provisions of a document as its items, in order; `key` names the words before them."""
    head = lookup.cite(session, lookup.naming(session, document), on)
    return _listed(request, question, head, listing.first_points(session, rows, on), key)


def _listed(
    request: Request, question: str, head: Cited, items: Sequence[Cited], key: str = ""
) -> Reply:
    place = f"{titled(head)}{numbered(head)}"
    of_all = head.label in _FRAME
    key = key or ("items_of_all" if of_all else "items")
    lines = [warning(head, request.language)]
    lines.append(say(key, request.language, place=place, label=head.label, count=len(items)))
    lines += [
        f"{n}. {framed(_NUMBERING.sub('', c.answer), request.language)}（{c.label}）"
        for n, c in enumerate(items, 1)
    ]
    text = dated(request, head.standing.on, "\n".join(line for line in lines if line))
    plain = "\n".join([text, "", *source_lines(head, request.language)[1:]])
    alone = of_all or head.provision_id in {c.provision_id for c in items}
    return replied(
        request, question, "list", text, [*([] if alone else [head]), *items], plain=plain
    )
