"""What a channel lets through of a message."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.text import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  退税要几天？ ", "退税要几天？"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("第一行\r\n第二行", "第一行  第二行"),
        ("\u202e反过来\u2066", "反过来"),
        ("emoji 👩\u200d💻", "emoji 👩\u200d💻"),
        ("坏\ud800字", "坏字"),
        ('/set{"slot": "x"}', '\uff0fset{"slot": "x"}'),
        (" \u200b//restart", "\uff0f/restart"),
        ("AEO/高级认证", "AEO/高级认证"),
        ("\x00\u200b \n", ""),
    ],
)
def test_examples(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_any_text_becomes_plain(typed: str) -> None:
    kept = clean(typed)
    assert not kept.startswith("/")
    assert kept == kept.strip() == clean(kept)
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in kept)
    kept.encode("utf-8")
