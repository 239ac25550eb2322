"""Rules with numbers against the law written a second time, and what must hold for every rule."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies_db.decisions import Fact, Span, decide, near_names
from policies_db.decisions.conditions import cells_of, truth
from policies_db.decisions.values import add_months, calendar_months_between, months_between
from tests.policies_db.rules import RULES

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(2022, 1, 1), date(2027, 12, 31))
YUAN = st.integers(0, 12_000_000)


def outcome(rule_id: str, **values: object) -> str:
    facts = {
        name: Fact(value if isinstance(value, (bool, str)) else Span.at(value))  # type: ignore[arg-type]
        for name, value in values.items()
    }
    return decide(RULES[rule_id], facts, TODAY).outcome


@settings(deadline=None)
@given(occurred=DAYS, days=st.integers(0, 900), short=YUAN, payable=st.integers(1, 12_000_000))
def test_disclosure_of_unpaid_tax(occurred, days, short, payable):
    disclosed = occurred + timedelta(days=days)
    exempt = disclosed <= add_months(occurred, 6) or (
        disclosed <= add_months(occurred, 24)
        and (short <= 1_000_000 or short * 100 <= payable * 30)
    )
    found = outcome(
        "voluntary_disclosure",
        violation="tax",
        occurred_on=occurred,
        disclosed_on=disclosed,
        short_tax=short,
        payable_tax=payable,
    )
    assert found == ("exempt" if exempt else "not_exempt")


@settings(deadline=None)
@given(occurred=DAYS, days=st.integers(0, 200), value=st.integers(0, 20_000_000))
def test_disclosure_of_wrong_statistics(occurred, days, value):
    disclosed = occurred + timedelta(days=days)
    months = (disclosed.year - occurred.year) * 12 + disclosed.month - occurred.month
    exempt = (months == 0 and value <= 10_000_000) or (1 <= months <= 3 and value <= 5_000_000)
    found = outcome(
        "voluntary_disclosure",
        violation="statistics",
        occurred_on=occurred,
        disclosed_on=disclosed,
        statistics_value=value,
    )
    assert found == ("exempt" if exempt else "not_exempt")


@settings(deadline=None)
@given(previous=DAYS, days=st.integers(0, 500))
def test_a_second_disclosure_within_twelve_months(previous, days):
    disclosed = previous + timedelta(days=days)
    found = outcome(
        "voluntary_disclosure",
        violation="tax",
        months=1,
        repeated=True,
        previous_disclosed_on=previous,
        disclosed_on=disclosed,
    )
    assert found == ("not_exempt" if disclosed <= add_months(previous, 12) else "exempt")


@settings(deadline=None)
@given(dollars=st.integers(0, 60_000_000), loan=st.integers(0, 20_000_000), factory=st.booleans())
def test_award_for_foreign_capital(dollars, loan, factory):
    net = dollars - loan
    facts = {
        "arrived_total": Fact(Span.at(dollars)),
        "loan": Fact(Span.at(loan)),
        "includes_loan": Fact(True),
        "manufacturing": Fact(factory),
    }
    decision = decide(RULES["fdi_cash_award"], facts, TODAY)
    assert decision.outcome == ("eligible" if net > 10_000_000 else "not_eligible")
    if net > 10_000_000:
        wanted = "manufacturing_rate" if factory and net > 30_000_000 else "rate"
        assert decision.result == wanted


@settings(deadline=None)
@given(expires=DAYS, days=st.integers(-30, 150))
def test_window_of_renewal(expires, days):
    applied = expires - timedelta(days=days)
    found = outcome("advance_ruling_renewal", expires_on=expires, applied_on=applied)
    in_force = applied >= RULES["advance_ruling_renewal"].validity.first
    assert found == ("eligible" if in_force and 30 <= days <= 90 else "not_eligible")


@settings(deadline=None)
@given(day=DAYS)
def test_returned_goods(day):
    within = date(2023, 1, 30) <= day <= date(2025, 12, 31)
    found = outcome("returned_ecommerce_goods", returned_on=day)
    assert found == ("eligible" if within else "not_eligible")


@settings(deadline=None)
@given(approved=DAYS, letter=DAYS)
def test_encouraged_projects_of_the_old_catalogue(approved, letter):
    in_time = approved < date(2024, 2, 1) and letter < date(2025, 2, 1)
    found = outcome(
        "encouraged_project_duty",
        in_2024=False,
        in_2019=True,
        approved_on=approved,
        letter_on=letter,
    )
    assert found == ("eligible" if in_time else "not_eligible")


@settings(deadline=None)
@given(dollars=st.integers(0, 80_000_000))
def test_classes_of_exporters(dollars):
    decision = decide(RULES["export_credit_class"], {"exports": Fact(Span.at(dollars))}, TODAY)
    if dollars <= 5_000_000:
        assert decision.result == "small"
    elif dollars <= 50_000_000:
        assert decision.result == "medium"
    else:
        assert decision.outcome == "not_eligible"


@settings(deadline=None)
@given(first=DAYS, days=st.integers(0, 1000))
def test_months_run_by_the_calendar(first, days):
    last = first + timedelta(days=days)
    months = months_between(first, last)
    assert (months <= 6) == (last <= add_months(first, 6))
    assert (months <= 24) == (last <= add_months(first, 24))
    assert months_between(last, first) == -months
    assert calendar_months_between(first, last) >= months - 1


@st.composite
def cases(draw):
    """The id of a rule and some of its facts."""
    rule_id = draw(st.sampled_from(sorted(RULES)))
    facts = {}
    for name, cells in RULES[rule_id].cells.items():
        if draw(st.booleans()):
            facts[name] = Fact(draw(st.sampled_from(cells)))
    return rule_id, facts


@settings(max_examples=200, deadline=None)
@given(cases())
def test_an_outcome_is_that_of_every_completion_and_what_is_missing_matters(case):
    rule, facts = RULES[case[0]], case[1]
    decision = decide(rule, facts, TODAY)
    reserved = {
        name: spec.reserve
        for name, spec in rule.facts.items()
        if spec.reserve is not None and name in rule.cells and name not in facts
    }
    open_facts = [name for name in rule.cells if name not in facts and name not in reserved]
    pools = [rule.cells[name] for name in open_facts]
    count = 1
    for pool in pools:
        count *= len(pool)
    if count > 3000:
        return
    results = set()
    known = {n: cells_of(f, rule.cells[n]) for n, f in facts.items() if n in rule.cells}
    known |= {name: (value,) for name, value in reserved.items()}
    for cells in itertools.product(*pools):
        case_cells = {**known, **{n: (c,) for n, c in zip(open_facts, cells, strict=True)}}
        row = next(r for r in rule.rows if truth(r.condition, case_cells))
        results.add((row.result, row.outcome))
    if len(results) == 1:
        assert (decision.result, decision.outcome) == results.pop()
        assert not decision.missing
    else:
        assert decision.missing
        outcomes = {result for _, result in results}
        assert decision.outcome == (outcomes.pop() if len(outcomes) == 1 else "needs_facts")


@settings(max_examples=200, deadline=None)
@given(cases())
def test_an_exception_that_nothing_was_said_of_is_named_where_it_would_matter(case):
    rule, facts = RULES[case[0]], case[1]
    decision = decide(rule, facts, TODAY)
    if decision.outcome == "needs_facts" or decision.missing:
        return
    for name in rule.cells:
        spec = rule.facts[name]
        if spec.reserve is None or name in facts:
            continue
        for cell in rule.cells[name]:
            changed = decide(rule, {**facts, name: Fact(cell)}, TODAY)
            if changed.result != decision.result:
                text = (spec.unless or "").split("{")[0][:8]
                assert any(text in proviso.text for proviso in decision.provisos)


@settings(max_examples=150, deadline=None)
@given(cases())
def test_answering_what_is_asked_ends_in_an_outcome(case):
    rule, facts = RULES[case[0]], case[1]
    for _ in range(40):
        decision = decide(rule, facts, TODAY, lists={"trusted_companies": ["甲有限公司"]})
        if not decision.missing:
            break
        name = decision.missing[0].name
        spec = rule.facts[name]
        if spec.type == "text":
            value = "甲有限公司"
        elif spec.type == "date":
            value = Span.at(date(2024, 6, 1))
        elif name in rule.cells:
            value = rule.cells[name][0]
            if isinstance(value, Span):
                value = Span.at(Decimal(value.high or 0))
        else:
            value = Span.at(Decimal(1000))
        facts = {**facts, name: Fact(value)}
    assert decision.outcome != "needs_facts"


def test_names_that_are_near_are_offered_likest_first():
    names = ["重庆甲科技有限公司", "重庆甲物流有限公司", "上海乙实业集团"]
    assert near_names("重庆甲科技公司", names)[0] == "重庆甲科技有限公司"
    assert near_names("甲物流", names) == ["重庆甲物流有限公司"]
    assert near_names("完全不同的名字", names) == []


@pytest.mark.parametrize("rule_id", RULES)
def test_deciding_takes_little(rule_id):
    import time

    start = time.perf_counter()
    decide(RULES[rule_id], {}, TODAY)
    assert time.perf_counter() - start < 0.1
