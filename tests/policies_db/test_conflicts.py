"""What is near but about another country, region or year does not answer."""

from __future__ import annotations

import pytest

from policies_db.conflicts import conflicts

AWARD = "重庆市稳定外资发展若干措施 对首次获得AEO高级认证资质的企业给予资金奖励"


@pytest.mark.parametrize(
    ("question", "local", "expected"),
    [
        ("深圳首次拿到高级认证奖多少", True, True),
        ("我们在成都，能不能领这个奖励", True, True),
        ("首次拿到高级认证奖多少", True, False),
        ("我们重庆公司的上海分公司能领吗", True, False),
        ("上海港转过来的货怎么算", True, False),
        ("分公司设在长沙，头一次过认证有没有", True, True),
        ("厂子注册在昆山，政府奖几万", True, True),
        ("厦门市商务局给多少", True, True),
        ("听说广东那边奖得多，是多少", True, True),
        ("Our plant is located in Guangzhou, what is the award?", True, True),
        ("老板在苏州开的公司，渝贸贷能申请不", True, True),
        ("客户在上海，我们能领吗", True, False),
        ("母公司在深圳，来你们这落户奖多少", True, False),
        ("从广州搬来的能领吗", True, False),
        ("深圳首次拿到高级认证奖多少", False, False),
    ],
)
def test_a_rule_of_the_city_does_not_answer_for_another_region(
    question: str, local: bool, expected: bool
) -> None:
    assert conflicts(question, AWARD, lambda: AWARD, local) is expected


def test_a_rule_that_names_the_region_answers_for_it() -> None:
    rule = "推进川渝通办，与四川共同推动"
    assert not conflicts("四川的证在这边能办吗", rule, lambda: rule, local=True)


def test_a_rule_for_one_country_does_not_answer_for_another() -> None:
    rule = "中国—塞尔维亚AEO互认"
    assert conflicts("巴西的AEO编码怎么填", rule, lambda: rule, local=False)
    assert not conflicts("塞尔维亚的AEO编码怎么填", rule, lambda: rule, local=False)


def test_a_list_of_one_year_does_not_answer_for_another() -> None:
    rule = "附件：2024年度工作任务清单"
    assert conflicts("2026年度工作任务清单第三项", rule, lambda: rule, local=True)
    assert not conflicts("2024年度工作任务清单第三项", rule, lambda: rule, local=True)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2025年到2028年的进出口目标是多少亿", True),
        ("到2030年规模要达到多少", True),
        ("下一轮行动计划的目标定了多少", True),
        ("25至27年增速定几个点", True),
        ("十五五的进出口目标是什么", True),
        ("新版的行动计划把门槛改成了多少", True),
        ("2023年的目标是多少", False),
        ("到24年规模要达到多少", False),
        ("新一轮出来以前这个还有效吗", False),
        ("2026年还算数吗", False),
        ("我们2027年达到条件能领吗", False),
    ],
)
def test_the_figures_of_a_plan_are_not_those_of_other_years(question: str, expected: bool) -> None:
    plan = "外贸三年行动计划（2022—2024年） 到2024年，力争进出口总值突破1万亿元"
    assert conflicts(question, plan, lambda: plan, local=True) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("从没申请过预裁定，几天给决定书", True),
        ("头回递预裁定申请要等多少天", True),
        ("展期审核几天", False),
        ("第一次申请展期，审核几天", False),
    ],
)
def test_a_renewal_is_no_first_application(question: str, expected: bool) -> None:
    rule = "海关自接到预裁定决定书展期申请之日起30日内"
    assert conflicts(question, rule, str, local=False) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("35千伏的专线几天接通", True),
        ("高压和低压分别几天", False),
        ("10千伏的线，能拿八个工作日那条去催吗", False),
        ("小店低压接电几天", False),
        ("店里接电几天", False),
    ],
)
def test_a_rule_for_one_kind_does_not_answer_for_another(question: str, expected: bool) -> None:
    rule = "企业申请低压接电，供电企业接电时间不得超过八个工作日"
    assert conflicts(question, rule, str, local=True) is expected


def test_a_notice_of_one_customs_office_does_not_answer_for_another() -> None:
    rule = "重庆海关开展B类快件行邮税电子支付应用工作"
    assert conflicts("厦门海关的快件税能网上缴不", rule, str, local=True)
    assert not conflicts("快件税能网上缴不", rule, str, local=True)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("镍矿进口还要逐批取样吗", True),
        ("锌精矿进口还要逐批取样吗", False),
        ("进口的不是铅矿是铜矿，照108号能免抽样吗", False),
    ],
)
def test_what_changed_for_one_ore_does_not_answer_for_another(
    question: str, expected: bool
) -> None:
    rule = "对进口铅矿砂及其精矿、锌矿砂及其精矿逐批实施抽样品质检验调整为依企业申请实施"
    assert conflicts(question, rule, str, local=False) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("跟税务局自己交代少报的收入，会不会罚", True),
        ("跟海关交代少报的运费，税务局也会罚吗", False),
        ("税务上没退过税，运费少报了去交代，罚吗", False),
    ],
)
def test_what_customs_does_not_punish_tells_nothing_of_the_tax_office(
    question: str, expected: bool
) -> None:
    rule = "进出口企业、单位主动披露，向海关主动披露的，不予行政处罚"
    assert conflicts(question, rule, str, local=False) is expected
