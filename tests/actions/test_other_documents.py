"""Other documents than those that are answered from: replaced ones, drafts, the sister document."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk


@pytest.mark.parametrize(
    "question", ["2022年第54号公告还有效吗", "客户拿2022年54号公告说事，这公告还作数不"]
)
def test_a_replaced_document_is_answered_from_the_one_that_replaces_it(question: str) -> None:
    said = Talk().say(question, "document_validity")
    assert "54号" in said.quotes[0]
    assert "废止" in said.quotes[0]


def test_what_stood_in_a_replaced_document_is_not_on_file() -> None:
    assert Talk().say("2022年第54号公告第二条原文", "document_article").card["kind"] == "refusal"


@pytest.mark.parametrize("question", ["107号第6条写的什么", "三年行动计划第六条写的什么"])
def test_an_item_that_two_plans_have_is_asked_back(question: str) -> None:
    said = Talk().say(question, "document_article")
    assert said.card["kind"] == "clarify"
    assert "外贸" in said.answer
    assert "外资" in said.answer


def test_the_item_after_one_that_was_called_an_article() -> None:
    talk = Talk()
    assert "七、" in talk.say("境外人员住宿通知第七条", "document_article").quotes[0]
    assert talk.say("再往下一条", "next_provision").quotes[0].startswith("八、")
    assert talk.say("它前头那一条怎么写", "first_question_again").quotes[0].startswith("七、")
    assert talk.say("and the previous one?", "follow_up").quotes[0].startswith("六、")


def test_the_other_document_on_the_question_before() -> None:
    talk = Talk()
    talk.say("国务院条例对拖欠中小企业账款怎么规定")
    assert talk.say("重庆条例也有类似说法没").card["citations"][0]["document_id"] == "cq-npc-126"


def test_back_to_an_earlier_question_by_its_words() -> None:
    talk = Talk()
    talk.say("海外仓销售的收汇金额可以和报关金额不一致吗")
    talk.say("健康申明卡入境还填吗")
    said = talk.say("说回海外仓那个，依据是哪份文件", "follow_up")
    assert said.card["citations"][0]["document_id"] == "cq-2023-92"


@pytest.mark.parametrize(
    "question",
    [
        "厦门海关的B类快件税能在网上交吗",
        "专线是35千伏的，供电几个工作日接通",
        "头一次申请原产地预裁定，几天出决定书",
        "滞纳金按万分之几一天算",
        "司法鉴定费哪边出钱",
        "主动披露的报告要写多少字",
        "外国人住店押金多少",
        "南京的厂第一次过高级认证，市里奖多少",
    ],
)
def test_a_near_miss_is_not_answered(question: str) -> None:
    assert Talk().say(question).card["kind"] in ("refusal", "clarify")


@pytest.mark.parametrize("question", ["那张单子还要不要交", "听同事说那个取消了，真的假的"])
def test_what_names_nothing_is_asked_back(question: str) -> None:
    assert Talk().say(question).card["kind"] == "clarify"
