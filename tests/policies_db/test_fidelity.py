"""Proof of fidelity: provisions are the documents' text, and documents are the originals'."""

from __future__ import annotations

from collections import Counter

import pytest

from policies_db.content import SOURCES, compact, read_documents
from policies_db.importer.catalogue import load, original_lines, reimport
from policies_db.importer.sourcefile import SourceFile
from policies_db.importer.structure import provisions_of
from policies_db.models import Document

ENTRIES, APART = load()


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {document.id: document for document in read_documents()}


def test_every_entry_of_the_contract_is_on_file(documents: dict[str, Document]) -> None:
    assert len(documents) == 35
    assert set(documents) == {entry.id for entry in ENTRIES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_provisions_put_together_are_the_text(entry) -> None:
    source = SourceFile.read(SOURCES / f"{entry.id}.md")
    provisions = provisions_of(source.paragraphs, source.metadata["numbering"])
    assert compact("".join(p.text for p in provisions)) == compact("".join(source.paragraphs))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_source_file_is_its_original_with_the_repairs_on_record(entry) -> None:
    source = SourceFile.read(SOURCES / f"{entry.id}.md")
    layout, repairs = reimport(entry)
    assert source.paragraphs == [paragraph.text for paragraph in layout.paragraphs]
    assert source.repairs == repairs


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_repairs_take_out_page_furniture_and_nothing_else(entry) -> None:
    source = SourceFile.read(SOURCES / f"{entry.id}.md")
    lines = original_lines(entry.file)[entry.first - 1 : entry.last]
    original = Counter(compact("".join(line.text for line in lines)))
    removed = Counter(
        compact(
            "".join(
                repair["printed"]
                for repair in source.repairs
                if repair["kind"] in ("page number", "table head", "strip")
            )
        )
    )
    assert original - removed == Counter(compact("".join(source.paragraphs)))


def test_every_line_of_every_original_is_accounted_for_once() -> None:
    ranges = [(e.file, e.first, e.last) for e in ENTRIES] + [
        (a.file, a.first, a.last) for a in APART
    ]
    for file in sorted({file for file, _, _ in ranges}):
        used = Counter(n for f, first, last in ranges if f == file for n in range(first, last + 1))
        printed = {line.number for line in original_lines(file) if line.text.strip()}
        assert printed <= set(used), f"{file}: lines in no document"
        assert max(used.values()) == 1, f"{file}: lines used twice"


def test_unmoved_text_keeps_its_order() -> None:
    for entry in ENTRIES:
        if any("move" in repair for repair in entry.repairs):
            continue
        lines = original_lines(entry.file)[entry.first - 1 : entry.last]
        source = SourceFile.read(SOURCES / f"{entry.id}.md")
        taken_out = {
            n
            for repair in source.repairs
            if repair["kind"] in ("page number", "table head")
            for n in range(repair["lines"][0], repair["lines"][1] + 1)
        }
        original = compact("".join(line.text for line in lines if line.number not in taken_out))
        for repair in entry.repairs:
            original = original.replace(repair.get("strip", "\0").replace(" ", ""), "")
        assert compact("".join(source.paragraphs)) == original, entry.id


@pytest.mark.parametrize(("document_id", "last"), [("sc-722", 72), ("cq-npc-126", 80)])
def test_articles_run_without_gaps(documents, document_id: str, last: int) -> None:
    from policies_db.importer.numbering import chinese_numeral

    labels = {p.label for p in documents[document_id].provisions}
    assert {f"第{chinese_numeral(n)}条" for n in range(1, last + 1)} <= labels
    assert f"第{chinese_numeral(last + 1)}条" not in labels


def test_the_task_table_has_208_rows_with_leads_and_deadlines(documents) -> None:
    tasks = [p.task for p in documents["cq-2024-27"].provisions if p.task]
    assert [task.number for task in tasks] == list(range(1, 209))
    months = Counter(task.due_on.month for task in tasks)
    assert months == {12: 182, 6: 13, 4: 5, 9: 5, 7: 1, 8: 1, 10: 1}
    by_number = {task.number: task for task in tasks}
    assert by_number[120].task.count("。") == 2
    assert "归集涉及政府部门" in by_number[176].task
    assert " " not in by_number[173].lead


def test_the_list_of_trusted_companies_has_112_rows(documents) -> None:
    rows = [p.company for p in documents["cq-customs-trusted"].provisions if p.company]
    assert [row.number for row in rows] == list(range(1, 113))
    names = Counter(row.name for row in rows)
    assert len(names) == 111
    assert [row.number for row in rows if names[row.name] == 2] == [3, 87]


@pytest.mark.parametrize(
    ("document_id", "sentence"),
    [
        ("gacc-2023-127", "自涉税违规行为发生之日起六个月以内向海关主动披露的。"),
        ("gacc-2023-108", "并实施现场抽样、实验室检测、出具品质证书。"),
        ("gacc-2023-102", "为进口自对方AEO企业的货物提供通关便利。"),
        ("cq-customs-trusted", "给予5~20万元不等的一次性奖励"),
        ("cq-2022-107-trade", "明确重点任务，抓好工作落实。"),
        ("cq-open-2024-1", "创新发展“保税展示+跨境电商”快速配送模式试点。"),
        ("cq-2023-92", "新通道、中欧班列"),
        ("cq-2022-35", "首次委托"),
        ("cpc-2022-unified-market", "使生产、分配、流通、消费各环节更加畅通"),
    ],
)
def test_sentences_that_the_page_layout_cut_are_whole(documents, document_id, sentence) -> None:
    assert any(sentence in compact(p.text) for p in documents[document_id].provisions)


def test_misprints_stay_as_printed(documents) -> None:
    text = "".join(p.text for p in documents["cq-open-2024-1"].provisions)
    assert "特珠监管" in text
    assert "百团干企" in text
