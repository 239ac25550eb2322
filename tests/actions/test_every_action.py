"""Each action keeps the contract, whatever it is asked and whatever the conversation holds."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import yaml

from bot.settings import ROOT
from tests.actions.talk import ACTION_OF, ACTIONS, ANSWERING, Talk

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
QUESTIONS = (
    "综保区高级认证企业做分送集报要交担保吗",
    "127号公告现在还有效吗",
    "优化营商环境条例第四十五条",
    "第三十五条怎么说",
    "少缴税款90万，占应缴两成，八个月前的事，现在主动披露会罚吗",
    "重庆的外资研发中心开办奖励是多少",
    "主动披露不予处罚有哪几种情形，逐条列出",
    "月球基地的关税怎么算",
    "Can a hotel refuse foreign guests?",
    "外資研發中心落戶重慶，開辦獎勵給多少？",
    "那2024年5月的时候呢",
    "下一条",
    "1",
    "你确定吗？我记得不是这样",
    "不知道",
    "你好",
)
HOSTILE_TEXTS: tuple[Any, ...] = (
    None, "", "   ", "\x00\x1b[31m", "😀" * 50, "第" * 3000, "主动披露" * 5000, "A" * 100_000,
    "'; DROP TABLE document; --", "<script>alert(1)</script>", "{{7*7}} ${7*7}",
    "第9999999999999999条", "第零条",
    "9" * 400 + "万元，" + "9" * 400 + "个月前，主动披露会罚吗",
)  # fmt: skip
SHOWN = {"question": "几天", "point_ids": [1], "provision_ids": ["sc-722/第一条"], "as_of": None}
HOSTILE_MEMORIES: tuple[Any, ...] = (
    "text", 7, [1, 2], {"shown": "text"}, {"shown": [None, 7, "x", {}]}, {"options": {"a": 1}},
    {"shown": [{**SHOWN, "as_of": "not a date"}]},
    {"shown": [{**SHOWN, "as_of": 7}]},
    {"shown": [{**SHOWN, "provision_ids": ["no/such"], "point_ids": []}]},
    {"shown": [{**SHOWN, "provision_ids": [], "point_ids": [10**30, -1]}]},
    {"shown": [{**SHOWN, "provision_ids": [None], "point_ids": ["x"]}]},
    {"shown": [SHOWN] * 5000},
    {"options": ["x", None], "question": 7}, {"options": [10**30, -1, 0], "question": "几天"},
    {"decision": "text"}, {"decision": {"rule": "no such rule", "turns": [["a", "b"]]}},
    {"decision": {"rule": "voluntary_disclosure", "turns": "text", "refused": 7}},
    {"decision": {"rule": "voluntary_disclosure", "turns": [[1, 2, 3], None], "asked": "nothing"}},
    {"decision": {"rule": "voluntary_disclosure", "turns": [["漏税", ""]] * 3000, "asked": ""}},
)  # fmt: skip


def test_every_action_of_the_domain_is_there_and_some_intent_leads_to_it() -> None:
    assert set(ACTIONS) == set(DOMAIN["actions"])
    assert set(ACTION_OF.values()) == set(ANSWERING)
    assert set(ACTION_OF) == set(DOMAIN["intents"])
    assert {f"validate_{form}" for form in DOMAIN["forms"]} == set(ACTIONS) - set(ANSWERING)


@pytest.mark.parametrize("action", ANSWERING)
def test_contract_with_and_without_something_said_before(action: str) -> None:
    intents = [intent for intent, to in ACTION_OF.items() if to == action]
    talk = Talk()
    for number, question in enumerate(QUESTIONS):
        intent = intents[number % len(intents)]
        Talk().to(action, question, intent)
        said = talk.to(action, question, intent)
        assert datetime.date.fromisoformat(said.card["as_of"])


@pytest.mark.parametrize("action", ANSWERING)
@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=lambda text: repr(text)[:20])
def test_hostile_messages_are_answered(action: str, text: Any) -> None:
    Talk().to(action, text)


@pytest.mark.parametrize("action", ANSWERING)
@pytest.mark.parametrize("memory", HOSTILE_MEMORIES, ids=lambda memory: repr(memory)[:40])
def test_a_memory_that_is_none_does_not_matter(action: str, memory: Any) -> None:
    for question in ("那2024年5月的时候呢", "1", "八个月前的事"):
        Talk(memory).to(action, question)


@pytest.mark.parametrize(
    "understood",
    [
        {"intent": None},
        {"intent": {"name": None, "confidence": None}},
        {"intent": {"name": "no such intent", "confidence": 2.0}},
        {"intent_ranking": None},
        {"intent_ranking": [{"name": "evasion", "confidence": 0.01}] * 1000},
        {"entities": None},
    ],
    ids=[
        "no intent",
        "empty intent",
        "unknown intent",
        "no ranking",
        "long ranking",
        "no entities",
    ],
)
@pytest.mark.parametrize("action", ANSWERING)
def test_what_was_understood_may_be_nothing(action: str, understood: dict[str, Any]) -> None:
    Talk().to(action, "低压接电要几天", understood=understood)


def test_a_long_conversation_does_not_grow_without_end() -> None:
    talk = Talk()
    for number in range(40):
        talk.say(QUESTIONS[number % len(QUESTIONS)] * (1 + number % 3))
    assert len(talk.memory["shown"]) <= 12
