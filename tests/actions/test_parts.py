"""Parts of a document that are asked for by their kind: its end, its headings, its targets."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from policies_db import listing, lookup
from policies_db.engine import session_for
from policies_db.models import Figure, Provision
from policies_db.settings import database_url
from tests.actions.talk import Talk


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("10号文结尾说跟别的政策撞了怎么办", "cq-gov-2024-10", "就高不重复"),
        ("外资计划征求意见稿末尾对到期以后是咋个说的", "cq-fdi-draft", "顺延执行"),
        ("166号公告最后一段原话", "gacc-2023-166", "以本公告为准"),
        ("外资计划最后一句写的啥", "cq-2022-107-fdi", "继续有效"),
    ],
)  # fmt: skip
def test_the_end_of_a_document(talk: Talk, question: str, document: str, words: str) -> None:
    said = talk.say(question)
    first = said.card["citations"][0]
    assert (first["document_id"], first["article"]) == (document, "结尾")
    assert words in first["quote"]


@pytest.mark.parametrize(
    "question",
    [
        "外资三年计划正式稿和征求意见稿最后一句各是什么",
        "外资集聚地三年计划到期了怎么办那句话，意见稿和定稿是不是一个意思",
    ],
)
def test_the_ends_of_a_plan_and_its_draft(talk: Talk, question: str) -> None:
    said = talk.say(question)
    quotes = "".join(said.quotes[:2])
    assert {c["document_id"] for c in said.card["citations"][:2]} == {
        "cq-2022-107-fdi",
        "cq-fdi-draft",
    }
    assert "继续有效" in quotes
    assert "顺延执行" in quotes


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("扩大进口的方案一共分几个部分", "cq-open-2024-1"),
        ("324号通知一共几个方面，分别叫什么", "mofcom-2024-324"),
        ("跨境电商若干措施有哪些大标题", "cq-2023-92"),
    ],
)
def test_the_headings_of_a_document(talk: Talk, question: str, document: str) -> None:
    said = talk.say(question)
    with session_for(database_url()) as session:
        row = lookup.document(session, document)
        assert row is not None
        wanted = [heading.heading for heading in listing.headings(row)]
    assert said.card["kind"] == "list"
    for heading in wanted:
        assert heading in said.answer


@pytest.mark.parametrize(
    "question", ["高资信那11条分别是什么", "高资信企业的措施一共有几条，都是啥"]
)
def test_all_measures_of_a_document(talk: Talk, question: str) -> None:
    said = talk.say(question, "trusted_companies")
    assert [c["document_id"] for c in said.card["citations"]] == ["cq-customs-trusted"] * 11


@pytest.mark.parametrize(
    ("question", "document", "year"),
    [
        ("跨境电商92号里写到2027年的数字目标，帮我全捞出来", "cq-2023-92", "2027年"),
        ("扩大进口计划2024年要完成的具体数字有哪些", "cq-open-2024-1", "2024年"),
        ("35号方案的目标指标都列一下", "cq-2022-35", ""),
    ],
)
def test_all_targets_of_a_document(talk: Talk, question: str, document: str, year: str) -> None:
    said = talk.say(question)
    with session_for(database_url()) as session:
        targets = session.execute(
            select(Figure.printed, Figure.subject, Figure.quote)
            .join(Provision, Figure.provision_id == Provision.id)
            .where(Provision.document_id == document, Figure.kind == "target")
        ).all()
    wanted = [printed for printed, subject, quote in targets if year in subject + quote]
    assert said.card["kind"] == "list"
    assert len(wanted) > 3
    for printed in wanted:
        assert printed in said.answer


def test_what_a_bureau_does_in_a_document(talk: Talk) -> None:
    said = talk.say("扩大进口计划里市药监局和市国资委负责哪些")
    assert said.card["kind"] == "list"
    assert {"二（一）2", "二（一）4"} <= {c["article"] for c in said.card["citations"]}


def test_a_list_by_the_word_that_leads_it_in(talk: Talk) -> None:
    said = talk.say("185号公告开展区内直转要满足哪些条件")
    assert said.card["kind"] == "list"
    assert "待检区" in said.answer
    assert "WMS" in "".join(said.quotes)
