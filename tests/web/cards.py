"""Cards of every kind, by the word that asks for them."""

from __future__ import annotations

from typing import Any

HOSTILE = '<img src=x onerror="window.broken=1"><script>window.broken=2</script>'


def citation(**changes: Any) -> dict[str, Any]:
    """A citation of the document `made-1`."""
    return {
        "document_id": "made-1",
        "provision_id": "made-1/第一条第（二）项",
        "title": "关于测试的公告",
        "number": "测试公告〔2024〕1号",
        "issuer": "测试总署",
        "issued_on": "2024-01-01",
        "article": "第一条第（二）项",
        "quote": "超过六个月但在两年以内主动披露的，不予处罚。",
        "effective_from": "2024-01-01",
        "effective_to": "2030-12-31",
        "status": "in_force",
        **changes,
    }


def card(kind: str, answer: str, *citations: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A card that fits the contract."""
    return {
        "type": "policy_answer",
        "version": 1,
        "kind": kind,
        "answer": answer,
        "as_of": "2026-11-21",
        "citations": list(citations),
        **more,
    }


def decision(outcome: str, facts: dict[str, Any], missing: list[str]) -> dict[str, Any]:
    """A decision with a test that is met and one that is not."""
    reasons = ["披露期限：5个月；要求六个月以内——符合（第一条第（一）项）"]
    if not missing:
        reasons.append("漏缴比例：40%；要求30%以下——不符合（第一条第（二）项）")
    return {
        "rule": "made",
        "outcome": outcome,
        "facts": facts,
        "missing": missing,
        "reasons": reasons,
    }


CARDS: dict[str, dict[str, Any]] = {
    "优惠": card(
        "rule",
        "主动披露的，不予处罚。",
        citation(),
        suggestions=[
            {"title": "有效期到哪天？", "payload": '/ask_validity{"document": "made-1"}'},
            {"title": "谁发布的？", "payload": "谁发布的？"},
        ],
    ),
    "清单": card(
        "list", "共有六项。\n" + "。".join(["一条很长的说明"] * 90), *[citation() for _ in range(6)]
    ),
    "过期": card("rule", "该规定已经失效。", citation(status="expired", effective_to="2025-10-10")),
    "草案": card(
        "document",
        "这是征求意见稿。",
        citation(status="draft", number=None, issuer="", effective_from=None, effective_to=None),
    ),
    "比较": card(
        "comparison", "两者不同。", citation(), citation(status="repealed", quote="旧" * 200)
    ),
    "处罚": card(
        "clarify",
        "违规行为是哪天发生的？",
        citation(),
        decision=decision("needs_facts", {"漏缴税款": "5万元"}, ["违规行为发生的日期"]),
    ),
    "三月": card(
        "decision",
        "不符合免罚条件。",
        citation(),
        decision=decision("not_exempt", {"漏缴税款": "5万元", "高级认证企业": True}, []),
    ),
    "天气": card("refusal", "这个问题不在收录的文件里。"),
    "人工": card("handoff", "请联系人工服务。"),
    "你好": card("smalltalk", "您好！"),
    "恶意": card(
        "rule",
        HOSTILE,
        citation(
            title=HOSTILE,
            article=HOSTILE,
            issuer=HOSTILE,
            quote=HOSTILE,
            number=HOSTILE,
            status=HOSTILE,
        ),
        decision={
            "rule": HOSTILE,
            "outcome": HOSTILE,
            "facts": {HOSTILE: HOSTILE},
            "missing": [HOSTILE],
            "reasons": [HOSTILE],
        },
        suggestions=[{"title": HOSTILE, "payload": HOSTILE}],
    ),
}
DEFAULT = card("refusal", "没有找到相关规定。")
