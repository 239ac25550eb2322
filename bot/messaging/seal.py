"""Sealed letters of WeChat and WeCom: signed, fresh, and encrypted between account and platform."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence

from bot.messaging import crypto, envelope, signature
from bot.messaging.store import Store
from bot.messaging.webhook import Call, Letter

CONTENT_TYPE = "application/xml"


class Seal:
    """The seal of one account; `receiver` is its AppID or corp ID.

    `keys` are the present AES key and the one before, without those that are not set.
    """

    def __init__(
        self, account: str, store: Store, token: str, keys: Sequence[bytes], receiver: str
    ) -> None:
        self.account = account
        self.store = store
        self.token = token
        self.keys = [key for key in keys if key]
        self.receiver = receiver

    async def check(self, call: Call, content: str | bytes) -> None:
        """Refuse a call without the platform's signature, of another time, or with a used nonce."""
        stamp, nonce = call.query("timestamp"), call.query("nonce")
        signature.check_signature(call.query("signature"), self.token, stamp, nonce)
        await self._check_age(stamp, nonce, content)

    async def open(self, call: Call, sealed: str) -> tuple[str, bytes]:
        """What is inside, and the key that opened it; refuses as `check` does."""
        stamp, nonce = call.query("timestamp"), call.query("nonce")
        signature.check_signature(call.query("msg_signature"), self.token, stamp, nonce, sealed)
        opened = crypto.decrypt(self.keys, sealed, self.receiver)
        await self._check_age(stamp, nonce, sealed)
        return opened

    def reply(self, letter: Letter, text: str) -> str:
        """The passive reply: a text to who wrote the letter, encrypted as that was."""
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
        sealed = crypto.encrypt(letter.key, xml, self.receiver)
        nonce = secrets.token_hex(8)
        return envelope.write(
            {
                "Encrypt": sealed,
                "MsgSignature": signature.sign(self.token, str(now), nonce, sealed),
                "TimeStamp": now,
                "Nonce": nonce,
            }
        )

    async def _check_age(self, stamp: str, nonce: str, content: str | bytes) -> None:
        signature.check_time(stamp)
        body = content.encode() if isinstance(content, str) else content
        await signature.check_fresh(self.store, self.account, stamp, nonce, body)
