"""Which decision a message tells a case of; without search, by likeness and told facts alone."""

from __future__ import annotations

from datetime import date

import pytest

from policies_db.choice import Chooser
from tests.policies_db.rules import RULES

TODAY = date(2026, 11, 21)
CHOOSER = Chooser(RULES)

#: What people tell, in words of their own, and the rule that search finds a provision of.
TOLD = {
    "价格申报少了，前两天我们自己翻账翻出来的，主动交代要紧不": "voluntary_disclosure",
    "漏缴关税四十万，一年前的进口，自己讲会挨罚吗": "voluntary_disclosure",
    "出口退税多拿了二十万，想主动退并说明，罚吗": "voluntary_disclosure",
    "做保税维修，厂子在涪陵综保区，修的是通讯设备": "bonded_repair",
    "新项目今年到了一千八百万美元外资，能拿多少奖": "fdi_cash_award",
    "高认企业综保区内集中申报，担保能不能免": "aeo_guarantee_waiver",
    "裁定书后年一月到期，什么时候可以申请展期": "advance_ruling_renewal",
    "门店开在同一个县，要不要再领分公司的照": "branch_registration",
    "跨境电商出口的货半年内原样退回，进口税免吗": "returned_ecommerce_goods",
    "外资厂自己的工业用地上加盖车间，地价补不补": "land_price_topup",
    "陆海新通道的车是2023年10月发的，政策管得到吗": "corridor_policy_period",
    "理货报告发出去了，快通申请还传得成吗": "fast_transit_application",
    "没做原产地备案，证书领得到吗": "origin_certificate",
}


@pytest.mark.parametrize(("text", "rule_id"), TOLD.items())
def test_a_case_in_own_words_finds_its_rule(text, rule_id):
    chosen = CHOOSER.choose(text, {rule_id: 1.0}, TODAY)
    assert chosen is not None
    assert chosen.rule.id == rule_id


def test_openings_find_their_rule_when_they_are_left_out():
    found = 0
    told = [(rule.id, opening) for rule in RULES.values() for opening in rule.openings]
    for rule_id, opening in told:
        likeness = CHOOSER.likeness.of(opening, without=opening)
        found += max(likeness, key=lambda name: likeness[name], default="") == rule_id
    assert found > 0.7 * len(told)


@pytest.mark.parametrize(
    "text",
    [
        "你好",
        "今天天气怎么样",
        "营业执照几天能办下来",
        "人民币汇率多少",
        "招标文件能不能写死品牌",
        "谁负责水电报装",
        "12月31日",
        "what is the capital of France",
    ],
)
def test_what_tells_no_case_chooses_no_rule(text):
    assert CHOOSER.choose(text, {}, TODAY) is None


def test_evidence_alone_chooses_no_rule():
    assert CHOOSER.choose("文件里写了什么", {"fdi_cash_award": 1.0}, TODAY) is None


def test_what_search_has_settled_is_chosen_where_nothing_else_is_likely():
    text = "那边的租金直接抠走了，认不认"
    assert CHOOSER.choose(text, {"cost_netting": 1.0}, TODAY) is None
    settled = CHOOSER.choose(text, {"cost_netting": 1.0}, TODAY, "cost_netting")
    assert settled is not None
    assert settled.rule.id == "cost_netting"
    likelier = "高认企业综保区内集中申报，担保能不能免"
    evidence = {"aeo_guarantee_waiver": 1.0}
    chosen = CHOOSER.choose(likelier, evidence, TODAY, "cost_netting")
    assert chosen is not None
    assert chosen.rule.id == "aeo_guarantee_waiver"


def test_a_narrow_rule_is_chosen_only_where_its_matter_is_named():
    text = "主动披露少缴的税款，{}能不能减免"
    late_fee = {"disclosure_late_fee": 1.0}
    named = CHOOSER.choose(text.format("滞纳金"), late_fee, TODAY)
    assert named is not None
    assert named.rule.id == "disclosure_late_fee"
    other = CHOOSER.choose(text.format("处罚"), late_fee, TODAY)
    assert other is None or other.rule.id != "disclosure_late_fee"
