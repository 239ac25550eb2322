"""How much of a provision is quoted."""

from __future__ import annotations

from policies_db.passages import ROOM, WHOLE, quoted

LONG = "".join(f"第{i}句讲的是一件各不相同的事情，写得不长也不短。" for i in range(30))


def test_a_short_provision_is_quoted_whole() -> None:
    text = "一、可以申请。但是有例外的除外。"
    assert quoted(text, "可以申请") == text


def test_of_a_long_provision_whole_sentences_are_quoted() -> None:
    answer = "第12句讲的是一件各不相同的事情"
    passage = quoted(LONG, answer)
    assert answer in passage
    assert passage in LONG
    assert passage.endswith("。")
    assert len(passage) <= ROOM


def test_a_long_sentence_is_never_cut() -> None:
    sentence = "很长" * WHOLE + "。"
    assert quoted("开头。" + sentence, "很长很长") in ("开头。" + sentence, sentence)


def test_a_list_comes_with_its_lead() -> None:
    text = "有下列情形之一的，不予处罚：" + "".join(
        f"（{i}）" + "某种情形" * 20 + "；" for i in "一二三四五"
    )
    assert quoted(text, "有下列情形之一的，不予处罚：") == text
