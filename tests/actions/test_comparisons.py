"""Two documents side by side, however they are named."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk


@pytest.mark.parametrize(
    ("question", "documents", "words"),
    [
        (
            "首次拿到AEO高级认证的奖励，稳外资措施和高资信通知哪个写了金额",
            ("cq-2025-37", "cq-customs-trusted"),
            "5~20万元",
        ),
        (
            "运费扣减，陆海新通道政策和便利化措施分别怎么讲",
            ("cq-gov-2024-10", "cq-port-2024-5"),
            "不计入进口货物完税价格",
        ),
        (
            "优化营商环境条例，国家和重庆版对电力报装的要求哪个更具体",
            ("sc-722", "cq-npc-126"),
            "报装流程",
        ),
        (
            "外资奖励门槛，65号文和外资行动计划一致吗",
            ("cq-2023-65", "cq-2022-107-fdi"),
            "房地产业、金融业",
        ),
        (
            "2024年4月的陆海新通道政策和6月的便利化措施，对“渝车出海”写得一样吗",
            ("cq-gov-2024-10", "cq-port-2024-5"),
            "渝车出海",
        ),
    ],
)
def test_both_documents_are_quoted(
    talk: Talk, question: str, documents: tuple[str, str], words: str
) -> None:
    said = talk.say(question)
    assert {c["document_id"] for c in said.card["citations"][:2]} == set(documents)
    assert words in "".join(said.quotes)
    assert "当时判断" not in said.answer
