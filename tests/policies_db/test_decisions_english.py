"""A decision told in English: the same figures, dates and reasons, and one term for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from policies_db.decisions import Decision, Fact, Rule, Span, decide
from policies_db.decisions.wording import Words, in_language
from policies_db.importer.numbering import chinese_number
from tests.policies_db.test_decisions import CASES, NAMES, RULES, TAX, TODAY, facts_of

HAN = re.compile(r"[\u3400-\u9fff]")
#: Where Chinese may stand in English: a label of a provision, a term in brackets or quotation
#: marks, the title or the number of a document.
CHINESE_TERMS = re.compile(
    r"（[^）]*）|\((?:[^()]|\([^()]*\))*\)|“[^”]*”|《[^》]*》|[\u3400-\u9fff]+〔\d{4}〕\d+号"
)
WORDS = Words("en")


def english(rule_id: str, **case: object) -> Decision:
    rule = RULES[rule_id]
    return decide(rule, facts_of(rule, case), TODAY, lists=NAMES, language="en")


@pytest.mark.parametrize(
    ("rule_id", "figure", "printed"),
    [
        ("voluntary_disclosure", "short_period", "six months"),
        ("voluntary_disclosure", "long_period", "two years"),
        ("voluntary_disclosure", "tax_share", "30%"),
        ("voluntary_disclosure", "tax_limit", "RMB 1 million"),
        ("voluntary_disclosure", "statistics_months", "3 calendar months"),
        ("voluntary_disclosure", "valid_to", "10 October 2025"),
        ("fdi_cash_award", "threshold", "USD 10 million"),
        ("fdi_cash_award", "start", "2023"),
        ("refund_time", "general", "6 working days"),
        ("serbia_aeo_export", "length", "10 characters"),
    ],
)
def test_a_printed_figure_is_worded_from_its_value(rule_id, figure, printed):
    assert in_language(RULES[rule_id], "en").figures[figure].printed == printed


@pytest.mark.parametrize(
    ("kind", "span", "worded"),
    [
        ("yuan", Span.at(Decimal(800_000)), "RMB 800,000"),
        ("yuan", Span.at(Decimal(1_000_001)), "RMB 1,000,001"),
        ("yuan", Span(None, Decimal(1_000_000), open_high=True), "less than RMB 1 million"),
        ("usd", Span.at(Decimal(1_500_000_000)), "USD 1.5 billion"),
        ("months", Span.at(Decimal(1)), "1 month"),
        ("months", Span.at(Decimal("13.7")), "over 13 months"),
        ("days", Span(Decimal(20), Decimal(30)), "20 days to 30 days"),
        ("date", Span.at(date(2024, 2, 1)), "1 February 2024"),
        ("date", Span(date(2024, 2, 1), date(2024, 2, 29)), "February 2024"),
        ("date", Span(date(2024, 2, 1), None), "1 February 2024 or later"),
    ],
)
def test_values_have_english_units_and_dates(kind, span, worded):
    assert WORDS.span(kind, span) == worded


def test_reasons_with_a_sum_a_period_and_a_ratio():
    decision = english("voluntary_disclosure", **TAX, months=12, short_tax=1500000, tax_ratio=30)
    assert decision.outcome == "exempt"
    assert decision.reasons[1:] == (
        "Time from the violation to the disclosure: 12 months; required: no more than six months "
        "– not met (第一条第（一）项)",
        "Time from the violation to the disclosure: 12 months; required: no more than two years "
        "– met (第一条第（二）项)",
        "Duty short-paid: RMB 1.5 million; required: no more than RMB 1 million "
        "– not met (第一条第（二）项)",
        "Duty short-paid as a share of the duty payable: 30%; required: no more than 30% "
        "– met (第一条第（二）项)",
        "Disclosed voluntarily within two years, with duty short-paid of up to RMB 1 million or "
        "up to 30% of the duty payable: either is enough for no administrative penalty.",
    )
    assert "expired on 10 October 2025" in decision.notes[0]


def test_reasons_with_dates():
    decision = english("advance_ruling_renewal", expires_on="2025-03-31", applied_on="2024-12-01")
    facts = {fact.name: fact.value for fact in decision.facts}
    assert facts["expires_on"] == "31 March 2025"
    assert "the first day is 31 December 2024, the last 1 March 2025" in decision.reasons[-1]


def test_reasons_with_choices_and_what_is_left_out():
    decision = english("voluntary_disclosure", violation="consumption", leftover="disposed")
    assert (
        "Surplus materials, semi-finished and finished products: disposed of otherwise "
        "– not met (第一条第（四）项)"
    ) in decision.reasons
    decision = english("aeo_guarantee_waiver", aeo=True, in_zone=True, batch=True)
    assert [proviso.text for proviso in decision.provisos][1] == (
        "There was no failure to make the consolidated declaration within the deadline and to pay "
        "customs duty and import-stage taxes as the law requires."
    )


def test_a_company_name_is_told_as_typed():
    decision = english("trusted_company", company="重庆甲科技有限公司")
    assert decision.outcome == "eligible"
    assert decision.reasons[-1].startswith("“重庆甲科技有限公司” is on the annexed list")


def test_the_question_back_and_the_cases_are_english():
    decision = english("voluntary_disclosure", **TAX, months=12, short_tax=2000000)
    assert decision.missing[0].question == (
        "How much duty was payable on these goods in all (RMB)?"
    )
    rule = RULES["voluntary_disclosure"]
    facts = facts_of(rule, {**TAX, "months": 12, "short_tax": 2000000})
    refused = frozenset({"payable_tax", "tax_ratio"})
    open_case = decide(rule, facts, TODAY, refused, language="en")
    assert open_case.cases[0].text.startswith(
        "If “duty short-paid as a share of the duty payable: at most 30%”: Disclosed"
    )


def test_what_is_too_vague_is_asked_for_in_english():
    rule = RULES["voluntary_disclosure"]
    facts = facts_of(rule, {**TAX, "months": 12})
    facts["short_tax"] = Fact(Span(Decimal(900000), Decimal(1100000)), "about a million", True)
    asked = decide(rule, facts, TODAY, language="en").missing[0]
    assert asked.question == (
        "Please be more exact about the duty short-paid: you said “about a million”. "
        "How much duty was short-paid (RMB)?"
    )


def lines(decision: Decision) -> Iterator[str]:
    yield from (*decision.reasons, *decision.notes)
    for fact in decision.facts:
        yield fact.label
        yield fact.value
    for missing in decision.missing:
        yield from (missing.question, missing.why)
    for case in (*decision.cases, *decision.provisos):
        yield case.text


@pytest.mark.parametrize(("rule_id", "case", "expected", "row"), CASES, ids=str)
def test_an_english_decision_is_that_of_the_chinese_and_told_in_english(
    rule_id, case, expected, row
):
    decision = english(rule_id, **case)
    assert decision.outcome == expected
    assert row in decision.rows
    typed = [str(value) for value in case.values()]
    for line in lines(decision):
        if line not in typed:
            assert not HAN.search(CHINESE_TERMS.sub("", line)), line


CHINESE_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(万|亿)?")
ENGLISH_NUMBER = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)( million| billion)?")
SCALES = {"万": 10**4, "亿": 10**8, " million": 10**6, " billion": 10**9, "": 1}


def numbers(pattern: re.Pattern[str], text: str) -> set[Decimal]:
    text = re.sub(r"(\d+)([~、])(\d+)(万)", r"\1\4\2\3\4", text)
    return {
        Decimal(digits.replace(",", "")) * SCALES[scale] for digits, scale in pattern.findall(text)
    }


def pairs(rule: Rule) -> Iterator[tuple[str, str]]:
    """The texts of a rule beside their English; a question may name what its reason does."""
    yield rule.title, rule.title_en
    yield from zip(rule.notes, rule.notes_en, strict=True)
    for row in rule.rows:
        yield row.because, row.because_en
    for spec in rule.facts.values():
        yield spec.label, spec.label_en
        yield spec.unless or "", spec.unless_en or ""
        yield (spec.ask or "") + spec.why, (spec.ask_en or "") + spec.why_en
        yield "".join(spec.values.values()), " ".join(spec.values_en.values())


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_figures_of_the_english_are_those_of_the_chinese(rule):
    for chinese, told in pairs(rule):
        spoken = {
            Decimal(chinese_number(n)) for n in re.findall("[一二三四五六七八九十]+", chinese)
        }
        written = numbers(CHINESE_NUMBER, chinese)
        assert numbers(ENGLISH_NUMBER, told) <= written | spoken, (chinese, told)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_one_term_for_one_thing(rule):
    said = " ".join(told for _, told in pairs(rule)).lower()
    for other in ("late fee", "unpaid duty", "underpaid", "tax rebate", "dishonest"):
        assert other not in said
    assert "bonded zone" not in said.replace("comprehensive bonded zone", "")
