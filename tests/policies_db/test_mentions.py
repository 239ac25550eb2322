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
