"""Long texts in several messages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.messaging.splitting import CUT_SHORT, MOST, split

LIMIT = 2048


def bare(parts: list[str]) -> str:
    return "".join(part.partition("\n")[2] for part in parts)


def test_short_text_is_one_message_without_a_number() -> None:
    assert split("您好。", LIMIT, "\n1. 是") == ["您好。\n\n1. 是"]


def test_pieces_end_at_sentence_ends_and_are_numbered() -> None:
    sentence = "企业应当在规定的期限内如实申报，不得隐瞒。"
    parts = split(sentence * 100, LIMIT)
    assert [part.partition("\n")[0] for part in parts] == [
        f"（{number}/{len(parts)}）" for number in range(1, len(parts) + 1)
    ]
    assert all(part.endswith("。") for part in parts)
    assert bare(parts) == sentence * 100


def test_a_line_is_not_taken_apart_where_it_need_not_be() -> None:
    line = "1. 企业应当如实申报。（海关总署公告2023年第127号）\n"
    parts = split(line * 60, LIMIT)
    assert len(parts) > 1
    assert all(part.endswith("号）") for part in parts)


def test_closing_quotes_stay_with_their_sentence() -> None:
    parts = split("他说：「应当如实申报。」" * 80, LIMIT)
    assert all(part.endswith("」") for part in parts)


def test_at_most_five_and_the_last_says_that_it_was_cut() -> None:
    parts = split("一二三四五六七八九。" * 2000, LIMIT, "回复数字：\n1. 是")
    assert len(parts) == MOST
    assert CUT_SHORT in parts[-1]
    assert parts[-1].endswith("1. 是")


def test_emoji_and_accents_are_not_taken_apart() -> None:
    family = "👨‍👩‍👧‍👦"
    for parts in (split(family * 400, LIMIT), split("é" * 3000, LIMIT)):
        assert all(not part.partition("\n")[2].startswith(("\u200d", "\u0301")) for part in parts)


@given(st.text(max_size=6000), st.text(max_size=400))
def test_every_piece_fits_and_nothing_is_lost(text: str, tail: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    tail = tail.encode("utf-8", "ignore").decode()
    parts = split(text * 3, LIMIT, tail)
    assert 1 <= len(parts) <= MOST
    assert all(len(part.encode()) < LIMIT for part in parts)
    if CUT_SHORT not in parts[-1]:
        whole = "".join(bare(parts).split()) if len(parts) > 1 else "".join(parts[0].split())
        assert whole.startswith("".join((text * 3).split()))
