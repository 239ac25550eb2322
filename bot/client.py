"""A person at the assistant's REST channel, for the terminal."""

from __future__ import annotations

import http.client
import json
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot import settings
from bot.cards import Card

TIMEOUT = 120  # seconds for one answer


class AnswerError(Exception):
    """No answer came; the message is one line."""


@dataclass
class Conversation:
    """One conversation with the assistant at `url`."""

    url: str
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)

    def ask(self, message: str) -> list[dict[str, Any]]:
        """Rasa's list of messages in reply; raises AnswerError."""
        parts = urlsplit(self.url)
        headers = {"Content-Type": "application/json"}
        token = settings.REST_TOKEN.get()
        if token:
            headers["Authorization"] = f"Bearer {token}"
        body = json.dumps({"sender": self.sender, "message": message}).encode()
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
        try:
            connection.request("POST", "/webhooks/rest/webhook", body, headers)
            reply = connection.getresponse()
            content = json.loads(reply.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise AnswerError(f"no answer from {self.url}: {error}") from error
        finally:
            connection.close()
        if reply.status != 200 or not isinstance(content, list):
            raise AnswerError(f"status {reply.status} from {self.url}: {content}")
        return content


def card_of(messages: list[dict[str, Any]]) -> Card | None:
    """The card of a reply: that of its last message which has one."""
    cards = [message["custom"] for message in messages if isinstance(message.get("custom"), dict)]
    return cards[-1] if cards else None


def text_of(messages: list[dict[str, Any]]) -> str:
    """What a reply says in plain text."""
    return "\n\n".join(message["text"] for message in messages if message.get("text"))
