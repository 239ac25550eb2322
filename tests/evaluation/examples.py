"""Questions and replies of an imagined document."""

from __future__ import annotations

from typing import Any

from evaluation.questions import Question

QUOTE = "主动披露的，自违规之日起六个月以内，不予行政处罚。"


def question(**changes: Any) -> Question:
    values: dict[str, Any] = {
        "id": "q-1",
        "kind": "lookup",
        "turns": ("半年内自己说会罚吗",),
        "docs": ("a-1",),
        "anchors": ("自违规之日起六个月以内",),
    }
    return Question(**{**values, **changes})


def citation(**changes: Any) -> dict[str, Any]:
    values = {
        "document_id": "a-1",
        "title": "某公告",
        "number": None,
        "issuer": "某署",
        "article": "第一条",
        "quote": QUOTE,
        "status": "in_force",
    }
    return {**values, **changes}


def reply(kind: str = "rule", answer: str = "不予行政处罚。", **card: Any) -> list[dict[str, Any]]:
    values = {
        "type": "policy_answer",
        "version": 1,
        "kind": kind,
        "answer": answer,
        "as_of": "2026-11-21",
        "citations": [citation()] if kind in ("rule", "list", "decision", "document") else [],
    }
    return [{"recipient_id": "x", "text": answer}, {"custom": {**values, **card}}]


def decided(outcome: str, **card: Any) -> list[dict[str, Any]]:
    decision = {"rule": "r", "outcome": outcome, "facts": {}, "missing": [], "reasons": []}
    return reply("decision", decision=decision, **card)
