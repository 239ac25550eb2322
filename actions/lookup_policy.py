"""Look-up: a question in any wording, the rule that answers it, or a plain "not covered"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sqlalchemy.orm import Session

from actions.about import about, titled_document
from actions.answer import answer_line, answer_of, choose, replied
from actions.article import article, ask_which
from actions.asking import (
    asks_comparison,
    asks_document_validity,
    asks_draft,
    asks_fine,
    asks_in_time,
    asks_list,
    asks_period_missing,
    asks_standing,
    asks_whether,
    asks_who,
    clauses,
    pushes_back,
    questions,
    tells_own_case,
)
from actions.companies import companies_like
from actions.compare import compared, in_article
from actions.continuing import continued
from actions.dates import date_named
from actions.decide import begin, reminder, rule_of_case, stands_by
from actions.earlier import again, beyond_recall, recalled, stand_by
from actions.items import items_of, tasks_of
from actions.list_policies import listed
from actions.memory import Shown
from actions.neighbour import neighbour, step_of
from actions.request import CardAction, Reply, Request, notice
from actions.vagueness import names_left, names_nothing
from policies_db import lookup
from policies_db.conflicts import conflicts
from policies_db.lookup import Cited
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
#: So many facts make a case of a message that search is not sure of.
TOLD_ENOUGH = 2
#: A follow-up that is at least so long may be a question of its own; a longer message than the
#: second is taken to stand alone, unless its action says otherwise.
OWN_QUESTION_LENGTH, LONGEST_LEANING = 8, 24
#: A message of so few characters that asks no more than when, who or how much.
LONGEST_BARE = 20
#: So many characters beside the words of going back are a question of their own.
LEAST_MORE = 4
_BARE = re.compile(
    r"^[^,，]{0,4}(几月|几号|几天|多久|多少|什么时候|啥时候|期限|时限|谁|哪[个家些])[^,，]{0,4}$"
)
_LEANS = re.compile(
    r"^(那|这|它|他|她|该|其|要|还|也|又|如果|要是|假如|万一|刚才|上面|前面|多久|多少|几|谁|哪|什么|怎么|为什么|需要|"
    r"我们是|原文|原话|出处|依据|文号|and|then|what about|how about|that|this|it\b)|"
    r"呢[?？]?$|[那这][个条项]|第几条|里呢|的话",
    re.I,
)
#: A provision that lacks what is asked for is shown all the same when it is at least so sure.
SURE_ANYWAY = 0.9
#: Documents of one number are both likely where the lesser is so likely beside the first hit.
AS_LIKELY = 0.4
#: A message of so few characters that nothing is found for is taken to be too vague.
LONGEST_VAGUE = 8
#: A clause that says what is asked of a named document, and how sure its answer must be.
SHORTEST_CLAUSE, SURE_INSIDE = 5, 0.2


class ActionLookupPolicy(CardAction):
    """Finds the provision that answers a question."""

    action_name = "action_lookup_policy"

    def answer(self, request: Request) -> Reply:
        """The applicable rule, a choice between likely ones, or a refusal."""
        if request.memory.is_new and names_nothing(request.text):
            return notice("clarify", "vague", request)
        carried = continued(request) if request.intent != "out_of_scope" else None
        return carried or with_reminder(request, listed(request) or in_context(request))


def with_reminder(request: Request, reply: Reply) -> Reply:
    """A reply with the question of the open case that still waits, where one does."""
    again = reminder(request.memory, request.language)
    if not again or reply.card["kind"] == "decision":
        return reply
    answered = {**reply.card, "answer": f"{reply.card['answer']}\n{again}"}
    memory = reply.memory or request.memory
    kept = replace(memory, decision=request.memory.decision)
    return replace(reply, card=answered, text=f"{reply.text}\n\n{again}", memory=kept)


def in_context(request: Request) -> Reply:
    """The answer to a message that may go back to earlier ones, or lean on the one before."""
    step = step_of(request.text) if request.memory.last is not None else 0
    if step:
        return neighbour(request, step)
    earlier, last = recalled(request), request.memory.last
    if earlier is not None:
        return _on_from(request, earlier) or again(request, earlier)
    if last is not None and pushes_back(request.text):
        return stands_by(request) or stand_by(request, last)
    reply = look_up(request, request.text)
    if reply.card["kind"] not in ("refusal", "clarify") or not leans(request):
        return reply
    together = follow(request)
    return together if together.card["kind"] not in ("refusal", "clarify") else reply


def _on_from(request: Request, earlier: Shown) -> Reply | None:
    """What a message that goes back asks beyond the earlier question; None where it is that."""
    more = beyond_recall(request.text)
    if not earlier.provision_ids or len(names_left(more)) < LEAST_MORE:
        return None
    question = f"{earlier.question} {more}"
    document = earlier.provision_ids[0].partition("/")[0]
    found = searcher().search(question, documents=frozenset([document]))
    return answer_with(request, question, found.hits[:3]) if found.hits else None


def leans(request: Request) -> bool:
    """Whether a message may need the question before it to be understood."""
    if not (request.memory.question or request.memory.last):
        return False
    if len(request.text) <= LONGEST_LEANING and _LEANS.search(request.text):
        return True
    short = len(request.text) <= LONGEST_BARE
    return short and (_BARE.search(request.text) is not None or _speaks_of_last(request))


def _speaks_of_last(request: Request) -> bool:
    """Whether a message has a word of the provision that was cited last."""
    last = request.memory.last
    if last is None or not last.provision_ids:
        return False
    with reading(database_url()) as session:
        provision = lookup.provision(session, last.provision_ids[0])
        said = lookup.whole(session, provision) if provision is not None else ""
    return any("".join(pair) in said for pair in pairwise(names_left(request.text)))


def follow(request: Request) -> Reply:
    """A message read with the question before it, or alone where that makes better sense."""
    text, last = request.text, request.memory.last
    step = step_of(text) if last is not None else 0
    if step:
        return neighbour(request, step)
    with reading(database_url()) as session:
        companies = companies_like(session, request, text, date_named(request) or request.today)
    if companies is not None:
        return companies
    before = request.memory.question or (last.question if last else "")
    alone = searcher().search(text)
    named = frozenset(names().find(text).documents)
    if not before or (named and len(text) >= OWN_QUESTION_LENGTH):
        return look_up(request, text)
    question = f"{before} {text}"
    if not named and last is not None and last.provision_ids:
        named = frozenset([last.provision_ids[0].partition("/")[0]])
    near = searcher().search(question, documents=named or None)
    if near.zone == "none":
        near = searcher().search(question)
    own = len(text) >= OWN_QUESTION_LENGTH and alone.zone == "answer"
    same = last is not None and near.hits and near.hits[0].point_id in last.point_ids[:1]
    if own and (same or not near.hits or alone.hits[0].confidence > near.hits[0].confidence):
        return look_up(request, text)
    if near.zone == "none" or not near.hits:
        return look_up(request, question)
    return answer_with(request, question, near.hits[:3])


def look_up(request: Request, question: str) -> Reply:
    """Answer a question from the database."""
    on = date_named(request) or request.today
    with reading(database_url()) as session:
        if asks_fine(question):  # no document on file sets one
            return _not_covered(request)
        if names().unknown(question):
            return notice("refusal", "unknown_document", request)
        mention = names().find(question)
        if mention.label and (mention.documents or mention.label.startswith("附件")):
            return compared(session, request, question, on) or article(session, request, mention)
        return (
            _validity(session, request, question)
            or compared(session, request, question, on)
            or companies_like(session, request, question, on)
            or _decided_or_each(session, request, question, on)
            or tasks_of(session, request, question, on)
            or _one(session, request, question, on)
        )


def _validity(session: Session, request: Request, question: str) -> Reply | None:
    """Whether a document is valid, where one is named and that is asked."""
    named = names().find(question).documents
    if len(named) != 1 or not asks_standing(question):
        return None
    if len(question) > LONGEST_VALIDITY:
        return None
    document = lookup.document(session, named[0])
    assert document is not None
    return about(session, request, document, "validity")


def _decided_or_each(
    session: Session, request: Request, question: str, on: datetime.date
) -> Reply | None:
    """A case, or several questions; what is asked without a case is answered first."""
    if asks_document_validity(question) and not _tells_facts(request, question):
        return None
    if (asks_list(question) or asks_comparison(question)) and not tells_own_case(question):
        return _each(session, request, question, on)
    case = tells_own_case(question) or date_named(request) is not None
    if case:
        return _decided(request, question) or _each(session, request, question, on)
    return _each(session, request, question, on) or _decided(request, question)


def _tells_facts(request: Request, question: str) -> bool:
    """Whether a message surely tells facts of a case: 我那份今年12月到期, 内容没变."""
    choice = rule_told(question, searcher().search(question).hits, request.today)
    return choice is not None and choice.told >= TOLD_ENOUGH


def _decided(request: Request, question: str) -> Reply | None:
    """The decision of the case that a message tells; None where it tells none for sure."""
    result = searcher().search(question)
    rule = rule_of_case(request, question, result.hits)
    if rule is None or asks_period_missing(question, "".join(r.citation.quote for r in rule.rows)):
        return None
    sure = result.zone == "answer"
    if not sure and not asks_whether(question):
        return None
    reply = begin(request, rule, question, _worth_naming(result.hits) if sure else ())
    decision = reply.card["decision"]
    if result.zone == "none" and not decision["facts"]:
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
    if result.zone == "none" or not result.hits:
        short = len(question) <= LONGEST_VAGUE
        return notice("clarify", "vague", request) if short else _not_covered(request)
    best = lookup.points(session, [result.hits[0].point_id], on)[0]
    if "document" in best.topics:
        if asks_standing(question):
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
    if _tells_no_time(session, question, best) and result.hits[0].confidence < SURE_ANYWAY:
        return _not_covered(request)
    items = items_of(session, request, question, best, on)
    if items is not None:
        return items
    either = _either(session, request, question, result)
    if either is not None:
        return either
    if result.zone == "choose" and not asks_comparison(question):
        return choose(request, question, result)
    return plain_answer(request, question, _worth_naming(result.hits))


def _tells_no_time(session: Session, question: str, best: Cited) -> bool:
    """Whether a question asks how long, and the article that was found tells no time."""
    provision = lookup.provision(session, best.provision_id)
    assert provision is not None
    said = lookup.whole(session, lookup.article_of(provision))
    return asks_period_missing(question, said)


def _either(session: Session, request: Request, question: str, result: Result) -> Reply | None:
    """Which of several documents of one number is meant, where each may answer."""
    named = names().find(question).documents
    if len(named) < 2 or asks_comparison(question):
        return None
    ids = [hit.point_id for hit in result.hits]
    by_document: dict[str, float] = {}
    for cited, hit in zip(lookup.points(session, ids, request.today), result.hits, strict=True):
        by_document.setdefault(cited.document_id, hit.confidence)
    least = AS_LIKELY * result.hits[0].confidence
    if not all(by_document.get(document, 0.0) >= least for document in named):
        return None
    documents = [d for i in named if (d := lookup.document(session, i)) is not None]
    return ask_which(request, [titled_document(document) for document in documents])


def _not_covered(request: Request) -> Reply:
    """A plain refusal; what was asked is kept for a message that leans on it."""
    asked = replace(request.memory, question=request.text, options=())
    return notice("refusal", "not_covered", request, asked)


def _inside(session: Session, question: str, result: Result, best: Cited) -> Result:
    """What a question asks of a document, where other words of it only name the document."""
    inside = frozenset(lookup.issued_together(session, best.document_id))
    found = [
        searcher().search(part, documents=inside)
        for part in clauses(question)
        if SHORTEST_CLAUSE <= len(part) < len(question) - 1
    ]
    found = [each for each in found if each.hits and each.hits[0].confidence >= SURE_INSIDE]
    firsts = lookup.points(session, [each.hits[0].point_id for each in found], best.standing.on)
    content = [
        each for each, first in zip(found, firsts, strict=True) if "document" not in first.topics
    ]
    if not content:
        return result
    return replace(max(content, key=lambda each: each.hits[0].confidence), zone=result.zone)


def _worth_naming(hits: Sequence[Hit]) -> list[int]:
    related = [hit.point_id for hit in hits[1:] if hit.confidence >= RELATED_FROM]
    return [hits[0].point_id, *related[:MOST_RELATED]]


def answer_with(request: Request, question: str, hits: Sequence[Hit]) -> Reply:
    """The decision of a case of which a provision was found, else what the provisions say."""
    rule = rule_of_case(request, question, hits)
    ids = [hit.point_id for hit in hits]
    return begin(request, rule, question, ids) if rule else plain_answer(request, question, ids)


def plain_answer(request: Request, question: str, point_ids: Sequence[int]) -> Reply:
    """What these points say, best first."""
    on = date_named(request) or request.today
    with reading(database_url()) as session:
        cited = lookup.points(session, point_ids, on)
        if not asks_draft(question):
            cited = [cited[0], *(c for c in cited[1:] if c.standing.status != "draft")]
        if asks_who(question):
            cited[1:1] = lookup.responsible(session, cited[0])
        if asks_comparison(question):
            cited = [in_article(session, cited[0]), *cited[1:]]
        if cited[0].standing.status in ("not_yet_in_force", "expired"):
            cited[2:2] = lookup.dated_by(session, cited[0])
    return answer_of(request, question, cited, point_ids)
