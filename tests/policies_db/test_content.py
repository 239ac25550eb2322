"""What the database holds: labels, bureaus, rows, relations, points with verbatim quotes."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from policies_db import lookup
from policies_db.content import compact
from policies_db.models import Point, Provision, Relation, Repair, Task, TrustedCompany
from tests.policies_db.conftest import without_encoder

TODAY = datetime.date(2026, 11, 21)


def test_every_quote_is_contiguous_text_of_its_provision(session: Session) -> None:
    whole: dict[str, str] = {}
    for point in session.scalars(select(Point)):
        if point.provision_id not in whole:
            whole[point.provision_id] = lookup.whole(session, point.provision)
        assert point.quote in whole[point.provision_id], point.quote


def test_every_written_answer_has_its_figures_from_the_quote(session: Session) -> None:
    import re

    for point in session.scalars(select(Point).where(Point.written)):
        for figure in re.findall(r"\d+(?:\.\d+)?", point.answer):
            assert figure in point.quote, point.answer


@pytest.mark.parametrize(
    ("document_id", "label", "words"),
    [
        ("sc-722", "第六十二条第二款", "公开征求意见的期限一般不少于30日"),
        ("cq-npc-126", "第三十二条第三款", "供电企业接电时间不得超过八个工作日"),
        ("gacc-2023-127", "第一条第（二）项", "超过六个月但在两年以内"),
        ("gacc-2023-127", "第一条第（五）项第2目", "500万元以下"),
        ("gacc-2023-148", "第四条", "应暂停企业适用免除担保措施"),
        ("cq-2022-107-fdi", "三（四）10", "不含外方股东贷款，下同"),
        ("cq-2022-107-trade", "三（八）26", "平台投保降费20%"),
        ("cq-2023-65", "三（末段）", "就高不就低"),
        ("cq-open-2024-1", "二（二）6", "跨境电商”快速配送模式试点"),
        ("cq-2024-27", "附件第57项", ""),
    ],
)
def test_provisions_are_found_under_their_own_label(
    session: Session, document_id: str, label: str, words: str
) -> None:
    rows = lookup.provisions_at(session, document_id, label)
    assert any(words in compact(row.text) for row in rows)


def test_bureaus_are_read_as_printed(session: Session) -> None:
    row = lookup.provisions_at(session, "cq-2022-107-fdi", "三（四）10")[0]
    names = [bureau.name for bureau in row.bureaus]
    assert "市商务委" in names
    assert "市招商投资局" in names


def test_joint_leads_of_a_task_are_parted(session: Session) -> None:
    task = session.scalars(select(Task).where(Task.number == 38)).one()
    assert task.due_on == datetime.date(2024, 12, 31)
    joint = session.scalars(select(Task).where(Task.lead.like("%，%"))).first()
    assert joint is not None
    provision = session.get(Provision, joint.provision_id)
    assert len(provision.bureaus) == 2


def test_the_company_list_is_in_rows(session: Session) -> None:
    assert session.scalar(select(func.count()).select_from(TrustedCompany)) == 112


def test_relations_and_repairs_are_on_record(session: Session) -> None:
    relation = session.scalars(
        select(Relation).where(Relation.document_id == "gacc-2023-127")
    ).one()
    assert (relation.kind, relation.number) == ("repeals", "海关总署公告2022年第54号")
    draft = session.scalars(select(Relation).where(Relation.kind == "draft_of")).one()
    assert draft.target_id == "cq-2022-107-fdi"
    moved = session.scalars(select(Repair).where(Repair.kind == "move")).all()
    assert all(repair.why for repair in moved)
    assert {r.document_id for r in moved} >= {"gacc-2023-127", "gacc-2023-108", "gacc-2023-102"}


def test_governing_provisions_are_tied_to_what_they_govern(session: Session) -> None:
    award = lookup.provisions_at(session, "cq-2023-65", "三、13")[0]
    assert [g.governor_id for g in award.governors] == ["cq-2023-65/三（末段）"]


def test_a_second_build_does_nothing(database: str) -> None:
    from policies_db.build import ensure_database

    said: list[str] = []
    with without_encoder():
        ensure_database(database, said.append)
    assert said == ["policy database: up to date"]
