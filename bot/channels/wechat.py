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

from bot.messaging import envelope, letters, seal
from bot.messaging import settings as own
from bot.messaging.answer import Form, Option
from bot.messaging.api import Api, Client
from bot.messaging.channel import WebhookInput
from bot.messaging.desk import Timing
from bot.messaging.incoming import Incoming
from bot.messaging.kept import SECONDS as KEPT
from bot.messaging.pauses import A_MINUTE, Pauses
from bot.messaging.plain import numbered
from bot.messaging.seal import Seal
from bot.messaging.signature import RefusedError
from bot.messaging.store import Store
from bot.messaging.tokens import AccessToken
from bot.messaging.webhook import Call, Letter


class WeChatInput(WebhookInput):
    """The channel `wechat`."""

    channel = "wechat"
    form = Form(limit=2048)

    def __init__(
        self, store: Store, timing: Timing | None = None, minute: float = A_MINUTE
    ) -> None:
        super().__init__(store)
        app_id = own.WECHAT_APP_ID.get()
        self.account = f"{self.channel}:{app_id}"
        self.timing = timing or Timing()
        self.sender = CustomerService(self.account, store, app_id, minute)
        keys = (own.WECHAT_AES_KEY.get(), own.WECHAT_AES_KEY_PREVIOUS.get())
        sealing = Seal(self.account, store, own.WECHAT_TOKEN.get(), keys, app_id)
        self.gate = WeChatGate(sealing, self.sender)


class WeChatGate:
    """What the platform sends, in the mode that the settings name."""

    silence = "success"
    content_type = seal.CONTENT_TYPE

    def __init__(self, sealing: Seal, service: CustomerService) -> None:
        self.sealing = sealing
        self.service = service
        self.mode = own.WECHAT_MODE.get()

    async def greet(self, call: Call) -> str:
        """The console's echo; it is not encrypted in any mode."""
        echo = call.query("echostr")
        if not echo:
            raise RefusedError("nothing to echo")
        await self.sealing.check(call, echo.encode())
        return echo

    async def open(self, call: Call) -> Letter:
        """Check and decrypt a message; safe mode refuses one that is not encrypted."""
        encrypted = call.query("encrypt_type") == "aes"
        if encrypted if self.mode == "plain" else self.mode == "safe" and not encrypted:
            raise RefusedError(f"not a message of {self.mode} mode")
        if not encrypted:
            await self.sealing.check(call, call.body)
            return Letter(envelope.read(call.body))
        sealed = envelope.read(call.body).get("Encrypt", "")
        xml, key = await self.sealing.open(call, sealed)
        return Letter(envelope.read(xml.encode()), key)

    async def read(self, letter: Letter) -> Incoming | None:
        """What a message asks; a click in a menu asks what its entry stands for."""
        fields = letter.fields
        user, entry = fields.get("FromUserName", ""), fields.get("bizmsgmenuid", "")
        chosen = await self.service.chosen(user, entry)
        return letters.read({**fields, "Content": chosen} if chosen else fields)

    def seal(self, letter: Letter, text: str) -> str:
        """The passive reply."""
        return self.sealing.reply(letter, text)


class CustomerService:
    """Writes to users through the customer-service interface (客服消息)."""

    def __init__(self, account: str, store: Store, app_id: str, minute: float) -> None:
        self.account = account
        self.store = store
        self.app_id = app_id
        self.client = Client(own.WECHAT_API_BASE.get())
        self.api = Api(self.client, AccessToken(store, account, self._fetch))
        self.pauses = Pauses(account, store, minute)

    async def allowed(self) -> bool:
        """Whether the account has the right, as far as we know, and no limit is reached."""
        return await self.pauses.over()

    async def send(self, message: Incoming, text: str, options: Sequence[Option]) -> None:
        """Send a text, or a menu where there are options; raises NotSentError."""
        user = message.user
        body = await self._menu(user, text, options) if options else self._text(user, text)
        await self.pauses.send(lambda: self.api.post("/cgi-bin/message/custom/send", body))

    async def chosen(self, user: str, entry: str) -> str | None:
        """What an entry of a menu asks, if it is still known."""
        menu, _, number = entry.partition("-")
        if not menu or len(entry) > 64 or not number.isdecimal():
            return None
        kept = await self.store.get(self._menu_name(user, menu))
        payloads: list[str] = json.loads(kept) if kept else []
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

    def _menu_name(self, user: str, menu: str) -> str:
        return f"{self.account}:menu:{user}:{menu}"

    async def _fetch(self, another: bool) -> tuple[str, int]:
        body = {
            "grant_type": "client_credential",
            "appid": self.app_id,
            "secret": own.WECHAT_APP_SECRET.get(),
            "force_refresh": another,
        }
        reply = await self.client.call("POST", "/cgi-bin/stable_token", {}, body)
        return str(reply["access_token"]), int(reply["expires_in"])
