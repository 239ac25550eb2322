"""What is not simply in force is said first, for the date that is asked about."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk


@pytest.mark.parametrize(
    ("question", "intent", "status", "says"),
    [
        (
            "海关总署2023年第127号公告第二条怎么写的",
            "document_article",
            "expired",
            "已失效（有效期至2025年10月10日）",
        ),
        (
            "外资行动计划征求意见稿里认定外资研发中心奖励多少",
            "general_policy",
            "draft",
            "征求意见稿，未正式发布",
        ),
        (
            "2020年5月重庆市优化营商环境条例第十八条",
            "document_article",
            "not_yet_in_force",
            "尚未施行（自2021年7月1日起施行）",
        ),
        (
            "三年行动计划里外贸进出口总值要突破多少亿",
            "general_policy",
            "unknown",
            "计划期已于2024年12月31日届满",
        ),
    ],
)
def test_the_first_line_says_so(
    talk: Talk, question: str, intent: str, status: str, says: str
) -> None:
    said = talk.say(question, intent)
    assert said.card["citations"][0]["status"] == status
    assert says in said.first_line
    assert said.text.startswith(said.first_line)


def test_what_is_in_force_says_nothing_of_it_first(talk: Talk) -> None:
    said = talk.say("低压接电供电企业要几个工作日接好")
    assert said.card["citations"][0]["status"] == "in_force"
    assert not said.answer.startswith(("注意", "提示"))


def test_an_expired_rule_was_in_force_on_an_earlier_date(talk: Talk) -> None:
    said = talk.say("海关总署2023年第127号公告第三条，2024年5月怎么规定的", "document_article")
    assert said.card["as_of"].startswith("2024-05")
    assert said.card["citations"][0]["status"] == "in_force"
    assert "已失效" not in said.first_line


def test_a_decision_by_an_expired_rule_says_so_first(talk: Talk) -> None:
    said = talk.say(
        "少缴税款90万，占应缴两成，2026年3月发生，2026年11月主动披露，会罚吗",
        "voluntary_disclosure",
    )
    assert said.card["kind"] == "decision"
    assert "到期" in said.first_line
    assert said.card["decision"]["reasons"]


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("127号公告还有效吗", "document_validity"),
        ("127号公告第一条的原文", "document_text"),
    ],
)
def test_a_question_about_an_expired_document_says_so_first(
    talk: Talk, question: str, intent: str
) -> None:
    assert "已失效" in talk.say(question, intent).first_line


def test_the_date_shifts_and_validity_with_it(talk: Talk) -> None:
    now = talk.say("海关总署2023年第127号公告第二条怎么写的", "document_article")
    then = talk.say("那2024年5月的时候呢", "date_shift")
    statuses = [said.card["citations"][0]["status"] for said in (now, then)]
    assert statuses == ["expired", "in_force"]
    assert now.quotes[0] == then.quotes[0]


def test_before_a_rule_applies_the_words_that_say_from_when_are_cited(talk: Talk) -> None:
    said = talk.say("2023年9月那会儿，分送集报申报表要不要填担保信息")
    assert said.card["citations"][0]["status"] == "not_yet_in_force"
    assert any("实施" in quote for quote in said.quotes[:3])
