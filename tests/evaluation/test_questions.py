"""A set of questions that cannot be used says where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.questions import FINAL, LOOK, OWN, QuestionError, read

SECOND = OWN.with_name("second.jsonl")

GOOD = {"id": "q-1", "kind": "lookup", "turns": ["几天"], "docs": ["a-1"], "anchors": ["三天"]}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text("\n".join(map(str, lines)), encoding="utf-8")
    return path


@pytest.mark.parametrize(("path", "number"), [(OWN, 752), (SECOND, 461)])
def test_a_set_has_two_parts_that_share_nothing(path: Path, number: int) -> None:
    look, final = (read(path, part) for part in (LOOK, FINAL))
    assert len({q.id for q in [*look, *final]}) == number
    quoted = [{phrase for q in part for phrase in q.anchors} for part in (look, final)]
    assert not quoted[0] & quoted[1]


def test_questions_without_a_part_are_in_every_part(tmp_path: Path) -> None:
    parts = [{**GOOD, "id": part, "part": part} for part in (LOOK, FINAL)]
    path = written(tmp_path, *map(json.dumps, [GOOD, *parts]), "")
    assert [question.id for question in read(path, LOOK)] == ["q-1", LOOK]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 1: Expecting"),
        ("[]", "line 1: expected a JSON object"),
        (json.dumps({**GOOD, "turns": []}), "line 1: expected turns"),
        (json.dumps({**GOOD, "turns": ["长" * 2001]}), "expected turns of 1 to 2000 characters"),
        (json.dumps({**GOOD, "kind": "riddle"}), "expected as kind lookup, list"),
        (json.dumps({**GOOD, "status": "gone"}), "expected as status in_force"),
        (json.dumps({**GOOD, "docs": "a-1"}), "expected a list of texts as docs"),
        (json.dumps({**GOOD, "include": ["三天"]}), "expected a list of texts as include"),
        (json.dumps(GOOD) + "\n" + json.dumps(GOOD), "line 2: the id q-1 stands there twice"),
        ("", "no questions"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(QuestionError) as caught:
        read(written(tmp_path, line))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="cannot be read"):
        read(tmp_path / "none.jsonl")


def test_a_set_without_parts_is_read_whole() -> None:
    assert len(read(OWN.with_name("third.jsonl"), LOOK)) == 80
