"""Lists are complete, in order, and only what was asked for."""

from __future__ import annotations

import datetime

from sqlalchemy.orm import Session

from policies_db import listing, lookup

TODAY = datetime.date(2026, 11, 21)


def test_rows_of_a_bureau(session: Session) -> None:
    rows = listing.tasks(session, "市科技局在清单里有哪些任务")
    assert rows
    assert all("市科技局" in row.task.lead for row in rows)
    assert [row.position for row in rows] == sorted(row.position for row in rows)


def test_rows_of_a_month(session: Session) -> None:
    rows = listing.tasks(session, "清单里九月底要做完的")
    assert rows
    assert {row.task.due_on.month for row in rows} == {9}


def test_no_rows_without_bureau_or_month(session: Session) -> None:
    assert listing.tasks(session, "清单里都有什么") == []


def test_items_of_a_provision_are_all_of_them(session: Session) -> None:
    lead = lookup.provision(session, "sc-722/第六十九条")
    assert lead is not None
    items = listing.children(lead)
    numbers = [*list("一二三四五六七八九十"), "十一"]
    assert [item.label for item in items] == [f"第六十九条第（{n}）项" for n in numbers]
    cited = listing.first_points(session, items, TODAY)
    assert [c.provision_id for c in cited] == [item.id for item in items]


def test_measures_are_the_numbered_items(session: Session) -> None:
    document = lookup.document(session, "cq-customs-trusted")
    assert document is not None
    labels = [row.label for row in listing.measures(document)]
    assert labels[0] == "一、1"
    assert labels[-1] == "三、11"
    assert len(labels) == 11
