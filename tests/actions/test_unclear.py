"""Questions that name nothing, a document that is not on file, or one of several."""

from __future__ import annotations

import pytest

from actions.vagueness import names_nothing
from tests.actions.talk import Talk


@pytest.mark.parametrize(
    "text",
    [
        "这个要多久才能批下来？",
        "我们公司够条件不",
        "How long does it take?",
        "那还有效吗",
        "迟了两天交要罚款吗",
        "逾期怎么处理",
        "前后两份说法冲突，按哪份",
        "新规定和老规定不一致以谁为准",
        "过期了还可以补吗",
        "what happens if we are late",
        "没在要求的时间内报会怎样",
        "那个还用得着登记不",
        "资料递上去之后等多久出结果",
        "这批货物要不要检疫",
    ],
)
def test_a_question_that_names_nothing_is_asked_back(talk: Talk, text: str) -> None:
    assert talk.say(text).card["kind"] == "clarify"


@pytest.mark.parametrize(
    "text",
    [
        "预裁定多久能批下来",
        "AEO企业有什么优惠",
        "退税几天办好",
        "滞纳金能不能免",
        "申报晚了罚不罚",
        "上位法和下位法冲突听谁的",
        "初次违法不罚吗",
        "补税会被罚吗",
        "标准地比例多少",
        "原产地备案还要办吗",
        "这份预裁定能延期吗",
    ],
)
def test_a_question_that_names_something_is_not_vague(text: str) -> None:
    assert not names_nothing(text)


def test_the_same_words_lean_on_what_was_said_before(talk: Talk) -> None:
    first = talk.say("预裁定展期申请要提前多久交")
    assert talk.say("那还有效吗", "follow_up").card["citations"]
    assert first.card["citations"]


@pytest.mark.parametrize("text", ["渝府办发〔2023〕94号写了些什么", "海关2023年第9号公告还有效吗"])
@pytest.mark.parametrize("intent", ["general_policy", "document_validity"])
def test_a_number_that_is_not_on_file_is_said_to_be_unknown(
    talk: Talk, text: str, intent: str
) -> None:
    said = talk.say(text, intent)
    assert said.card["kind"] == "refusal"
    assert "文号" in said.answer


def test_a_document_that_others_cite_is_not_unknown(talk: Talk) -> None:
    assert "没有这个文号" not in talk.say("2022年第54号公告什么时候废止的").answer


@pytest.mark.parametrize("text", ["107号文的保障措施有哪些内容", "10号文的总体要求是什么"])
def test_a_number_that_two_documents_share_is_asked_about(talk: Talk, text: str) -> None:
    said = talk.say(text, "document_text")
    assert said.card["kind"] == "clarify"
    assert said.answer.count("《") >= 2


def test_the_name_of_the_own_company_is_asked_for(talk: Talk) -> None:
    assert "全称" in talk.say("高资信名单里有没有我们公司").answer
    assert talk.say("重庆宗申发动机制造有限公司").card["decision"]["outcome"] == "eligible"


@pytest.mark.parametrize("intent", ["general_policy", "follow_up", "document_article"])
def test_the_article_above_by_other_words(talk: Talk, intent: str) -> None:
    talk.say("优化营商环境条例第五十条", "document_article")
    assert talk.say("它前面那条呢", intent).quotes[0].startswith("第四十九条")


def test_a_word_of_the_last_answer_leans_on_it(talk: Talk) -> None:
    first = talk.say("世界500强把总部落到重庆最高奖多少")
    again = talk.say("那民营500强行不行？")
    assert again.card["citations"][0]["provision_id"] == first.card["citations"][0]["provision_id"]
    assert talk.say("今天天气怎么样").card["kind"] in ("refusal", "clarify")


@pytest.mark.parametrize("text", ["下一条呢", "上一条是什么"])
@pytest.mark.parametrize("before", ["陆海新通道那份政策的文号是多少", "高资信企业名单第3家是谁"])
def test_beside_a_title_or_a_row_is_a_provision_or_nothing(
    talk: Talk, before: str, text: str
) -> None:
    talk.say(before, "document_number")
    assert talk.say(text).card["kind"] in ("rule", "document", "clarify")


def test_no_time_is_made_of_a_provision_that_tells_none(talk: Talk) -> None:
    assert talk.say("网上立案以后法院最晚几天内得回话").card["kind"] in ("refusal", "clarify")
    assert "八个工作日" in talk.say("低压接电几天能接上").answer


def test_the_first_paragraph_of_an_article_is_the_article(talk: Talk) -> None:
    said = talk.say("重庆优化营商环境条例第六十八条第一款", "document_article")
    assert said.quotes[0].startswith("第六十八条")
    assert Talk().say("第六条第一款怎么写的", "document_article").card["kind"] == "clarify"


@pytest.mark.parametrize("text", ["铅精矿含铅量低于多少算次品", "专窗开在办税厅几号位置"])
def test_a_figure_that_is_not_on_file_is_no_case(talk: Talk, text: str) -> None:
    assert talk.say(text).card["kind"] in ("refusal", "clarify")


@pytest.mark.parametrize("question", ["跟以前比变了什么", "前后两份有什么区别"])
def test_a_comparison_of_nothing_named_is_asked_back(talk: Talk, question: str) -> None:
    assert talk.say(question).card["kind"] == "clarify"
