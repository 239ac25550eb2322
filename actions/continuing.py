"""Which case a message belongs to: the one that is open, or one of the provision just answered.

What leans on a case is tried as part of it before it is looked up; what surely asks something else
is left to the look-up. A case that waits for a fact is the form's, which is asked first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions.asking import asks, asks_again, asks_document_validity
from actions.companies import names_part
from actions.consequence import asks_consequence
from actions.dates import date_named
from actions.decide import (
    LONGEST_CASE,
    Case,
    asks_of_rule,
    facts_told,
    going_on,
    has_dates,
    of_rule,
    opened_with,
)
from actions.earlier import recalled
from actions.request import Reply, Request
from actions.vagueness import names_left
from policies_db.decisions import Rule, Span
from policies_db.facts.extraction import facts_in
from policies_db.facts.filling import fill
from policies_db.facts.mentions import SLIP
from policies_db.ruling import chooser, evidence, rules, rules_of_point
from policies_db.searching import Hit, searcher

#: A hit that is at least so likely beside the best one is evidence for a rule.
LIKELY = 0.3
#: So surely a statement tells a case of another rule than the one that was told last.
SURE_OF_OTHER = 0.6
_LEAVES = re.compile(
    r"换(一)?个(问题|话题|事)|问(个|点)?别的|(另外|再|还想|顺便)(再|也)?问|另一(个|件)(问题|事)|题外话|不说这个|"
    r"different (question|topic)|another question|by the way|something else",
    re.I,
)
#: A statement that begins so goes on with what was said before it.
_GOES_ON = re.compile(r"^\W*(可是?|但是?|不过|只是|而且|并且|然而|but|though|however)(?!能)", re.I)
#: So many characters beside a fact and words of any question are no question of their own.
MOST_BESIDE_FACT = 3
_ENDS_ASKING = re.compile(r"[?？吗么嘛呢不]\W*$")
#: What a case is supposed to be instead, or what was left out of it.
_SUPPOSES = re.compile(
    rf"要是|如果|假如|假设|倘若|万一|换成|换作|改成|(改|推|拖|延|推迟|延后|提前)到|若是|的话|[^,，。;；]{{1,14}}呢[?？]?$|漏(说|讲)|忘了?(说|讲|提)|补充|"
    rf"{SLIP}|更正|不对|其实|实际上|等等|等[一]?下|哦对|^\W*(不过|可是?|但是?|只是|问题是)(?![以能不靠])|^那.*(也|照样|同样|一样)|"
    r"\bif\b|what about|suppose|forgot to|actually|i mean",
    re.I,
)


def of_waiting(request: Request) -> Reply | None:
    """The next turn of the case that waits for a fact; None where a message is not about it."""
    rule = of_rule(request)
    if rule is None or not request.memory.waits or request.memory.options or _leaves(request):
        return None
    return _of_open(request, rule)


def continued(request: Request) -> Reply | None:
    """The reply to a message that goes on with a case; None where it belongs to none."""
    if _leaves(request):
        return None
    rule, last = of_rule(request), request.memory.last
    here = last is not None and last.question == request.memory.decision.get("question")
    if request.memory.waits:
        return None if here else _of_answered(request)
    if rule is not None and here:
        return _of_open(request, rule)
    return _of_answered(request) or (_of_open(request, rule) if rule else None)


def _leaves(request: Request) -> bool:
    """Whether a message surely tells of no case, or goes back to another answer."""
    text = request.text
    if not text or _LEAVES.search(text) or asks_document_validity(text) or asks_of_rule(text):
        return True
    if names_part(request, text) or asks_consequence(text):
        return True
    earlier = recalled(request)
    return earlier is not None and earlier.question != request.memory.decision.get("question")


def _of_open(request: Request, rule: Rule) -> Reply | None:
    """The next turn of the case that is open."""
    return None if _asks_anew(request, rule, request.memory.waits) else going_on(request, rule)


def _of_answered(request: Request) -> Reply | None:
    """A case of the provision that the last question was answered with, told after it."""
    before = request.memory.asked_last
    if not before or _asks_else(request, before):
        return None
    together = f"{before}，{request.text}"
    sure = evidence(searcher().search(together).hits)
    sure |= dict.fromkeys(_shown(request), 1.0)
    if not sure:
        return None
    choice = chooser().choose(together, sure, request.today)
    if choice is None or not _tells_of(choice.rule, before, request):
        return None
    if _asks_anew(request, choice.rule, False):
        return None
    open_case = Case.from_memory(request.memory.decision)
    same = choice.rule.id == request.memory.decision.get("rule")
    told = open_case.turns if same else ()
    turns = (*told, (before, ""), (request.text, ""))[-LONGEST_CASE:]
    return opened_with(request, choice.rule, Case(before, turns))


def _asks_else(request: Request, before: str) -> bool:
    """Whether a question is surely about something else than any case told with the one before.

    What `_asks_anew` and `_tells_of` would find of each rule, without a search for both together.
    """
    text = request.text
    if not asks(text) or _SUPPOSES.search(text) or facts_in(text, request.today):
        return False
    found = searcher().search(text)
    return found.zone == "answer" and not any(
        _tells_of(rules()[name], before, request) for name in evidence(_best(found.hits))
    )


def _shown(request: Request) -> Iterator[str]:
    """The rules that apply what was shown or offered last."""
    last = request.memory.last
    points = request.memory.options or (last.point_ids[:1] if last else ())
    for point in points:
        yield from rules_of_point(point)


def _tells_of(rule: Rule, before: str, request: Request) -> bool:
    """Whether a message tells a fact of a rule that the one before it did not.

    A question that names a day and no more asks whether the rule is valid on it.
    """
    known = fill(rule, before, request.today)
    told = facts_told(rule, ((before, ""), (request.text, "")), request.today)
    new = [name for name, fact in told.items() if fact != known.get(name)]
    if asks(request.text):
        return any(rule.facts[name].type != "date" for name in new)
    return bool(new)


def _asks_anew(request: Request, rule: Rule, waits: bool) -> bool:
    """Whether a message is about something else than a rule; `waits` where it asked for a fact."""
    text = request.text
    asking = asks(text)
    if _SUPPOSES.search(text) or (waits and not asking):
        return False
    if not asking and _GOES_ON.search(text):
        return False
    if _answers(request, rule, waits) or _changes(request, rule):
        return False
    found = searcher().search(text)
    if asking and found.zone == "answer":
        return rule.id not in evidence(_best(found.hits))
    other = chooser().choose(text, evidence(found.hits), request.today)
    if other is None or other.rule.id == rule.id:
        return False
    return asking or other.probability >= SURE_OF_OTHER


def _answers(request: Request, rule: Rule, waits: bool) -> bool:
    """Whether a message tells what was asked for, or a number of the case and nothing else."""
    told = fill(rule, request.text, request.today)
    if waits and request.memory.decision.get("asked") in told:
        return not _ENDS_ASKING.search(request.text)
    numbers = [fact for fact in told.values() if isinstance(fact.value, Span)]
    rest = request.text
    for fact in numbers:
        rest = rest.replace(fact.text, " ")
    return bool(numbers) and len(names_left(rest)) <= MOST_BESIDE_FACT


def _changes(request: Request, rule: Rule) -> bool:
    """Whether a message tells a fact of the case otherwise, and asks nothing else than before."""
    if asks(request.text) and not asks_again(request.text):
        return False
    if not has_dates(rule) and date_named(request) is not None:
        return True
    known = Case.from_memory(request.memory.decision).facts(rule, request.today)
    told = fill(rule, request.text, request.today)
    return any(name in known and known[name].value != fact.value for name, fact in told.items())


def _best(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.confidence >= LIKELY * hits[0].confidence)
