"""The REST channel: Rasa's own request and reply, without its trust in the caller.

`POST /webhooks/rest/webhook` with `{"sender": "…", "message": "…"}` answers with Rasa's list of
messages. Other than Rasa's channel, it takes nothing but these two from the caller (no metadata,
which would set a slot, and no channel name), reads no message as a command, never answers with a
server error, and always says something.
"""

from __future__ import annotations

import hmac
import json
import logging
import uuid
from asyncio import Queue
from collections.abc import Awaitable, Callable
from typing import Any

import rasa.utils.endpoints
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import QueueOutputChannel
from rasa.core.channels.rest import RestInput as RasaRestInput
from sanic import Blueprint, response
from sanic.request import Request

from bot import cards, settings
from bot.channels.text import clean

logger = logging.getLogger(__name__)

MAX_SENDER = 200  # characters; the conversation store has room for 255
Handler = Callable[[UserMessage], Awaitable[Any]]


class BadRequestError(Exception):
    """The request is not of the channel's form; carries what to tell the caller."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


class RestInput(RasaRestInput):
    """Rasa's channel `rest` for callers that are not trusted."""

    def __init__(self, max_message: int, token: str) -> None:
        self.max_message = max_message
        self.token = token

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RestInput:
        """Make the channel; what can be set comes from the settings, not from credentials.yml."""
        return cls(settings.MAX_MESSAGE.get(), settings.REST_TOKEN.get())

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Routes: the web hook, and a sign of life."""
        routes = Blueprint("guanda_rest", __name__)

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> response.HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> Any:
            try:
                self.authorise(request.headers.get("Authorization", ""))
                sender, text = self.read(request.body)
            except BadRequestError as error:
                return response.json({"error": str(error)}, status=error.status)
            if rasa.utils.endpoints.bool_arg(request, "stream", default=False):
                return response.stream(
                    self.stream_response(on_new_message, text, sender, self.name(), None),
                    content_type="text/event-stream",
                )
            collector = _Collected()
            await self.answer(on_new_message, text, sender, collector)
            return response.json(collector.messages)

        return routes

    def authorise(self, header: str) -> None:
        """Raise BadRequestError where a token is asked for and the header does not carry it."""
        expected = f"Bearer {self.token}".encode()
        if self.token and not hmac.compare_digest(header.encode("utf-8", "replace"), expected):
            raise BadRequestError("a valid Authorization header is needed", status=401)

    def read(self, body: bytes) -> tuple[str, str]:
        """Sender and cleaned message of a request body; raises BadRequestError.

        A request without a sender starts a conversation of its own, so that strangers do not
        share one.
        """
        try:
            fields = json.loads(body.decode("utf-8"))
        except UnicodeDecodeError:
            raise BadRequestError("the body must be UTF-8") from None
        except (ValueError, RecursionError):
            raise BadRequestError("the body must be JSON") from None
        if not isinstance(fields, dict):
            raise BadRequestError('the body must be an object: {"sender": "…", "message": "…"}')
        sender = fields.get("sender")
        if sender is None:
            sender = uuid.uuid4().hex
        if not isinstance(sender, str) or not sender or sender != clean(sender):
            raise BadRequestError("sender must be plain text")
        if len(sender) > MAX_SENDER:
            raise BadRequestError(f"sender must not be longer than {MAX_SENDER} characters")
        message = fields.get("message")
        if not isinstance(message, str):
            raise BadRequestError("message must be text")
        return sender, clean(message)

    async def answer(
        self, on_new_message: Handler, text: str, sender: str, output: _Collected | _Queued
    ) -> None:
        """Put the reply to `text` into `output`; there is always one."""
        if not text:
            await say(output, sender, cards.notice("clarify", cards.EMPTY))
        elif len(text) > self.max_message:
            answer = cards.TOO_LONG.format(limit=self.max_message)
            await say(output, sender, cards.notice("clarify", answer))
        else:
            try:
                await on_new_message(UserMessage(text, output, sender, input_channel=self.name()))
            except Exception:
                logger.exception("a message could not be handled")
            if not output.anything:
                await say(output, sender, cards.notice("refusal", cards.FAILED))

    async def on_message_wrapper(
        self,
        on_new_message: Handler,
        text: str,
        queue: Queue[Any],
        sender_id: str,
        input_channel: str,
        metadata: dict[str, Any] | None,
    ) -> None:
        """Answer into a queue that Rasa's `stream_response` reads; always ends it."""
        try:
            await self.answer(on_new_message, text, sender_id, _Queued(queue))
        finally:
            await queue.put("DONE")


class _Collected(CollectingOutputChannel):
    """Messages of one reply, in a list."""

    @property
    def anything(self) -> bool:
        """Whether there is any message."""
        return bool(self.messages)


class _Queued(QueueOutputChannel):
    """Messages of one reply, handed on as they come."""

    anything = False

    async def _persist_message(self, message: dict[str, Any]) -> None:
        self.anything = True
        await super()._persist_message(message)


async def say(output: CollectingOutputChannel, sender: str, card: cards.Card) -> None:
    """Send a card of our own, as text and as its data."""
    await output.send_text_message(sender, card["answer"])
    await output.send_custom_json(sender, card)
