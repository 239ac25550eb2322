"""Without its database the assistant says so, concludes nothing, and answers again later."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.actions.talk import ANSWERING, Said, Talk

QUESTION = "低压接电供电企业要几个工作日接好"


@pytest.fixture(params=["missing", "empty", "not a database", "a folder in the way"])
def broken(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    path = tmp_path / "guanda.sqlite"
    if request.param == "empty":
        path.touch()
    elif request.param == "not a database":
        path.write_text("this is no database" * 100, encoding="utf-8")
    elif request.param == "a folder in the way":
        path.mkdir()
    monkeypatch.setenv("GUANDA_DATABASE_URL", f"sqlite:///{path}")
    return monkeypatch


def is_clear(said: Said, words: str) -> None:
    assert said.card["kind"] == "refusal"
    assert words in said.answer
    assert "sqlite" not in said.text
    assert "Traceback" not in said.text


def test_a_look_up_says_so_and_the_next_message_is_answered(
    talk: Talk, broken: pytest.MonkeyPatch
) -> None:
    is_clear(talk.say(QUESTION), "政策数据库暂时无法查询")
    is_clear(talk.say("How many days does a power connection take?"), "cannot be reached")
    broken.delenv("GUANDA_DATABASE_URL")
    assert talk.say(QUESTION).card["kind"] == "rule"


@pytest.mark.parametrize("action", ANSWERING)
def test_every_action_gives_a_card(talk: Talk, broken: pytest.MonkeyPatch, action: str) -> None:
    talk.to(action, "127号公告第一条现在还有效吗")


def test_what_was_said_before_is_not_forgotten(talk: Talk, broken: pytest.MonkeyPatch) -> None:
    address = os.environ["GUANDA_DATABASE_URL"]
    broken.delenv("GUANDA_DATABASE_URL")
    talk.say(QUESTION)
    remembered = talk.memory
    broken.setenv("GUANDA_DATABASE_URL", address)
    is_clear(talk.say("原文发我", "ask_source"), "政策数据库暂时无法查询")
    assert talk.memory == {**remembered, "answered": talk.memory["answered"]}
