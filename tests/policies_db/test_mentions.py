"""Documents and places that questions name."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from policies_db import lookup
from policies_db.mentions import Names


@pytest.fixture
def names(session: Session) -> Names:
    return Names(lookup.documents(session))


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("148号公告和重庆条例", [("gacc-2023-148",), ("cq-npc-126",)]),
        ("107号外贸计划跟92号文", [("cq-2022-107-trade",), ("cq-2023-92",)]),
        ("重庆优化营商环境条例", [("cq-npc-126",)]),
        ("今天天气", []),
    ],
)
def test_each_name_in_order(names: Names, question: str, groups: list[tuple[str, ...]]) -> None:
    assert names.each(question) == groups


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("重庆条例第三十五条第二款", "第三十五条第二款"),
        ("条例35条", "第三十五条"),
        ("任务清单第102项", "附件第102项"),
        ("清单里第三项任务", "附件第3项"),
        ("那12条措施", None),
        ("那第二条呢", "第二条"),
        ("措施第（八）条", "第八条"),
        ("这16条还有效吗", None),
    ],
)
def test_places(names: Names, question: str, label: str | None) -> None:
    assert names.find(question).label == label


def test_a_day_of_a_month_is_no_number_of_a_document(names: Names) -> None:
    for question in ("预裁定12月5号到期", "这个月5号到期", "10月30号集中申报"):
        assert names.find(question).documents == ()


def test_a_word_that_points_may_stand_inside_a_name(names: Names) -> None:
    assert names.find("陆海新通道那份政策到什么时候").documents == ("cq-gov-2024-10",)


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("三年行动计划第6条", {"cq-2022-107-fdi", "cq-2022-107-trade"}),
        ("扩大进口专项行动计划第9条讲啥", {"cq-open-2024-1"}),
        ("两部营商环境条例的第十九条", {"sc-722", "cq-npc-126"}),
        ("重庆自己的条例怎么说", {"cq-npc-126"}),
        ("重慶促進跨境貿易便利化措施第3條", {"cq-port-2024-5"}),
        ("2027年促进跨境贸易便利化措施第3条", set()),
    ],
)
def test_a_document_by_a_part_of_its_title(
    names: Names, question: str, documents: set[str]
) -> None:
    assert set(names.find(question).documents) == documents


@pytest.mark.parametrize(
    ("question", "later"),
    [
        ("2022年第54号公告还有效吗", ("gacc-2023-127", "54号")),
        ("署通发188号还执行不", ("gacc-2023-164", "188号")),
        ("2021年80号公告和它冲突听谁的", ("gacc-2023-166", "80号")),
        ("127号公告还有效吗", None),
        ("我们在人民路54号", None),
    ],
)
def test_a_number_that_another_document_replaces(
    names: Names, question: str, later: tuple[str, str] | None
) -> None:
    assert names.replaced(question) == later


def test_a_draft_beside_what_became_of_it(names: Names) -> None:
    pair = [("cq-2022-107-fdi",), ("cq-fdi-draft",)]
    assert names.each("外资三年计划草案和最后印发的，研发中心那条有啥出入") == pair
    assert names.each("外资计划草案和正式版哪里不一样") == pair
    assert "外资" not in names.beside("外资三年计划里研发中心奖多少")


@pytest.mark.parametrize(
    ("document", "article", "label"),
    [
        ("cq-2022-107-trade", "第十四条", "三（五）14"),
        ("cq-2025-37", "第八条", "二（八）"),
        ("mofcom-2024-324", "第六条", "六"),
        ("gacc-2024-66", "第二条", "第二条"),
        ("cq-npc-126", "第二百条", None),
    ],
)
def test_items_of_plans_are_called_articles(
    session: Session, document: str, article: str, label: str | None
) -> None:
    rows = lookup.provisions_at(session, document, article)
    assert (rows[0].label if rows else None) == label


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("2026年任务清单里谁牵头", True),
        ("2024年任务清单里谁牵头", False),
        ("任务清单里2026年完成的有哪些", False),
        ("2026年还能拿奖励吗", False),
    ],
)
def test_a_document_of_another_year(names: Names, question: str, other: bool) -> None:
    assert names.of_other_year(question) is other


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("陆海新通道那套扶持", ("cq-gov-2024-10",)),
        ("扩大进口的方案里国企要做什么", ("cq-open-2024-1",)),
        ("西部陆海新通道那16条", ("cq-gov-2024-10",)),
        ("跨境电商的优惠", ()),
        ("2026年促进跨境贸易便利化措施", ()),
    ],
)
def test_the_one_document_on_a_theme(
    names: Names, question: str, documents: tuple[str, ...]
) -> None:
    assert names.find(question).documents == documents


@pytest.mark.parametrize(
    ("document", "text", "other"),
    [
        ("cq-npc-126", "国家那部怎么说", "sc-722"),
        ("sc-722", "我们市里的呢", "cq-npc-126"),
        ("sc-722", "国务院的呢", None),
        ("cq-2023-92", "国家的呢", None),
    ],
)
def test_the_document_of_the_same_name(
    names: Names, document: str, text: str, other: str | None
) -> None:
    assert names.counterpart(document, text) == other
