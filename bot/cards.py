"""Cards that the shell around the assistant says itself, when no action can answer."""

from __future__ import annotations

from typing import Any, Literal

from policies_db import settings

Card = dict[str, Any]

EMPTY = "请输入您的问题，例如：高级认证企业有哪些优惠？ / Please type your question."
TOO_LONG = (
    "您的消息太长，请控制在 {limit} 个字符以内，一次问一件事。"
    " / Your message is too long; please keep it within {limit} characters."
)
UNAVAILABLE = (
    "抱歉，政策查询服务暂时无法使用，没有查到任何结论。请稍后再试；如仍不行，请联系管理员。"
    " / The policy service is unavailable right now. Please try again shortly."
)
FAILED = (
    "抱歉，处理这条消息时出现内部错误，没有得出任何结论。请换个说法再试一次。"
    " / Something went wrong with this message. Please try again."
)


def notice(kind: Literal["clarify", "refusal"], answer: str) -> Card:
    """A card without citations that fits the contract of a reply."""
    return {
        "type": "policy_answer",
        "version": 1,
        "kind": kind,
        "answer": answer,
        "as_of": settings.today().isoformat(),
        "citations": [],
    }
