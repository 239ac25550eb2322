"""A choice that was offered is taken by its number."""

from __future__ import annotations

import pytest

from tests.actions.talk import Said, Talk

#: One that several provisions answer about as well.
UNSURE = "失信惩戒的清单"


@pytest.fixture
def offered(talk: Talk) -> Said:
    for question in (UNSURE, "名单", "负责的是哪个部门", "进口占比", "办理时限", "查验率"):
        said = talk.say(question)
        if said.card.get("suggestions"):
            return said
    pytest.fail("no choice was offered for any of several unclear questions")


@pytest.mark.parametrize("spelling", ["{}", "选{}", "第{}个", "{}。", "我要第{}项"])
def test_each_option_is_answered(talk: Talk, offered: Said, spelling: str) -> None:
    before = talk.memory
    for number, option in enumerate(offered.card["suggestions"], 1):
        talk.memory = before
        said = talk.say(spelling.format(number), "choose_option")
        assert said.card["citations"]
        assert option["title"][:10] in said.answer


@pytest.mark.parametrize("reply", ["6", "第六个"])
def test_an_option_that_is_not_there_is_asked_for_again(
    talk: Talk, offered: Said, reply: str
) -> None:
    said = talk.say(reply, "choose_option")
    assert said.card["kind"] == "clarify"
    assert "没有这个选项" in said.answer
    assert talk.say("1", "choose_option").card["citations"]


def test_a_number_without_a_choice_is_no_answer(talk: Talk) -> None:
    assert talk.say("2", "choose_option").card["kind"] == "clarify"
