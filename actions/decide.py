"""Decisions: a rule applied to the user's own facts, told in as many messages as they like."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.card import card, plain_text
from actions.language import ENGLISH
from actions.memory import Memory, Shown
from actions.request import Reply, Request
from actions.wording import say
from policies_db import lookup
from policies_db.decisions import Decision, Fact, Rule, decide
from policies_db.engine import session_for
from policies_db.facts.roles import fill, has_no_idea, is_number_alone
from policies_db.lookup import Cited
from policies_db.ruling import cited_by, company_lists, rule_told, rules
from policies_db.searching import Hit
from policies_db.settings import database_url

#: How many messages of one case are kept; the oldest are dropped first.
LONGEST_CASE = 12
#: Places that date or introduce a rule: named after those that decide.
_FRAME = frozenset({"序言", "结尾", "落款"})
_ASKS_OUTCOME = re.compile(
    r"罚不罚|免不免|会不会|能不能|可不可以|行不行|算不算|要不要|是不是|够不够|有没有资格|还能|还给|"
    r"[会能可算要行够罚免]\S{0,14}[吗么嘛不]\W*$|行不|[不没]罚|多少|几个点|"
    r"\bcan we\b|\bwill we\b|\bdo we\b|\bare we\b|eligible|exempt|fined|penalt",
    re.I,
)


@functools.lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    with session_for(database_url()) as session:
        return company_lists(session)


def rule_of_case(request: Request, question: str, hits: Sequence[Hit]) -> Rule | None:
    """The rule that a question surely tells a case of.

    A question that tells no fact is a case only where it asks what the outcome is.
    """
    choice = rule_told(question, hits, request.today)
    if choice is None or not (choice.told or _ASKS_OUTCOME.search(question)):
        return None
    return choice.rule


def begin(request: Request, rule: Rule, question: str, related: Sequence[int] = ()) -> Reply:
    """Apply a rule to what a message tells; `related` are points that were found for it."""
    return _reply(request, rule, [[question, ""]], frozenset(), question, related)


def goes_on(request: Request) -> Reply | None:
    """The next turn of the case that is open; None where the message does not belong to it."""
    open_case = request.memory.decision
    rule = rules().get(str(open_case.get("rule")))
    if rule is None:
        return None
    turns = [list(turn) for turn in open_case.get("turns", ())]
    refused = frozenset(open_case.get("refused", ()))
    asked = str(open_case.get("asked") or "")
    known = _facts(rule, turns, request.today)
    turns = [*turns, [request.text, asked]][-LONGEST_CASE:]
    if _facts(rule, turns, request.today) == known:
        if not asked or not has_no_idea(request.text):
            if not is_number_alone(request.text, request.today):
                return None
        else:
            refused |= {asked}
    question = str(open_case.get("question") or request.text)
    return _reply(request, rule, turns, refused, question, ())


def reminder(memory: Memory, language: str) -> str:
    """The question of an open case that still waits for an answer; empty where none does."""
    rule = rules().get(str(memory.decision.get("rule")))
    asked = str(memory.decision.get("asked") or "")
    if rule is None or not asked or asked not in rule.facts:
        return ""
    spec = rule.facts[asked]
    question = spec.ask_en if language == ENGLISH and spec.ask_en else spec.ask or spec.label
    return say("back_to_case", language, question=question)


def _facts(rule: Rule, turns: Sequence[Sequence[str]], today: datetime.date) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    pending: str | None = None
    for text, asked in turns:
        facts |= fill(rule, text, today, asked or None, facts, pending)
        pending = text if is_number_alone(text, today) else None
    return facts


def _reply(
    request: Request,
    rule: Rule,
    turns: list[list[str]],
    refused: frozenset[str],
    question: str,
    related: Sequence[int],
) -> Reply:
    facts = _facts(rule, turns, request.today)
    made = decide(rule, facts, request.today, refused, _lists())
    with session_for(database_url()) as session:
        found = [cited_by(session, citation, made.judged_on) for citation in made.citations]
        beside = lookup.points(session, related, made.judged_on)
    deciding = [c for c in found if c is not None]
    deciding.sort(key=lambda c: c.label in _FRAME)
    cited = _once([*deciding[:2], *beside, *deciding[2:]])
    text = _told(made, rule, cited, request.language)
    if beside and beside[0].answer not in text:
        text += "\n" + say("rule_says", request.language, answer=beside[0].answer)
    asked = made.missing[0].name if made.missing else ""
    memory = request.memory.showing(
        Shown(question, (), tuple(c.provision_id for c in cited[:3]), made.judged_on.isoformat())
    )
    case = {
        "rule": rule.id,
        "turns": turns,
        "refused": sorted(refused),
        "asked": asked,
        "question": question,
    }
    return Reply(
        card("decision", text, made.judged_on, cited, decision=_in_card(made)),
        plain_text(text, cited, request.language, related_from=2),
        replace(memory, decision=case),
    )


def _once(cited: Sequence[Cited]) -> list[Cited]:
    unique: dict[tuple[str, str], Cited] = {}
    for each in cited:
        unique.setdefault((each.provision_id, each.quote), each)
    return list(unique.values())


def _told(made: Decision, rule: Rule, cited: Sequence[Cited], language: str) -> str:
    """The outcome first, then the facts as understood, each test, and what is still asked."""
    english = language == ENGLISH
    lines = [*made.notes] if made.status != "in_force" else []
    title = rule.title_en if english else rule.title
    lines.append(say(f"outcome_{made.outcome}", language, title=title))
    if made.reasons:
        lines.append(made.reasons[-1])
    if made.facts:
        told = "；".join(f"{fact.label}：{fact.value}" for fact in made.facts)
        lines.append(say("facts_as_understood", language, facts=told))
    lines += [f"· {reason}" for reason in made.reasons[:-1]]
    if made.status == "in_force":
        lines += made.notes
    lines += [f"· {case.text}" for case in made.cases]
    if made.provisos:
        lines.append(say("provisos", language))
        lines += [f"· {proviso.text}" for proviso in made.provisos]
    if made.missing:
        first = made.missing[0]
        question, why = (
            (first.question_en, first.why_en) if english else (first.question, first.why)
        )
        lines.append(say("asks", language, question=question, why=why))
    elif cited and english:
        lines.append(say("english_lead", language, **_place(cited[0])) + cited[0].answer)
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _place(cited: Cited) -> dict[str, str]:
    return {"label": cited.label, "title": cited.title, "number": f" ({cited.number or ''})"}


def _in_card(made: Decision) -> dict[str, Any]:
    return {
        "rule": made.rule_id,
        "outcome": made.outcome,
        "facts": {fact.name: fact.value for fact in made.facts},
        "missing": [missing.name for missing in made.missing],
        "reasons": list(made.reasons),
    }
