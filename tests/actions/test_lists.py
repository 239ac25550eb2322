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


@pytest.mark.parametrize(
    ("question", "document", "articles"),
    [
        (
            "跨境贸易便利化措施里市贸促会配合的条目都列一列",
            "cq-port-2024-5",
            {"四、19", "五、25"},
        ),
        ("跨境电商92号文归人民银行管的措施有哪些", "cq-2023-92", {"八", "九"}),
        (
            "陆海新通道那16条里，海事局参与的都是哪几条",
            "cq-gov-2024-10",
            {"一（一）", "一（三）", "二（七）", "三（十二）"},
        ),
        (
            "西部陆海新通道政策里邮政管理局有份的条款列一下",
            "cq-gov-2024-10",
            {"一（四）", "二（九）"},
        ),
    ],
)
def test_what_a_bureau_does_in_a_document(
    talk: Talk, question: str, document: str, articles: set[str]
) -> None:
    said = talk.say(question)
    cited = {c["article"] for c in said.card["citations"] if c["document_id"] == document}
    assert said.card["kind"] == "list"
    assert articles <= cited


def test_what_a_bureau_does_alone(talk: Talk) -> None:
    said = talk.say("便利化工作措施里重庆海关一家负责、没有别的单位的是哪些")
    with session_for(database_url()) as session:
        port = lookup.document(session, "cq-port-2024-5")
        assert port is not None
        alone = [r.label for r in port.provisions if [b.name for b in r.bureaus] == ["重庆海关"]]
    cited = [c["article"] for c in said.card["citations"]]
    assert [article for article in cited if article in alone] == alone
    assert set(cited) <= {*alone, "标题"}


@pytest.mark.parametrize(
    ("question", "document", "label"),
    [
        ("稳外资措施第一部分都有哪几条", "cq-2025-37", "一"),
        ("扩大进口计划里“持续改善进口服务”列了哪几项", "cq-open-2024-1", "二（五）"),
        ("外资三年行动计划的保障措施有哪几条", "cq-2022-107-fdi", "四"),
    ],
)
def test_what_stands_under_a_heading(talk: Talk, question: str, document: str, label: str) -> None:
    said = talk.say(question)
    with session_for(database_url()) as session:
        head = lookup.provisions_at(session, document, label)[0]
        rows = [row for row in head.document.provisions if row.parent_id == head.id]
        wanted = [row.label for row in rows]
    cited = [c["article"] for c in said.card["citations"]]
    assert [article for article in cited if article in wanted] == wanted


def test_what_a_whole_document_is_about_names_none_of_its_headings(talk: Talk) -> None:
    said = talk.say("92号文对跨境电商物流仓储提了哪些做法")
    assert {"八", "十一"} <= {c["article"] for c in said.card["citations"]}
    assert "DTC" not in said.answer


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("经核准出口商，几个文件提过", {"mofcom-2022-10", "cq-2022-107-trade"}),
        ("容缺受理在哪几份文件里写了", {"cq-2021-opinion", "cq-2024-27"}),
        ("船边放行和船边直提哪些文件讲到", {"cq-port-2024-5", "cq-2023-91"}),
    ],
)
def test_the_documents_that_speak_of_a_thing(
    talk: Talk, question: str, documents: set[str]
) -> None:
    said = talk.say(question)
    assert said.card["kind"] == "list"
    assert {c["document_id"] for c in said.card["citations"]} == documents


@pytest.mark.parametrize(
    ("question", "article", "words"),
    [
        ("跨境电商92号文里通关便利化有哪些做法", "六", "机场前置货站"),
        ("稳外资措施里贸易便利化都包括什么", "四（二十）", "知识产权海关备案"),
        ("陆海新通道政策里降低物流费用有哪些举措", "四（十四）", "三类客车"),
    ],
)
def test_all_that_an_item_says_which_part_of_its_heading_names(
    talk: Talk, question: str, article: str, words: str
) -> None:
    said = talk.say(question)
    assert said.card["citations"][0]["article"] == article
    assert words in "".join(said.quotes)
    assert len(numbers(said)) >= 4


def test_what_a_document_repealed_is_not_its_own_validity(talk: Talk) -> None:
    said = talk.say("164号公告废止了哪些文件", "document_validity")
    assert said.card["citations"][0]["article"] == "第四条"


def test_a_plan_as_issued_answers_before_its_draft(talk: Talk) -> None:
    said = talk.say("外资研发中心享受哪些政策")
    assert said.card["citations"][0]["document_id"] == "cq-2022-107-fdi"


@pytest.mark.parametrize("question", ["无人机在维修目录第几批", "茶叶机在不在鼓励进口目录里"])
def test_catalogues_are_not_on_file(talk: Talk, question: str) -> None:
    assert talk.say(question).card["kind"] == "refusal"


def test_no_document_speaks_of_what_is_in_none(talk: Talk) -> None:
    assert talk.say("火星贸易哪些文件提到过").card["kind"] == "refusal"


def test_tasks_of_a_month_of_another_year_are_none(talk: Talk) -> None:
    said = talk.say("任务清单里2025年6月要完成的有哪些")
    assert said.card["kind"] != "list"
    assert len(numbers(talk.say("任务清单里2024年6月要完成的有哪些"))) == 13


@pytest.mark.parametrize(
    "question",
    ["178号公告附件1的数据项都有哪些，逐个写", "127号公告附件2的报告表里要填哪几栏"],
)
def test_what_stands_in_an_annex_that_is_not_on_file(talk: Talk, question: str) -> None:
    assert talk.say(question).card["kind"] == "refusal"


def test_how_many_annexes_there_are_is_on_file(talk: Talk) -> None:
    said = talk.say("178号公告一共几个附件，分别叫什么")
    assert said.card["citations"][0]["article"] == "附件"
