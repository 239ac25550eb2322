"""Messages that say little themselves: another document, company, number, year, or an earlier
answer."""

from __future__ import annotations

import pytest

from tests.actions.talk import Said, Talk


def first(said: Said) -> tuple[str, str]:
    citation = said.card["citations"][0]
    return citation["document_id"], citation["article"]


@pytest.mark.parametrize(
    ("question", "then", "intent", "place"),
    [
        ("国务院条例里被摊派怎么说", "市里自己的那部呢", "follow_up", "第十条"),
        ("国务院条例讲政府承诺要兑现", "重庆自己的呢，第几条", "document_article", "第三十四条"),
        ("国务院条例讲政府承诺要兑现", "重庆那部呢，哪一条", "general_policy", "第三十四条"),
        ("国家条例里，政府欠企业账款怎么说的", "我们重庆那部里有吗", "follow_up", "第三十五条"),
    ],
)  # fmt: skip
def test_the_same_in_the_regulation_of_the_city(
    talk: Talk, question: str, then: str, intent: str, place: str
) -> None:
    talk.say(question)
    said = talk.say(then, intent)
    places = [(c["document_id"], c["article"][: len(place)]) for c in said.card["citations"][:3]]
    assert first(said)[0] == "cq-npc-126"
    assert ("cq-npc-126", place) in places


def test_the_same_in_the_regulation_of_the_country(talk: Talk) -> None:
    talk.say("重庆条例里行政检查怎么合并")
    assert first(talk.say("国务院那个有没有这规定", "document_issuer")) == ("sc-722", "第五十四条")


def test_two_regulations_that_are_named_are_set_side_by_side(talk: Talk) -> None:
    said = talk.say("破产这块，国家条例和重庆条例谁写得细")
    assert {c["document_id"] for c in said.card["citations"][:2]} == {"sc-722", "cq-npc-126"}


@pytest.mark.parametrize(
    ("then", "company"),
    [
        ("那英业达呢", "英业达（重庆）有限公司"),
        ("长城汽车那个分公司呢", "长城汽车股份有限公司重庆分公司"),
        ("华峰化工的话呢", "重庆华峰化工有限公司"),
    ],
)
def test_another_company_by_a_part_of_its_name(talk: Talk, then: str, company: str) -> None:
    talk.say("达丰（重庆）电脑有限公司在高资信名单上不", "trusted_companies")
    said = talk.say(then, "follow_up")
    assert company in said.answer
    assert company in said.quotes[0]


def test_a_company_that_is_further_named_in_full_is_found(talk: Talk) -> None:
    talk.say("达丰（重庆）电脑有限公司在高资信名单上不", "trusted_companies")
    for then, outcome in (
        ("那英业达（重庆）有限公司呢", "eligible"),
        ("那重庆赛力斯汽车有限公司呢", "not_eligible"),
    ):
        decision = talk.say(then, "follow_up").card["decision"]
        assert decision["outcome"] == outcome
        assert then[1:-1] in str(decision["facts"].values())


@pytest.mark.parametrize("then", ["赛力斯呢", "赛力斯在名单里吗"])
def test_a_name_that_is_in_no_row_is_asked_for_in_full(talk: Talk, then: str) -> None:
    talk.say("达丰（重庆）电脑有限公司在高资信名单上不", "trusted_companies")
    said = talk.say(then, "follow_up")
    assert said.card["kind"] == "clarify"
    assert "全称" in said.answer
    assert "达丰" not in said.answer


def test_a_class_of_companies_is_no_name(talk: Talk) -> None:
    talk.say("高资信企业办出口退税有时限吗", "refund_times")
    assert "全称" not in talk.say("那没评上的企业呢", "follow_up").answer


@pytest.mark.parametrize(
    "said", ["高资信名单会更新吗", "名单有公开查询的网站吗", "失信名单能修复吗"]
)
def test_what_is_asked_of_the_list_itself_is_no_name(talk: Talk, said: str) -> None:
    assert "全称" not in talk.say(said, "trusted_companies").answer


def test_the_numbers_of_a_task_list_one_after_the_other(talk: Talk) -> None:
    talk.say("任务清单第100项", "document_article")
    assert "市高法院" in talk.say("归谁管", "follow_up").answer
    assert first(talk.say("那第101项呢", "document_article"))[1] == "附件第101项"
    assert "2024年12月" in talk.say("什么时候完成", "follow_up").answer


def test_another_year_of_a_target(talk: Talk) -> None:
    talk.say("24年扩大进口的计划，进口规模要到多少亿")
    said = talk.say("27年比重呢？", "date_shift")
    assert "38%" in said.first_line


@pytest.mark.parametrize("then", ["刚才免钱那个，管到哪天为止", "前头吊装费那条什么时候到期"])
def test_until_when_an_earlier_answer_holds(talk: Talk, then: str) -> None:
    talk.say("重庆铁路口岸查验没毛病的箱子，10号文给免哪几笔钱")
    talk.say("顺便问下RCEP的快件多久放")
    said = talk.say(then)
    assert {c["document_id"] for c in said.card["citations"]} == {"cq-gov-2024-10"}
    assert "2026年12月31日" in said.answer


def test_where_an_earlier_answer_stands(talk: Talk) -> None:
    talk.say("出口信保保费小微跨境电商市里全出吗")
    talk.say("外资总部落户最高奖多少")
    assert "92号" in talk.say("前头信保那个，哪份文件来着").answer


@pytest.mark.parametrize(
    "question",
    [
        "听说陆海新通道那套扶持快没了，我们下月中旬还有一批柜，截止到哪天？",
        "陆海新通道那16条现在失效了没有？",
        "西部陆海新通道那套扶持政策现在还能申请不，啥时候到头",
    ],
)
def test_the_end_of_a_policy_that_is_named_by_its_theme(talk: Talk, question: str) -> None:
    said = talk.say(question)
    assert first(said)[0] == "cq-gov-2024-10"
    assert "2026年12月31日" in said.answer


def test_the_draft_of_what_was_answered(talk: Talk) -> None:
    talk.say("外资三年行动计划里制造业占比定的多少")
    said = talk.say("征求意见稿也是同样的说法吗", "document_validity")
    assert said.card["citations"][0]["document_id"] == "cq-fdi-draft"
    assert said.card["citations"][0]["status"] == "draft"


def test_the_words_of_a_named_document_on_the_question_before(talk: Talk) -> None:
    talk.say("目录清单以外的收费，单位可以不给吗")
    said = talk.say("国务院条例的原话贴给我，哪一条", "document_article")
    assert said.card["citations"][0]["document_id"] == "sc-722"
    assert "目录清单之外" in said.quotes[0]


def test_another_way_of_the_same_place(talk: Talk) -> None:
    talk.say("91号文里水运口岸的抵港直装是怎么安排的")
    said = talk.say("机场那边有没有")
    assert said.card["citations"][0]["document_id"] == "cq-2023-91"
    assert "直提直装" in said.answer


@pytest.mark.parametrize(
    ("question", "then", "document"),
    [
        ("高资信企业贷款贴息给几个点", "是按核定的额度，还是按实际放款", "cq-customs-trusted"),
        ("2024任务清单里普惠小微贷款做得好有什么激励", "给几个点，归谁管", "cq-2024-27"),
        ("重庆条例里换领导后承诺不认怎么办", "哪一条", "cq-npc-126"),
    ],
)
def test_what_says_little_is_about_the_answer_before(
    talk: Talk, question: str, then: str, document: str
) -> None:
    before = first(talk.say(question))
    after = first(talk.say(then))
    assert after[0] == document
    assert after[1][:4] == before[1][:4]
