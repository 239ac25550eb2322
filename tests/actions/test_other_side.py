"""A rule that forbids somebody something, asked from either side."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("turns", "outcome", "begins"),
    [
        (
            ["码头收单子上没有的打印费，公示清单里找不到，这钱他收得吗"],
            "not_eligible",
            "结论：不可以",
        ),
        (["码头收了公示清单里没有的费用，我们能不付吗"], "eligible", "结论：符合条件"),
        (["码头收的费在公示的清单里，他们能收吗"], "eligible", "结论：这条规定不禁止"),
        (["銀行必須先存兩百萬才給貸款，他們可以這樣要求嗎"], "not_eligible", "結論：不可以"),
        (
            ["码头多收了一笔费用", "公示清单上没有这一项", "他们能收吗"],
            "not_eligible",
            "结论：不可以",
        ),
        (
            ["码头收了公示清单里没有的费用，我们能不付吗", "那他们这样收合法吗"],
            "not_eligible",
            "结论：不可以",
        ),
        (
            ["码头收了公示清单里没有的费用，他们能收吗", "那我们能不付吗"],
            "eligible",
            "结论：符合条件",
        ),
        (["窗口不认电子执照，非要纸质的，她可以这样拒绝吗"], "not_eligible", "结论：不可以"),
        (["执法队拿没公布过的内部文件要求我们整改，能当依据吗"], "not_eligible", "结论：不可以"),
        (
            ["市里没有招标就把供水的特许经营给了一家国企，这么给合规吗"],
            "not_eligible",
            "结论：不可以",
        ),
        (["协会能不能强迫我们入会", "我们自己想退会，能直接退吗"], "eligible", "结论：符合条件"),
    ],
)
def test_the_outcome_is_that_of_the_question(talk, turns, outcome, begins):
    for turn in turns:
        said = talk.say(turn)
    assert said.card["decision"]["outcome"] == outcome
    assert any(line.startswith(begins) for line in said.answer.split("\n"))


def test_both_sides_are_told_with_the_same_quotes(talk):
    refusing = talk.say("码头收了公示清单里没有的费用，我们能不付吗")
    charging = talk.say("那他们这样收合法吗")
    assert charging.quotes[:1] == refusing.quotes[:1]
    assert "符合禁止的条件" in charging.answer
    assert "符合条件" not in charging.answer
