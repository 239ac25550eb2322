"""Validity on a date: documents, sentences with dates of their own, plans, drafts."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy.orm import Session

from policies_db import lookup
from policies_db.validity import standing


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("document_id", "on", "status"),
    [
        ("gacc-2023-127", "2023-10-10", "not_yet_in_force"),
        ("gacc-2023-127", "2023-10-11", "in_force"),
        ("gacc-2023-127", "2025-10-10", "in_force"),
        ("gacc-2023-127", "2025-10-11", "expired"),
        ("cq-gov-2024-10", "2023-12-31", "not_yet_in_force"),
        ("cq-gov-2024-10", "2024-02-01", "in_force"),
        ("cq-gov-2024-10", "2026-12-31", "in_force"),
        ("cq-gov-2024-10", "2027-01-01", "expired"),
        ("cq-npc-126", "2021-05-31", "not_yet_in_force"),
        ("cq-npc-126", "2021-07-01", "in_force"),
        ("gacc-2023-102", "2023-09-15", "not_yet_in_force"),
        ("cq-fdi-draft", "2026-11-21", "draft"),
        ("cq-2022-107-fdi", "2026-11-21", "in_force"),
        ("cq-2022-107-trade", "2024-12-31", "in_force"),
        ("cq-2022-107-trade", "2025-01-01", "unknown"),
    ],
)
def test_a_document_on_a_date(session: Session, document_id: str, on: str, status: str) -> None:
    document = lookup.document(session, document_id)
    assert document is not None
    assert standing(session, document, day(on)).status == status


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2023-01-29", "not_yet_in_force"),
        ("2025-12-31", "in_force"),
        ("2026-01-01", "expired"),
    ],
)
def test_a_sentence_has_dates_of_its_own(session: Session, on: str, status: str) -> None:
    rows = lookup.provisions_at(session, "cq-2023-92", "七")
    body = next(row for row in rows if row.kind == "paragraph")
    exemption = "符合政策条件的退运进境原跨境电商出口商品免征进口关税"
    cited = lookup.cite(session, body, day(on), exemption)
    assert cited.standing.status == status
    assert cited.standing.own
    rest = lookup.cite(session, body, day("2026-11-21"), "引导企业用好跨境电商零售出口增值税")
    assert rest.standing.status == "in_force"


def test_a_rule_that_ends_soon_says_so(session: Session) -> None:
    document = lookup.document(session, "cq-gov-2024-10")
    judged = standing(session, document, day("2026-11-21"))
    assert judged.ends_within(90)
    assert not judged.ends_within(30)


def test_a_plan_that_continues_says_in_which_words(session: Session) -> None:
    document = lookup.document(session, "cq-2022-107-fdi")
    judged = standing(session, document, day("2026-11-21"))
    assert judged.continues == "本行动计划到期，相关政策措施继续有效。"
