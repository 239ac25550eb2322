"""Whose side a question takes, for every rule that forbids somebody else something."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from policies_db.decisions import Fact, RuleError, decide, load_rules, source_text
from policies_db.decisions.reading import RULES as FOLDER
from policies_db.facts.sides import asks_of_other_side
from tests.policies_db.rules import RULES

TODAY = date(2026, 11, 21)
TABLE = yaml.safe_load((Path(__file__).parent / "sides.yml").read_text(encoding="utf-8"))
FORBIDDING = {name: rule for name, rule in RULES.items() if rule.other_side}
ASKED = [
    (name, text, side == "other")
    for name, sides in TABLE.items()
    for side, texts in sides.items()
    for text in texts
]
OTHERS = (
    "对方这样要求，他们有权这么做吗",
    "他们要求我们这么办，能这么要求吗",
    "人家可以这样为难我们吗",
    "法律允许他们这样吗",
    "他們可以這樣嗎",
    "are they allowed to do this",
    "can they do that",
)
OWN = (
    "我们可以拒绝吗",
    "能不能不接受",
    "他们这样要求，我们能不理吗",
    "能要求他们改正吗",
    "我們能不能拒絕",
    "may we refuse",
    "do we have to accept this",
)
NEITHER = ("凭什么这样对我们", "他们这么做算不算违规", "规定是怎么说的", "他们不能这样吧，对不")


def test_the_table_holds_both_sides_of_every_rule():
    assert set(TABLE) == set(FORBIDDING)
    assert all(sides["other"] and sides["own"] for sides in TABLE.values())


@pytest.mark.parametrize(("name", "text", "other"), ASKED)
def test_a_question_takes_a_side(name, text, other):
    assert asks_of_other_side([text], RULES[name].other_side) is other


@pytest.mark.parametrize("name", FORBIDDING)
def test_common_questions_take_the_same_side_for_every_rule(name):
    side = RULES[name].other_side
    wrong = [text for text in OTHERS if not asks_of_other_side([text], side)]
    wrong += [text for text in (*OWN, *NEITHER) if asks_of_other_side([text], side)]
    assert wrong == []


def test_of_several_questions_the_last_one_counts():
    side = RULES["unlisted_charge"].other_side
    charged = "码头多收了一笔清单上没有的费"
    assert asks_of_other_side([f"{charged}，能不付吗", "那他们这样收合法吗"], side)
    assert not asks_of_other_side([f"{charged}，他们能收吗", "那我们可以不给吗"], side)
    assert asks_of_other_side([f"{charged}，他们能收吗", "是堆场收的，不在清单里"], side)


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("tender_conditions", "我们单位采购服务器，想写明只要某个牌子，行吗", True),
        ("tender_conditions", "我们医院要招标，只让本市的公司来投可以不", True),
        ("tender_conditions", "我们去投标，人家限定了品牌，可以提异议吗", False),
        ("bank_conditions", "我是信用社的信贷员，放款时让客户搭一份保险可以吗", True),
        ("bank_conditions", "我们在银行的贷款要先存钱才批，能不存吗", False),
        ("bank_conditions", "我们是农商行，客户能拒绝搭售的保险吗", False),
        ("unlisted_charge", "我们堆场想加一笔目录以外的夜班费，行不行", True),
        ("unlisted_charge", "我们在堆场提柜，被加了目录以外的费，能不给吗", False),
        ("association_membership", "我们协会能规定会员都得来培训吗", True),
        ("association_membership", "我们是商会的会员，可以退会吗", False),
        ("public_arrears", "我们是事业单位，能让供货的小公司收汇票吗", True),
    ],
)
def test_who_is_the_other_side_asks_of_its_own_doing(name, text, other):
    assert asks_of_other_side([text], RULES[name].other_side) is other


@pytest.mark.parametrize("name", FORBIDDING)
def test_the_other_side_has_the_opposite_outcome_and_the_same_reasons(name):
    rule = RULES[name]
    facts = {
        fact: Fact(spec.reserve if spec.reserve is not None else next(iter(spec.values)))
        for fact, spec in rule.facts.items()
        if spec.type in ("bool", "choice") and not spec.ways
    }
    own = decide(rule, facts, TODAY)
    other = decide(rule, facts, TODAY, other_side=True)
    if rule.other_side.rows and not set(own.rows) <= rule.other_side.rows:
        assert other == own
        return
    opposite = {
        "eligible": "not_eligible",
        "not_eligible": "eligible",
        "needs_facts": "needs_facts",
    }
    assert other.outcome == opposite[own.outcome]
    assert other.citations == own.citations
    assert other.reasons[-1:] == own.reasons[-1:]
    assert other.deed == rule.other_side.deed
    assert (
        decide(rule, facts, TODAY, language="en", other_side=True).deed == rule.other_side.deed_en
    )


@pytest.mark.parametrize(
    ("line", "broken", "reason"),
    [
        ("  deed_en: refuse to take an application like that\n", "", "no `deed_en`"),
        ("  deed_en:", "  who: 窗口\n  deed_en:", "unknown key who"),
        ("  deed_en:", "  rows: [nowhere]\n  deed_en:", "no row nowhere"),
        ("  does: [", "  does: ['(', ", "bad pattern"),
        ("  deed: 这样", "  deed: '{ground}'\n  was: ", "unknown key was"),
    ],
)
def test_a_mistake_is_named_when_rules_are_loaded(tmp_path, line, broken, reason):
    text = (FOLDER / "window_refusal.yml").read_text(encoding="utf-8")
    assert line in text
    (tmp_path / "window_refusal.yml").write_text(text.replace(line, broken), encoding="utf-8")
    with pytest.raises(RuleError, match=f"window_refusal.yml, other_side: {reason}"):
        load_rules(source_text, tmp_path)
