"""Conversations with what a right answer must hold, a JSON object a line: docs/evaluation.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
#: The project's own set, and the date that its answers hold for.
OWN = HERE / "own.jsonl"
WRITTEN_FOR = "2026-11-21"
#: Parts of a set: one is read while the assistant is made better, one gives the final figure only.
LOOK, FINAL = "look", "final"
KINDS = (
    "lookup", "list", "compare", "temporal", "decision", "dialogue",
    "robust", "clarify", "refuse", "smalltalk",
)  # fmt: skip
STATUSES = ("in_force", "not_yet_in_force", "expired", "repealed", "draft", "unknown")
OUTCOMES = ("exempt", "not_exempt", "eligible", "not_eligible", "needs_facts")
_LONGEST = 2000  # characters of a turn, as many as the assistant reads


class QuestionError(ValueError):
    """A file of questions cannot be used; the message is one line that names the place."""


@dataclass(frozen=True)
class Question:
    """One conversation; only the answer to its last turn is judged.

    One of the first citations must come from one of `docs` and hold one of `anchors`. Answer and
    quotes together must hold one alternative of each group of `include`, the answer none of
    `exclude`. `status` is that of the right citation, `outcome` that of a decision.
    """

    id: str
    kind: str
    turns: tuple[str, ...]
    topic: str = ""
    docs: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    include: tuple[tuple[str, ...], ...] = ()
    exclude: tuple[str, ...] = ()
    status: str | None = None
    outcome: str | None = None
    lang: str = "zh"
    part: str = ""


def read(path: Path, part: str = "") -> list[Question]:
    """The questions of a file; with `part`, those of that part and those that are in none.

    Raises:
        QuestionError: the file cannot be read, a line is no question, or none is left.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path}: cannot be read ({type(error).__name__})") from None
    found = list(_questions(path, lines))
    chosen = [question for question in found if not part or question.part in ("", part)]
    if not chosen:
        raise QuestionError(f"{path}: no questions" + (f" of part {part}" if part else ""))
    return chosen


def _questions(path: Path, lines: list[str]) -> Iterator[Question]:
    seen = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line))
            if question.id in seen:
                raise ValueError(f"the id {question.id} stands there twice")
        except ValueError as error:
            raise QuestionError(f"{path}, line {number}: {error}") from None
        seen.add(question.id)
        yield question


def _question(entry: object) -> Question:
    if not isinstance(entry, dict):
        raise ValueError("expected a JSON object")
    turns = _texts(entry, "turns")
    if not turns or not all(0 < len(turn) <= _LONGEST for turn in turns):
        raise ValueError(f"expected turns of 1 to {_LONGEST} characters")
    include = entry.get("include") or []
    if not isinstance(include, list):
        raise ValueError("expected a list of lists as include")
    return Question(
        id=_one(entry, "id"),
        kind=_one(entry, "kind", KINDS),
        turns=turns,
        topic=str(entry.get("topic") or ""),
        docs=_texts(entry, "docs"),
        anchors=_texts(entry, "anchors"),
        include=tuple(_texts({"include": group}, "include") for group in include),
        exclude=_texts(entry, "exclude"),
        status=_one(entry, "status", STATUSES) if entry.get("status") else None,
        outcome=_one(entry, "outcome", OUTCOMES) if entry.get("outcome") else None,
        lang=str(entry.get("lang") or "zh"),
        part=str(entry.get("part") or ""),
    )


def _one(entry: Mapping[str, Any], name: str, choices: tuple[str, ...] = ()) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value or (choices and value not in choices):
        raise ValueError(f"expected as {name} " + (", ".join(choices) or "a text"))
    return value


def _texts(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = entry.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"expected a list of texts as {name}")
    return tuple(value)
