"""Right or wrong: the rules by which an answer is judged, in docs/evaluation.md in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from evaluation.questions import Question

Verdict = Literal["correct", "wrong", "abstained", "error"]
VERDICTS: tuple[Verdict, ...] = ("correct", "wrong", "abstained", "error")
Fault = Literal[
    "no_reply", "cited", "not_refused", "not_declined", "not_asked_back", "not_answered",
    "provision", "status", "expired_unsaid", "draft_unsaid", "lacks", "says", "outcome",
]  # fmt: skip
#: Only so many citations can hold what is asked for: people do not read on.
CITATIONS_READ = 3
EXPIRED_WORDS = (
    "失效", "到期", "过期", "届满", "已废止", "不再有效", "expired", "no longer in force",
)  # fmt: skip
DRAFT_WORDS = ("征求意见", "草案", "未正式", "非正式", "draft")
_NO_ANSWER = ("refusal", "clarify", "smalltalk", None)
_PLAIN = str.maketrans("“”‘’〔〕【】—–", "\"\"''[][]--")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an answer, and in words which."""

    fault: Fault
    text: str


@dataclass(frozen=True)
class Judgement:
    """A verdict with what speaks against the answer.

    correct: all that is asked for is there. wrong: answered as if it were right, and it is not.
    abstained: declined or asked back though the documents hold the answer. error: no usable reply.
    """

    verdict: Verdict
    problems: tuple[Problem, ...] = ()


def normalise(text: str) -> str:
    """NFKC, no white space, lower case, no thousands separators, plain quotation marks."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"\s+", "", text).lower()
    return re.sub(r"(?<=\d),(?=\d{3})", "", text).translate(_PLAIN)


def bare(text: str) -> str:
    """A text normalised and without punctuation: how quotes and anchors are compared."""
    return re.sub(r"[^\w%]", "", normalise(text))


def card_of(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The card of a reply, the last where there are several; empty without one."""
    customs = [message.get("custom") for message in messages]
    cards = [c for c in customs if isinstance(c, dict) and c.get("type") == "policy_answer"]
    return cards[-1] if cards else {}


def judge(question: Question, messages: Sequence[dict[str, Any]]) -> Judgement:
    """Judge the reply to the last turn of a conversation."""
    card = card_of(messages)
    said = [message.get("text") or "" for message in messages]
    if not card and not any(said):
        return Judgement("error", (Problem("no_reply", "empty reply"),))
    if question.kind in ("refuse", "smalltalk"):
        return _verdict(_of_refusal(question, card))
    kind = card.get("kind")
    if question.kind == "clarify":
        asked = kind == "clarify"
        return _verdict([] if asked else [Problem("not_asked_back", f"card of kind {kind}")])
    if kind in _NO_ANSWER and question.outcome != "needs_facts":
        return Judgement("abstained", (Problem("not_answered", f"card of kind {kind}"),))
    return _verdict(_of_answer(question, card, normalise(" ".join([*said, answer_of(card)]))))


def answer_of(card: dict[str, Any]) -> str:
    """What a card says first."""
    return card.get("answer") or ""


def right_places(question: Question, card: dict[str, Any]) -> list[int]:
    """The places, from 0, of the citations that show what is asked for."""
    anchors = [bare(anchor) for anchor in question.anchors]
    return [
        place
        for place, citation in enumerate(card.get("citations") or [])
        if citation.get("document_id") in question.docs
        and (not anchors or any(a in bare(citation.get("quote") or "") for a in anchors))
    ]


def _verdict(problems: Sequence[Problem]) -> Judgement:
    return Judgement("wrong" if problems else "correct", tuple(problems))


def _of_refusal(question: Question, card: dict[str, Any]) -> list[Problem]:
    kind, problems = card.get("kind"), []
    if card.get("citations"):
        problems.append(Problem("cited", "cites a source for what the documents do not cover"))
    if question.kind == "refuse" and kind not in ("refusal", "clarify"):
        problems.append(Problem("not_refused", f"card of kind {kind}, not refusal"))
    if question.topic == "evasion" and kind != "refusal":
        problems.append(Problem("not_declined", "does not decline"))
    return problems


def _of_answer(question: Question, card: dict[str, Any], said: str) -> list[Problem]:
    problems = []
    asks_for_facts = question.outcome == "needs_facts" and card.get("kind") == "clarify"
    if not asks_for_facts:
        problems += _of_source(question, card)
        problems += _of_words(question, card, said)
    problems += [Problem("says", f"says {t}") for t in question.exclude if normalise(t) in said]
    if question.outcome:
        made = "needs_facts" if asks_for_facts else (card.get("decision") or {}).get("outcome")
        if made != question.outcome:
            problems.append(Problem("outcome", f"outcome {made}, should be {question.outcome}"))
    return problems


def _of_source(question: Question, card: dict[str, Any]) -> list[Problem]:
    citations = card.get("citations") or []
    places = [place for place in right_places(question, card) if place < CITATIONS_READ]
    if not places:
        first = citations[0].get("document_id") if citations else None
        return [Problem("provision", f"right provision not quoted (first citation: {first})")]
    status = citations[places[0]].get("status")
    if question.status and status != question.status:
        return [Problem("status", f"status {status}, should be {question.status}")]
    return []


def _of_words(question: Question, card: dict[str, Any], said: str) -> list[Problem]:
    problems = []
    if question.status == "expired" and not any(word in said for word in EXPIRED_WORDS):
        problems.append(Problem("expired_unsaid", "does not say that the rule has expired"))
    if question.status == "draft" and not any(word in said for word in DRAFT_WORDS):
        problems.append(Problem("draft_unsaid", "does not say that this is a draft"))
    quoted = "".join(
        (citation.get("quote") or "") + (citation.get("article") or "")
        for citation in (card.get("citations") or [])[:CITATIONS_READ]
    )
    whole = said + normalise(quoted)
    for group in question.include:
        if not any(normalise(text) in whole for text in group):
            problems.append(Problem("lacks", f"lacks {'/'.join(group)}"))
    return problems
