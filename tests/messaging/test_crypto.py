"""Our encryption and wechatpy's understand each other."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto

from bot.messaging.crypto import DecryptError, decrypt, encrypt
from tests.standin.accounts import aes_key

KEY = base64.b64decode(aes_key() + "=")
OTHER = base64.b64decode(aes_key() + "=")
RECEIVER = "wx0123456789abcdef"


@given(st.text(max_size=500).map(lambda text: text.encode("utf-8", "ignore").decode()))
def test_each_opens_what_the_other_sealed(text: str) -> None:
    assert PrpCrypto(KEY).decrypt(encrypt(KEY, text, RECEIVER), RECEIVER) == text
    sealed = PrpCrypto(KEY).encrypt(text, RECEIVER).decode()
    assert decrypt([KEY], sealed, RECEIVER) == (text, KEY)


def test_the_key_before_opens_too() -> None:
    assert decrypt([OTHER, KEY], encrypt(KEY, "x", RECEIVER), RECEIVER) == ("x", KEY)


@pytest.mark.parametrize("receiver", ["", "wx", RECEIVER + "x", RECEIVER.upper()])
def test_another_receiver_is_refused(receiver: str) -> None:
    with pytest.raises(DecryptError):
        decrypt([KEY], encrypt(KEY, "x", receiver), RECEIVER)


@given(st.binary(max_size=200))
def test_anything_else_is_refused(data: bytes) -> None:
    for text in (base64.b64encode(data).decode(), data.decode("latin-1")):
        with pytest.raises(DecryptError):
            decrypt([KEY], text, RECEIVER)


def test_truncated_text_is_refused() -> None:
    sealed = base64.b64decode(encrypt(KEY, "退税" * 40, RECEIVER))
    for length in range(len(sealed)):
        with pytest.raises(DecryptError):
            decrypt([KEY], base64.b64encode(sealed[:length]).decode(), RECEIVER)
