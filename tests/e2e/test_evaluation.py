"""`python -m evaluation` for whoever makes the assistant better: plays, judges, compares."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.e2e]
RIGHT = {
    "id": "right",
    "kind": "temporal",
    "turns": ["海关总署公告2023年第127号现在还有效吗"],
    "docs": ["gacc-2023-127"],
    "anchors": ["本公告有效期自2023年10月11日起至2025年10月10日"],
    "status": "expired",
}
# no such document is on file, so that no answer can be right
WRONG = {**RIGHT, "id": "not right", "docs": ["nowhere"]}
TALK = {"id": "talk", "kind": "smalltalk", "turns": ["你好"]}


def evaluate(questions: Path, folder: Path) -> str:
    command = ["--file", str(questions), "--into", str(folder), "--no-search"]
    done = subprocess.run(
        [sys.executable, "-m", "evaluation", *command],
        cwd=ROOT,
        # the caller's clock is not that of the set
        env={**os.environ, "GUANDA_TODAY": "2024-01-01"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_set_is_played_judged_and_compared_with_the_last_run(tmp_path: Path) -> None:
    questions = tmp_path / "set.jsonl"
    lines = [json.dumps(each) for each in (RIGHT, WRONG, TALK)]
    questions.write_text("\n".join(lines), encoding="utf-8")
    said = evaluate(questions, tmp_path)
    assert "asked 3 of 3" in said
    assert said.rstrip().endswith(f"report: {tmp_path / 'report.html'}")
    (kept,) = (tmp_path / "runs").glob("*-set.json")
    run = json.loads(kept.read_text(encoding="utf-8"))
    ended = {each["id"]: each for each in run["ended"]}
    assert ended["right"]["verdict"] == ended["talk"]["verdict"] == "correct"
    assert ended["not right"]["cause"] == "other document"
    assert not any(each["breaches"] or each["misquotes"] for each in run["ended"])
    kept.write_text(
        kept.read_text(encoding="utf-8").replace('"correct"', '"wrong"'), encoding="utf-8"
    )
    assert "2 better, 0 worse" in evaluate(questions, tmp_path)
    assert "better (2)" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_is_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evaluation", "--file", "nowhere.jsonl"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["guanda: nowhere.jsonl: cannot be read (FileNotFoundError)"]
