"""WeCom app (企业微信自建应用): `/webhooks/wecom/webhook`.

As an Official Account, but always encrypted, with corp ID and agent ID, and with the right to
write to the members that see the app. docs/wechat.md says how it is set up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint

from bot import settings
from bot.messaging import crypto, envelope, letters, signature, webhook
from bot.messaging import settings as own
from bot.messaging.answer import Form, Handler, Option
from bot.messaging.api import Api, ApiError, Client
from bot.messaging.desk import Desk, Incoming, Timing
from bot.messaging.pauses import A_MINUTE, Pauses
from bot.messaging.rate import Rate
from bot.messaging.reply import passive
from bot.messaging.signature import RefusedError
from bot.messaging.store import Store, open_store
from bot.messaging.tokens import AccessToken
from bot.messaging.webhook import Letter, Query

CHANNEL = "wecom"
LIMIT = 2048  # bytes of a text or a markdown
SILENCE = ""
NOT_A_MEMBER = 81013
STORE = settings.VAR / "messaging.sqlite"
# What WeCom drops without a word is more than this to one member.
PER_MINUTE, PER_HOUR = 30, 1000


class WeComInput(InputChannel):
    """The channel `wecom`."""

    def __init__(
        self, store: Store, timing: Timing | None = None, minute: float = A_MINUTE
    ) -> None:
        self.store = store
        self.markdown = own.WECOM_MARKDOWN.get()
        self.timing = timing or Timing()
        if self.markdown:  # a reply to a request cannot hold it, a message of our own can
            self.timing = Timing(0, self.timing.hang_up, self.timing.late)
        self.members = Members(store, self.markdown, minute)

    @classmethod
    def name(cls) -> str:
        """Its name in addresses and conversations."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WeComInput:
        """Make the channel; everything comes from the settings."""
        return cls(open_store(settings.REDIS_URL.get(), STORE))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Routes: the web hook."""
        desk = Desk(
            CHANNEL,
            self.store,
            on_new_message,
            self.members,
            Form(LIMIT, self.markdown),
            settings.MAX_MESSAGE.get(),
            self.timing,
        )
        gate = WeComGate(self.store)

        async def read(fields: dict[str, str]) -> Incoming | None:
            if letters.has_left(fields):
                await desk.forget(fields.get("FromUserName", ""))
                return None
            return letters.read(fields)

        routes = webhook.blueprint(CHANNEL, gate, read, desk)

        @routes.listener("after_server_stop")
        async def close(app: Any, loop: Any) -> None:
            await desk.close()
            await self.members.close()
            await self.store.close()

        return routes


class WeComGate:
    """Signature, age and encryption of what comes in; encryption of what goes out."""

    silence = SILENCE

    def __init__(self, store: Store) -> None:
        self.store = store
        self.corp_id = own.WECOM_CORP_ID.get()
        self.agent_id = own.WECOM_AGENT_ID.get()
        self.token = own.WECOM_TOKEN.get()
        keys = (own.WECOM_AES_KEY.get(), own.WECOM_AES_KEY_PREVIOUS.get())
        self.keys = [key for key in keys if key]

    async def greet(self, query: Query) -> str:
        """The console's echo, decrypted."""
        return (await self._decrypt(query, query("echostr")))[0]

    async def open(self, query: Query, body: bytes) -> Letter:
        """Check and decrypt a message to our app."""
        xml, key = await self._decrypt(query, envelope.read(body).get("Encrypt", ""))
        fields = envelope.read(xml.encode())
        if fields.get("AgentID", self.agent_id) != self.agent_id:
            raise RefusedError("a message to another app")
        return Letter(fields, key)

    def seal(self, letter: Letter, text: str) -> str:
        """The passive reply."""
        return passive(letter, text, self.token, self.corp_id)

    async def _decrypt(self, query: Query, sealed: str) -> tuple[str, bytes]:
        timestamp, nonce = query("timestamp"), query("nonce")
        signature.check_signature(query("msg_signature"), self.token, timestamp, nonce, sealed)
        opened = crypto.decrypt(self.keys, sealed, self.corp_id)
        signature.check_time(timestamp)
        await signature.check_fresh(self.store, CHANNEL, timestamp, nonce, sealed.encode())
        return opened


class Members:
    """Writes to members through the app (发送应用消息)."""

    def __init__(self, store: Store, markdown: bool, minute: float = A_MINUTE) -> None:
        self.kind = "markdown" if markdown else "text"
        self.client = Client(own.WECOM_API_BASE.get())
        self.corp_id = own.WECOM_CORP_ID.get()
        self.agent_id = own.WECOM_AGENT_ID.get()
        name = f"{CHANNEL}:{self.corp_id}:{self.agent_id}"
        self.api = Api(self.client, AccessToken(store, name, self._fetch))
        self.pauses = Pauses(name, store, minute)
        self.rate = Rate(CHANNEL, store, PER_MINUTE, PER_HOUR)

    async def allowed(self) -> bool:
        """Whether no limit is reached."""
        return await self.pauses.over()

    async def send(self, message: Incoming, text: str, options: Sequence[Option]) -> None:
        """Send a text, which ends with the options; raises NotSentError."""
        await self.rate.wait(message.user)
        await self.pauses.send(lambda: self._post(message.user, text))

    async def close(self) -> None:
        """Close the connections."""
        await self.client.close()

    async def _post(self, user: str, text: str) -> None:
        body = {
            "touser": user,
            "msgtype": self.kind,
            "agentid": int(self.agent_id),
            self.kind: {"content": text},
        }
        reply = await self.api.post("/cgi-bin/message/send", body)
        if reply.get("invaliduser"):
            raise ApiError(NOT_A_MEMBER)

    async def _fetch(self, another: bool) -> tuple[str, int]:
        # WeCom returns the same token for as long as it is valid, and has no way to ask for another
        query = {"corpid": self.corp_id, "corpsecret": own.WECOM_SECRET.get()}
        reply = await self.client.call("GET", "/cgi-bin/gettoken", query)
        return str(reply["access_token"]), int(reply["expires_in"])
