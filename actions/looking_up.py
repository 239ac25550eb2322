"""Look-up: a question in any wording, the rule that answers it, or a plain "not covered"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from actions.about import about, titled_document
from actions.answer import answer_line, answer_of, choose, replied
from actions.article import article, ask_which
from actions.asking import (
    asks,
    asks_comparison,
    asks_document_validity,
    asks_end,
    asks_fine,
    asks_in_time,
    asks_inside_annex,
    asks_list,
    asks_missing,
    asks_place_in_catalogue,
    asks_standing,
    asks_whether,
    asks_whether_only,
    asks_who,
    asks_wording,
    clauses,
    questions,
    tells_own_case,
    tells_something,
)
from actions.companies import companies_like
from actions.compare import both, compared, compares, in_article
from actions.dates import date_named
from actions.decide import TOLD_ENOUGH, begin, rule_of_case
from actions.items import found_inside, items_of, led_in, tasks_of
from actions.mentioning import mentioning
from actions.parts import part_of, part_of_so_many
from actions.replaced import replaced
from actions.request import Reply, Request, notice
from actions.vagueness import names_formality_only
from policies_db import lookup
from policies_db.conflicts import conflicts
from policies_db.lookup import Cited
from policies_db.mentions import of_draft
from policies_db.naming import names
from policies_db.ruling import rule_told
from policies_db.searching import Hit, Result, searcher
from policies_db.settings import database_url
from policies_db.shelf import reading

#: A further provision is named beside the answer when it is at least so likely to be meant.
RELATED_FROM = 0.03
MOST_RELATED = 2
#: A question whether a named document is valid is seldom longer, in characters.
LONGEST_VALIDITY = 45
#: A provision that lacks what is asked for is shown all the same when it is at least so sure.
SURE_ANYWAY = 0.9
#: Documents of one number are both likely where the lesser is so likely beside the first hit.
AS_LIKELY = 0.4
#: A message of so few characters that nothing is found for is taken to be too vague.
LONGEST_VAGUE = 8
#: How sure the first of a list must be that is found in a named document only.
SURE_LISTED = 0.15
#: A clause that says what is asked of a named document, and how sure its answer must be.
SHORTEST_CLAUSE, SURE_INSIDE = 5, 0.2


def look_up(request: Request, question: str) -> Reply:
    """Answer a question from the database."""
    on = date_named(request) or request.today
    with reading(database_url()) as session:
        if asks_fine(question) or asks_place_in_catalogue(question):  # none on file tells it
            return _not_covered(request)
        before = replaced(session, request, question)
        if before is not None:
            return before
        if names().unknown(question):
            return notice("refusal", "unknown_document", request)
        mention = names().find(question)
        if _in_annex_missing(session, question, mention.documents):
            return _not_covered(request)
        if mention.label and (mention.documents or mention.label.startswith("附件")):
            return (
                compared(session, request, question, on)
                or part_of_so_many(session, request, question, on)
                or article(session, request, mention)
            )
        return (
            mentioning(session, request, question, on)
            or part_of(session, request, question, on)
            or _validity(session, request, question)
            or compared(session, request, question, on)
            or companies_like(session, request, question, on)
            or _decided_or_each(session, request, question, on)
            or tasks_of(session, request, question, on)
            or _one(session, request, question, on)
        )


def _in_annex_missing(session: Session, question: str, named: Sequence[str]) -> bool:
    """Whether a question asks what stands in an annex of a named document that is not on file."""
    if not asks_inside_annex(question):
        return False
    documents = lookup.named_documents(session, named)
    return any(document.missing for document in documents)


def _validity(session: Session, request: Request, question: str) -> Reply | None:
    """Whether a document is valid, or until when, where one is named and that is asked."""
    named = names().find(question).documents
    if len(named) != 1 or compares(question):
        return None
    stands = asks_standing(question) and len(question) <= LONGEST_VALIDITY
    if not (
        stands
        or (asks_end(question) and not _dates_of_its_own(session, request, question, named[0]))
    ):
        return None
    document = lookup.document(session, named[0])
    assert document is not None
    return about(session, request, document, "validity")


def _dates_of_its_own(session: Session, request: Request, question: str, document: str) -> bool:
    """Whether what is asked of a document has a time of its own there: 退货免税到哪天."""
    hits = searcher().search(question, documents=frozenset([document])).hits
    if not hits:
        return False
    best = lookup.points(session, [hits[0].point_id], request.today)[0]
    dated = best.task is not None or re.search(r"\d年|\d月", best.words) is not None
    return "document" not in best.topics and dated


def _decided_or_each(
    session: Session, request: Request, question: str, on: datetime.date
) -> Reply | None:
    """A case, or several questions; what is asked without a case is answered first."""
    if asks_document_validity(question) and not _tells_facts(request, question):
        return None
    case = tells_own_case(question)
    if (asks_list(question) or asks_comparison(question)) and not case:
        case = asks_whether_only(question) and _tells_facts(request, question)
        if not case:
            return _each(session, request, question, on)
    case = case or date_named(request) is not None
    if case:
        return _decided(request, question) or _each(session, request, question, on)
    return _each(session, request, question, on) or _decided(request, question)


def _tells_facts(request: Request, question: str, least: int = TOLD_ENOUGH) -> bool:
    """Whether a message surely tells facts of a case: 我那份今年12月到期, 内容没变."""
    choice = rule_told(question, searcher().search(question).hits, request.today)
    return choice is not None and choice.told >= least


def _only_tells(request: Request, question: str) -> bool:
    """Whether a message asks nothing and tells so much that it can only be a case."""
    return not asks(question) and _tells_facts(request, question, TOLD_ENOUGH + 1)


def _decided(request: Request, question: str) -> Reply | None:
    """The decision of the case that a message tells; None where it tells none for sure, or asks
    what a document says of it, or until when something applies."""
    if asks_wording(question) and names().find(question).documents:
        return None
    if asks_end(question) and date_named(request) is None and not tells_own_case(question):
        return None
    result = searcher().search(question)
    rule = rule_of_case(request, question, result.hits)
    if (
        rule is None
        or of_draft(question)
        or asks_missing(question, "".join(r.citation.quote for r in rule.rows))
    ):
        return None
    sure = result.zone == "answer"
    if not sure and not asks_whether(question) and not _only_tells(request, question):
        return None
    reply = begin(request, rule, question, _worth_naming(result.hits) if sure else ())
    decision = reply.card["decision"]
    tells = decision["facts"] or decision["outcome"] != "needs_facts" or tells_something(question)
    if not tells or (not sure and not decision["facts"]):
        return None
    told_little = decision["outcome"] == "needs_facts" and len(decision["facts"]) < TOLD_ENOUGH
    days = all(rule.facts[name].type == "date" for name in decision["facts"])
    on_a_day = told_little and days and asks_in_time(question)
    return None if on_a_day or (told_little and not sure) else reply


def _each(session: Session, request: Request, question: str, on: datetime.date) -> Reply | None:
    """Several questions in one message, each answered; None where it is one."""
    asked = questions(question)
    if len(asked) == 1:
        return None
    results = [searcher().search(part) for part in asked]
    ids = [result.hits[0].point_id for result in results if result.zone == "answer"]
    firsts = lookup.points(session, ids, on)
    if len(firsts) < len(asked) or len({c.provision_id for c in firsts}) < len(asked):
        return None
    lines = [
        f"{number}. {answer_line(cited, part, request.language)}"
        for number, (part, cited) in enumerate(zip(asked, firsts, strict=True), 1)
    ]
    return replied(request, question, "rule", "\n".join(lines), firsts, ids)


def _one(session: Session, request: Request, question: str, on: datetime.date) -> Reply:
    """One question, answered with what is found for it."""
    result = searcher().search(question)
    named = names().find(question).documents
    led = led_in(session, request, question, named, on)
    if led is not None:
        return led
    if result.zone == "none" and len(named) == 1:
        there = searcher().search(names().beside(question), documents=frozenset(named))
        sure = there.hits and there.hits[0].confidence >= SURE_LISTED
        listed = found_inside(session, request, question, there, on) if sure else None
        if listed is not None:
            return listed
    if result.zone == "none" or not result.hits:
        vague = len(question) <= LONGEST_VAGUE or names_formality_only(question)
        return notice("clarify", "vague", request) if vague else _not_covered(request)
    best = lookup.points(session, [result.hits[0].point_id], on)[0]
    if "document" in best.topics:
        if asks_standing(question) and not _tells_of_repeal(best):
            document = lookup.document(session, best.document_id)
            assert document is not None
            return about(session, request, document, "validity")
        result = _inside(session, question, result, best)
        best = lookup.points(session, [result.hits[0].point_id], on)[0]
    if conflicts(
        question,
        lookup.surroundings(session, best),
        lambda: lookup.full_text(session, best.document_id),
        lookup.is_local(session, best.document_id),
    ):
        return _not_covered(request)
    if _lacks_particulars(session, question, best) and result.hits[0].confidence < SURE_ANYWAY:
        return _not_covered(request)
    items = items_of(session, request, question, best, on)
    if items is not None:
        return items
    either = _either(session, request, question, result)
    if either is not None:
        return either
    inside = found_inside(session, request, question, result, on)
    if inside is not None:
        return inside
    if result.zone == "choose" and not asks_comparison(question):
        return choose(request, question, result)
    return plain_answer(request, question, _worth_naming(result.hits))


def _tells_of_repeal(best: Cited) -> bool:
    """Whether what was found says that other documents are repealed: it is they that are meant."""
    return re.search(r"》[^。]*废止", best.quote) is not None


def _lacks_particulars(session: Session, question: str, best: Cited) -> bool:
    """Whether a question asks for what the article that was found does not tell."""
    provision = lookup.provision(session, best.provision_id)
    assert provision is not None
    said = lookup.whole(session, lookup.article_of(provision))
    return asks_missing(question, said)


def _either(session: Session, request: Request, question: str, result: Result) -> Reply | None:
    """Which of several documents of one number is meant, where each may answer."""
    named = names().find(question).documents
    if len(named) < 2 or asks_comparison(question):
        return None
    sides = both(session, request, question, request.today)
    if sides is not None:
        return sides
    ids = [hit.point_id for hit in result.hits]
    by_document: dict[str, float] = {}
    for cited, hit in zip(lookup.points(session, ids, request.today), result.hits, strict=True):
        by_document.setdefault(cited.document_id, hit.confidence)
    least = AS_LIKELY * result.hits[0].confidence
    if not all(by_document.get(document, 0.0) >= least for document in named):
        return None
    documents = lookup.named_documents(session, named)
    return ask_which(request, [titled_document(document) for document in documents])


def _not_covered(request: Request) -> Reply:
    """A plain refusal; what was asked is kept for a message that leans on it."""
    asked = request.memory.asking(request.text)
    return notice("refusal", "not_covered", request, asked)


def _inside(session: Session, question: str, result: Result, best: Cited) -> Result:
    """What a question asks of a document, where other words of it only name the document."""
    inside = frozenset(lookup.issued_together(session, best.document_id))
    parts = [*clauses(question), names().beside(question)]
    found = [
        searcher().search(part, documents=inside)
        for part in parts
        if SHORTEST_CLAUSE <= len(part) < len(question) - 1
    ]
    content = [kept for each in found if (kept := _content(session, each, best.standing.on)).hits]
    if not content:
        return result
    return replace(max(content, key=lambda each: each.hits[0].confidence), zone=result.zone)


def _content(session: Session, result: Result, on: datetime.date) -> Result:
    """What was found of the content of a document, as far as its first hit is likely."""
    cited = lookup.points(session, [hit.point_id for hit in result.hits], on)
    hits = [
        hit for hit, each in zip(result.hits, cited, strict=True) if "document" not in each.topics
    ]
    sure = bool(hits) and hits[0].confidence >= SURE_INSIDE
    return replace(result, hits=tuple(hits) if sure else ())


def _worth_naming(hits: Sequence[Hit]) -> list[int]:
    related = [hit.point_id for hit in hits[1:] if hit.confidence >= RELATED_FROM]
    return [hits[0].point_id, *related[:MOST_RELATED]]


def answer_with(request: Request, question: str, hits: Sequence[Hit]) -> Reply:
    """The decision of a case of which a provision was found, else what the provisions say."""
    rule = rule_of_case(request, question, hits)
    ids = [hit.point_id for hit in hits]
    return begin(request, rule, question, ids) if rule else plain_answer(request, question, ids)


def _issued(cited: Sequence[Cited]) -> list[Cited]:
    """Citations without drafts, but for a first one whose plan as issued is not among them."""
    first, *others = cited
    issued = [each for each in others if each.standing.status != "draft"]
    if issued and names().drafts.get(issued[0].document_id) == first.document_id:
        return issued
    return [first, *issued]


def plain_answer(request: Request, question: str, point_ids: Sequence[int]) -> Reply:
    """What these points say, best first."""
    on = date_named(request) or request.today
    with reading(database_url()) as session:
        cited = lookup.points(session, point_ids, on)
        if not of_draft(question):
            cited = _issued(cited)
        if asks_who(question):
            cited[1:1] = lookup.responsible(session, cited[0])
        if asks_comparison(question) or asks_list(question):
            cited = [in_article(session, cited[0]), *cited[1:]]
        if cited[0].standing.status in ("not_yet_in_force", "expired"):
            cited[2:2] = lookup.dated_by(session, cited[0])
    return answer_of(request, question, cited, point_ids)
