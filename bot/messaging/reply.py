"""The passive reply of WeChat and WeCom: XML, encrypted as the request was."""

from __future__ import annotations

import secrets
import time

from bot.messaging import crypto, envelope
from bot.messaging.signature import sign
from bot.messaging.webhook import Letter


def passive(letter: Letter, text: str, token: str, receiver: str) -> str:
    """A text back to who wrote the letter; `receiver` is the AppID or corp ID."""
    now = int(time.time())
    xml = envelope.write(
        {
            "ToUserName": letter.fields["FromUserName"],
            "FromUserName": letter.fields.get("ToUserName", ""),
            "CreateTime": now,
            "MsgType": "text",
            "Content": text,
        }
    )
    if letter.key is None:
        return xml
    sealed = crypto.encrypt(letter.key, xml, receiver)
    nonce = secrets.token_hex(8)
    return envelope.write(
        {
            "Encrypt": sealed,
            "MsgSignature": sign(token, str(now), nonce, sealed),
            "TimeStamp": now,
            "Nonce": nonce,
        }
    )
