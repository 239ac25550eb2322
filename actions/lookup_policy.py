"""Look-up: a question in any wording, the rule that answers it, or a plain "not covered"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.about import about, asks_validity, names
from actions.card import card, chinese_date, framed_answer, plain_text, titled, warning
from actions.dates import date_named
from actions.decide import begin, goes_on, reminder, rule_of_case
from actions.list_policies import listed
from actions.memory import Shown
from actions.request import CardAction, Reply, Request, notice
from actions.wording import say
from policies_db import lookup
from policies_db.conflicts import conflicts
from policies_db.engine import session_for
from policies_db.lookup import Cited
from policies_db.ruling import rules_applying
from policies_db.searching import Hit, Result, searcher
from policies_db.settings import database_url

#: A further provision is named beside the answer when it is at least so likely to be meant.
RELATED_FROM = 0.03
MOST_RELATED = 2
#: A question whether a named document is valid is seldom longer, in characters.
LONGEST_VALIDITY = 45
#: A shorter message is no question of its own while a case is open.
SHORTEST_QUESTION = 12
_ASKS_WHO = re.compile(
    r"谁|哪个?(些|几)?个?(部门|单位|局|委|机构|家)|哪家|哪几家|找哪|归(哪|什么)|归.{0,6}管|牵头|负责|主管|"
    r"\bwho\b|which (department|bureau|authority|agency)|in charge|responsible",
    re.I,
)


class ActionLookupPolicy(CardAction):
    """Finds the provision that answers a question."""

    action_name = "action_lookup_policy"

    def answer(self, request: Request) -> Reply:
        """The applicable rule, a choice between likely ones, or a refusal.

        What belongs to a case that is open is taken as part of it; another question is answered,
        and the case is named again.
        """
        if request.memory.decision:
            carried = goes_on(request)
            if carried is not None and not _asks_anew(request):
                return carried
        return with_reminder(request, listed(request) or look_up(request, request.text))


def _asks_anew(request: Request) -> bool:
    """Whether a message is surely about something else than the case that is open."""
    result = searcher().search(request.text)
    if len(request.text) < SHORTEST_QUESTION or result.zone != "answer":
        return False
    with session_for(database_url()) as session:
        best = lookup.points(session, [result.hits[0].point_id], request.today)
    return all(rule.id != request.memory.decision.get("rule") for rule in rules_applying(best))


def with_reminder(request: Request, reply: Reply) -> Reply:
    """A reply with the question of the open case that still waits, where one does."""
    again = reminder(request.memory, request.language)
    if not again or reply.card["kind"] == "decision":
        return reply
    answered = {**reply.card, "answer": f"{reply.card['answer']}\n{again}"}
    memory = reply.memory or request.memory
    kept = replace(memory, decision=request.memory.decision)
    return replace(reply, card=answered, text=f"{reply.text}\n\n{again}", memory=kept)


def look_up(request: Request, question: str) -> Reply:
    """Answer a question from the database."""
    named = names().find(question).documents
    if len(named) == 1 and asks_validity(question) and len(question) <= LONGEST_VALIDITY:
        with session_for(database_url()) as session:
            document = lookup.document(session, named[0])
            assert document is not None
            return about(session, request, document, "validity")
    result = searcher().search(question)
    if result.zone == "none" or not result.hits:
        return notice("refusal", "not_covered", request)
    if _about_something_else(request, question, result.hits[0].point_id):
        return notice("refusal", "not_covered", request)
    if result.zone == "choose":
        return choose(request, question, result)
    return answer_with(request, question, _worth_naming(result.hits))


def _about_something_else(request: Request, question: str, point_id: int) -> bool:
    """Whether what was found is about another country or year than the question."""
    with session_for(database_url()) as session:
        best = lookup.points(session, [point_id], request.today)[0]
        return conflicts(
            question,
            lookup.surroundings(session, best),
            lambda: lookup.full_text(session, best.document_id),
        )


def _decided(request: Request, question: str, cited: Sequence[Cited]) -> Reply | None:
    """The decision of a rule that applies one of these provisions, where a case is told."""
    rule = rule_of_case(rules_applying(cited), question, request.today)
    return begin(request, rule, question, cited) if rule is not None else None


def _worth_naming(hits: Sequence[Hit]) -> list[int]:
    related = [hit.point_id for hit in hits[1:] if hit.confidence >= RELATED_FROM]
    return [hits[0].point_id, *related[:MOST_RELATED]]


def answer_with(request: Request, question: str, point_ids: Sequence[int]) -> Reply:
    """The answer that these points give, best first."""
    on = date_named(request) or request.today
    with session_for(database_url()) as session:
        cited = lookup.points(session, point_ids, on)
    decided = _decided(request, question, cited)
    if decided is not None:
        return decided
    best = cited[0]
    text = answer_line(best, question, request.language)
    if on != request.today:
        text = say("past_date", request.language, on=chinese_date(on)) + text
    shown = Shown(
        question,
        tuple(point_ids),
        tuple(c.provision_id for c in cited),
        on.isoformat(),
    )
    kind = "document" if "document" in best.topics else "rule"
    return Reply(
        card(kind, text, on, cited),
        plain_text(text, cited, request.language),
        request.memory.showing(shown),
    )


def answer_line(best: Cited, question: str, language: str) -> str:
    """What a person reads first: what must be said of its validity, then the answer."""
    lines = [warning(best, language), framed_answer(best, language)]
    if best.task is not None:
        lines.append(say("task", language, lead=best.task.lead, due=best.task.due))
    elif best.bureaus and _ASKS_WHO.search(question):
        lines.append(say("bureaus", language, bureaus="、".join(best.bureaus)))
    return "\n".join(line for line in lines if line)


def choose(request: Request, question: str, result: Result) -> Reply:
    """A question back: which of the likeliest provisions is meant."""
    ids = [hit.point_id for hit in result.hits[:3]]
    with session_for(database_url()) as session:
        cited = lookup.points(session, ids, request.today)
    lines = [say("choose", request.language)]
    options = []
    for number, option in enumerate(cited, 1):
        lines.append(f"{number}. {option.answer}（{titled(option)}{option.label}）")
        options.append((option.answer[:40], str(number)))
    text = "\n".join(lines)
    memory = replace(request.memory, options=tuple(ids), question=question)
    return Reply(card("clarify", text, request.today, suggestions=options), text, memory)
