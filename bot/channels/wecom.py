"""WeCom app (企业微信自建应用): `/webhooks/wecom/webhook`.

As an Official Account, but always encrypted, with corp ID and agent ID, and with the right to
write to the members that see the app. docs/wechat.md says how it is set up.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.messaging import envelope, letters, seal
from bot.messaging import settings as own
from bot.messaging.answer import Form, Option
from bot.messaging.api import Api, ApiError, Client
from bot.messaging.channel import WebhookInput
from bot.messaging.desk import Timing
from bot.messaging.incoming import Incoming
from bot.messaging.pauses import A_MINUTE, Pauses
from bot.messaging.rate import Rate
from bot.messaging.seal import Seal
from bot.messaging.signature import RefusedError
from bot.messaging.store import Store
from bot.messaging.tokens import AccessToken
from bot.messaging.webhook import Call, Letter

LIMIT = 2048  # bytes of a text or a markdown
NOT_A_MEMBER = 81013
# What WeCom drops without a word is more than this to one member.
PER_MINUTE, PER_HOUR = 30, 1000


class WeComInput(WebhookInput):
    """The channel `wecom`."""

    channel = "wecom"

    def __init__(
        self, store: Store, timing: Timing | None = None, minute: float = A_MINUTE
    ) -> None:
        super().__init__(store)
        corp_id, agent_id = own.WECOM_CORP_ID.get(), own.WECOM_AGENT_ID.get()
        markdown = own.WECOM_MARKDOWN.get()
        self.account = f"{self.channel}:{corp_id}:{agent_id}"
        self.form = Form(LIMIT, markdown)
        self.timing = timing or Timing()
        if markdown:  # a reply to a request cannot hold it, a message of our own can
            self.timing = Timing(0, self.timing.hang_up, self.timing.late)
        self.sender = Members(self.account, store, "markdown" if markdown else "text", minute)
        keys = (own.WECOM_AES_KEY.get(), own.WECOM_AES_KEY_PREVIOUS.get())
        sealing = Seal(self.account, store, own.WECOM_TOKEN.get(), keys, corp_id)
        self.gate = WeComGate(sealing, agent_id)


class WeComGate:
    """What the platform sends to our app."""

    silence = ""
    content_type = seal.CONTENT_TYPE

    def __init__(self, sealing: Seal, agent_id: str) -> None:
        self.sealing = sealing
        self.agent_id = agent_id

    async def greet(self, call: Call) -> str:
        """The console's echo, decrypted."""
        return (await self.sealing.open(call, call.query("echostr")))[0]

    async def open(self, call: Call) -> Letter:
        """Check and decrypt a message to our app."""
        xml, key = await self.sealing.open(call, envelope.read(call.body).get("Encrypt", ""))
        fields = envelope.read(xml.encode())
        if fields.get("AgentID", self.agent_id) != self.agent_id:
            raise RefusedError("a message to another app")
        return Letter(fields, key)

    async def read(self, letter: Letter) -> Incoming | None:
        """What a message asks."""
        return letters.read(letter.fields)

    def seal(self, letter: Letter, text: str) -> str:
        """The passive reply."""
        return self.sealing.reply(letter, text)


class Members:
    """Writes to members through the app (发送应用消息), texts or markdown as `kind` says."""

    def __init__(self, account: str, store: Store, kind: str, minute: float) -> None:
        self.kind = kind
        self.client = Client(own.WECOM_API_BASE.get())
        self.api = Api(self.client, AccessToken(store, account, self._fetch))
        self.pauses = Pauses(account, store, minute)
        self.rate = Rate(account, store, PER_MINUTE, PER_HOUR)

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
            "agentid": int(own.WECOM_AGENT_ID.get()),
            self.kind: {"content": text},
        }
        reply = await self.api.post("/cgi-bin/message/send", body)
        if reply.get("invaliduser"):
            raise ApiError(NOT_A_MEMBER)

    async def _fetch(self, another: bool) -> tuple[str, int]:
        # WeCom returns the same token for as long as it is valid, and has no way to ask for another
        query = {"corpid": own.WECOM_CORP_ID.get(), "corpsecret": own.WECOM_SECRET.get()}
        reply = await self.client.call("GET", "/cgi-bin/gettoken", query)
        return str(reply["access_token"]), int(reply["expires_in"])
