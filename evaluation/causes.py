"""Why an answer is not right, as far as question and card tell: what failures are grouped by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation.judge import Fault, Judgement, right_places
from evaluation.questions import Question

_OF_FAULT: tuple[tuple[Fault, str], ...] = (
    ("not_asked_back", "answered or declined where a question back was needed"),
    ("cited", "answered though not covered"),
    ("not_refused", "answered though not covered"),
    ("not_declined", "evasion not declined"),
)
_OF_CONTENT: tuple[tuple[Fault, str], ...] = (
    ("status", "wrong status or date"),
    ("expired_unsaid", "does not say that the rule has expired"),
    ("draft_unsaid", "does not say that it is a draft"),
    ("lacks", "figure or item missing"),
    ("says", "says what it must not"),
)


def cause_of(
    question: Question, card: Mapping[str, Any], judgement: Judgement, right_option: int | None
) -> str:
    """The first cause that applies, in the order in which an answer is made; empty if correct."""
    if judgement.verdict == "correct":
        return ""
    if judgement.verdict == "error":
        return "no usable reply"
    if judgement.verdict == "abstained":
        return _of_abstention(card, right_option)
    faults = {problem.fault for problem in judgement.problems}
    for fault, cause in _OF_FAULT:
        if fault in faults:
            return cause
    if "outcome" in faults:
        return _of_outcome(question, card)
    if "provision" in faults:
        return _of_provision(question, card)
    return next(cause for fault, cause in _OF_CONTENT if fault in faults)


def _of_abstention(card: Mapping[str, Any], right_option: int | None) -> str:
    if card.get("kind") == "refusal":
        return "refused though covered"
    if card.get("kind") != "clarify":
        return "took a question for small talk"
    if not card.get("suggestions"):
        return "asked back though covered"
    if right_option is None:
        return "offered a choice without the right answer"
    return f"offered a choice, option {right_option} is right"


def _of_outcome(question: Question, card: Mapping[str, Any]) -> str:
    made = (card.get("decision") or {}).get("outcome")
    if made is None:
        return "decision asked for and not made"
    if made == "needs_facts":
        return "asked for facts that were told or do not matter"
    if question.outcome == "needs_facts":
        return "decided though facts are missing"
    return "wrong outcome"


def _of_provision(question: Question, card: Mapping[str, Any]) -> str:
    if right_places(question, dict(card)):
        return "right provision cited after the third place"
    documents = [c.get("document_id") for c in card.get("citations") or []]
    if not documents:
        return "nothing cited"
    if set(documents) & set(question.docs):
        return "right document, other provision"
    return "other document"
