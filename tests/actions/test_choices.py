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


@pytest.mark.parametrize(
    ("then", "intent", "document"),
    [
        ("1", "choose_option", "cq-npc-126"),
        ("第二个", "choose_option", "sc-722"),
        ("《优化营商环境条例》（国务院令第722号）第四十条", "document_article", "sc-722"),
        ("《优化营商环境条例》（国务院令第722号）第四十条", "general_policy", "sc-722"),
    ],
)
def test_one_of_the_documents_that_were_offered(
    talk: Talk, then: str, intent: str, document: str
) -> None:
    assert talk.say("条例第四十条讲的什么", "document_article").card["kind"] == "clarify"
    citation = talk.say(then, intent).card["citations"][0]
    assert citation["document_id"] == document
    assert citation["article"].startswith("第四十条")


def test_a_number_that_was_not_offered(talk: Talk) -> None:
    talk.say("条例第四十条讲的什么", "document_article")
    assert talk.say("6", "choose_option").card["kind"] == "clarify"


def test_names_that_were_offered_are_forgotten_after_another_answer(talk: Talk) -> None:
    talk.say("条例第四十条讲的什么", "document_article")
    talk.say("高级认证企业有哪些便利")
    assert talk.say("1", "choose_option").card["kind"] != "rule"
