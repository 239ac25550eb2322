"""Cards of every kind as text."""

from __future__ import annotations

import pytest

from bot.messaging import plain
from bot.messaging.answer import Form, compose_card
from tests.standin.assistant import CITATION, card

KINDS = (
    "rule",
    "list",
    "decision",
    "comparison",
    "document",
    "clarify",
    "refusal",
    "handoff",
    "smalltalk",
)
DECISION = {
    "rule": "voluntary-disclosure",
    "outcome": "needs_facts",
    "facts": {"months": 5},
    "missing": ["涉税金额"],
    "reasons": ["披露在六个月以内：是"],
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("markdown", [False, True])
def test_every_kind_says_what_its_card_says(kind: str, markdown: bool) -> None:
    told = "还不能下结论。\n· 披露在六个月以内：是"
    made = card(kind, answer=told, decision=DECISION) if kind == "decision" else card(kind)
    (text,) = compose_card(made, Form(markdown=markdown)).parts
    assert made["answer"] in text
    for citation in made["citations"]:
        assert f"「{citation['quote']}」" in text
        assert "《关于处理主动披露违规行为有关事项的公告》（海关总署公告2023年第127号）" in text
        assert "第一条第（一）项" in text
        assert "效力：已失效（2023-10-11 至 2025-10-10）" in text
        assert "效力判断日期：2026-11-21" in text
    if kind == "decision":
        assert text.count("披露在六个月以内：是") == 1, "the answer tells the tests"


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2024-01-01", None, "（2024-01-01 起）"),
        (None, "2025-01-01", "（至 2025-01-01）"),
        (None, None, ""),
    ],
)
def test_open_periods(start: str | None, end: str | None, shown: str) -> None:
    cited = {**CITATION, "effective_from": start, "effective_to": end}
    assert f"效力：已失效{shown}\n" in plain.text(card(citations=[cited]))


def test_several_sources_are_numbered() -> None:
    text = plain.text(card("list", citations=[CITATION, {**CITATION, "number": None}]))
    assert "[1] 「" in text
    assert "[2] 「" in text


def test_address_of_the_full_text_is_shown() -> None:
    cited = {**CITATION, "url": "https://example.test/doc"}
    assert "全文：https://example.test/doc" in plain.text(card(citations=[cited]))
