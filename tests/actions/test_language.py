"""What stands around the quotes follows the person's language; quotes never change."""

from __future__ import annotations

import re

import pytest

from actions.language import framed
from tests.actions.talk import Talk

HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("How many working days does a low-voltage power connection take?", "general_policy"),
        ("Is announcement 127 of 2023 on voluntary disclosure still valid?", "document_validity"),
        ("Can a hotel refuse to accept foreign guests?", "general_policy"),
    ],
)
def test_english_framing_around_chinese_quotes(talk: Talk, question: str, intent: str) -> None:
    said = talk.say(question, intent)
    assert said.quotes
    assert re.match(r"[A-Z][a-z]+", said.answer)
    for label in ("Text: 「", "Source: ", "Validity: "):
        assert label in said.text
    assert not re.search(r"原文：|出处：|效力：|发文机关：", said.text)


@pytest.mark.parametrize("intent", ["greet", "thank", "help", "evasion", "prompt_injection"])
def test_fixed_wordings_in_english_hold_no_chinese(talk: Talk, intent: str) -> None:
    assert not HAN.search(talk.say("please tell me something now", intent).answer)


def test_traditional_framing_around_simplified_quotes(talk: Talk) -> None:
    said = talk.say("低壓接電，供電企業要幾個工作日接好？")
    assert "原文：「".replace("原文", framed("原文", "zh-Hant")) in said.text
    assert "效力：" in said.text
    assert "發文機關：" in said.text
    assert "不得超过八个工作日" in "".join(said.quotes)
    assert "不得超過八個工作日" in said.answer


def test_traditional_refusal(talk: Talk) -> None:
    said = talk.say("請問月球基地的關稅怎麼計算？", "out_of_scope")
    assert said.card["kind"] == "refusal"
    assert "沒有找到" in said.answer
