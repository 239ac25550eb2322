"""The typed figures of the rules, and what is said of a file that is wrong."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from policies_db.content import ContentError, compact, read_documents
from policies_db.figures import FIGURES, read_figures
from policies_db.models import Document, Figure

GOOD = """\
- at: 第一条第（二）项
  kind: amount
  subject: 漏缴、少缴税款
  comparison: "<="
  value: 1000000
  unit: CNY
  printed: 100万元
  quote: 漏缴、少缴税款在人民币100万元以下的
"""


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {document.id: document for document in read_documents()}


def _found(document: Document, label: str, subject: str) -> list[Figure]:
    ids = {p.id for p in document.provisions if p.label == label}
    return [
        figure
        for figure in read_figures(document)
        if figure.provision_id in ids and subject in figure.subject
    ]


@pytest.mark.parametrize(
    ("document_id", "label", "subject", "kind", "comparison", "value", "upper", "unit"),
    [
        ("gacc-2023-127", "第一条第（一）项", "主动披露", "period", "<=", "6", None, "month"),
        ("gacc-2023-127", "第一条第（二）项", "主动披露", "period", "between", "6", "24", "month"),
        ("gacc-2023-127", "第一条第（二）项", "应缴纳税款比例", "rate", "<=", "30", None, "%"),
        ("gacc-2023-127", "第四条", "次数", "count", ">=", "2", None, "count"),
        ("gacc-2024-32", "第一条第（一）项", "展期", "window", "between", "30", "90", "day"),
        ("cq-customs-trusted", "一、2", "AEO", "award", "between", "50000", "200000", "CNY"),
        ("cq-customs-trusted", "二、5", "退税", "period", "<=", "3", None, "working_day"),
        (
            "cq-2022-107-fdi",
            "三（四）10",
            "制造业新项目或增资项目年",
            "amount",
            ">",
            "30000000",
            None,
            "USD",
        ),
        ("cq-2022-107-fdi", "三（四）10", "年度奖励", "award", "<=", "10000000", None, "CNY"),
        ("cq-2022-107-trade", "二", "进出口总值", "target", ">", "1000000000000", None, "CNY"),
        ("cq-npc-126", "第三十二条第三款", "接电", "period", "<=", "8", None, "working_day"),
        ("sc-722", "第六十二条第二款", "征求意见", "period", ">=", "30", None, "day"),
        ("cq-2024-27", "附件第140项", "科技型企业", "target", ">", "60000", None, "count"),
        ("gacc-2023-136", "序言", "备案", "window", ">=", "20231101", None, "date"),
    ],
)
def test_figures_are_typed_as_the_text_says(
    documents: dict[str, Document],
    document_id: str,
    label: str,
    subject: str,
    kind: str,
    comparison: str,
    value: str,
    upper: str | None,
    unit: str,
) -> None:
    found = _found(documents[document_id], label, subject)
    assert [(f.kind, f.comparison, f.value, f.upper, f.unit) for f in found] == [
        (kind, comparison, value, upper, unit)
    ]


def test_every_file_belongs_to_a_document_and_is_read(documents: dict[str, Document]) -> None:
    files = sorted(FIGURES.glob("*.yml"))
    assert files
    for path in files:
        assert read_figures(documents[path.stem])


def test_every_quote_stands_in_the_document(documents: dict[str, Document]) -> None:
    for document in documents.values():
        text = "".join(compact(provision.text) for provision in document.provisions)
        for figure in read_figures(document):
            assert figure.quote in text
            assert figure.printed in figure.quote


def test_ranges_go_up_and_dates_are_days(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for figure in read_figures(document):
            assert (figure.comparison == "between") == (figure.upper is not None)
            if figure.upper is not None:
                assert float(figure.value) < float(figure.upper)
            if figure.unit == "date":
                for day in filter(None, (figure.value, figure.upper)):
                    assert datetime.datetime.strptime(day, "%Y%m%d")


def test_a_document_without_a_file_has_no_figures(
    documents: dict[str, Document], tmp_path: Path
) -> None:
    assert read_figures(documents["gacc-2023-127"], tmp_path) == []


def test_a_right_file_is_read(documents: dict[str, Document], tmp_path: Path) -> None:
    (tmp_path / "gacc-2023-127.yml").write_text(GOOD, encoding="utf-8")
    (figure,) = read_figures(documents["gacc-2023-127"], tmp_path)
    assert (figure.value, figure.unit, figure.upper) == ("1000000", "CNY", None)
    assert figure.provision_id == "gacc-2023-127/第一条第（二）项"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("quote: 漏缴、", "quote: 漏缴或", "quote is not contiguous text"),
        ("unit: CNY", "unit: RMB", "unit 'RMB' is not one of"),
        ("kind: amount", "kind: sum", "kind 'sum' is not one of"),
        ('"<="', '"≤"', "comparison '≤' is not one of"),
        ("printed: 100万元", "printed: 200万元", "printed figure '200万元' is not in the quote"),
        ("printed: 100万元", "printed: 人民币", "printed figure '人民币' is not in the quote"),
        ("value: 1000000", "value: 一百万", "not a number: '一百万'"),
        ("  subject: 漏缴、少缴税款\n", "", "subject"),
    ],
)
def test_a_wrong_file_is_named_with_the_figure(
    documents: dict[str, Document], tmp_path: Path, right: str, wrong: str, message: str
) -> None:
    assert right in GOOD
    broken = GOOD + GOOD.replace(right, wrong)
    (tmp_path / "gacc-2023-127.yml").write_text(broken, encoding="utf-8")
    with pytest.raises(ContentError, match=r"gacc-2023-127\.yml, figure 2: ") as error:
        read_figures(documents["gacc-2023-127"], tmp_path)
    assert message in str(error.value)
