"""The platform's side of a web hook: signed, encrypted requests, retries, and opened replies."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from typing import Any

import aiohttp
from wechatpy.crypto import WeChatCrypto
from wechatpy.enterprise.crypto import WeChatCrypto as WeComCrypto
from wechatpy.utils import WeChatSigner

from tests.standin.accounts import OfficialAccount, WeComApp

PATIENCE = 5.0  # seconds that the platform waits for a reply
TRIES = 3
_numbers = itertools.count(int(time.time() * 1_000_000))


@dataclass
class Reply:
    """What came back: the status, the text inside, whether it was encrypted, all as it was."""

    status: int
    text: str = ""
    encrypted: bool = False
    content: str = ""

    @property
    def handled(self) -> bool:
        """Whether the platform will not repeat the request."""
        return self.status == 200


def signature(*parts: str) -> str:
    """The platform's signature."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def message(to: str, user: str, fields: dict[str, str]) -> str:
    """The XML of a message; `fields` beside those that all have."""
    base = {"ToUserName": to, "FromUserName": user, "CreateTime": str(int(time.time()))}
    root = ElementTree.Element("xml")
    for name, value in {**base, **fields}.items():
        ElementTree.SubElement(root, name).text = value
    return ElementTree.tostring(root, encoding="unicode")


def text_fields(text: str, number: int | None = None) -> dict[str, str]:
    """A text that somebody typed."""
    return {"MsgType": "text", "Content": text, "MsgId": str(number or next(_numbers))}


class Platform:
    """Sends to one web hook."""

    def __init__(self, url: str, account: OfficialAccount | WeComApp) -> None:
        self.url = url
        self.account = account
        self.session: aiohttp.ClientSession | None = None
        self.wecom = isinstance(account, WeComApp)

    async def __aenter__(self) -> Platform:
        self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self.session
        await self.session.close()

    @property
    def receiver(self) -> str:
        """AppID or corp ID."""
        return self.account.corp_id if isinstance(self.account, WeComApp) else self.account.app_id

    def crypto(self, key: str | None = None) -> Any:
        """wechatpy's cryptography for the account."""
        kind = WeComCrypto if self.wecom else WeChatCrypto
        return kind(self.account.token, key or self.account.key, self.receiver)

    def query(self, **more: str) -> dict[str, str]:
        """Time and nonce, signed."""
        stamp, nonce = str(int(time.time())), secrets.token_hex(5)
        signed = signature(self.account.token, stamp, nonce)
        return {"signature": signed, "timestamp": stamp, "nonce": nonce, **more}

    def sealed(self, xml: str, key: str | None = None) -> tuple[dict[str, str], str]:
        """Query and body of an encrypted request."""
        query = self.query(encrypt_type="aes")
        body = self.crypto(key).encrypt_message(xml, query["nonce"], query["timestamp"])
        query["msg_signature"] = ElementTree.fromstring(body).findtext("MsgSignature") or ""
        return query, body

    def request(self, user: str, fields: dict[str, str]) -> tuple[dict[str, str], str]:
        """Query and body of a message in the account's mode."""
        if isinstance(self.account, WeComApp):
            fields = {"AgentID": self.account.agent_id, **fields}
            return self.sealed(message(self.account.corp_id, user, fields))
        xml = message(self.account.account, user, fields)
        if self.account.mode == "plain":
            return self.query(openid=user), xml
        query, body = self.sealed(xml)
        if self.account.mode == "compatible":
            sealed = ElementTree.fromstring(body).findtext("Encrypt") or ""
            body = xml.replace("</xml>", f"<Encrypt>{sealed}</Encrypt></xml>")
        return query, body

    async def post(
        self, query: dict[str, str], body: str | bytes, patience: float = PATIENCE
    ) -> Reply:
        """One request; status 0 where there was no reply in time, or no connection."""
        assert self.session
        data = body.encode() if isinstance(body, str) else body
        timeout = aiohttp.ClientTimeout(total=patience)
        try:
            async with self.session.post(
                self.url, params=query, data=data, timeout=timeout
            ) as response:
                content = await response.text()
                return self.opened(response.status, content)
        except (aiohttp.ClientError, asyncio.TimeoutError, ConnectionError):
            return Reply(0)

    def opened(self, status: int, content: str) -> Reply:
        """A reply with what is inside; raises where wechatpy or an XML reader would not take it."""
        if status != 200 or content in ("", "success"):
            return Reply(status, content=content)
        root = ElementTree.fromstring(content)
        encrypted = root.findtext("Encrypt")
        if encrypted:
            inside = self.crypto().decrypt_message(
                content,
                root.findtext("MsgSignature"),
                root.findtext("TimeStamp"),
                root.findtext("Nonce"),
            )
            root = ElementTree.fromstring(inside)
        assert root.findtext("MsgType") == "text"
        text = root.findtext("Content") or ""
        assert len(text.encode()) < 2048
        return Reply(status, text, bool(encrypted), content)

    async def say(self, user: str, text: str, patience: float = PATIENCE) -> Reply:
        """A text, repeated as the platform does until it is handled; the last reply."""
        return await self.deliver(user, text_fields(text), patience)

    async def deliver(self, user: str, fields: dict[str, str], patience: float = PATIENCE) -> Reply:
        """A message or an event, repeated until it is handled; the last reply."""
        reply = Reply(0)
        for _ in range(TRIES):
            started = time.monotonic()
            reply = await self.post(*self.request(user, fields), patience=patience)
            if reply.handled:
                return reply
            await asyncio.sleep(min(0.2, max(0.0, patience - (time.monotonic() - started))))
        return reply
