"""What every messaging channel is to Rasa; a platform's file in bot/channels adds the rest.

docs/adding-a-channel.md says what such a file holds.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint

from bot import settings
from bot.messaging import webhook
from bot.messaging.answer import Asker, Form, Handler
from bot.messaging.desk import Desk, Timing
from bot.messaging.sender import Sender
from bot.messaging.store import Store, open_store
from bot.messaging.webhook import Gate

STORE = settings.VAR / "messaging.sqlite"


class MessagingInput(InputChannel):
    """A channel whose messages a desk answers.

    `channel` is its name in addresses and conversations; `account` tells apart the accounts that
    share a store.
    """

    channel: str
    account: str
    form: Form
    sender: Sender
    timing: Timing

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def name(cls) -> str:
        """See `channel`."""
        return cls.channel

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> MessagingInput:
        """Make the channel; everything comes from the settings."""
        return cls(open_store(settings.REDIS_URL.get(), STORE))

    @abstractmethod
    def routes(self, desk: Desk) -> Blueprint:
        """Routes whose messages go to the desk."""

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Routes; what was taken on before a restart is taken up when the server starts."""
        asker = Asker(on_new_message, self.channel, self.form, settings.MAX_MESSAGE.get())
        desk = Desk(self.account, self.store, asker, self.sender, self.timing)
        routes = self.routes(desk)

        @routes.listener("after_server_start")
        async def recover(app: Any, loop: Any) -> None:
            await desk.recover()

        @routes.listener("after_server_stop")
        async def close(app: Any, loop: Any) -> None:
            await desk.close()
            await self.sender.close()
            await self.store.close()

        return routes


class WebhookInput(MessagingInput):
    """A channel that its platform calls at /webhooks/NAME/webhook, through a gate."""

    gate: Gate

    def routes(self, desk: Desk) -> Blueprint:
        """The web hook."""
        return webhook.blueprint(self.channel, self.gate, desk)
