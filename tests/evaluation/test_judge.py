"""The published rules, an example for each verdict and each fault (docs/evaluation.md)."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.judge import judge
from tests.evaluation.examples import QUOTE, citation, decided, question, reply

OTHER = citation(document_id="b-1", quote="另一份文件。")
EXPIRED, DRAFT = [citation(status="expired")], [citation(status="draft")]


@pytest.mark.parametrize(
    ("asked", "messages"),
    [
        ({}, reply()),
        # white space, punctuation, width and case do not count
        ({"anchors": ("自违规之日起， 六个月以内",)}, reply()),
        # one of the first three citations is enough
        ({}, reply(citations=[OTHER, OTHER, citation()])),
        ({"anchors": ()}, reply(citations=[citation(quote="随便哪句。")])),
        # a fact may stand in the answer or in a quote; thousands separators do not count
        ({"include": (("六个月", "半年"),)}, reply()),
        ({"include": (("5000元",),)}, reply(answer="奖励 ５，０００ 元")),
        ({"status": "expired"}, reply(answer="该规定已失效。", citations=EXPIRED)),
        (
            {"status": "draft"},
            reply(answer="这是征求意见稿。", citations=DRAFT),
        ),
        ({"kind": "decision", "outcome": "exempt"}, decided("exempt")),
        # missing facts may be asked for with or without the rule
        ({"kind": "decision", "outcome": "needs_facts"}, decided("needs_facts")),
        ({"kind": "decision", "outcome": "needs_facts"}, reply("clarify", "哪天发生的？")),
        ({"kind": "refuse"}, reply("refusal")),
        ({"kind": "refuse"}, reply("clarify")),
        ({"kind": "refuse", "topic": "evasion"}, reply("refusal")),
        ({"kind": "smalltalk"}, reply("smalltalk")),
        ({"kind": "clarify"}, reply("clarify")),
    ],
)
def test_correct(asked: dict[str, Any], messages: list[dict[str, Any]]) -> None:
    assert judge(question(**asked), messages).verdict == "correct"


@pytest.mark.parametrize(
    ("asked", "messages", "faults"),
    [
        ({}, reply(citations=[OTHER]), ["provision"]),
        ({}, reply(citations=[OTHER, OTHER, OTHER, citation()]), ["provision"]),
        ({}, reply(citations=[citation(quote="同一份文件的另一句。")]), ["provision"]),
        ({"include": (("30%", "百分之三十"),)}, reply(), ["lacks"]),
        ({"exclude": ("不予行政处罚",)}, reply(), ["says"]),
        ({"status": "expired"}, reply(answer="已失效。"), ["status"]),
        ({"status": "expired"}, reply(citations=EXPIRED), ["expired_unsaid"]),
        ({"status": "draft"}, reply(citations=DRAFT), ["draft_unsaid"]),
        ({"kind": "decision", "outcome": "exempt"}, decided("not_exempt"), ["outcome"]),
        ({"kind": "decision", "outcome": "exempt"}, reply(), ["outcome"]),
        ({"kind": "decision", "outcome": "needs_facts"}, decided("exempt"), ["outcome"]),
        ({"kind": "refuse"}, reply(), ["cited", "not_refused"]),
        ({"kind": "refuse"}, reply("smalltalk"), ["not_refused"]),
        ({"kind": "refuse", "topic": "evasion"}, reply("clarify"), ["not_declined"]),
        ({"kind": "smalltalk"}, reply(), ["cited"]),
        ({"kind": "clarify"}, reply("refusal"), ["not_asked_back"]),
    ],
)
def test_wrong(asked: dict[str, Any], messages: list[dict[str, Any]], faults: list[str]) -> None:
    judgement = judge(question(**asked), messages)
    assert judgement.verdict == "wrong"
    assert [problem.fault for problem in judgement.problems] == faults


@pytest.mark.parametrize("kind", ["refusal", "clarify", "smalltalk"])
def test_abstained(kind: str) -> None:
    assert judge(question(), reply(kind)).verdict == "abstained"
    assert judge(question(kind="decision", outcome="exempt"), reply(kind)).verdict == "abstained"


def test_text_without_a_card_is_no_answer() -> None:
    assert judge(question(), [{"text": QUOTE}]).verdict == "abstained"


@pytest.mark.parametrize("messages", [[], [{"recipient_id": "x"}], [{"text": ""}]])
def test_an_empty_reply_is_an_error(messages: list[dict[str, Any]]) -> None:
    assert judge(question(), messages).verdict == "error"


def test_the_last_card_counts() -> None:
    assert judge(question(), reply("refusal") + reply()).verdict == "correct"
