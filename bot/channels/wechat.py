"""WeChat Official Account: `/webhooks/wechat/webhook`.

The platform sends signed XML, encrypted or not, waits five seconds for a reply and repeats itself
twice. What comes too late goes through the customer-service interface, where the account has the
right to it. docs/wechat.md says how it is set up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint

from bot import settings
from bot.messaging import crypto, envelope, letters, signature, webhook
from bot.messaging import settings as own
from bot.messaging.answer import Form, Handler, Option
from bot.messaging.api import Api, Client
from bot.messaging.desk import KEPT, Desk, Incoming, Timing
from bot.messaging.pauses import A_MINUTE, Pauses
from bot.messaging.plain import numbered
from bot.messaging.reply import passive
from bot.messaging.signature import RefusedError
from bot.messaging.store import Store, open_store
from bot.messaging.tokens import AccessToken
from bot.messaging.webhook import Letter, Query

CHANNEL = "wechat"
FORM = Form(limit=2048)
SILENCE = "success"
STORE = settings.VAR / "messaging.sqlite"


class WeChatInput(InputChannel):
    """The channel `wechat`."""

    def __init__(
        self, store: Store, timing: Timing | None = None, minute: float = A_MINUTE
    ) -> None:
        self.store = store
        self.timing = timing or Timing()
        self.app_id = own.WECHAT_APP_ID.get()
        self.service = CustomerService(store, self.app_id, minute)

    @classmethod
    def name(cls) -> str:
        """Its name in addresses and conversations."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WeChatInput:
        """Make the channel; everything comes from the settings."""
        return cls(open_store(settings.REDIS_URL.get(), STORE))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Routes: the web hook."""
        desk = Desk(
            CHANNEL,
            self.store,
            on_new_message,
            self.service,
            FORM,
            settings.MAX_MESSAGE.get(),
            self.timing,
        )
        gate = WeChatGate(self.store, self.app_id)

        async def read(fields: dict[str, str]) -> Incoming | None:
            user = fields.get("FromUserName", "")
            if letters.has_left(fields):
                await desk.forget(user)
                return None
            chosen = await self.service.chosen(user, fields.get("bizmsgmenuid", ""))
            return letters.read({**fields, "Content": chosen} if chosen else fields)

        routes = webhook.blueprint(CHANNEL, gate, read, desk)

        @routes.listener("after_server_stop")
        async def close(app: Any, loop: Any) -> None:
            await desk.close()
            await self.service.close()
            await self.store.close()

        return routes


class WeChatGate:
    """Signature, age and encryption of what comes in; encryption of what goes out."""

    silence = SILENCE

    def __init__(self, store: Store, app_id: str) -> None:
        self.store = store
        self.app_id = app_id
        self.mode = own.WECHAT_MODE.get()
        self.token = own.WECHAT_TOKEN.get()
        keys = (own.WECHAT_AES_KEY.get(), own.WECHAT_AES_KEY_PREVIOUS.get())
        self.keys = [key for key in keys if key]

    async def greet(self, query: Query) -> str:
        """The console's echo; it is not encrypted in any mode."""
        timestamp, nonce, echo = query("timestamp"), query("nonce"), query("echostr")
        if not echo:
            raise RefusedError("nothing to echo")
        signature.check_signature(query("signature"), self.token, timestamp, nonce)
        await self._check_age(timestamp, nonce, echo.encode())
        return echo

    async def open(self, query: Query, body: bytes) -> Letter:
        """Check and decrypt a message; safe mode refuses one that is not encrypted."""
        timestamp, nonce = query("timestamp"), query("nonce")
        encrypted = query("encrypt_type") == "aes"
        if encrypted if self.mode == "plain" else self.mode == "safe" and not encrypted:
            raise RefusedError(f"not a message of {self.mode} mode")
        if not encrypted:
            signature.check_signature(query("signature"), self.token, timestamp, nonce)
            await self._check_age(timestamp, nonce, body)
            return Letter(envelope.read(body))
        sealed = envelope.read(body).get("Encrypt", "")
        signature.check_signature(query("msg_signature"), self.token, timestamp, nonce, sealed)
        xml, key = crypto.decrypt(self.keys, sealed, self.app_id)
        await self._check_age(timestamp, nonce, sealed.encode())
        return Letter(envelope.read(xml.encode()), key)

    def seal(self, letter: Letter, text: str) -> str:
        """The passive reply."""
        return passive(letter, text, self.token, self.app_id)

    async def _check_age(self, timestamp: str, nonce: str, body: bytes) -> None:
        signature.check_time(timestamp)
        await signature.check_fresh(self.store, CHANNEL, timestamp, nonce, body)


class CustomerService:
    """Writes to users through the customer-service interface (客服消息)."""

    def __init__(self, store: Store, app_id: str, minute: float = A_MINUTE) -> None:
        self.store = store
        self.client = Client(own.WECHAT_API_BASE.get())
        self.app_id = app_id
        name = f"{CHANNEL}:{app_id}"
        self.api = Api(self.client, AccessToken(store, name, self._fetch))
        self.pauses = Pauses(name, store, minute)

    async def allowed(self) -> bool:
        """Whether the account has the right, as far as we know, and no limit is reached."""
        return await self.pauses.over()

    async def send(self, message: Incoming, text: str, options: Sequence[Option]) -> None:
        """Send a text, or a menu where there are options; raises NotSentError."""
        user = message.user
        body = await self._menu(user, text, options) if options else self._text(user, text)
        await self.pauses.send(lambda: self.api.post("/cgi-bin/message/custom/send", body))

    async def chosen(self, user: str, menu_id: str) -> str | None:
        """What an entry of a menu asks, if it is still known."""
        menu, _, number = menu_id.partition("-")
        if not menu or len(menu_id) > 64 or not number.isdecimal():
            return None
        kept = await self.store.get(self._menu_name(user, menu))
        payloads = json.loads(kept) if kept else []
        return payloads[int(number)] if int(number) < len(payloads) else None

    async def close(self) -> None:
        """Close the connections."""
        await self.client.close()

    async def _menu(self, user: str, text: str, options: Sequence[Option]) -> dict[str, Any]:
        payloads = json.dumps([option.payload for option in options], ensure_ascii=False)
        menu = hashlib.sha256(f"{text}{payloads}".encode()).hexdigest()[:12]
        await self.store.set(self._menu_name(user, menu), payloads, KEPT)
        entries = [
            {"id": f"{menu}-{number}", "content": option.title}
            for number, option in enumerate(options)
        ]
        head = text.removesuffix(numbered([option.title for option in options])).rstrip()
        body = {"head_content": head, "list": entries, "tail_content": ""}
        return {"touser": user, "msgtype": "msgmenu", "msgmenu": body}

    @staticmethod
    def _text(user: str, text: str) -> dict[str, Any]:
        return {"touser": user, "msgtype": "text", "text": {"content": text}}

    @staticmethod
    def _menu_name(user: str, menu: str) -> str:
        return f"{CHANNEL}:menu:{user}:{menu}"

    async def _fetch(self, another: bool) -> tuple[str, int]:
        body = {
            "grant_type": "client_credential",
            "appid": self.app_id,
            "secret": own.WECHAT_APP_SECRET.get(),
            "force_refresh": another,
        }
        reply = await self.client.call("POST", "/cgi-bin/stable_token", {}, body)
        return str(reply["access_token"]), int(reply["expires_in"])
