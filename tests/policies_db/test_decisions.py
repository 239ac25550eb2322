"""Each rule decides as its document says: a table of cases that reaches every row of every rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from policies_db.decisions import Decision, Fact, Rule, Span, decide, load_rules, source_text
from policies_db.facts.roles import fill

RULES = load_rules(source_text)
TODAY = date(2026, 11, 21)
NAMES = {"trusted_companies": ["重庆甲科技有限公司", "重庆乙（集团）有限公司"]}


def facts_of(rule: Rule, case: dict[str, Any]) -> dict[str, Fact]:
    """Facts from plain values: numbers, ISO dates, bools, choices, (low, high) for spans."""
    return {name: _fact(rule.facts[name].type, value) for name, value in case.items()}


def _fact(kind: str, value: Any) -> Fact:
    if kind == "date":
        low, high = value if isinstance(value, tuple) else (value, value)
        return Fact(Span(date.fromisoformat(low), date.fromisoformat(high)))
    if kind in ("bool", "choice", "text"):
        return Fact(value)
    if isinstance(value, tuple):
        return Fact(Span(*(None if v is None else Decimal(v) for v in value)))
    return Fact(Span.at(Decimal(str(value))))


def outcome(rule_id: str, **case: Any) -> Decision:
    rule = RULES[rule_id]
    return decide(rule, facts_of(rule, case), TODAY, lists=NAMES)


TAX = {"violation": "tax"}
REBATE = {"violation": "rebate"}
STAT = {"violation": "statistics"}
CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("voluntary_disclosure", {**TAX, "months": 6}, "exempt", "tax_within_six_months"),
    ("voluntary_disclosure", {**TAX, "months": "6.01", "short_tax": 1000000}, "exempt",
     "tax_within_two_years"),
    ("voluntary_disclosure", {**TAX, "months": 24, "short_tax": 1000001, "tax_ratio": 30},
     "exempt", "tax_within_two_years"),
    ("voluntary_disclosure", {**TAX, "months": 24, "short_tax": 1000001, "tax_ratio": "30.01"},
     "not_exempt", "tax_above_both"),
    ("voluntary_disclosure", {**TAX, "months": "24.03"}, "not_exempt", "tax_after_two_years"),
    ("voluntary_disclosure", {**TAX, "occurred_on": "2024-01-10", "disclosed_on": "2024-07-10"},
     "exempt", "tax_within_six_months"),
    ("voluntary_disclosure", {**TAX, "occurred_on": "2024-01-10", "disclosed_on": "2024-07-11",
     "short_tax": 900000}, "exempt", "tax_within_two_years"),
    ("voluntary_disclosure", {**TAX, "occurred_on": "2023-08-31", "disclosed_on": "2025-08-31",
     "short_tax": 900000}, "exempt", "tax_within_two_years"),
    ("voluntary_disclosure", {**TAX, "occurred_on": "2023-08-31", "disclosed_on": "2025-09-01",
     "short_tax": 1}, "not_exempt", "tax_after_two_years"),
    ("voluntary_disclosure", {**TAX, "months": 12, "short_tax": 1500000, "payable_tax": 5000000},
     "exempt", "tax_within_two_years"),
    ("voluntary_disclosure", {**TAX, "months": 12, "short_tax": 1500000, "payable_tax": 4999999},
     "not_exempt", "tax_above_both"),
    ("voluntary_disclosure", {**REBATE, "months": 6}, "exempt", "rebate_within_six_months"),
    ("voluntary_disclosure", {**REBATE, "months": 7, "excess_rebate": 1000000}, "exempt",
     "rebate_within_two_years"),
    ("voluntary_disclosure", {**REBATE, "months": 7, "excess_rebate": 1000001, "rebate_ratio": 31},
     "not_exempt", "rebate_above_both"),
    ("voluntary_disclosure", {**REBATE, "months": 7, "excess_rebate": 3000000,
     "due_rebate": 10000000}, "exempt", "rebate_within_two_years"),
    ("voluntary_disclosure", {**REBATE, "months": 25}, "not_exempt", "rebate_after_two_years"),
    ("voluntary_disclosure", {"violation": "consumption", "consumption_cause": True,
     "leftover": "kept"}, "exempt", "consumption"),
    ("voluntary_disclosure", {"violation": "consumption", "consumption_cause": True,
     "leftover": "re_exported"}, "exempt", "consumption"),
    ("voluntary_disclosure", {"violation": "consumption", "leftover": "disposed"}, "not_exempt",
     "consumption_not"),
    ("voluntary_disclosure", {"violation": "consumption", "consumption_cause": False},
     "not_exempt", "consumption_not"),
    ("voluntary_disclosure", {**STAT, "occurred_on": "2024-06-05", "disclosed_on": "2024-06-30",
     "statistics_value": 10000000}, "exempt", "statistics_same_month"),
    ("voluntary_disclosure", {**STAT, "occurred_on": "2024-06-05", "disclosed_on": "2024-06-30",
     "statistics_value": 10000001}, "not_exempt", "statistics_above"),
    ("voluntary_disclosure", {**STAT, "occurred_on": "2024-06-30", "disclosed_on": "2024-07-01",
     "statistics_value": 5000001}, "not_exempt", "statistics_above"),
    ("voluntary_disclosure", {**STAT, "occurred_on": "2024-06-05", "disclosed_on": "2024-09-30",
     "statistics_value": 5000000}, "exempt", "statistics_three_months"),
    ("voluntary_disclosure", {**STAT, "occurred_on": "2024-06-05", "disclosed_on": "2024-10-01",
     "statistics_value": 1}, "not_exempt", "statistics_too_late"),
    ("voluntary_disclosure", {**STAT, "harmless": False}, "not_exempt", "statistics_harm"),
    ("voluntary_disclosure", {"violation": "order"}, "exempt", "order"),
    ("voluntary_disclosure", {"violation": "article_18", "affects_controls": False}, "exempt",
     "article_18"),
    ("voluntary_disclosure", {"violation": "article_18", "affects_controls": True}, "not_exempt",
     "article_18_controls"),
    ("voluntary_disclosure", {"violation": "inspection", "inspection_matter": "inspection_other"},
     "exempt", "inspection"),
    ("voluntary_disclosure", {"violation": "inspection", "inspection_matter": "quarantine"},
     "not_exempt", "inspection_excluded"),
    ("voluntary_disclosure", {"violation": "inspection", "inspection_matter": "inspection_safety"},
     "not_exempt", "inspection_excluded"),
    ("voluntary_disclosure", {"violation": "inspection", "inspection_matter": "inspection_other",
     "harmless": False}, "not_exempt", "inspection_harm"),
    ("voluntary_disclosure", {**TAX, "months": 1, "discovered_by_customs": True}, "not_exempt",
     "discovered_first"),
    ("voluntary_disclosure", {**TAX, "months": 1, "corrected": False}, "not_exempt",
     "not_corrected"),
    ("voluntary_disclosure", {**TAX, "months": 1, "royalty_again": True}, "not_exempt",
     "royalty_again"),
    ("voluntary_disclosure", {**TAX, "months": 1, "repeated": True, "months_since_previous": 12},
     "not_exempt", "repeated_within_year"),
    ("voluntary_disclosure", {**TAX, "months": 1, "repeated": True,
     "months_since_previous": "12.03"}, "exempt", "tax_within_six_months"),
    ("voluntary_disclosure", {**TAX, "months": 1, "repeated": True, "royalty_again": True,
     "months_since_previous": 40}, "not_exempt", "royalty_again"),
    ("disclosure_late_fee", {}, "eligible", "otherwise"),
    ("disclosure_late_fee", {"tax_related": False}, "not_eligible", "not_tax"),
    ("disclosure_late_fee", {"written": False}, "not_eligible", "not_written"),
    ("disclosure_late_fee", {"recognised": False}, "not_eligible", "not_recognised"),
    ("disclosure_late_fee", {"discovered_by_customs": True}, "not_eligible", "discovered_first"),
    ("disclosure_credit_record", {"penalty": "warning"}, "eligible", "warning"),
    ("disclosure_credit_record", {"penalty": "fine", "fine": 1000000}, "eligible", "small_fine"),
    ("disclosure_credit_record", {"penalty": "fine", "fine": 1000001}, "not_eligible",
     "large_fine"),
    ("disclosure_credit_record", {"penalty": "other"}, "not_eligible", "other_penalty"),
    ("disclosure_credit_record", {"penalty": "warning", "safety_matter": True}, "not_eligible",
     "safety_matter"),
    ("disclosure_aeo_measures", {"aeo": True}, "eligible", "aeo"),
    ("disclosure_aeo_measures", {"aeo": False}, "not_eligible", "other"),
    ("disclosure_aeo_measures", {"aeo": True, "safety_matter": True}, "not_eligible",
     "safety_matter"),
    ("returned_ecommerce_goods", {"returned_on": "2023-01-29"}, "not_eligible", "too_early"),
    ("returned_ecommerce_goods", {"returned_on": "2023-01-30"}, "eligible", "within"),
    ("returned_ecommerce_goods", {"returned_on": "2025-12-31"}, "eligible", "within"),
    ("returned_ecommerce_goods", {"returned_on": "2026-01-01"}, "not_eligible", "too_late"),
    ("returned_ecommerce_goods", {"ecommerce_export": False}, "not_eligible", "not_ecommerce"),
    ("returned_ecommerce_goods", {"conditions": False}, "not_eligible", "conditions"),
    ("fdi_cash_award", {"arrived_total": 10000000}, "not_eligible", "below"),
    ("fdi_cash_award", {"arrived_total": 10000001}, "eligible", "other_rate"),
    ("fdi_cash_award", {"arrived_total": 30000000, "manufacturing": True}, "eligible",
     "other_rate"),
    ("fdi_cash_award", {"arrived_total": 30000001, "manufacturing": True}, "eligible",
     "manufacturing"),
    ("fdi_cash_award", {"arrived_total": 60000000, "manufacturing": False}, "eligible",
     "other_rate"),
    ("fdi_cash_award", {"arrived_total": 30000000, "manufacturing": True,
     "higher_rate_wanted": True}, "not_eligible", "higher_rate_not_reached"),
    ("fdi_cash_award", {"arrived_total": 60000000, "manufacturing": False,
     "higher_rate_wanted": True}, "not_eligible", "higher_rate_not_reached"),
    ("fdi_cash_award", {"arrived_total": 30000001, "manufacturing": True,
     "higher_rate_wanted": True}, "eligible", "manufacturing"),
    ("fdi_cash_award", {"arrived_total": 10000000, "higher_rate_wanted": True}, "not_eligible",
     "below"),
    ("fdi_cash_award", {"arrived_total": 15000000, "includes_loan": True, "loan": 5000000},
     "not_eligible", "below"),
    ("fdi_cash_award", {"arrived_total": 15000001, "includes_loan": True, "loan": 5000000},
     "eligible", "other_rate"),
    ("fdi_cash_award", {"sector_excluded": True}, "not_eligible", "sector_excluded"),
    ("fdi_cash_award", {"project": "other"}, "not_eligible", "not_a_project"),
    ("fdi_cash_award", {"outside_chongqing": True}, "not_eligible", "outside"),
    ("fdi_cash_award", {"arrived_on": ("2022-01-01", "2022-12-31")}, "not_eligible",
     "before_start"),
    ("encouraged_project_duty", {"in_2024": True, "approved_on": "2024-02-01"}, "eligible",
     "in_2024"),
    ("encouraged_project_duty", {"in_2024": True, "approved_on": "2024-01-31"}, "eligible",
     "in_2024_earlier"),
    ("encouraged_project_duty", {"in_2024": False, "in_2019": True, "approved_on": "2024-01-31",
     "letter_on": "2025-01-31"}, "eligible", "in_2019_in_time"),
    ("encouraged_project_duty", {"in_2024": False, "in_2019": True, "approved_on": "2024-01-31",
     "letter_on": "2025-02-01"}, "not_eligible", "letter_too_late"),
    ("encouraged_project_duty", {"in_2024": False, "in_2019": True, "approved_on": "2024-02-01"},
     "not_eligible", "approved_too_late"),
    ("encouraged_project_duty", {"in_2024": False, "in_2019": False}, "not_eligible",
     "in_neither"),
    ("encouraged_project_duty", {"excluded_goods": True}, "not_eligible", "excluded_goods"),
    ("encouraged_project_duty", {"own_use": False}, "not_eligible", "not_own_use"),
    ("encouraged_project_duty", {"letter": False, "approved_on": "2024-01-31"}, "not_eligible",
     "no_letter"),
    ("encouraged_project_duty", {"in_2024": True, "already_taxed": True}, "not_eligible",
     "already_taxed"),
    ("advance_ruling_renewal", {"expires_on": "2025-03-31", "applied_on": "2024-12-31"},
     "eligible", "in_window"),
    ("advance_ruling_renewal", {"expires_on": "2025-03-31", "applied_on": "2024-12-30"},
     "not_eligible", "too_early"),
    ("advance_ruling_renewal", {"expires_on": "2025-03-31", "applied_on": "2025-03-01"},
     "eligible", "in_window"),
    ("advance_ruling_renewal", {"expires_on": "2025-03-31", "applied_on": "2025-03-02"},
     "not_eligible", "too_late"),
    ("advance_ruling_renewal", {"void": True}, "not_eligible", "void"),
    ("advance_ruling_renewal", {"renamed": True}, "not_eligible", "renamed"),
    ("advance_ruling_renewal", {"rules_changed": True}, "not_eligible", "rules_changed"),
    ("advance_ruling_renewal", {"other_applicant": True}, "not_eligible", "other_applicant"),
    ("advance_ruling_renewal", {"content_changed": True}, "not_eligible", "content_changed"),
    ("aeo_guarantee_waiver", {"aeo": True, "in_zone": True, "batch": True}, "eligible",
     "eligible"),
    ("aeo_guarantee_waiver", {"aeo": False}, "not_eligible", "otherwise"),
    ("aeo_guarantee_waiver", {"risk": True}, "not_eligible", "risk"),
    ("aeo_guarantee_waiver", {"downgraded": True}, "not_eligible", "downgraded"),
    ("aeo_guarantee_waiver", {"late_filing": True}, "not_eligible", "late_filing"),
    ("aeo_guarantee_waiver", {"late_filing": True, "resolved": True}, "eligible", "resumed"),
    ("serbia_aeo_export", {"customs_code": "5003212345"}, "eligible", "code_built"),
    ("serbia_aeo_export", {"customs_code": "AEOCN5003212345"}, "eligible", "code_given"),
    ("serbia_aeo_export", {"customs_code": "AEOCN500321234"}, "not_eligible", "wrong"),
    ("serbia_aeo_export", {"aeo": False}, "not_eligible", "not_aeo"),
    ("serbia_aeo_import", {"code": "RSAEOF" + "1" * 24}, "eligible", "valid"),
    ("serbia_aeo_import", {"code": "RSAEOS" + "1" * 24}, "eligible", "valid"),
    ("serbia_aeo_import", {"code": "RSAEOC" + "1" * 24}, "not_eligible", "invalid"),
    ("serbia_aeo_import", {"code": "RSAEOF" + "1" * 23}, "not_eligible", "invalid"),
    ("refund_time", {"class": "trusted"}, "eligible", "trusted"),
    ("refund_time", {"class": "other"}, "eligible", "other"),
    ("trusted_company", {"company": "重庆乙(集团) 有限公司"}, "eligible", "listed"),
    ("trusted_company", {"company": "重庆甲有限公司"}, "not_eligible", "not_listed"),
    ("processing_transfer_filing", {"transferred_on": "2024-01-03", "filed_on": "2024-02-29"},
     "eligible", "in_time"),
    ("processing_transfer_filing", {"transferred_on": "2024-01-31", "filed_on": "2024-03-01"},
     "not_eligible", "late"),
    ("processing_transfer_filing", {"book": "manual", "manual_expires_on": "2024-02-10",
     "filed_on": "2024-02-11"}, "not_eligible", "after_expiry"),
    ("processing_transfer_filing", {"book": "account", "cross_cycle": True}, "eligible",
     "cross_cycle"),
    ("processing_transfer_filing", {"book": "account", "cross_cycle": True,
     "next_cycle_done": False}, "not_eligible", "cross_cycle_late"),
    ("processing_return", {"book": "account", "imported_in": "next"}, "eligible", "in_time"),
    ("processing_return", {"book": "account", "imported_in": "later"}, "not_eligible",
     "too_late"),
    ("processing_return", {"book": "manual", "imported_in": "next"}, "not_eligible", "manual"),
    ("processing_return", {"book": "manual", "imported_in": "same"}, "eligible", "same_cycle"),
    ("processing_return", {"consent": False}, "not_eligible", "no_consent"),
    ("processing_return", {"not_re_exported": True}, "not_eligible", "not_re_exported"),
    ("processing_return", {"re_export_late": True}, "not_eligible", "re_export_late"),
    ("processing_group_mode", {"industry": True}, "eligible", "eligible"),
    ("processing_group_mode", {"industry": False}, "not_eligible", "otherwise"),
    ("processing_group_mode", {"dishonest": True}, "not_eligible", "dishonest"),
    ("processing_group_mode", {"managed": False}, "not_eligible", "unmanaged"),
    ("domestic_sale_filing", {"dishonest": True}, "not_eligible", "dishonest"),
    ("domestic_sale_filing", {"dishonest": False}, "eligible", "eligible"),
    ("zone_equipment_exit", {"period_over": True}, "eligible", "over"),
    ("zone_equipment_exit", {"period_over": False}, "not_eligible", "not_over"),
    ("zone_equipment_exit", {"domestic": False}, "not_eligible", "imported"),
    ("zone_equipment_exit", {"refunded": False}, "not_eligible", "not_refunded"),
    ("direct_transfer", {"waiting_area": True, "wms": True, "video_months": 3}, "eligible",
     "eligible"),
    ("direct_transfer", {"video_months": "2.9"}, "not_eligible", "short_video"),
    ("direct_transfer", {"waiting_area": False}, "not_eligible", "no_waiting_area"),
    ("direct_transfer", {"wms": False}, "not_eligible", "no_wms"),
    ("direct_transfer", {"unrelated_goods": True}, "not_eligible", "unrelated_goods"),
    ("direct_transfer", {"monitored": False}, "not_eligible", "blind_spots"),
    ("direct_transfer", {"in_zone": False}, "not_eligible", "outside"),
    ("gate_registration", {"goods": "daily"}, "eligible", "registered"),
    ("gate_registration", {"goods": "dangerous"}, "not_eligible", "dangerous"),
    ("gate_registration", {"goods": "other"}, "not_eligible", "other"),
    ("gate_registration", {"own_use": False}, "not_eligible", "not_own_use"),
    ("gate_registration", {"in_zone": False}, "not_eligible", "not_in_zone"),
    ("gate_registration", {"domestic": False}, "not_eligible", "not_domestic"),
    ("bonded_repair", {"goods": "jewellery", "place": "yuzhong"}, "eligible", "jewellery_yuzhong"),
    ("bonded_repair", {"goods": "jewellery", "place": "zone"}, "not_eligible",
     "jewellery_elsewhere"),
    ("bonded_repair", {"goods": "second_hand", "place": "lianglu"}, "eligible",
     "second_hand_lianglu"),
    ("bonded_repair", {"goods": "second_hand", "place": "xiyong"}, "eligible",
     "second_hand_xiyong"),
    ("bonded_repair", {"goods": "second_hand", "place": "zone"}, "not_eligible",
     "second_hand_elsewhere"),
    ("bonded_repair", {"goods": "hightech", "place": "zone"}, "eligible", "hightech_zone"),
    ("bonded_repair", {"goods": "hightech", "place": "ftz"}, "eligible", "ftz"),
    ("bonded_repair", {"goods": "other", "place": "ftz", "in_catalogue": False}, "not_eligible",
     "ftz_not_listed"),
    ("bonded_repair", {"goods": "hightech", "place": "outside", "own_product": True}, "eligible",
     "outside_own"),
    ("bonded_repair", {"goods": "hightech", "place": "outside", "own_product": False},
     "not_eligible", "outside_others"),
    ("bonded_repair", {"goods": "other", "place": "zone"}, "eligible", "other_zone"),
    ("bonded_repair", {"goods": "other", "place": "zone", "in_catalogue": False}, "not_eligible",
     "other_zone_not_listed"),
    ("bonded_repair", {"goods": "other", "place": "outside"}, "not_eligible", "other_outside"),
    ("bonded_repair", {"green": False}, "not_eligible", "not_green"),
    ("land_late_fee", {"foreign_currency": True, "own_fault": False, "overdue": 6}, "exempt",
     "waived"),
    ("land_late_fee", {"overdue": "6.01"}, "not_exempt", "too_long"),
    ("land_late_fee", {"foreign_currency": False}, "not_exempt", "not_foreign"),
    ("land_late_fee", {"own_fault": True}, "not_exempt", "own_fault"),
    ("export_credit_class", {"exports": 5000000}, "eligible", "small"),
    ("export_credit_class", {"exports": 5000001}, "eligible", "medium"),
    ("export_credit_class", {"exports": 50000000}, "eligible", "medium"),
    ("export_credit_class", {"exports": 50000001}, "not_eligible", "large"),
    ("export_credit_discount", {"platform": True}, "eligible", "platform"),
    ("export_credit_discount", {"platform": False, "giant": True}, "eligible", "giant"),
    ("export_credit_discount", {"platform": False, "giant": False}, "not_eligible", "neither"),
    ("export_credit_discount", {"sme": False}, "not_eligible", "large"),
    ("export_credit_premium", {"ecommerce": True, "small": True, "single_window": True},
     "eligible", "paid"),
    ("export_credit_premium", {"small": False}, "not_eligible", "otherwise"),
    ("minor_violation", {"minor": True, "corrected": True, "harm": False}, "exempt", "exempt"),
    ("minor_violation", {"harm": True}, "not_exempt", "not"),
    ("branch_registration", {"same_district": True}, "eligible", "same"),
    ("branch_registration", {"same_district": False}, "not_eligible", "other"),
    ("headquarters_award", {"kind": "top500", "settles": True}, "eligible", "award"),
    ("headquarters_award", {"kind": "other"}, "not_eligible", "otherwise"),
    ("rd_centre_award", {"recognised": True}, "eligible", "award"),
    ("rd_centre_award", {"recognised": False}, "not_eligible", "not"),
    ("rd_centre_award", {"foreign": False}, "not_eligible", "domestic"),
    ("rd_centre_award", {"recognised": True, "received": True}, "not_eligible", "received"),
    ("container_toll", {"class": True, "etc": True, "booked": True}, "eligible", "discount"),
    ("container_toll", {"booked": False}, "not_eligible", "otherwise"),
    ("container_toll", {"class": True, "etc": True, "booked": True, "travelled_on": "2023-12-31"},
     "not_eligible", "before_start"),
    ("container_toll", {"class": True, "etc": True, "booked": True, "travelled_on": "2024-01-01"},
     "eligible", "discount"),
    ("container_toll", {"class": True, "etc": True, "booked": True, "travelled_on": "2026-12-31"},
     "eligible", "discount"),
    ("container_toll", {"class": True, "etc": True, "booked": True, "travelled_on": "2027-01-01"},
     "not_eligible", "after_end"),
    ("railway_port_fee", {"railway": True, "problem": False}, "eligible", "waived"),
    ("railway_port_fee", {"problem": True}, "not_eligible", "otherwise"),
    ("railway_port_fee", {"railway": True, "problem": False, "inspected_on": "2023-12-31"},
     "not_eligible", "before_start"),
    ("railway_port_fee", {"railway": True, "problem": False, "inspected_on": "2024-01-01"},
     "eligible", "waived"),
    ("railway_port_fee", {"railway": True, "problem": False, "inspected_on": "2026-12-31"},
     "eligible", "waived"),
    ("railway_port_fee", {"railway": True, "problem": False, "inspected_on": "2027-01-01"},
     "not_eligible", "after_end"),
    ("logistics_project_fee", {"recognised": True, "building": True}, "eligible", "waived"),
    ("logistics_project_fee", {"building": False}, "not_eligible", "otherwise"),
    ("logistics_project_fee", {"recognised": True, "building": True, "built_on": "2023-12-31"},
     "not_eligible", "before_start"),
    ("logistics_project_fee", {"recognised": True, "building": True, "built_on": "2024-01-01"},
     "eligible", "waived"),
    ("logistics_project_fee", {"recognised": True, "building": True, "built_on": "2026-12-31"},
     "eligible", "waived"),
    ("logistics_project_fee", {"recognised": True, "building": True, "built_on": "2027-01-01"},
     "not_eligible", "after_end"),
    ("rcep_fast_release", {"origin": True, "kind": "express"}, "eligible", "fast"),
    ("rcep_fast_release", {"kind": "other"}, "not_eligible", "otherwise"),
    ("rcep_fast_release", {"complete": False}, "not_eligible", "incomplete"),
    ("rcep_fast_release", {"suitable": False}, "not_eligible", "unsuitable"),
    ("individual_fx_account", {"trader": "person", "ecommerce": True}, "eligible", "allowed"),
    ("individual_fx_account", {"trader": "company"}, "not_eligible", "otherwise"),
    ("income_tax_assessment", {"zone": True, "ecommerce": True}, "eligible", "allowed"),
    ("income_tax_assessment", {"zone": False}, "not_eligible", "otherwise"),
    ("income_tax_assessment", {"conditions": False}, "not_eligible", "conditions"),
    ("return_centre", {"zone": True}, "eligible", "allowed"),
    ("return_centre", {"zone": False}, "not_eligible", "outside"),
    ("return_centre", {"dishonest": True}, "not_eligible", "dishonest"),
    ("return_centre", {"retail_import": False}, "not_eligible", "export"),
    ("aeo_first_award", {"advanced": True, "first_time": True}, "eligible", "award"),
    ("aeo_first_award", {"first_time": False}, "not_eligible", "otherwise"),
    ("loan_subsidy", {"trusted": True}, "eligible", "subsidy"),
    ("loan_subsidy", {"trusted": False}, "not_eligible", "not"),
    ("loan_subsidy", {"conditions": False}, "not_eligible", "conditions"),
    ("loan_subsidy", {"trusted": True, "wanted_rate": 1}, "eligible", "subsidy"),
    ("loan_subsidy", {"wanted_rate": "1.01"}, "not_eligible", "above_limit"),
    ("health_declaration", {"symptoms": False}, "eligible", "exempt"),
    ("health_declaration", {"symptoms": True}, "not_eligible", "declare"),
    ("aeo_inspection_rate", {"aeo": True, "findings": False}, "eligible", "lower"),
    ("aeo_inspection_rate", {"findings": True}, "not_eligible", "otherwise"),
    ("lead_zinc_inspection", {"ore": True, "certificate": False}, "eligible", "no_sampling"),
    ("lead_zinc_inspection", {"ore": True, "certificate": True}, "not_eligible", "sampling"),
    ("lead_zinc_inspection", {"ore": False}, "not_eligible", "otherwise"),
    ("eport_card", {"matches": True}, "eligible", "card"),
    ("eport_card", {"listed": False}, "eligible", "card"),
    ("eport_card", {"matches": False}, "not_eligible", "mismatch"),
    ("account_book_type", {"existing": True}, "eligible", "continue"),
    ("account_book_type", {"existing": False}, "not_eligible", "new"),
    ("simple_deregistration", {"traded": False}, "eligible", "simple"),
    ("simple_deregistration", {"debts": False}, "eligible", "simple"),
    ("simple_deregistration", {"traded": True, "debts": True}, "not_eligible", "not"),
    ("simple_deregistration", {"debts": False, "objection": True}, "not_eligible", "objection"),
    ("simple_deregistration", {"debts": False, "notice_days": 19}, "not_eligible", "notice_early"),
    ("simple_deregistration", {"debts": False, "notice_days": 20}, "eligible", "simple"),
    ("reinvestment_withholding", {"direct": True}, "eligible", "deferred"),
    ("reinvestment_withholding", {"direct": False}, "not_eligible", "remitted"),
    ("reinvestment_withholding", {"overseas": False}, "not_eligible", "domestic"),
    ("freight_deduction", {"route": "river"}, "eligible", "deducted"),
    ("freight_deduction", {"route": "laos"}, "not_eligible", "exploring"),
    ("freight_deduction", {"route": "other"}, "not_eligible", "other"),
    ("freight_deduction", {"domestic": False}, "not_eligible", "foreign"),
    ("foreign_project_equipment", {"encouraged": True}, "eligible", "exempt"),
    ("foreign_project_equipment", {"encouraged": False}, "not_eligible", "not"),
    ("foreign_project_equipment", {"foreign": False}, "not_eligible", "domestic"),
    ("foreign_project_equipment", {"within_total": False}, "not_eligible", "outside_total"),
    ("foreign_advance_ruling", {"consignee_in_shanghai": True}, "eligible", "allowed"),
    ("foreign_advance_ruling", {"consignee_in_shanghai": False}, "not_eligible", "elsewhere"),
    ("foreign_advance_ruling", {"contract": False}, "not_eligible", "no_contract"),
    ("foreign_advance_ruling", {"user_is_applicant": False}, "not_eligible", "other_user"),
    ("refund_time", {"class": "other", "wants_fast": True}, "not_eligible", "not_fast"),
    ("serbia_aeo_export", {"aeo": True}, "eligible", "told"),
    ("account_book_type", {"set_up_on": "2022-05-01"}, "eligible", "continue"),
    ("account_book_type", {"set_up_on": "2024-06-30"}, "eligible", "continue"),
    ("account_book_type", {"set_up_on": "2024-07-01"}, "not_eligible", "new"),
    ("fdi_cash_award", {"over_years": True, "arrived_total": 6000000,
     "arrived_other_year": 7000000}, "not_eligible", "below"),
    ("fdi_cash_award", {"over_years": True, "arrived_total": 10000000,
     "arrived_other_year": 10000000}, "not_eligible", "below"),
    ("fdi_cash_award", {"over_years": True, "arrived_total": 6000000,
     "arrived_other_year": 10000001, "manufacturing": False}, "eligible", "other_rate"),
    ("fdi_cash_award", {"over_years": True, "arrived_total": 6000000,
     "arrived_other_year": 30000001, "manufacturing": True}, "eligible", "manufacturing"),
    ("double_benefit", {"same_kind": True, "same_project": True}, "not_eligible", "once"),
    ("double_benefit", {"same_kind": True, "same_project": False}, "eligible", "other_project"),
    ("double_benefit", {"same_kind": False}, "eligible", "other_kind"),
    ("land_price_topup", {"own_industrial_land": True, "use_kept": True}, "exempt", "exempt"),
    ("land_price_topup", {"use_kept": False}, "not_exempt", "use_changed"),
    ("land_price_topup", {"own_industrial_land": False}, "not_exempt", "not_own_land"),
    ("land_price_topup", {"plan_met": False}, "not_exempt", "against_plan"),
    ("land_price_topup", {"foreign": False}, "not_exempt", "not_foreign"),
    ("disclosure_filing", {"place": "registered"}, "eligible", "right_office"),
    ("disclosure_filing", {"place": "declared"}, "eligible", "right_office"),
    ("disclosure_filing", {"place": "actual"}, "eligible", "right_office"),
    ("disclosure_filing", {"place": "other"}, "not_eligible", "other_office"),
    ("disclosure_filing", {"form": False}, "not_eligible", "no_form"),
    ("disclosure_filing", {"materials": False}, "not_eligible", "no_materials"),
    ("eport_unregistered", {"wants": "access", "listed": False}, "eligible", "access"),
    ("eport_unregistered", {"wants": "fx", "listed": True}, "eligible", "fx_listed"),
    ("eport_unregistered", {"wants": "fx", "listed": False}, "not_eligible", "fx_unlisted"),
    ("fast_transit_manifest", {"request": "merge", "applicant": "trader"}, "eligible", "merge"),
    ("fast_transit_manifest", {"request": "amend", "applicant": "carrier"}, "eligible", "amend"),
    ("fast_transit_manifest", {"request": "merge", "applicant": "carrier"}, "not_eligible",
     "merge_by_others"),
    ("fast_transit_manifest", {"request": "amend", "applicant": "trader"}, "not_eligible",
     "amend_by_others"),
    ("fast_transit_manifest", {"at_transit_office": False}, "not_eligible", "elsewhere"),
    ("fast_transit_manifest", {"request": "amend", "applicant": "carrier",
     "change_allowed": False}, "not_eligible", "not_allowed"),
    ("fast_transit_repacking", {"agreed": True}, "eligible", "agreed"),
    ("fast_transit_repacking", {"agreed": False}, "not_eligible", "not_agreed"),
    ("fast_transit_repacking", {"by_carrier": False}, "not_eligible", "not_carrier"),
    ("direct_transfer_move", {"cleared": True}, "eligible", "move"),
    ("direct_transfer_move", {"cleared": False}, "not_eligible", "stay"),
    ("direct_transfer_lots", {"apart": True, "marked": True}, "eligible", "several"),
    ("direct_transfer_lots", {"apart": False}, "not_eligible", "not"),
    ("direct_transfer_lots", {"marked": False}, "not_eligible", "not"),
    ("gate_form_fields", {"goods": "named", "field": "code"}, "eligible", "named"),
    ("gate_form_fields", {"goods": "other_gate", "field": "item"}, "eligible", "other_item"),
    ("gate_form_fields", {"goods": "other_gate", "field": "code"}, "not_eligible", "other_code"),
    ("gate_form_fields", {"goods": "normal"}, "not_eligible", "normal"),
    ("ruling_renewal_time", {"waited": 30}, "eligible", "in_time"),
    ("ruling_renewal_time", {"waited": 31}, "not_eligible", "too_late"),
    ("ruling_renewal_time", {"received_on": "2026-10-08", "decided_on": "2026-11-07"},
     "eligible", "in_time"),
    ("ruling_renewal_time", {"received_on": "2026-10-08", "decided_on": "2026-11-08"},
     "not_eligible", "too_late"),
    ("renewed_ruling_validity", {"which": "new", "effective_on": "2024-06-01",
     "used_on": "2027-06-01"}, "eligible", "valid"),
    ("renewed_ruling_validity", {"which": "new", "effective_on": "2024-06-01",
     "used_on": "2027-06-02"}, "not_eligible", "run_out"),
    ("renewed_ruling_validity", {"which": "old"}, "not_eligible", "old"),
    ("courier_b_payment", {"class": "b", "signed": True}, "eligible", "online"),
    ("courier_b_payment", {"class": "b", "signed": True, "paid_on": "2024-06-07"}, "eligible",
     "online"),
    ("courier_b_payment", {"paid_on": "2024-06-06"}, "not_eligible", "before"),
    ("courier_b_payment", {"class": "other"}, "not_eligible", "other_class"),
    ("courier_b_payment", {"signed": False}, "not_eligible", "not_signed"),
    ("courier_b_payment", {"local": False}, "not_eligible", "elsewhere"),
    ("transfer_across_years", {"same_side": True}, "eligible", "same"),
    ("transfer_across_years", {"same_side": False}, "not_eligible", "split"),
    ("trusted_priority_service", {"trusted": True}, "eligible", "served"),
    ("trusted_priority_service", {"trusted": False}, "not_eligible", "not_served"),
    ("trusted_exhibition", {"trusted": True, "organised": True}, "eligible", "priority"),
    ("trusted_exhibition", {"trusted": False}, "not_eligible", "not"),
    ("trusted_exhibition", {"organised": False}, "not_eligible", "not"),
    ("trusted_exhibition", {"overseas": False}, "not_eligible", "domestic"),
    ("fresh_food_inspection", {"perishable": True}, "eligible", "priority"),
    ("fresh_food_inspection", {"perishable": False}, "not_eligible", "ordinary"),
    ("clearance_hours", {"place": "airport"}, "eligible", "airport"),
    ("clearance_hours", {"place": "other", "booked": True}, "eligible", "booked"),
    ("clearance_hours", {"place": "other", "booked": False}, "not_eligible", "not_booked"),
    ("aeo_export_frequency", {"aeo": True, "goods": "named"}, "eligible", "fewer"),
    ("aeo_export_frequency", {"aeo": True, "goods": "aquatic"}, "eligible", "aquatic"),
    ("aeo_export_frequency", {"aeo": True, "goods": "other"}, "not_eligible", "otherwise"),
    ("aeo_export_frequency", {"aeo": False}, "not_eligible", "otherwise"),
    ("foreign_guests", {"matter": "receive"}, "eligible", "receive"),
    ("foreign_guests", {"matter": "announce"}, "not_eligible", "announce"),
    ("no_paper_documents", {"by_government": True}, "eligible", "issued"),
    ("no_paper_documents", {"by_government": False, "electronic": True}, "eligible",
     "electronic"),
    ("no_paper_documents", {"by_government": False, "electronic": False}, "not_eligible", "own"),
    ("seized_property_use", {"business_property": True, "kept_safe": True}, "eligible", "use"),
    ("seized_property_use", {"business_property": False}, "not_eligible", "not"),
    ("seized_property_use", {"kept_safe": False}, "not_eligible", "not"),
    ("seized_property_use", {"investigation_safe": False}, "not_eligible", "hinders"),
    ("road_dig_commitment", {"utility": True}, "eligible", "commitment"),
    ("road_dig_commitment", {"utility": False}, "not_eligible", "other"),
    ("road_dig_commitment", {"conditions": False}, "not_eligible", "conditions"),
    ("registration_place_demand", {"by_law": False}, "eligible", "refuse"),
    ("registration_place_demand", {"by_law": True}, "not_eligible", "by_law"),
    ("local_qualification", {"higher": True}, "eligible", "object"),
    ("local_qualification", {"higher": False}, "not_eligible", "otherwise"),
    ("local_qualification", {"outside": False}, "not_eligible", "otherwise"),
    ("designated_supplier", {"by_authority": True}, "eligible", "refuse"),
    ("designated_supplier", {"by_authority": True, "competed": True}, "not_eligible",
     "concession"),
    ("designated_supplier", {"by_authority": False}, "not_eligible", "contract"),
    ("land_permit_without_application", {"private": True}, "eligible", "private"),
    ("land_permit_without_application", {"private": False}, "not_eligible", "public"),
    ("land_permit_without_application", {"permit": False}, "not_eligible", "other_permit"),
    ("corridor_policy_period", {"business_on": "2023-12-31"}, "not_eligible", "before"),
    ("corridor_policy_period", {"business_on": "2024-01-01"}, "eligible", "within"),
    ("corridor_policy_period", {"business_on": "2026-12-31"}, "eligible", "within"),
    ("corridor_policy_period", {"business_on": "2027-01-01"}, "not_eligible", "after"),
    ("fast_transit_application", {"direction": "import", "tally_sent": False}, "eligible",
     "import_in_time"),
    ("fast_transit_application", {"direction": "import", "tally_sent": True}, "not_eligible",
     "import_late"),
    ("fast_transit_application", {"direction": "export", "declared": True}, "not_eligible",
     "export_late"),
    ("fast_transit_application", {"direction": "export", "declared": False}, "eligible",
     "export_in_time"),
    ("fast_transit_application", {"direction": "export", "declared": False, "manifest_in": False},
     "not_eligible", "export_early"),
    ("origin_certificate", {"goods_exported": True}, "eligible", "no_registration"),
    ("origin_certificate", {"applied_on": "2023-10-31"}, "not_eligible", "before"),
    ("origin_certificate", {"applied_on": "2023-10-31", "registered": True}, "eligible",
     "registered_before"),
    ("origin_certificate", {"applied_on": "2023-11-01"}, "eligible", "no_registration"),
    ("origin_certificate", {"goods_exported": False}, "not_eligible", "otherwise"),
    ("company_setup_time", {"days": 1}, "eligible", "in_time"),
    ("company_setup_time", {"days": 2}, "not_eligible", "late"),
    ("company_setup_time", {"at_once": True}, "eligible", "in_time"),
    ("company_setup_time", {"days": 5, "complete": False}, "not_eligible", "incomplete"),
    ("low_voltage_power_time", {"days": 8}, "eligible", "in_time"),
    ("low_voltage_power_time", {"days": 9}, "not_eligible", "late"),
    ("low_voltage_power_time", {"days": 3, "low_voltage": False}, "not_eligible", "high_voltage"),
    ("relocation_permits", {"matter": "move"}, "eligible", "move"),
    ("relocation_permits", {"matter": "permits"}, "eligible", "permits"),
    ("relocation_permits", {"matter": "permits", "in_force": False}, "not_eligible", "expired"),
    ("relocation_permits", {"matter": "permits", "other_rule": True}, "not_eligible",
     "other_rule"),
    ("duplicate_materials", {"demand": "paper_again"}, "eligible", "paper_again"),
    ("duplicate_materials", {"demand": "online_again"}, "eligible", "online_again"),
    ("duplicate_materials", {"demand": "no_electronic"}, "eligible", "no_electronic"),
    ("duplicate_materials", {"demand": "one_channel"}, "eligible", "one_channel"),
    ("duplicate_materials", {"demand": "never"}, "not_eligible", "never"),
    ("duplicate_materials", {"demand": "paper_again", "proper": False}, "not_eligible",
     "not_proper"),
    ("unlisted_charge", {"payee": "port", "listed": False}, "eligible", "port"),
    ("unlisted_charge", {"payee": "public", "listed": False}, "eligible", "public"),
    ("unlisted_charge", {"payee": "port", "listed": True}, "not_eligible", "listed"),
    ("unlisted_charge", {"payee": "public", "listed": True}, "not_eligible", "listed"),
    ("unlisted_charge", {"payee": "business"}, "not_eligible", "business"),
    ("proof_demand", {"listed": False}, "eligible", "unlisted"),
    ("proof_demand", {"listed": True, "commitment": True}, "eligible", "commitment"),
    ("proof_demand", {"listed": True, "commitment": False}, "not_eligible", "needed"),
    ("intermediary_service", {"matter": "named"}, "eligible", "free_choice"),
    ("intermediary_service", {"matter": "named", "basis": True}, "eligible", "free_choice"),
    ("intermediary_service", {"matter": "named", "by_law": True}, "not_eligible", "named_by_law"),
    ("intermediary_service", {"matter": "demanded", "basis": False}, "eligible", "no_basis"),
    ("intermediary_service", {"matter": "demanded", "basis": True}, "not_eligible",
     "legal_service"),
    ("intermediary_service", {"matter": "commissioned"}, "eligible", "not_borne"),
    ("intermediary_service", {"matter": "own"}, "not_eligible", "borne"),
    ("bank_conditions", {"condition": "bundling"}, "eligible", "bundling"),
    ("bank_conditions", {"condition": "conversion"}, "eligible", "conversion"),
    ("bank_conditions", {"condition": "deposit_first"}, "eligible", "deposit_first"),
    ("bank_conditions", {"condition": "discrimination"}, "eligible", "discrimination"),
    ("bank_conditions", {"condition": "ordinary"}, "not_eligible", "ordinary"),
    ("bank_conditions", {"condition": "bundling", "forced": False}, "not_eligible", "voluntary"),
    ("bank_conditions", {"condition": "deposit_first", "forced": False}, "eligible",
     "deposit_first"),
    ("public_arrears", {"payer": "public", "matter": "draft"}, "eligible", "draft"),
    ("public_arrears", {"payer": "public", "matter": "arrears"}, "eligible", "public_arrears"),
    ("public_arrears", {"payer": "large", "matter": "arrears", "small": True}, "eligible",
     "large_arrears"),
    ("public_arrears", {"payer": "large", "matter": "arrears", "small": False}, "not_eligible",
     "large_not_small"),
    ("public_arrears", {"payer": "large", "matter": "draft"}, "not_eligible", "large_draft"),
    ("public_arrears", {"payer": "other"}, "not_eligible", "other"),
    ("promise_kept", {"reason": "turnover"}, "eligible", "keep"),
    ("promise_kept", {"reason": "public_interest"}, "eligible", "compensation"),
    ("promise_kept", {"reason": "own_breach"}, "not_eligible", "own_breach"),
    ("promise_kept", {"reason": "turnover", "lawful": False}, "not_eligible", "unlawful"),
    ("association_membership", {"matter": "association"}, "eligible", "association"),
    ("association_membership", {"matter": "event"}, "eligible", "event"),
    ("association_membership", {"by_law": True}, "not_eligible", "by_law"),
    ("forced_contribution", {"voluntary": False}, "eligible", "refuse"),
    ("forced_contribution", {"voluntary": True}, "not_eligible", "voluntary"),
    ("forced_contribution", {"by_law": True}, "not_eligible", "by_law"),
    ("general_shutdown", {"general": True, "cause": False}, "eligible", "banned"),
    ("general_shutdown", {"general": True, "cause": True, "approved": False}, "eligible",
     "banned"),
    ("general_shutdown", {"general": True, "cause": True, "approved": True}, "not_eligible",
     "excepted"),
    ("general_shutdown", {"general": True, "cause": True, "approved": True, "noticed": False},
     "eligible", "no_notice"),
    ("general_shutdown", {"general": False}, "not_eligible", "own_case"),
    ("bankruptcy_administrator", {"matter": "inquiry"}, "eligible", "inquiry"),
    ("bankruptcy_administrator", {"matter": "inquiry", "by_administrator": False},
     "not_eligible", "other_person"),
    ("bankruptcy_administrator", {"matter": "deregister", "ruling": True}, "eligible",
     "deregister"),
    ("bankruptcy_administrator", {"matter": "deregister", "ruling": False}, "not_eligible",
     "no_ruling"),
    ("bankruptcy_administrator", {"matter": "tax"}, "eligible", "tax"),
    ("bankruptcy_administrator", {"matter": "disposal", "voted": True}, "eligible", "voted"),
    ("bankruptcy_administrator", {"matter": "disposal", "voted": False}, "not_eligible",
     "not_voted"),
    ("service_address", {"way": "electronic", "given": True}, "eligible", "electronic"),
    ("service_address", {"way": "paper", "given": True}, "eligible", "paper"),
    ("service_address", {"given": False}, "not_eligible", "not_given"),
    ("bad_review", {"named": True, "reasonable": True}, "eligible", "must_correct"),
    ("bad_review", {"named": False}, "not_eligible", "not_covered"),
    ("bad_review", {"named": True, "reasonable": False}, "not_eligible", "not_covered"),
    ("new_business_ban", {"measure": "ban"}, "eligible", "no_ban"),
    ("new_business_ban", {"measure": "rules"}, "not_eligible", "rules"),
    ("new_business_ban", {"measure": "ban", "new": False}, "not_eligible", "not_new"),
    ("business_autonomy", {"matter": "own"}, "eligible", "own"),
    ("business_autonomy", {"matter": "duty"}, "not_eligible", "duty"),
    ("utility_terms", {"matter": "terms"}, "eligible", "terms"),
    ("utility_terms", {"matter": "fees"}, "eligible", "fees"),
    ("utility_terms", {"matter": "published"}, "not_eligible", "published"),
    ("utility_terms", {"provider": False}, "not_eligible", "not_utility"),
    ("power_compensation", {"cause": "quality", "loss": True}, "eligible", "liable"),
    ("power_compensation", {"cause": "unlawful", "loss": True}, "eligible", "liable"),
    ("power_compensation", {"cause": "unlawful", "loss": False}, "not_eligible", "no_loss"),
    ("power_compensation", {"cause": "lawful"}, "not_eligible", "lawful"),
    ("finance_charges", {"charge": "irregular"}, "eligible", "irregular"),
    ("finance_charges", {"charge": "shifted"}, "eligible", "shifted"),
    ("finance_charges", {"charge": "guarantee_over"}, "eligible", "guarantee_over"),
    ("finance_charges", {"charge": "guarantee_within"}, "not_eligible", "allowed"),
    ("finance_charges", {"charge": "published"}, "not_eligible", "allowed"),
    ("deposit_guarantee", {"deposit": "public", "instrument": "guarantee"}, "eligible",
     "guarantee"),
    ("deposit_guarantee", {"deposit": "public", "instrument": "other"}, "not_eligible", "other"),
    ("deposit_guarantee", {"deposit": "private"}, "not_eligible", "private"),
    ("inspections", {"matter": "several"}, "eligible", "joint"),
    ("inspections", {"matter": "repeated"}, "eligible", "combined"),
    ("inspections", {"matter": "targeted"}, "eligible", "random"),
    ("inspections", {"matter": "targeted", "special": True}, "not_eligible", "justified"),
    ("inspections", {"matter": "targeted", "lead": True}, "not_eligible", "justified"),
    ("coercive_measures", {"flaw": "unlawful"}, "eligible", "unlawful"),
    ("coercive_measures", {"flaw": "excessive"}, "eligible", "excessive"),
    ("coercive_measures", {"flaw": "mild"}, "eligible", "mild"),
    ("coercive_measures", {"flaw": "minor"}, "not_eligible", "minor"),
    ("coercive_measures", {"flaw": "lawful"}, "not_eligible", "lawful"),
    ("tender_conditions", {"condition": "place"}, "eligible", "place"),
    ("tender_conditions", {"condition": "ownership"}, "eligible", "place"),
    ("tender_conditions", {"condition": "brand"}, "eligible", "brand"),
    ("tender_conditions", {"condition": "unfit"}, "eligible", "unfit"),
    ("tender_conditions", {"condition": "fit"}, "not_eligible", "fit"),
    ("tender_conditions", {"condition": "brand", "regulated": False}, "not_eligible",
     "commercial"),
    ("equal_treatment", {"ground": "identity"}, "eligible", "identity"),
    ("equal_treatment", {"ground": "condition"}, "not_eligible", "condition"),
    ("market_access", {"listed": "none"}, "eligible", "free"),
    ("market_access", {"listed": "local"}, "eligible", "local"),
    ("market_access", {"listed": "national"}, "not_eligible", "national"),
    ("window_refusal", {"ground": "none"}, "eligible", "must_accept"),
    ("window_refusal", {"ground": "by_law"}, "not_eligible", "by_law"),
    ("one_time_notice", {"piecemeal": True}, "eligible", "at_once"),
    ("one_time_notice", {"piecemeal": False}, "not_eligible", "told"),
    ("added_condition", {"basis": False}, "eligible", "no_basis"),
    ("added_condition", {"basis": True}, "not_eligible", "basis"),
    ("service_deadline", {"overdue": True}, "eligible", "overdue"),
    ("service_deadline", {"overdue": False}, "not_eligible", "in_time"),
    ("disguised_permit", {"status": "cancelled"}, "eligible", "cancelled"),
    ("disguised_permit", {"status": "unlisted"}, "eligible", "unlisted"),
    ("disguised_permit", {"status": "lawful"}, "not_eligible", "lawful"),
    ("document_without_basis", {"effect": "burden", "basis": False}, "eligible", "forbidden"),
    ("document_without_basis", {"effect": "access", "basis": False}, "eligible", "forbidden"),
    ("document_without_basis", {"effect": "burden", "basis": True}, "not_eligible", "basis"),
    ("document_without_basis", {"effect": "none"}, "not_eligible", "none"),
    ("property_inquiry", {"kind": "business"}, "eligible", "business"),
    ("property_inquiry", {"kind": "home"}, "not_eligible", "home"),
    ("property_inquiry", {"kind": "business", "entity": False}, "not_eligible", "not_entity"),
    ("collateral_description", {"matter": "describe", "movable": True}, "eligible", "describe"),
    ("collateral_description", {"matter": "extend", "movable": True}, "eligible", "extend"),
    ("collateral_description", {"matter": "extend", "movable": True, "agreed": False},
     "not_eligible", "not_agreed"),
    ("collateral_description", {"movable": False}, "not_eligible", "immovable"),
    ("permit_before_registration", {"demand": "before"}, "eligible", "no_precondition"),
    ("permit_before_registration", {"demand": "before", "by_law": True}, "not_eligible", "by_law"),
    ("permit_before_registration", {"demand": "after"}, "not_eligible", "still_needed"),
    ("registration_commitment", {"matter": "address", "promised": True}, "eligible", "address"),
    ("registration_commitment", {"matter": "examination", "promised": True}, "eligible",
     "examination"),
    ("registration_commitment", {"matter": "address", "promised": False}, "not_eligible",
     "no_promise"),
    ("registration_commitment", {"matter": "change"}, "eligible", "change"),
    ("registration_commitment", {"correct": False}, "not_eligible", "false_promise"),
    ("registration_commitment", {"other_law": True}, "not_eligible", "other_law"),
    ("later_documents", {"key": True}, "not_eligible", "key"),
    ("later_documents", {"project": "major", "key": False}, "eligible", "major"),
    ("later_documents", {"project": "other", "key": False}, "eligible", "other"),
    ("later_documents", {"key": False, "safety": True}, "not_eligible", "safety"),
    ("later_documents", {"project": "major", "key": False, "late": True}, "not_eligible",
     "too_late"),
    ("construction_approval", {"matter": "merged", "social": True, "small": True}, "eligible",
     "merged"),
    ("construction_approval", {"matter": "merged", "social": False}, "not_eligible", "not_merged"),
    ("construction_approval", {"matter": "merged", "small": False}, "not_eligible", "not_merged"),
    ("construction_approval", {"matter": "joint", "special": False}, "eligible", "joint"),
    ("construction_approval", {"matter": "joint", "special": True}, "not_eligible", "special"),
    ("review_proposal", {"target": "local"}, "eligible", "may"),
    ("review_proposal", {"target": "rule"}, "eligible", "may"),
    ("review_proposal", {"target": "rule", "written": False}, "not_eligible", "oral"),
    ("review_proposal", {"target": "document"}, "not_eligible", "other"),
    ("review_proposal", {"target": "law"}, "not_eligible", "other"),
    ("comment_period", {"days": 30}, "eligible", "enough"),
    ("comment_period", {"days": 29}, "not_eligible", "short"),
    ("comment_period", {"held": False}, "not_eligible", "none"),
    ("comment_period", {"held": False, "secret": True}, "eligible", "secret"),
    ("transition_period", {"issuer": "local"}, "eligible", "local"),
    ("transition_period", {"issuer": "local", "left": True}, "not_eligible", "enough"),
    ("transition_period", {"issuer": "national"}, "not_eligible", "national"),
    ("overseas_warehouse_receipts", {"warehouse": True}, "eligible", "may_differ"),
    ("overseas_warehouse_receipts", {"warehouse": False}, "not_eligible", "otherwise"),
    ("overseas_warehouse_receipts", {"ecommerce": False}, "not_eligible", "otherwise"),
    ("cost_netting", {"ecommerce": True, "cost": "abroad"}, "eligible", "netted"),
    ("cost_netting", {"cost": "home"}, "not_eligible", "otherwise"),
    ("cost_netting", {"ecommerce": False}, "not_eligible", "otherwise"),
    ("growth_support", {"kind": "centre"}, "eligible", "centre"),
    ("growth_support", {"kind": "centre", "done": False}, "not_eligible", "not_yet"),
    ("growth_support", {"kind": "smart"}, "eligible", "smart"),
    ("growth_support", {"kind": "green"}, "eligible", "green"),
    ("growth_support", {"kind": "upgrade"}, "eligible", "upgrade"),
    ("growth_support", {"kind": "first_use"}, "eligible", "first_use"),
    ("growth_support", {"kind": "listing"}, "eligible", "listing"),
    ("growth_support", {"kind": "listing", "done": False}, "not_eligible", "not_yet"),
    ("growth_support", {"kind": "other"}, "not_eligible", "other"),
    ("gift_same_parcel", {"mode": "bonded", "gift_origin": "domestic"}, "eligible", "allowed"),
    ("gift_same_parcel", {"mode": "other"}, "not_eligible", "otherwise"),
    ("gift_same_parcel", {"gift_origin": "foreign"}, "not_eligible", "otherwise"),
    ("gift_same_parcel", {"fit": False}, "not_eligible", "unfit"),
    ("ecommerce_refund_review", {"class": "one"}, "eligible", "allowed"),
    ("ecommerce_refund_review", {"class": "two"}, "eligible", "allowed"),
    ("ecommerce_refund_review", {"class": "three"}, "not_eligible", "lower"),
    ("ecommerce_refund_review", {"class": "four"}, "not_eligible", "lower"),
    ("ecommerce_refund_review", {"class": "one", "ecommerce": False}, "not_eligible",
     "not_ecommerce"),
    ("residence_permit", {"work": True, "length": 60}, "eligible", "within"),
    ("residence_permit", {"work": True, "length": 61}, "not_eligible", "too_long"),
    ("residence_permit", {"work": False}, "not_eligible", "not_work"),
    ("reinvestment_account", {"currency": "rmb"}, "eligible", "no_account"),
    ("reinvestment_account", {"currency": "foreign"}, "not_eligible", "other_currency"),
    ("reinvestment_account", {"domestic": False}, "not_eligible", "abroad"),
    ("reinvestment_account", {"foreign": False}, "not_eligible", "domestic_investor"),
    ("forensic_time", {"agreed": False, "days": 30}, "eligible", "in_time"),
    ("forensic_time", {"agreed": False, "days": 31}, "not_eligible", "late"),
    ("forensic_time", {"agreed": False, "days": 31, "complex": True}, "eligible", "complex"),
    ("forensic_time", {"agreed": True, "kept": True}, "eligible", "agreed_kept"),
    ("forensic_time", {"agreed": True, "kept": False}, "not_eligible", "agreed_missed"),
    ("online_filing", {"online": True}, "eligible", "no_paper"),
    ("online_filing", {"online": False}, "not_eligible", "otherwise"),
    ("online_filing", {"online": True, "kind": "evidence"}, "not_eligible", "otherwise"),
    ("unpublished_document", {"published": False}, "eligible", "no_basis"),
    ("unpublished_document", {"published": True}, "not_eligible", "published"),
    ("unpublished_document", {"published": False, "affects": False}, "not_eligible",
     "not_affected"),
    ("area_assessment", {"covered": True}, "eligible", "no_own"),
    ("area_assessment", {"covered": False}, "not_eligible", "own"),
    ("research_goods_import", {"listed": True}, "eligible", "no_form"),
    ("research_goods_import", {"listed": False}, "not_eligible", "form"),
    ("research_goods_import", {"listed": True, "research": False}, "not_eligible",
     "not_research"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule_id", "case", "expected", "row"), CASES, ids=lambda value: str(value)[:60]
)
def test_rule_decides_as_its_document_says(rule_id, case, expected, row):
    decision = outcome(rule_id, **case)
    assert decision.outcome == expected
    assert row in decision.rows
    assert decision.reasons
    assert decision.citations
    assert not decision.missing


@pytest.mark.parametrize("rule_id", RULES)
def test_the_table_reaches_every_row(rule_id):
    shared = {"discovered_first", "not_corrected", "royalty_again", "repeated_within_year"}
    rows = {row.id for row in RULES[rule_id].rows}
    if rule_id.startswith("disclosure_"):
        rows -= shared
    reached = {row for name, _, _, row in CASES if name == rule_id}
    assert rows <= reached | shared


@pytest.mark.parametrize("rule_id", RULES)
def test_with_nothing_known_it_asks_or_names_what_it_leaves_out(rule_id):
    rule = RULES[rule_id]
    for language in ("zh", "en"):
        decision = decide(rule, {}, TODAY, language=language)
        assert decision.missing or decision.provisos
        for missing in decision.missing:
            assert missing.question
            assert missing.why


def test_the_expired_notice_decides_and_says_first_that_it_has_ended():
    decision = outcome("voluntary_disclosure", violation="tax", months=3)
    assert (decision.outcome, decision.status, decision.judged_on) == ("exempt", "expired", TODAY)
    assert "2025年10月10日到期" in decision.notes[0]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2023-10-10", "not_yet_in_force"),
        ("2023-10-11", "in_force"),
        ("2025-10-10", "in_force"),
        ("2025-10-11", "expired"),
    ],
)
def test_the_notice_is_judged_by_the_day_of_disclosure(day, status):
    decision = outcome("voluntary_disclosure", violation="tax", months=3, disclosed_on=day)
    assert (decision.status, decision.judged_on) == (status, date.fromisoformat(day))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("day", "given"), [("2023-09-30", False), ("2023-10-01", True)])
def test_what_a_rule_grants_nobody_has_before_it_is_in_force(day, given, language):
    rule = RULES["serbia_aeo_export"]
    facts = fill(rule, "我们是高级认证企业，货发塞尔维亚", TODAY)
    decision = decide(rule, facts, date.fromisoformat(day), language=language)
    assert decision.outcome == ("eligible" if given else "not_eligible")
    if not given:
        assert decision.missing == ()
        assert ("2023年10月1日" if language == "zh" else "1 October 2023") in decision.reasons[-1]


def test_a_disclosure_in_the_past_without_a_day_is_judged_by_the_date_that_was_told():
    rule = RULES["disclosure_credit_record"]
    told = fill(rule, "2024年5月的单少缴了税，我们已经披露了，罚了90万，记不记信用", TODAY)
    decision = decide(rule, told, TODAY)
    assert (decision.status, decision.judged_on) == ("in_force", date(2024, 5, 31))
    undated = fill(rule, "少缴了税，我们已经披露了，罚了90万，记不记信用", TODAY)
    assert decide(rule, undated, TODAY).status == "expired"


def test_it_asks_only_for_what_can_still_change_the_outcome():
    decision = outcome("voluntary_disclosure", violation="tax", months=3)
    assert not decision.missing
    decision = outcome("voluntary_disclosure", violation="tax", months=12)
    assert [missing.name for missing in decision.missing] == ["short_tax", "tax_ratio"]
    decision = outcome("voluntary_disclosure", violation="tax", months=12, short_tax=2000000)
    assert [missing.name for missing in decision.missing] == ["payable_tax"]


def test_a_span_decides_where_all_of_it_agrees_and_is_asked_about_where_not():
    rule = "voluntary_disclosure"
    assert outcome(rule, violation="tax", months=12, short_tax=(None, 1000000)).outcome == "exempt"
    open_case = outcome(rule, violation="tax", months=12, short_tax=(900000, 1100000))
    assert open_case.outcome == "needs_facts"
    assert open_case.missing[0].name == "short_tax"


def test_what_cannot_be_told_shows_both_outcomes():
    rule = RULES["voluntary_disclosure"]
    facts = facts_of(rule, {"violation": "tax", "months": 12, "short_tax": 2000000})
    decision = decide(rule, facts, TODAY, frozenset({"payable_tax", "tax_ratio"}))
    assert decision.outcome == "needs_facts"
    assert not decision.missing
    assert [case.outcome for case in decision.cases] == ["exempt", "not_exempt"]
    assert "30%" in decision.cases[0].text


def test_the_window_of_renewal_is_shown():
    decision = outcome("advance_ruling_renewal", expires_on="2025-03-31", applied_on="2024-12-01")
    assert decision.result == "too_early"
    assert "最早2024年12月31日、最晚2025年3月1日" in decision.reasons[-1]


def test_no_sum_is_computed_from_the_award_and_the_limits_of_adding_up_are_told():
    decision = outcome("fdi_cash_award", arrived_total=26000000, manufacturing=True)
    assert decision.result == "rate"
    told = "".join((*decision.reasons, *decision.notes))
    assert "52万" not in told
    assert "不替你算出具体奖励金额" in told
    assert any("就高不就低" in citation.quote for citation in decision.citations)


def test_unknown_facts_and_values_of_a_wrong_type_are_refused():
    rule = RULES["fdi_cash_award"]
    with pytest.raises(ValueError, match="no fact 'colour'"):
        decide(rule, {"colour": Fact(True)}, TODAY)
    with pytest.raises(ValueError, match="is no bool"):
        decide(rule, {"manufacturing": Fact("yes")}, TODAY)


def test_facts_go_through_json():
    for fact in (
        Fact(Span(Decimal("1.5"), None, True), "150%", True),
        Fact(Span.at(TODAY), "今天"),
        Fact(True, "是"),
        Fact("tax"),
    ):
        assert Fact.from_json(fact.as_json()) == fact


def told(decision: Decision) -> list[tuple[str, str]]:
    """Each test as (fact and what was asked of it, the result)."""
    parts = [line.partition("——") for line in decision.reasons if "——" in line]
    return [(asked, result.partition("（")[0]) for asked, _, result in parts]


def test_who_is_outside_an_exception_satisfies_the_rule():
    decision = outcome(
        "voluntary_disclosure",
        violation="tax",
        months=3,
        discovered_by_customs=False,
        repeated=True,
        months_since_previous=14,
    )
    results = dict(told(decision))
    assert results["海关是否先发现：海关发现之前主动披露"] == "符合"
    assert results["距上一次就同一违规行为披露：14个月；不超过12个月的除外"] == "符合"
    assert set(results.values()) == {"符合"}


@pytest.mark.parametrize(
    ("rule_id", "case", "failed"),
    [
        ("voluntary_disclosure", {**TAX, "discovered_by_customs": True}, "海关已经先发现"),
        ("voluntary_disclosure", {**TAX, "months": 25}, "要求不超过两年"),
        ("voluntary_disclosure", {"violation": "consumption", "leftover": "disposed"}, "去向"),
        ("voluntary_disclosure", {"violation": "inspection", "inspection_matter": "quarantine"},
         "检疫类事项"),
        ("minor_violation", {"minor": True, "corrected": False, "harm": False}, "是否及时纠正"),
        ("encouraged_project_duty", {"in_2024": True, "already_taxed": True}, "已经征税"),
        ("bonded_repair", {"goods": "jewellery", "place": "zone"}, "企业所在"),
        ("aeo_guarantee_waiver", {"aeo": True, "downgraded": True}, "非高级认证企业"),
    ],
)  # fmt: skip
def test_what_stands_against_a_case_is_said_not_to_satisfy_the_rule(rule_id, case, failed):
    results = told(outcome(rule_id, **case))
    assert any(failed in asked and result == "不符合" for asked, result in results)


@pytest.mark.parametrize("rule_id", RULES)
def test_nothing_is_told_twice_or_both_ways(rule_id):
    for name, case, _, _ in CASES:
        if name == rule_id:
            asked = [each for each, _ in told(outcome(name, **case))]
            assert len(asked) == len(set(asked)), case


def test_a_row_that_applies_for_certain_is_the_reason():
    decision = outcome("land_price_topup", own_industrial_land=False)
    assert decision.rows == ("not_own_land",)
    assert "限于企业自有工业用地" in decision.reasons[-1]
