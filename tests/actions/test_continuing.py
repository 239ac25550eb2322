"""What is said after an answer or a decision and belongs to the same case, and what does not."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk


def decided(said):
    """The rule and outcome of a reply; what kind of card it is where nothing was decided."""
    decision = said.card.get("decision")
    return (decision["rule"], decision["outcome"]) if decision else said.card["kind"]


@pytest.mark.parametrize(
    ("first", "then", "rule", "outcome"),
    [
        (
            "简易注销要什么条件",
            "我们公司做过两年买卖，还欠供应商8万",
            "simple_deregistration",
            "not_eligible",
        ),
        ("简易注销要什么条件", "注册以后一直没开张", "simple_deregistration", "eligible"),
        ("外资研发中心开办奖励是多少", "认定还没批下来", "rd_centre_award", "not_eligible"),
        (
            "外资企业到位资金有没有奖励政策",
            "我们做汽车零部件的新厂，当年到了3200万美金",
            "fdi_cash_award",
            "eligible",
        ),
        (
            "轻微违法可以不罚吗",
            "我们门口堆了点货，城管一说就搬走了，没碍着谁",
            "minor_violation",
            "exempt",
        ),
        ("集装箱车跑高速通行费优惠吗", "我们没装那个ETC", "container_toll", "not_eligible"),
        (
            "重庆的铁路口岸查验费用有没有减免",
            "我们上周在团结村被查，货证相符",
            "railway_port_fee",
            "eligible",
        ),
    ],
)
def test_facts_told_after_a_plain_answer_are_decided(talk: Talk, first, then, rule, outcome):
    talk.say(first)
    assert decided(talk.say(then, "give_facts")) == (rule, outcome)


@pytest.mark.parametrize("intent", ["general_policy", "give_facts", "evasion", "document_date"])
def test_facts_are_part_of_the_case_whatever_the_intent(talk: Talk, intent):
    talk.say("我们没经营过，也没有债务，能简易注销吗")
    said = talk.say("公告期里有债权人提出异议了", intent)
    assert decided(said) == ("simple_deregistration", "not_eligible")


@pytest.mark.parametrize(
    ("first", "then", "rule", "outcome"),
    [
        (
            "我们5类集装箱车，ETC装了，预约了，有优惠吗",
            "要是忘了预约呢",
            "container_toll",
            "not_eligible",
        ),
        (
            "我们5类集装箱车，ETC装了，预约了，有优惠吗",
            "那2027年1月跑的呢",
            "container_toll",
            "not_eligible",
        ),
        (
            "外企在自家工业用地上加盖车间，补不补地价",
            "那要是底下两层改成商铺呢",
            "land_price_topup",
            "not_exempt",
        ),
        (
            "外企利润再投国内，预提所得税交不交",
            "哦对了，我们股东其实是国内的",
            "reinvestment_withholding",
            "not_eligible",
        ),
        (
            "价格预裁定2027年1月12号到期，货没变，今天可以交展期吗",
            "眼花了，是3月12号",
            "advance_ruling_renewal",
            "not_eligible",
        ),
    ],
)
def test_another_supposition_or_a_correction_changes_the_case(talk, first, then, rule, outcome):
    talk.say(first)
    assert decided(talk.say(then)) == (rule, outcome)


def test_a_case_outlasts_a_question_about_its_provision(talk: Talk):
    talk.say("项目还没建完，老目录里没有，2024年本里是鼓励类，进口设备能免关税吗")
    talk.say("在建项目后面进的设备参照什么规定")
    said = talk.say("前面到的两台已经交了税，能退不", "give_facts")
    assert decided(said) == ("encouraged_project_duty", "not_eligible")


@pytest.mark.parametrize(
    "other",
    [
        "那出口退税几天能办完",
        "换个问题：AEO高级认证有什么好处",
        "重庆市优化营商环境条例什么时候施行的",
    ],
)
def test_another_question_is_no_part_of_an_open_case(talk: Talk, other):
    talk.say("少缴税120万，9个月前的，主动披露会罚吗")
    assert decided(talk.say(other)) not in (("voluntary_disclosure", "needs_facts"),)
    assert decided(talk.say("应缴一共500万", "give_facts")) == ("voluntary_disclosure", "exempt")


def test_the_date_that_a_case_is_supposed_for_is_kept(talk: Talk):
    talk.say("外资研发中心，开办奖励能领吗")
    talk.say("按2021年5月算呢", "date_shift")
    said = talk.say("已经认定了", "give_facts")
    assert said.card["as_of"].startswith("2021-05")


def test_a_day_asked_about_after_a_plain_answer_opens_no_case(talk: Talk):
    talk.say("主动披露的公告从哪天起施行")
    assert decided(talk.say("那2025年9月30号去披露还算数吗")) in ("rule", "document")


def test_going_back_past_the_last_answer_takes_the_one_before(talk: Talk) -> None:
    talk.say("综保区卡口登记货物走什么通道")
    talk.say("外资研发中心开办奖励多少钱")
    back = talk.say("回到刚才那个，防护用品算不算在里面")
    assert back.card["citations"][0]["document_id"] == "gacc-2023-200"


def test_a_document_that_is_named_is_evidence_for_the_rule_of_its_period(talk: Talk) -> None:
    said = talk.say("明年5月发的货，还能按渝府发〔2024〕10号享受支持不")
    assert said.card["decision"]["outcome"] == "not_eligible"
