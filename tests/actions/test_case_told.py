"""A case that is told with a yes or no question is decided; a question about a rule is not."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        # nothing names what the rule is about, but search finds no other rule
        ("外省来的保洁队，在这边被要求资质高一档，本地同行就不用，这么搞对吗", "not_eligible"),
        ("外省来的保洁队，在这边被要求资质高一档，本地同行就不用，能要求一样对待吗", "eligible"),
        ("自己出钱盖个八百平的小仓库，规划证跟施工证能一回拿齐不", "eligible"),
        # words of a list, a comparison or a rule within a case
        ("拿厂里全部机床去办质押登记，清单笼统写一句，过得了不", "eligible"),
        (
            "手册10月8号到头，9月转出去的料我10月25号跟平时一样集中报，没问题吧",
            "not_eligible",
        ),
        ("裁定书有效期截到2027年2月10日，商品一点没变，今天递展期，能行吧", "eligible"),
        # where the investor comes from is not where the project is
        ("香港老板在渝北投了个楼盘，今年实际到账三千万美元，能拿到资奖励吗", "not_eligible"),
        # nothing told but what is wanted
        ("公司打算关门了，走简易注销可不可以", "needs_facts"),
        ("店子想注销掉，简易注销那条路走得通吗", "needs_facts"),
    ],
)
def test_a_case_is_decided_in_whatever_words(talk: Talk, told: str, outcome: str) -> None:
    card = talk.say(told).card
    assert card["kind"] == "decision"
    assert card["decision"]["outcome"] == outcome


@pytest.mark.parametrize(
    "question",
    [
        "简易注销要公告多少天",
        "仓库想上区内直转，硬件软件要达到啥条件",
        "进口粮食保税加工试点放在哪个综保区？",
        "加工贸易深加工结转每个月最晚哪天申报",
        "主动披露不罚的情形都有哪些？列一下",
        "主动披露半年内和半年到两年，条件上差别是什么？",
        "低压接电规定多少个工作日",
    ],
)
def test_a_question_about_a_rule_is_answered_with_it(talk: Talk, question: str) -> None:
    assert talk.say(question).card["kind"] in ("rule", "list")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("加工贸易新开的账册，账册类型填什么", "E账册"),
        ("跨境电商的退货免税到哪一天为止", "2025年12月31日"),
    ],
)
def test_what_is_asked_for_without_a_case_is_quoted(talk: Talk, question: str, says: str) -> None:
    card = talk.say(question).card
    assert card["kind"] == "rule"
    assert says in card["answer"]
