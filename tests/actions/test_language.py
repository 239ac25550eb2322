"""What stands around the quotes follows the person's language; quotes never change."""

from __future__ import annotations

import re

import pytest

from actions.language import framed, language_of
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


def test_an_english_case_is_told_in_english_to_its_end(talk: Talk) -> None:
    first = talk.say("we underpaid duty by RMB 1,500,000, found it ourselves, will we be fined?")
    assert "Please tell: On which day did the violation occur" in first.answer
    second = talk.say("imported on 10 January 2024, disclosed on 1 March 2025")
    assert "How much duty was payable" in second.answer
    last = talk.say("30%")  # tells no language: the conversation goes on in English
    assert last.card["decision"]["outcome"] == "exempt"
    assert last.card["decision"]["facts"]["occurred_on"] == "10 January 2024"
    assert last.card["decision"]["facts"]["short_tax"] == "RMB 1.5 million"
    told = last.answer.partition("The applicable provision is")[0]
    for line in (
        "Judged as of 1 March 2025; the rule has since expired (valid until 10 October 2025).",
        "Result: exempt (No penalty after voluntary disclosure (GACC Announcement 2023 No. 127)).",
        "· Duty short-paid as a share of the duty payable: 30%; required: no more than 30% – met "
        "(第一条第（二）项)",
        "This holds provided that:",
        "· The violation has been corrected in time (duty paid up, formalities made good and so "
        "on).",
    ):
        assert line in told
    labels = r"\((?:序言|第.条(?:第（.）项)?)\)"
    assert not HAN.search(re.sub(labels, "", told))
    assert not HAN.search(re.sub(labels, "", "".join(last.card["decision"]["reasons"])))
    assert any("漏缴、少缴税款占应缴纳税款比例30%以下的" in quote for quote in last.quotes)


def test_a_traditional_case_is_told_in_traditional_characters(talk: Talk) -> None:
    talk.say("主動披露漏繳稅款九十萬，會不會被罰")
    said = talk.say("八個月")
    assert "· 從違規發生到披露：8個月；要求不超過兩年——符合（第一條第（二）項）" in said.answer
    assert "以上結論的前提：" in said.answer
    assert said.card["decision"]["facts"]["short_tax"] == "90萬元"
    again = talk.say("30%")
    assert "佔應繳納稅款的比例：30%" in again.answer
    assert any("漏缴、少缴税款" in quote for quote in again.quotes)


def test_a_name_stays_as_it_was_typed(talk: Talk) -> None:
    said = talk.say("重慶润通科技有限公司在高資信企業名單裡嗎")
    assert "“重慶润通科技有限公司”按全稱" in said.answer
    assert said.card["decision"]["facts"]["company"] == "重慶润通科技有限公司"


@pytest.mark.parametrize(
    ("text", "before", "language"),
    [
        ("80%", "en", "en"),
        ("AEOCN1234567890", "zh-Hant", "zh-Hant"),
        ("USD 5 million", "zh", "en"),
        ("是的", "zh-Hant", "zh-Hant"),
        ("还没有", "zh-Hant", "zh"),
        ("是的", "en", "zh"),
    ],
)
def test_what_tells_no_language_is_in_that_of_the_conversation(
    text: str, before: str, language: str
) -> None:
    assert language_of(text, before) == language


@pytest.mark.parametrize(
    "question",
    [
        "Which benefits does an advanced certified enterprise get?",
        "How long is an advance ruling valid?",
    ],
)
def test_english_that_is_taken_for_another_language_is_answered(talk: Talk, question: str) -> None:
    assert talk.say(question, "foreign_language_unsupported").card["kind"] != "refusal"


@pytest.mark.parametrize(
    "question", ["Quels sont les avantages du statut OEA", "Wie lange gilt der Bescheid"]
)
def test_another_language_of_latin_letters_is_declined(talk: Talk, question: str) -> None:
    assert talk.say(question, "foreign_language_unsupported").card["kind"] == "refusal"
