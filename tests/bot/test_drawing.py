"""Cards in the terminal."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.drawing import CLOSING, Paper, columns, draw, lines

PLAIN = Paper(width=60, colour=False)
CITATION: dict[str, Any] = {
    "document_id": "d",
    "title": "海关高级认证企业标准",
    "number": "海关总署公告2022年第106号",
    "issuer": "海关总署",
    "article": "第三条第（二）项",
    "quote": "向海关申请免除担保的，海关应当予以受理。",
    "effective_from": "2022-12-01",
    "effective_to": None,
    "status": "in_force",
}
CARD: dict[str, Any] = {
    "type": "policy_answer",
    "version": 1,
    "kind": "rule",
    "answer": "可以申请免除担保。",
    "as_of": "2026-11-21",
    "citations": [CITATION],
}


def test_answer_quote_source_and_validity_are_shown_in_this_order() -> None:
    drawn = draw(CARD, PLAIN)
    parts = [
        "可以申请免除担保。",
        "「向海关申请免除担保的",
        "《海关高级认证企业标准》",
        "海关总署公告2022年第106号",
        "第三条第（二）项",
        "现行有效（2022-12-01 起）",
        "2026-11-21",
    ]
    flat = drawn.replace("\n", "").replace("  ", "")
    assert [flat.index(part) for part in parts] == sorted(flat.index(part) for part in parts)
    assert "\x1b" not in drawn


def test_validity_is_coloured_on_a_terminal() -> None:
    paper = Paper(width=80, colour=True)
    expired = {**CARD, "citations": [{**CITATION, "status": "expired"}]}
    assert "\x1b[32m现行有效\x1b[0m" in draw(CARD, paper)
    assert "\x1b[31m已失效\x1b[0m" in draw(expired, paper)


def test_several_sources_are_numbered_and_suggestions_listed() -> None:
    card = {
        **CARD,
        "citations": [CITATION, CITATION],
        "suggestions": [{"title": "主动披露", "payload": "主动披露有什么好处"}],
    }
    drawn = draw(card, PLAIN)
    assert "[1] 《" in drawn
    assert "[2] 《" in drawn
    assert "  1. 主动披露" in drawn


def test_tests_of_a_decision_are_shown_once() -> None:
    reason = "从违规发生到披露：3个月；要求不超过六个月——符合（第一条第（一）项）"
    decision = {"rule": "r", "outcome": "exempt", "facts": {}, "missing": [], "reasons": [reason]}
    drawn = draw({**CARD, "answer": f"结论：不予处罚。\n· {reason}", "decision": decision}, PLAIN)
    assert drawn.replace("\n", "").count("要求不超过六个月——符合") == 1


def test_text_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in draw({**CARD, "answer": "好\x1b[2J的"}, PLAIN)


@given(st.text(alphabet="海关总署，。「」 abc", max_size=200), st.integers(20, 60))
def test_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    broken = list(lines(text, room))
    assert re.sub(r"\s", "", "".join(broken)) == re.sub(r"\s", "", text)
    for line in broken:
        assert columns(line.rstrip(CLOSING)) <= room
