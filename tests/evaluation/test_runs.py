"""Why answers are not right, what is kept of a run, how two runs compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evaluation import runs
from evaluation.play import Played
from evaluation.questions import FINAL, LOOK
from evaluation.runs import Run, compare, load, record, save
from tests.evaluation.examples import citation, decided, question, reply

OTHER = citation(document_id="b-1", quote="另一份文件。")


@pytest.fixture(autouse=True)
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "misquotes", lambda card: [])


def played(messages: list[dict[str, Any]], option: int | None = None, **asked: Any) -> Played:
    return Played(question(**asked), tuple(messages), (0.05,), right_option=option)


def run_of(*each: Played, part: str = LOOK) -> Run:
    return record("own", part, "2026-11-21", each)


@pytest.mark.parametrize(
    ("one", "cause"),
    [
        (played(reply()), ""),
        (played([]), "no usable reply"),
        (Played(question(), (), (), "no answer from …"), "no usable reply"),
        (played(reply("refusal")), "refused though covered"),
        (played(reply("smalltalk")), "took a question for small talk"),
        (played(reply("clarify")), "asked back though covered"),
        (
            played(reply("clarify", suggestions=[{"title": "甲", "payload": "1"}]), option=1),
            "offered a choice, option 1 is right",
        ),
        (
            played(reply("clarify", suggestions=[{"title": "甲", "payload": "1"}])),
            "offered a choice without the right answer",
        ),
        (played(reply(citations=[])), "nothing cited"),
        (played(reply(citations=[OTHER])), "other document"),
        (
            played(reply(citations=[OTHER, citation(quote="同一份。")])),
            "right document, other provision",
        ),
        (
            played(reply(citations=[OTHER, OTHER, OTHER, citation()])),
            "right provision cited after the third place",
        ),
        (played(reply(), include=(("30%",),)), "figure or item missing"),
        (played(reply(), status="expired"), "wrong status or date"),
        (played(reply(), kind="refuse"), "answered though not covered"),
        (played(reply("clarify"), kind="refuse", topic="evasion"), "evasion not declined"),
        (
            played(reply(), kind="clarify"),
            "answered or declined where a question back was needed",
        ),
        (played(reply(), outcome="exempt"), "decision asked for and not made"),
        (
            played(decided("needs_facts"), outcome="exempt"),
            "asked for facts that were told or do not matter",
        ),
        (
            played(decided("exempt"), outcome="needs_facts"),
            "decided though facts are missing",
        ),
        (played(decided("exempt"), outcome="not_exempt"), "wrong outcome"),
    ],
)
def test_causes(one: Played, cause: str) -> None:
    assert run_of(one).ended[0].cause == cause


def test_a_card_that_breaks_the_contract_is_told() -> None:
    ended = run_of(played(reply(as_of="tomorrow", extra=1))).ended[0]
    assert any("extra" in breach for breach in ended.breaches)
    assert any("tomorrow" in breach for breach in ended.breaches)
    assert not run_of(played(reply())).ended[0].breaches


def test_of_the_final_part_no_question_and_no_answer_is_kept(tmp_path: Path) -> None:
    kept = save(run_of(played(reply(citations=[OTHER])), part=FINAL), tmp_path)
    text = kept.read_text(encoding="utf-8")
    assert "wrong" in text
    for secret in (*question().turns, *question().anchors, "不予行政处罚", "另一份文件"):
        assert secret not in text


def test_better_and_worse_by_question(tmp_path: Path) -> None:
    good, bad, none = reply(), reply(citations=[OTHER]), reply("refusal")
    before = run_of(
        played(good, id="stays"),
        played(bad, id="better"),
        played(bad, id="abstains now"),
        played(good, id="worse"),
        played(bad, id="otherwise wrong"),
        played(bad, id="gone"),
    )
    save(before, tmp_path)
    now = run_of(
        played(good, id="stays"),
        played(good, id="better"),
        played(none, id="abstains now"),
        played(bad, id="worse"),
        played(reply(citations=[]), id="otherwise wrong"),
        played(good, id="new"),
    )
    found = compare(now, load(tmp_path))
    assert found is not None
    assert [change.now.id for change in found.better] == ["better", "abstains now"]
    assert [change.now.id for change in found.worse] == ["worse"]
    assert [change.now.id for change in found.other] == ["otherwise wrong"]
    assert (found.only_now, found.only_before) == (1, 1)


def test_only_runs_of_the_same_set_are_compared(tmp_path: Path) -> None:
    save(run_of(played(reply())), tmp_path)
    assert compare(run_of(played(reply()), part=FINAL), load(tmp_path)) is None
    (tmp_path / "runs" / "99999999-own-look.json").write_text("{ cut short", encoding="utf-8")
    assert compare(run_of(played(reply())), load(tmp_path)) is not None
