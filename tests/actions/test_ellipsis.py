"""Messages that leave out what the question before them said."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk


@pytest.mark.parametrize(
    ("question", "message", "said"),
    [
        ("入境还要填健康申明卡吗", "那正在发烧的人呢", "主动向海关"),
        ("92号文里跨境电商产业园到2027年要建几个", "产业带呢", "产业带达3个以上"),
        ("酒店必须能刷外卡吗", "现金呢", "可收现金"),
        ("口岸经营单位可以收清单外的钱吗", "清单谁编", "口岸管理部门"),
        ("口岸经营单位可以收清单外的钱吗", "在哪里公布", "单一窗口"),
        ("深加工结转可以月底集中报吗", "跨年的呢", "年前或年后"),
    ],
)
def test_what_is_new_in_a_message_is_answered_on_the_subject_before_it(question, message, said):
    talk = Talk()
    talk.say(question)
    assert said in talk.say(message, "follow_up").answer


def test_a_decision_is_not_given_again_where_something_else_is_asked():
    talk = Talk()
    talk.say("综保区国内采购设备监管期满出区要办进口报关吗")
    assert talk.say("代码填什么", "follow_up").card["kind"] == "rule"


def test_a_corrected_case_keeps_its_correction():
    talk = Talk()
    talk.say("我们的预裁定决定书2027年1月20日到期，内容没变，现在能申请展期吗")
    talk.say("说错了，是2027年3月5日到期", "correct_fact")
    assert "2026年12月5日" in talk.say("那最早哪天能去", "date_shift").answer


def test_a_short_question_is_no_small_talk():
    talk = Talk()
    talk.say("境外发货人编码栏填什么")
    assert "中国海关确认" in talk.say("谁确认", "ack").answer


def test_small_talk_after_an_answer_is_small_talk():
    talk = Talk()
    talk.say("境外发货人编码栏填什么")
    assert talk.say("好的明白", "ack").card["kind"] == "smalltalk"


def test_what_follows_from_an_answer_is_confirmed_by_it():
    talk = Talk()
    talk.say("电子口岸入网还要审外汇名录吗")
    said = talk.say("也就是说没在名录里照样能入网咯", "ack")
    assert said.card["citations"][0]["document_id"] == "gacc-2023-164"


def test_a_question_that_was_left_for_another_can_be_returned_to():
    talk = Talk()
    assert talk.say("高资信企业贷款贴息上限多少").card["kind"] == "clarify"
    talk.say("中塞AEO互认的编码格式")
    said = talk.say("刚才问的贴息，哪家单位负责", "follow_up")
    assert said.card["citations"][0]["document_id"] == "cq-customs-trusted"


def test_another_subject_is_not_read_into_the_one_before():
    talk = Talk()
    talk.say("酒店必须能刷外卡吗")
    said = talk.say("低压接电要几个工作日", "general_policy")
    assert said.card["citations"][0]["document_id"] == "cq-npc-126"


@pytest.mark.parametrize(
    ("question", "message", "document", "said"),
    [
        ("综合窗口不给理由拒收材料，可以吗", "那窗口的人会受什么处分", "cq-npc-126", "责令改正"),
        ("企业迁移被卡着不让走，允许吗", "他们会被怎么追责", "cq-npc-126", "责令改正"),
    ],
)
def test_what_follows_for_the_other_side_is_the_provision_on_liability(
    question, message, document, said
):
    talk = Talk()
    talk.say(question)
    answer = talk.say(message, "follow_up")
    assert answer.card["citations"][0]["document_id"] == document
    assert any(said in quote for quote in answer.quotes)


def test_a_provision_that_spares_is_none_on_liability():
    talk = Talk()
    talk.say("主动披露少缴税50万，2025年5月发生，9月披露，会罚吗")
    said = talk.say("不去披露会怎样处理", "follow_up")
    assert "没有造成危害后果" not in said.first_line


def test_an_item_of_a_list_is_meant_by_its_place():
    talk = Talk()
    talk.say("有哪些情形展期申请会被退回")
    assert "统一社会信用代码" in talk.say("第二种再说细点", "ask_source").answer
    assert "规定期限内" in talk.say("第三个呢", "follow_up").answer


def test_another_document_with_its_own_year_is_asked_for_the_same_target():
    talk = Talk()
    talk.say("35号文里保税维修到2025年目标产值多少")
    said = talk.say("那92号文2027年定的是多少", "general_policy")
    assert {c["document_id"] for c in said.card["citations"][:1]} == {"cq-2023-92"}
