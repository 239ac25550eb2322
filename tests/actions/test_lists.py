"""Lists are whole and in order."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from policies_db import lookup
from policies_db.engine import session_for
from policies_db.models import Document, Provision, Task
from policies_db.settings import database_url
from tests.actions.talk import Said, Talk


def numbers(said: Said) -> list[int]:
    return [int(n) for n in re.findall(r"^(\d+)\. ", said.answer, re.MULTILINE)]


def items_under(document: str, label: str) -> list[str]:
    with session_for(database_url()) as session:
        (lead, *_) = lookup.provisions_at(session, document, label)
        rows = session.scalars(
            select(Provision).where(Provision.parent_id == lead.id).order_by(Provision.position)
        )
        return [row.label for row in rows]


@pytest.mark.parametrize(
    ("question", "document", "label"),
    [
        ("主动披露不予行政处罚的情形都有哪些？全部列出来", "gacc-2023-127", "第一条"),
        ("国务院条例规定政府工作人员哪些情形要追究责任，全列出来", "sc-722", "第六十九条"),
    ],
)  # fmt: skip
def test_all_items_of_a_provision(talk: Talk, question: str, document: str, label: str) -> None:
    said = talk.say(question)
    wanted = items_under(document, label)
    cited = [c["article"] for c in said.card["citations"] if c["document_id"] == document]
    assert [article for article in cited if article in wanted] == wanted
    assert numbers(said) == list(range(1, len(wanted) + 1))


def test_all_tasks_of_a_bureau(talk: Talk) -> None:
    said = talk.say("2024年任务清单里重庆市税务局牵头的有哪些")
    with session_for(database_url()) as session:
        wanted = session.scalars(
            select(Task.number).where(Task.lead.contains("税务局")).order_by(Task.number)
        ).all()
    assert said.card["kind"] == "list"
    assert numbers(said) == wanted


def test_all_documents(talk: Talk) -> None:
    said = talk.say("你收录了哪些文件", "document_list")
    with session_for(database_url()) as session:
        documents = session.scalars(select(Document)).all()
        assert numbers(said) == list(range(1, len(documents) + 1))
        for document in documents:
            assert document.title in said.answer


def test_a_list_over_documents_names_each_source(talk: Talk) -> None:
    said = talk.say("高级认证企业有哪些优惠措施", "aeo_benefits")
    assert said.card["kind"] == "list"
    assert numbers(said) == list(range(1, len(said.card["citations"]) + 1))
    assert len({c["document_id"] for c in said.card["citations"]}) >= 4
    lines = said.answer.splitlines()[1:]
    for line, citation in zip(lines, said.card["citations"], strict=True):
        assert citation["article"] in line
        assert citation["title"] in line
