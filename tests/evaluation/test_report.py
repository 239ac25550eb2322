"""What a person who opens the report sees."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from evaluation import plots, report, runs
from evaluation.play import Played
from evaluation.questions import FINAL, LOOK
from evaluation.runs import Run, compare, record
from tests.evaluation.examples import citation, question, reply

OTHER = citation(document_id="b-1", quote="另一份文件。")
RATES = dict.fromkeys(("strict", "with_twins", "with_place"), (0.8, 0.9, 1.0))
ZONES = {"answer": 0.8, "choose": 0.1, "none": 0.1}
LEFT_OUT = {
    "questions": 24852,
    "search": RATES,
    "plain": {**RATES, "with_place": (0.41, 0.5, 0.6)},
    "zones": {**ZONES, "wrong": 0.04, "useless": 0.05},
}
RELIABILITY = {"bins": ((0.1, 0.2, 0.5), (0.9, 0.8, 0.5)), "error": 0.1}
SEARCH = {
    "fifths": LEFT_OUT,
    "one_out": {**LEFT_OUT, "questions": 12},
    "right": RELIABILITY,
    "covered": RELIABILITY,
    "refusal": ({"threshold": 0.3, "answered": 0.9, "wrong": 0.1, "uncovered": 0.2},),
    "other_zones": {"uncovered": ZONES, "removed": ZONES},
    "phrasings": 24852,
    "nearness": {"1.0": 0, "0.9": 3},
}


@pytest.fixture(autouse=True)
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "misquotes", lambda card: [])


def run_of(*replies: list[dict[str, object]], part: str = LOOK) -> Run:
    played = [
        Played(question(id=f"q-{n}", turns=(f"第{n}问<script>",)), tuple(messages), (0.01 * n,))
        for n, messages in enumerate(replies, 1)
    ]
    return record("own", part, "2026-11-21", played)


def test_the_page_stands_alone_and_is_escaped() -> None:
    page = report.page(run_of(reply(citations=[OTHER])), None, [], SEARCH)
    assert not re.search(r"(src|href)=|@import|url\(|<script", page)
    assert "第1问&lt;script&gt;" in page


def test_failures_stand_under_their_cause_with_answer_and_what_was_expected() -> None:
    page = report.page(run_of(reply(), reply(citations=[OTHER])), None, [], None)
    cause = page[page.index("other document</strong> (1)") :]
    for part in ("第2问", "不予行政处罚", "另一份文件", "自违规之日起六个月以内"):
        assert part in cause
    assert "第1问" not in cause


def test_the_final_part_shows_figures_only() -> None:
    page = report.page(run_of(reply(citations=[OTHER]), part=FINAL), None, [], None)
    assert "other document: 1" in page
    assert "第1问" not in page


def test_changes_and_other_sets_are_shown() -> None:
    before, now = run_of(reply(citations=[OTHER])), run_of(reply())
    other = Run("dev", "", before.at, "abc", "2026-11-21", before.ended)
    page = report.page(now, compare(now, [before]), [other], None)
    assert "better (1)" in page
    assert "wrong (other document) → correct (right)" in page
    assert "dev" in page


def test_the_search_is_shown_beside_plain_bm25() -> None:
    page = report.page(run_of(reply()), None, [], SEARCH)
    assert "24852" in page
    assert "41.0%" in page


def test_the_table_of_the_terminal() -> None:
    lines = report.summary(run_of(reply(), reply("refusal")), None).splitlines()
    assert re.fullmatch(r"all +2 +50\.0% +0\.0% +50\.0% +0\.0%", lines[-2])
    assert lines[-1] == "time of an answer: median 15 ms, p95 20 ms"


@pytest.mark.parametrize("values", [[], [0.0], [1, 2, 3, 900], [5.0] * 300])
def test_a_plot_is_well_formed_whatever_it_is_given(values: list[float]) -> None:
    for svg in (
        plots.histogram(values, "time <of>", " ms", {"median": 2.0}),
        plots.reliability([(v / 900, v / 900, 1.0) for v in values], "right"),
    ):
        drawn = ET.fromstring(svg)
        assert drawn.get("role") == "img"
        for mark in drawn.iter("circle"):
            assert 0 <= float(mark.get("cx", "-1")) <= plots.WIDTH
    bars = ET.fromstring(plots.histogram(values, "t", "", {})).iter("rect")
    tips = [next(iter(bar)).text or "" for bar in bars]
    assert sum(int(tip.rpartition(": ")[2]) for tip in tips) == len(values)


def test_the_interval_is_wilsons() -> None:
    low, high = report.interval(0.95, 450)
    assert (round(low, 3), round(high, 3)) == (0.926, 0.967)
