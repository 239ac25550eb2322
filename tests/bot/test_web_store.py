"""Turns on the web are forgotten in time; what was thought of them is not."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from bot.web import store as module
from bot.web.store import ASSISTANT, USER, Store


def made(tmp_path: Path, most: int = 100) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'conversations.sqlite'}", keep_days=30, most=most)
    store.prepare()
    return store


def test_turns_are_forgotten_after_so_many_days_and_feedback_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = made(tmp_path)
    store.add("a", USER, "问")
    answer = store.add("a", ASSISTANT, "答")
    store.judge("a", answer.id, "up", "好")
    later = module._now() + datetime.timedelta(days=31)
    monkeypatch.setattr(module, "_now", lambda: later)
    made(tmp_path).add("b", USER, "新")
    assert store.turns("a") == []
    (given,) = store.feedback()
    assert (given.question, given.comment) == ("问", "好")


def test_beyond_the_limit_the_oldest_turns_go(tmp_path: Path) -> None:
    store = made(tmp_path, most=3)
    for text in "12345":
        store.add("a", USER, text)
    store.prune()
    assert [turn.text for turn in store.turns("a")] == ["3", "4", "5"]
