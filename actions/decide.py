"""Decisions: a rule applied to the user's own facts, told in as many messages as they like."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from actions.asking import (
    asks,
    asks_again,
    asks_whether_only,
    asks_which,
    tells_own_case,
    tells_something,
)
from actions.card import card, plain_text, spoken_date
from actions.dates import date_named
from actions.decided import in_card, in_script, told
from actions.language import ENGLISH, framed, words_in
from actions.memory import Memory, Shown
from actions.request import Reply, Request
from actions.wording import say
from policies_db import lookup
from policies_db.decisions import Decision, Fact, Rule, Span, decide, near_names
from policies_db.facts.extraction import facts_in, is_number_alone
from policies_db.facts.filling import fill
from policies_db.facts.saying import has_no_idea
from policies_db.facts.sides import asks_of_other_side
from policies_db.lookup import Cited
from policies_db.ruling import cited_by, company_lists, rule_told, rules
from policies_db.searching import Hit
from policies_db.settings import database_url
from policies_db.shelf import reading

#: How many messages of one case are kept; the oldest are dropped first.
LONGEST_CASE = 12
#: So many facts make a case of a message that search is not sure of, or that asks otherwise.
TOLD_ENOUGH = 2
#: Places that date or introduce a rule: named after those that decide.
_FRAME = frozenset({"序言", "结尾", "落款"})
_ASKS_OUTCOME = re.compile(
    r"罚不罚|免不免|会不会|能不能|可不可以|行不行|算不算|要不要|是不是|够不够|有没有资格|还能|还给|"
    r"[会能可算要行够罚免][^\s,，。?？]{0,14}[吗么嘛不](?=[,，。?？]|\W*$)|行不|[不没]罚|多少|几个点|"
    r"\bcan we\b|\bwill we\b|\bdo we\b|\bare we\b|eligible|exempt|fined|penalt",
    re.I,
)
#: Only what the outcome of the case is: 算不算在里头, 那到底行不行.
_ASKS_OUTCOME_AGAIN = re.compile(
    r"\W*(那么?|这|这样|这种|所以|到底|究竟|我们?|咱们?|就|还|也|都|的话|情况|下|,|，)*"
    r"(算不算|能不能|行不行|可不可以|够不够|符不符合|罚不罚|免不免|成不成|中不中|收不收|要不要得|得不得行|会不会|可以|能|行"
    r"|算|够|符合|要得|得行|成|中|[会要还得用挨被]*罚|免)(数|条件|在里[头面]|在内|办|做|享受|用|被?罚|免)?"
    r"(了|吗|么|嘛|不|没|呢|吧|啊)*\W*"
    r"|\W*(so|then|and|well)?,? ?(are|do|can|may) (we|i) "
    r"(eligible|qualify|do (it|that|this)|in|covered)( then| or not)?\W*",
    re.I,
)
#: A question whether a rule itself is valid.
_ASKS_VALID = re.compile(
    r"有效力?(吗|么|不|没|否|[?？]|$)|是否还?有效|有没有(失)?效|(失效|作废|废止)了?(吗|么|没|[?？])|管用(吗|不|么)"
    r"|still valid|in force",
    re.I,
)


@functools.lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    with reading(database_url()) as session:
        return company_lists(session)


#: A question what a rule says, which tells no case.
_ASKS_RULE = re.compile(
    r"什么(叫|是|算|情况|情形|条件)|(是|叫)什么|什么意思|啥(叫|意思)|哪些(情形|情况|条件|材料)|期限[是有]?(多久|多长|几)"
    r"|有效期|\bwhat (is|are|counts|does)\b|under what",
    re.I,
)


def asks_of_rule(text: str) -> bool:
    """Whether a message asks what a rule says and tells nothing of a case."""
    return _ASKS_RULE.search(text) is not None and not tells_own_case(text)


def rule_of_case(request: Request, question: str, hits: Sequence[Hit]) -> Rule | None:
    """The rule that a question surely tells a case of.

    A question that tells no fact is a case only where it asks what the outcome is, or tells what
    has happened and wants a yes or no; one what a rule says is one where it tells several and
    wants a yes or no; one whether a rule is valid is no case, unless it speaks of the person's own
    company.
    """
    if _ASKS_VALID.search(question) and not tells_own_case(question):
        return None
    wants_outcome = asks_whether_only(question)
    choice = rule_told(question, hits, request.today, wants_outcome)
    if choice is None:
        return None
    if asks_of_rule(question):
        return choice.rule if wants_outcome and choice.told >= TOLD_ENOUGH else None
    if asks_which(question) and choice.told < TOLD_ENOUGH:
        return None
    if choice.told or _ASKS_OUTCOME.search(question):
        return choice.rule
    return choice.rule if wants_outcome and tells_something(question) else None


@dataclass(frozen=True)
class Case:
    """A case as it was told: the messages, each with the fact that was asked for before it.

    `refused` are facts that cannot be told, `asked` the one asked for last, `as_of` the date that
    the case is supposed for, where one was named. `told` are the messages of the case of the rule
    `told_to` that this one is another aspect of.
    """

    question: str
    turns: tuple[tuple[str, str], ...]
    refused: frozenset[str] = frozenset()
    asked: str = ""
    as_of: str | None = None
    told_to: str = ""
    told: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_memory(cls, value: Mapping[str, Any]) -> Case:
        """The case that `as_memory` wrote."""
        return cls(
            str(value.get("question") or ""),
            _turns(value.get("turns", ())),
            frozenset(value.get("refused", ())),
            str(value.get("asked") or ""),
            value.get("as_of"),
            str(value.get("told_to") or ""),
            _turns(value.get("told", ())),
        )

    def facts(self, rule: Rule, today: datetime.date) -> dict[str, Fact]:
        """What the case tells of the facts of a rule, and its other aspect of those they share."""
        other = rules().get(self.told_to)
        before = facts_told(other, self.told, today) if other else {}
        shared = {
            name: fact
            for name, fact in before.items()
            if other is not None and rule.facts.get(name) == other.facts[name]
        }
        return facts_told(rule, self.turns, today, shared)

    def asks_of_other_side(self, rule: Rule) -> bool:
        """Whether it was asked last if the other side of a rule may do it, not the asker."""
        texts = [text for text, _ in self.turns]
        return rule.other_side is not None and asks_of_other_side(texts, rule.other_side)

    def as_memory(self, rule: Rule, asked: str) -> dict[str, Any]:
        """What is kept of it, plain JSON."""
        return {
            "rule": rule.id,
            "question": self.question,
            "turns": [list(turn) for turn in self.turns],
            "refused": sorted(self.refused),
            "asked": asked,
            "as_of": self.as_of,
            "told_to": self.told_to,
            "told": [list(turn) for turn in self.told],
        }

    def date(self, today: datetime.date) -> datetime.date:
        """The date by which a rule that has no date among its facts is judged."""
        return datetime.date.fromisoformat(self.as_of) if self.as_of else today


def begin(request: Request, rule: Rule, question: str, related: Sequence[int] = ()) -> Reply:
    """Apply a rule to what a message tells; `related` are points that were found for it."""
    told = facts_told(rule, ((question, ""),), request.today)
    dated = any(rule.facts[name].type == "date" for name in told if name in rule.facts)
    named = None if dated else date_named(request)
    case = Case(question, ((question, ""),), as_of=named.isoformat() if named else None)
    if not (dated and any(m.kind == "date" for m in facts_in(question, request.today))):
        case = replace(case, **_other_aspect(request, rule))
    return _reply(request, rule, case, related)


def _other_aspect(request: Request, rule: Rule) -> dict[str, Any]:
    """The case that was told last, where a rule of the same document asks another thing of it."""
    other, last = of_rule(request), request.memory.last
    case = Case.from_memory(request.memory.decision)
    if other is None or last is None or last.question != case.question:
        return {}
    if other.id == rule.id or other.documents[0] != rule.documents[0]:
        return {}
    return {"told_to": other.id, "told": (*case.told, *case.turns)[-LONGEST_CASE:]}


def of_rule(request: Request) -> Rule | None:
    """The rule of the case that is open."""
    return rules().get(str(request.memory.decision.get("rule")))


def opened_with(request: Request, rule: Rule, case: Case) -> Reply:
    """Apply a rule to a case that took several messages before it was known to be one."""
    return _reply(request, rule, case, ())


def going_on(request: Request, rule: Rule) -> Reply | None:
    """The next turn of the case that is open; None where the message tells nothing of it."""
    case = Case.from_memory(request.memory.decision)
    known = case.facts(rule, request.today)
    turns = (*case.turns, (request.text, case.asked))[-LONGEST_CASE:]
    refused, as_of = case.refused, case.as_of
    if replace(case, turns=turns).facts(rule, request.today) == known:
        text = request.text
        shifts = request.intent == "date_shift" or not asks(text) or asks_again(text)
        named = date_named(request) if shifts else None
        if named is not None and not has_dates(rule):
            as_of = named.isoformat()
        elif case.asked and has_no_idea(request.text):
            refused |= {case.asked}
        elif _ASKS_OUTCOME_AGAIN.fullmatch(request.text):
            turns = case.turns
        elif replace(case, turns=turns).asks_of_other_side(rule) != case.asks_of_other_side(rule):
            pass
        elif not case.asked or not is_number_alone(request.text, request.today):
            return None
    going = replace(case, turns=turns, refused=refused, as_of=as_of)
    return _reply(request, rule, replace(going, question=case.question or request.text), ())


def _turns(stored: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(text), str(asked)) for text, asked in stored)


def has_dates(rule: Rule) -> bool:
    """Whether a rule asks for a date, so that one in a message is a fact of the case."""
    return any(spec.type == "date" for spec in rule.facts.values())


def stands_by(request: Request) -> Reply | None:
    """The decision that was made last once more, against push-back; None where none was."""
    rule = of_rule(request)
    last = request.memory.last
    if rule is None or last is None or last.question != request.memory.decision.get("question"):
        return None
    reply = decided_again(request, rule)
    lead = say("as_written", request.language)
    answered = {**reply.card, "answer": lead + reply.card["answer"]}
    return replace(reply, card=answered, text=lead + reply.text)


def told_further(request: Request, rule: Rule, read: Reply) -> Reply | None:
    """The case of the last decision with what a message adds; None where that is nothing.

    `read` is the decision on the question before it and the message, read as one sentence: it
    counts where nothing but that question has been told.
    """
    case = Case.from_memory(request.memory.decision)
    named = None if has_dates(rule) else date_named(request)
    turns = (*case.turns, (request.text, ""))[-LONGEST_CASE:]
    going = replace(case, turns=turns, as_of=named.isoformat() if named else case.as_of)
    if _differs(case, going, rule, request.today):
        return _reply(request, rule, going, ())
    together = Case.from_memory(read.memory.decision if read.memory else {})
    alone = len(case.turns) == 1 and not case.told and "decision" in read.card
    return read if alone and _differs(case, together, rule, request.today) else None


def _differs(one: Case, other: Case, rule: Rule, today: datetime.date) -> bool:
    """Whether two cases tell other facts of a rule, or are supposed for other days."""
    return one.as_of != other.as_of or one.facts(rule, today) != other.facts(rule, today)


def decided_again(request: Request, rule: Rule) -> Reply:
    """The last decision once more."""
    return _reply(request, rule, Case.from_memory(request.memory.decision), ())


def reminder(memory: Memory, language: str) -> str:
    """The question of an open case that still waits for an answer; empty where none does."""
    rule = rules().get(str(memory.decision.get("rule")))
    asked = str(memory.decision.get("asked") or "")
    if rule is None or not asked or asked not in rule.facts:
        return ""
    spec = rule.facts[asked]
    question = spec.ask_en if language == ENGLISH else framed(spec.ask or spec.label, language)
    return say("back_to_case", language, question=question)


def facts_told(
    rule: Rule,
    turns: Sequence[Sequence[str]],
    today: datetime.date,
    known: Mapping[str, Fact] | None = None,
) -> dict[str, Fact]:
    """The facts of a case: of its messages, each with the fact that was asked for before it.

    `known` is what was known before the first of them.
    """
    facts: dict[str, Fact] = dict(known or {})
    pending: str | None = None
    turned = False
    for text, asked in turns:
        wanted = asked if asked in rule.facts else None
        told = fill(rule, text, today, wanted, facts, pending)
        turned |= any(_is_turned(facts.get(name), fact) for name, fact in told.items())
        facts |= told
        pending = text if is_number_alone(text, today) else None
    if turned:  # what did not matter to the case as it was first told may matter now
        said = {name: fact for name, fact in facts.items() if not isinstance(fact.value, Span)}
        for text, _ in turns[:-1]:
            facts = fill(rule, text, today, settled=said) | facts
    return facts


def _is_turned(before: Fact | None, now: Fact) -> bool:
    """Whether what was said of a case is taken back: 2024年本里没有."""
    if before is None or isinstance(now.value, Span):
        return False
    return before.value != now.value


def _reply(request: Request, rule: Rule, case: Case, related: Sequence[int]) -> Reply:
    facts = case.facts(rule, request.today)
    spoken = words_in(request.language).language
    day, other = case.date(request.today), case.asks_of_other_side(rule)
    made = decide(rule, facts, day, case.refused, _lists(), spoken, other)
    made = in_script(made, rule, request.language)
    with reading(database_url()) as session:
        found = [cited_by(session, citation, made.judged_on) for citation in made.citations]
        beside = lookup.points(session, related, made.judged_on)
        named = _rows(session, rule, facts, made.judged_on)
        deciding = [*named, *(c for c in found if c is not None)]
        deciding.sort(key=lambda c: c.label in _FRAME)
        over = made.status in ("not_yet_in_force", "expired") and made.outcome != "needs_facts"
        dates = lookup.dated_by(session, deciding[0]) if over and deciding else []
    cited = _once([*deciding[:2], *dates, *beside, *deciding[2:]])
    decided_by = deciding[0].provision_id if deciding else ""
    fits = made.outcome == "needs_facts" or (beside and beside[0].provision_id == decided_by)
    said = _rule_itself(beside[0], request.language) if beside and fits else ""
    text = told(made, rule, cited, request.language, said)
    text = _since_ended(deciding, request) + text
    text += _near(rule, facts, made, request.language)
    asked = made.missing[0].name if made.missing else ""
    memory = request.memory.showing(
        Shown(
            case.question,
            (),
            tuple(c.provision_id for c in cited[:3]),
            made.judged_on.isoformat(),
        )
    )
    return Reply(
        card("decision", text, made.judged_on, cited, decision=in_card(made)),
        plain_text(text, cited, request.language, related_from=2),
        replace(memory, decision=case.as_memory(rule, asked)),
    )


def _rule_itself(cited: Cited, language: str) -> str:
    return say("rule_says", language, answer=framed(cited.answer, language))


def _since_ended(deciding: Sequence[Cited], request: Request) -> str:
    """Said first of a rule that was in force on the day of the case and has ended since."""
    standing = deciding[0].standing if deciding else None
    if standing is None or standing.status != "in_force" or standing.effective_to is None:
        return ""
    if standing.effective_to >= request.today:
        return ""
    language = request.language
    on, to = (spoken_date(day, language) for day in (standing.on, standing.effective_to))
    return say("ended_since", language, on=on, to=to) + "\n"


def _rows(
    session: Session, rule: Rule, facts: Mapping[str, Fact], on: datetime.date
) -> list[Cited]:
    """The rows of the list that names told in a case stand in."""
    looked_up = [
        way.of[0] for spec in rule.facts.values() for way in spec.ways if way.by == "listed"
    ]
    names = {str(facts[fact].value) for fact in looked_up if fact in facts}
    rows = [row for _, name, row in lookup.company_rows(session) if name in names] if names else []
    provisions = [lookup.provision(session, row) for row in rows]
    return [lookup.cite(session, row, on) for row in provisions if row is not None]


def _near(rule: Rule, facts: Mapping[str, Fact], made: Decision, language: str) -> str:
    """Names like one that is not in the list it was looked up in; empty where there is none."""
    if made.outcome != "not_eligible":
        return ""
    looked_up = [way.of for spec in rule.facts.values() for way in spec.ways if way.by == "listed"]
    near = [
        other
        for name, names in looked_up
        if name in facts
        for other in near_names(str(facts[name].value), _lists()[names])
    ]
    names = say("name_separator", language).join(near)
    return "\n" + say("near_names", language, names=names) if near else ""


def _once(cited: Sequence[Cited]) -> list[Cited]:
    unique: dict[tuple[str, str], Cited] = {}
    for each in cited:
        unique.setdefault((each.provision_id, each.quote), each)
    return list(unique.values())
