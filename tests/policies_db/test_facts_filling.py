"""From what people say to the facts of a rule: roles, cues, answers, corrections."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies_db.decisions import Fact, Span, decide
from policies_db.facts.extraction import is_number_alone
from policies_db.facts.filling import fill
from policies_db.facts.saying import has_no_idea
from tests.policies_db.rules import RULES

TODAY = date(2026, 11, 21)


def told(rule_id: str, text: str, **more: Any) -> dict[str, Any]:
    """The facts that a text tells, spans of one value as that value."""
    return {
        name: fact.value.exact if isinstance(fact.value, Span) and fact.value.exact else fact.value
        for name, fact in fill(RULES[rule_id], text, TODAY, **more).items()
    }


def talk(rule_id: str, *turns: str) -> tuple[str, dict[str, Fact], tuple[str, ...]]:
    """A conversation as the dialogue holds it: each message after the question before it."""
    rule, facts, asked = RULES[rule_id], {}, None
    decision = decide(rule, facts, TODAY)
    for turn in turns:
        facts = {**facts, **fill(rule, turn, TODAY, asked, facts)}
        decision = decide(rule, facts, TODAY)
        asked = decision.missing[0].name if decision.missing else None
    return decision.outcome, facts, tuple(missing.name for missing in decision.missing)


@pytest.mark.parametrize(
    ("rule_id", "text", "outcome"),
    [
        ("voluntary_disclosure", "今年3月报关少缴了80万，8月自己查出来的，主动去说会罚吗？",
         "exempt"),
        ("voluntary_disclosure", "2024年2月报关12月披露，漏缴税款90万", "exempt"),
        ("voluntary_disclosure", "漏了200万，应缴一千万，10个月后披露", "exempt"),
        ("voluntary_disclosure", "漏了200万，应缴五百万，10个月后披露", "not_exempt"),
        ("voluntary_disclosure", "刚好漏缴100万，过了一年零三个月披露，罚不罚", "exempt"),
        ("voluntary_disclosure", "漏缴100万零1元，占四成，过了一年零三个月披露", "not_exempt"),
        ("voluntary_disclosure", "漏税三百万但只占应缴的25%，十个月后披露", "exempt"),
        ("voluntary_disclosure", "两年前的一票货漏税10万，现在去说会被罚吗", "exempt"),
        ("voluntary_disclosure", "两年零一天前漏税10万，现在去说会被罚吗", "not_exempt"),
        ("voluntary_disclosure", "超过六个月不到两年，少缴150万，占40%", "not_exempt"),
        ("voluntary_disclosure", "少缴税款不到一百万，不到两年", "exempt"),
        ("voluntary_disclosure", "少缴一百来万，一年多了", "needs_facts"),
        ("voluntary_disclosure", "海关稽查已经查出来了我们再去报，还算不算主动披露", "not_exempt"),
        ("voluntary_disclosure", "海关还没发现，3个月前少缴的税", "exempt"),
        ("voluntary_disclosure", "不清楚海关发现没有，3个月前少缴的税", "exempt"),
        ("voluntary_disclosure", "出口退税多退了70万，八个月后主动跟海关报告", "exempt"),
        ("voluntary_disclosure", "2024年6月5日申报错误影响统计900万，同月披露", "exempt"),
        ("voluntary_disclosure", "上个月申报错误影响统计600万，这个月主动披露", "not_exempt"),
        ("voluntary_disclosure", "手册单耗报高了，工艺改进导致的，料件还在仓库", "exempt"),
        ("voluntary_disclosure", "特许权使用费漏报，去年披露过一次，今年同一批货又披露",
         "not_exempt"),
        ("voluntary_disclosure", "we underpaid duty by RMB 800,000, disclosed 8 months later",
         "exempt"),
        ("voluntary_disclosure", "underpaid duty of 1.2 million yuan, 45% of the total, disclosed "
         "after 14 months", "not_exempt"),
        ("voluntary_disclosure", "customs had already found the unpaid duty", "not_exempt"),
        ("disclosure_credit_record", "主动披露被罚了50万，会不会影响信用", "eligible"),
        ("disclosure_late_fee", "主动披露补税的滞纳金，只是打电话说了一声", "not_eligible"),
        ("returned_ecommerce_goods", "跨境电商退货2025年6月运回重庆，免关税不", "eligible"),
        ("returned_ecommerce_goods", "2024年3月出口的电商货，今年1月1日退回来", "not_eligible"),
        ("fdi_cash_award", "外资制造业项目今年到位2600万美元，有奖励吗", "eligible"),
        ("fdi_cash_award", "到位外资1500万美元，里面有600万是股东贷款", "not_eligible"),
        ("fdi_cash_award", "不是房地产，到位1200万刀", "eligible"),
        ("fdi_cash_award", "房地产项目到位1200万刀", "not_eligible"),
        ("fdi_cash_award", "到位了2600万，能奖励吗", "needs_facts"),
        ("advance_ruling_renewal", "预裁定决定书明年2月1日到期，现在能申请展期吗", "eligible"),
        ("advance_ruling_renewal", "预裁定还有四个月到期，现在申请展期", "not_eligible"),
        ("aeo_guarantee_waiver", "综保区高级认证企业分送集报要担保吗", "eligible"),
        ("aeo_guarantee_waiver", "综保区企业不是高级认证，分送集报要担保吗", "not_eligible"),
        ("serbia_aeo_export", "出口塞尔维亚，编码5003212345", "eligible"),
        ("land_late_fee", "外资结汇交土地款，银行审批慢晚了四个月", "exempt"),
        ("land_late_fee", "外资结汇交土地款，银行审批慢，欠了6个月零3天", "not_exempt"),
        ("processing_group_mode", "做新能源电池的，非失信企业，能牵头集团监管吗", "needs_facts"),
        ("processing_group_mode", "做锂电池的，没失信，管理规范、系统齐全，能牵头不", "eligible"),
    ],
)  # fmt: skip
def test_a_case_as_people_tell_it(rule_id, text, outcome):
    rule = RULES[rule_id]
    assert decide(rule, fill(rule, text, TODAY), TODAY).outcome == outcome


def test_roles_are_told_apart():
    facts = told("voluntary_disclosure", "应缴税款500万，其中漏缴130万，占比26%")
    assert (facts["payable_tax"], facts["short_tax"]) == (Decimal(5000000), Decimal(1300000))
    facts = told("voluntary_disclosure", "漏缴130万，总共该交500万")
    assert (facts["payable_tax"], facts["short_tax"]) == (Decimal(5000000), Decimal(1300000))
    text = "2024年12月披露的，报关是2024年2月，9月自查发现，漏缴税款"
    facts = told("voluntary_disclosure", text)
    assert str(facts["disclosed_on"].low) == "2024-12-01"
    assert str(facts["occurred_on"].low) == "2024-02-01"
    assert str(facts["found_on"].low) == "2024-09-01"


def test_what_was_not_said_is_not_there():
    assert told("voluntary_disclosure", "主动披露是什么意思") == {"discovered_by_customs": False}
    assert told("voluntary_disclosure", "你好") == {}
    assert told("fdi_cash_award", "外资奖励有哪些") == {}


@pytest.mark.parametrize("text", ["海关是不是先发现的", "不知道海关先发现没有", "是否失信企业"])
def test_a_question_or_a_doubt_is_no_fact(text):
    for rule_id in ("voluntary_disclosure", "domestic_sale_filing", "serbia_aeo_export"):
        assert told(rule_id, text) == {}


def test_denials_turn_round():
    assert told("domestic_sale_filing", "我们不是失信企业") == {"dishonest": False}
    assert told("domestic_sale_filing", "我们是失信企业") == {"dishonest": True}
    assert told("fdi_cash_award", "不属于房地产")["sector_excluded"] is False


def test_it_takes_answers_one_at_a_time():
    outcome, facts, missing = talk("voluntary_disclosure", "主动披露会不会罚", "漏缴税款")
    assert outcome == "needs_facts"
    assert missing[0] == "occurred_on"
    outcome, facts, missing = talk(
        "voluntary_disclosure", "漏缴税款，主动披露会不会罚", "去年11月", "90万"
    )
    assert outcome == "exempt"
    assert facts["short_tax"].text == "90万"


def test_a_choice_can_be_answered_by_number_or_name():
    for text in ("1", "第一个", "一"):
        assert told("voluntary_disclosure", text, asked="violation") == {"violation": "tax"}
    assert told("headquarters_award", "金融机构", asked="kind") == {"kind": "finance"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是的", True),
        ("对", True),
        ("没有", False),
        ("不是", False),
        ("yes", True),
        ("no", False),
    ],
)
def test_a_bool_can_be_answered_in_a_word(text, value):
    assert told("fdi_cash_award", text, asked="manufacturing") == {"manufacturing": value}


def test_a_correction_changes_the_last_that_fits():
    rule = RULES["voluntary_disclosure"]
    facts = fill(rule, "漏缴80万，应缴400万，10个月后披露", TODAY)
    changed = fill(rule, "不对，应缴是300万", TODAY, known=facts)
    assert changed["payable_tax"].value == Span.at(3000000)
    facts = fill(rule, "10个月后披露，漏缴80万", TODAY)
    changed = fill(rule, "说错了，是190万", TODAY, known=facts)
    assert changed["short_tax"].value == Span.at(1900000)


def test_a_unit_may_come_one_message_later():
    rule = RULES["voluntary_disclosure"]
    assert is_number_alone("80", TODAY)
    assert fill(rule, "80", TODAY, asked="short_tax") == {}
    for unit in ("万", "万元", "是万元", "单位是万元"):
        found = fill(rule, unit, TODAY, asked="short_tax", pending="80")
        assert found["short_tax"].value == Span.at(800000)
    assert told("voluntary_disclosure", "25", asked="tax_ratio") == {"tax_ratio": Decimal(25)}


def test_an_amount_without_currency_is_not_taken_for_dollars():
    assert told("fdi_cash_award", "到位2600万") == {}
    assert told("fdi_cash_award", "到位2600万，美元") == {"arrived_total": Decimal(26000000)}


@pytest.mark.parametrize(
    "text",
    [
        "不知道",
        "不清楚啊",
        "记不清了",
        "说不准",
        "没统计过",
        "no idea",
        "I don't know",
        "not sure",
        "不曉得",
    ],
)
def test_no_idea(text):
    assert has_no_idea(text)


@pytest.mark.parametrize("text", ["80万", "是的", "我们知道是去年"])
def test_an_answer_is_not_no_idea(text):
    assert not has_no_idea(text)


@pytest.mark.parametrize("rule_id", RULES)
def test_most_openings_of_a_rule_tell_it_something(rule_id):
    rule = RULES[rule_id]
    openings = [text for text in rule.openings if fill(rule, text, TODAY)]
    wanted = 3 if rule.id in ("eport_card", "trusted_company") else len(rule.openings) // 2
    assert len(openings) >= wanted


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(RULES)), st.text(max_size=80), st.booleans())
def test_no_message_breaks_it_and_its_facts_can_be_decided_on(rule_id, text, ask):
    rule = RULES[rule_id]
    asked = next(iter(rule.cells)) if ask else None
    facts = fill(rule, text, TODAY, asked)
    decide(rule, facts, TODAY, lists={"trusted_companies": []})


@pytest.mark.parametrize(
    ("text", "occurred", "disclosed"),
    [
        ("2023年10月20日的事，2025年6月25日才主动讲", "2023-10-20", "2025-06-25"),
        ("2024年6月5日品名填错，2024年6月28日就主动改了", "2024-06-05", "2024-06-28"),
        ("2023年6月20日申报出错，2025年6月20日那天递的材料", "2023-06-20", "2025-06-20"),
        ("5个月前报错的，自己去说会罚吗", "2026-06-21", "2026-11-21"),
        ("披露是2025年3月1日，报关是2024年2月5日", "2024-02-05", "2025-03-01"),
        ("打算2025年5月6日去海关交代，2024年9月9日进口的", "2024-09-09", "2025-05-06"),
    ],
)
def test_each_date_has_its_role(text, occurred, disclosed):
    facts = told("voluntary_disclosure", f"少缴税20万，{text}")
    assert str(facts["occurred_on"]) == occurred
    assert str(facts["disclosed_on"]) == disclosed


def test_a_date_whose_role_is_not_clear_is_not_replaced_by_today():
    facts = told("voluntary_disclosure", "2024年3月5日报关少缴税，2024年9月9日怎么怎么，会罚吗")
    assert "disclosed_on" not in facts


def test_a_month_without_a_year_is_read_from_the_date_told_before():
    _, facts, _ = talk("voluntary_disclosure", "漏缴30万", "2024年6月的票", "9月自己上门讲的")
    assert facts["disclosed_on"].value == Span(date(2024, 9, 1), date(2024, 9, 30))
    _, facts, _ = talk("voluntary_disclosure", "漏缴30万，2024年6月的单", "不对，是3月的单")
    assert facts["occurred_on"].value == Span(date(2024, 3, 1), date(2024, 3, 31))


@pytest.mark.parametrize("text", ["假如放到2024年5月呢", "那2024年5月呢", "换成2024年5月的话"])
def test_a_supposed_date_is_the_one_to_judge_by(text):
    outcome, facts, _ = talk("voluntary_disclosure", "漏税90万，拖了八个月，现在去说会罚吗", text)
    assert facts["disclosed_on"].value == Span(date(2024, 5, 1), date(2024, 5, 31))
    assert outcome == "exempt"


def test_what_was_so_last_time_tells_nothing_of_this_time():
    facts = told("voluntary_disclosure", "上次是单耗申报，这次是漏税，性质不一样，三个月前的")
    assert facts["violation"] == "tax"
    assert facts["repeated"] is False


@pytest.mark.parametrize(
    "text",
    ["海关发现之前主动去说", "两年之前报关少缴的税，八个月后再去披露", "以前从没披露过"],
)
def test_these_words_tell_of_no_earlier_disclosure(text):
    assert told("voluntary_disclosure", text).get("repeated") is not True


def test_a_value_said_twice_is_narrowed():
    facts = fill(RULES["direct_transfer"], "录像存90多天（三个月以上）", TODAY)
    assert facts["video_months"].value.low == 3


def test_facts_that_contradict_each_other_are_asked_again():
    text = "2024年1月5日报关少缴150万，应缴200万，占两成，2024年12月5日主动披露"
    outcome, _, missing = talk("voluntary_disclosure", text)
    assert outcome == "needs_facts"
    assert missing


@pytest.mark.parametrize("text", ["会计又对了一遍账，实际是95万", "算错了，95万", "准确地说是95万"])
def test_a_later_figure_corrects_the_one_before(text):
    _, facts, _ = talk("voluntary_disclosure", "8个月前少缴了120万，占四成，主动披露会不会罚", text)
    assert facts["short_tax"].value == Span.at(950_000)


def test_a_disclosure_that_is_past_is_not_after_today():
    text = "已经披露了，漏税发生在三个月前"
    outcome, facts, _ = talk("voluntary_disclosure", text)
    assert facts["disclosed_on"].value == Span(None, TODAY)
    assert outcome == "exempt"
    outcome, _, missing = talk("voluntary_disclosure", "已经披露了，八个月前漏税200万，占四成")
    assert outcome == "needs_facts"
    assert missing == ("disclosed_on",)


def test_words_of_the_same_sound_are_read():
    facts = fill(RULES["voluntary_disclosure"], "主动批露 漏睡不到一白万 一年多了", TODAY)
    assert facts["short_tax"].value == Span(Decimal(0), Decimal(1_000_000), False, True)
    assert facts["violation"].value == "tax"


@pytest.mark.parametrize(
    ("text", "asked", "low", "high"),
    [
        ("接电用了9个工作日", None, "9", "9"),
        ("接电用了9天", None, "0", "9"),
        ("接电等了三周", None, "9", "21"),
        ("12天", "days", "12", "12"),
    ],
)
def test_plain_days_hold_a_span_of_working_days(text, asked, low, high):
    told = fill(RULES["low_voltage_power_time"], text, TODAY, asked=asked)["days"]
    assert told.value == Span(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("外宾过境待4天", (72, 96)),
        ("客人过境停留不到十天", (None, 240)),
        ("过境停留一周", (144, 168)),
        ("过境停留26小时", (26, 26)),
        ("240小时过境免签，我们的客户停留30小时", (30, 30)),
    ],
)
def test_a_stay_in_days_is_a_span_of_hours(text, hours):
    span = fill(RULES["transit_stay"], text, TODAY)["hours"].value
    assert isinstance(span, Span)
    assert (span.low or None, span.high) == hours


def test_hours_are_the_answer_to_the_question_for_them():
    for said, pending in (("30小时", None), ("30个钟头吧", None), ("小时", "30")):
        facts = fill(RULES["transit_stay"], said, TODAY, "hours", pending=pending)
        assert facts["hours"].value == Span.at(30)


@pytest.mark.parametrize("rule_id", ["low_voltage_power_time", "ruling_renewal_time"])
def test_hours_are_no_days(rule_id):
    assert "days" not in fill(RULES[rule_id], "用了36小时就办好了", TODAY)


def test_hours_ago_are_no_date_of_months_ago():
    assert "occurred_on" not in fill(
        RULES["voluntary_disclosure"], "少缴税款，24小时前报的关", TODAY
    )
