"""Turns of a case that is open: facts that come later, corrections, suppositions, questions."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk

CASE = "自己查账发现少缴关税，主动披露罚不罚"


@pytest.mark.parametrize(
    ("turns", "outcome"),
    [
        ([CASE, "2024年5月6日申报进口的", "当年11月5日向海关报告的"], "exempt"),
        (
            [CASE, "2024年6月11日的报关单", "次年3月4日递的报告", "210万", "应缴一共600万"],
            "not_exempt",
        ),
        (["少缴170万占两成六，过了九个月主动说的，罚吗", "占比搞错了，是四成二"], "not_exempt"),
        (["少缴170万占四成二，过了九个月主动说的，罚吗", "要是只少缴了80万呢"], "exempt"),
        ([CASE, "14个月前的单子", "190万左右", "应缴多少实在查不到"], "needs_facts"),
    ],
)
def test_what_is_told_later_belongs_to_the_case(talk, turns, outcome):
    for turn in turns:
        said = talk.say(turn)
    assert said.card["decision"]["outcome"] == outcome


def test_a_question_about_the_rule_is_answered_and_the_case_waits(talk):
    talk.say(CASE)
    said = talk.say("主动披露是什么意思？")
    assert said.card["kind"] != "decision"
    assert "哪天" in said.text
    talk.say("2024年5月6日申报进口的")
    said = talk.say("2024年8月1日披露的")
    assert said.card["decision"]["outcome"] == "exempt"


@pytest.mark.parametrize(
    "question", ["主动披露的期限是多久", "什么情况下主动披露不予行政处罚？", "主动披露需要哪些材料"]
)
def test_a_question_that_tells_no_case_is_looked_up(talk, question):
    assert talk.say(question).card["kind"] != "decision"


@pytest.mark.parametrize("intent", ["evasion", "document_date", "vague", "general_policy"])
def test_a_fact_is_taken_whatever_the_message_was_taken_for(talk: Talk, intent: str) -> None:
    talk.say("少缴关税130万，占应缴两成，拖了大半年自己去海关讲的，罚不罚")
    corrected = talk.say("核过了，占比不是两成，是四成二", intent)
    assert corrected.card["decision"]["outcome"] == "not_exempt"


FEB = "少缴50万，2025年2月那票，2025年4月去讲的，不罚吧"
RENEWAL = "决定书2027年1月20日截止，今天去申请展期可以吗，商品没变"


@pytest.mark.parametrize(
    ("turns", "outcome"),
    [
        ([FEB, "补充下，是审单的人先看出价格不对，我们才去讲的"], "not_exempt"),
        ([FEB, "2024年9月披露过一次，那次是漏了商检，不是一码事"], "exempt"),
        ([RENEWAL, "记错了，是2027年4月2日"], "not_eligible"),
    ],
)
def test_what_is_told_later_overrides(talk: Talk, turns: list[str], outcome: str) -> None:
    for turn in turns:
        said = talk.say(turn)
    assert said.card["decision"]["outcome"] == outcome


def test_another_day_of_disclosure_is_judged_by_the_provision_that_has_ended(talk: Talk) -> None:
    talk.say("少缴77万，2024年12月出的错，2025年8月去披露，免罚吗")
    said = talk.say("如果拖到2026年9月（上上个月）再去说呢")
    assert said.card["decision"]["outcome"] == "exempt"
    assert "2025年10月10日到期" in said.first_line
    assert "超过六个月但在两年以内" in said.quotes[0]


@pytest.mark.parametrize(
    ("turns", "rule", "judged_on"),
    [
        (
            [
                "2024年3月的单少缴50万，2025年1月自己去海关讲的，罚不罚",
                "那这笔税的滞纳金可以申请减免吗",
            ],
            "disclosure_late_fee",
            "2025-01-31",
        ),
        (
            [
                "2024年3月的单少缴50万，2025年1月自己去海关讲的，罚不罚",
                "最后罚了6万，会记进海关的信用记录吗",
                "滞纳金能申请减免吗",
            ],
            "disclosure_late_fee",
            "2025-01-31",
        ),
        (
            [
                "2024年3月的单少缴50万，2025年1月自己去海关讲的，罚不罚",
                "2025年6月披露的另一票，滞纳金可以减免吗",
            ],
            "disclosure_late_fee",
            "2025-06-30",
        ),
    ],
)
def test_another_aspect_of_a_case_knows_its_days(talk, turns, rule, judged_on):
    for turn in turns:
        said = talk.say(turn)
    assert said.card["decision"]["rule"] == rule
    assert said.card["as_of"] == judged_on


@pytest.mark.parametrize(
    "told",
    [
        "头一回披露讲的是价格，第二回讲的是归类，条款不一样，隔了5个月，2025年2月的单4月说的，少缴8万",
        "Underpaid RMB 60,000 on an entry dated 3 Jan 2025, we disclosed it ourselves in May 2025.",
    ],
)
def test_a_case_that_asks_nothing_is_decided(talk, told):
    assert talk.say(told).card["decision"]["outcome"] == "exempt"


def test_what_came_later_is_added_where_the_sum_is_asked_for(talk):
    talk.say("新设的制造业外资项目，今年到位2600万美元，没有股东贷款，奖几个点")
    facts = talk.say("月初又到了700万美元，加起来算呢").card["decision"]["facts"]
    assert facts["arrived"] == "3300万美元"


def test_the_same_asked_once_more_for_another_day(talk):
    talk.say("跨境电商出口退回来的货，2025年11月进境，进口关税能免吗")
    decision = talk.say("改到2026年2月10日才进得来，还能免吗").card["decision"]
    assert (decision["rule"], decision["outcome"]) == ("returned_ecommerce_goods", "not_eligible")


def test_another_district_is_another_case(talk):
    talk.say("公司在南岸，南岸再开一个店，直接加经营场所可以吗")
    assert talk.say("要是开到北碚呢").card["decision"]["outcome"] == "not_eligible"


def test_nothing_told_and_nothing_sure_is_no_case(talk):
    said = talk.say("出口到塞尔维亚的机器，那边的增值税照协定能退吗")
    assert said.card["kind"] in ("refusal", "clarify")


def test_a_new_account_book_before_its_rule_began(talk):
    card = talk.say("2024年5月15号新办的加工贸易账册，是不是非得选E账册").card
    assert card["citations"][0]["status"] == "not_yet_in_force"


def test_royalties_disclosed_again_are_judged_on_the_day_of_the_second_time(talk):
    card = talk.say(
        "2024年1月为专利费披露过一次，2025年2月同一货物的专利费漏了，又主动去披露的，能不罚吗"
    ).card
    assert (card["as_of"], card["decision"]["outcome"]) == ("2025-02-28", "not_exempt")


@pytest.mark.parametrize(
    ("told", "then", "name", "value"),
    [
        (
            "2025年2月3日那票少缴60万，9月20日去海关主动讲的，罚不罚",
            "记错了一点，窗口收到是10月14日，还算数吗",
            "disclosed_on",
            "2025年10月14日",
        ),
        (
            "2024年4月6日申报的数量写错，只影响统计，差650万，4月29日就去改了，没后果，要罚吗",
            "查了回执，是5月22日才到的海关",
            "disclosed_on",
            "2024年5月22日",
        ),
        (
            "出口的货质量不行要退换，本周期做不完，能跨周期办吗，我们是账册",
            "说错了，走的是手册，不是账册",
            "book",
            "手册管理",
        ),
        (
            "家人2023年10月31日夜里回国，身体没事，健康申明卡要填吗",
            "航班晚点，11月1日早上才落地",
            "travelled_on",
            "2023年11月1日",
        ),
    ],
)
def test_what_is_told_after_a_decision_changes_its_facts(talk, told, then, name, value):
    before = talk.say(told).card["decision"]
    after = talk.say(then).card["decision"]
    assert after["rule"] == before["rule"]
    assert after["facts"][name] == value


def test_what_was_told_before_counts_when_the_case_turns(talk):
    talk.say("项目2023年9月备案，属于2024年本鼓励类，确认书2025年4月拿到，进口自用设备关税能免吗")
    decision = talk.say("又查了一遍，2024年本里没有，只在2019年本鼓励类").card["decision"]
    assert decision["outcome"] == "not_eligible"
    assert decision["facts"]["letter_on"] == "2025年4月"


def test_where_a_calendar_period_ends_is_no_day_of_the_case(talk):
    talk.say("账册企业，今年出口的灯具要退换，本周期办不完，明年做可以吗")
    facts = talk.say("我们周期到12月31号，海关也同意了").card["decision"]["facts"]
    assert "2025" not in facts.get("exported_on", "")
