"""The web hook of a platform that speaks XML: who is let in, and how each outcome is replied."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from sanic import Blueprint, response
from sanic.request import Request

from bot.messaging import envelope
from bot.messaging.crypto import DecryptError
from bot.messaging.desk import Desk, HungUpError, Incoming
from bot.messaging.envelope import EnvelopeError
from bot.messaging.signature import RefusedError

logger = logging.getLogger(__name__)

Query = Callable[[str], str]


@dataclass(frozen=True)
class Letter:
    """An opened request: its fields, and the key that it was encrypted with, if it was."""

    fields: dict[str, str]
    key: bytes | None = None


class Gate(Protocol):
    """The platform's way to sign and encrypt. Refusals are RefusedError, DecryptError or
    EnvelopeError."""

    silence: str

    async def greet(self, query: Query) -> str:
        """What to reply when the console checks the address."""

    async def open(self, query: Query, body: bytes) -> Letter:
        """Check and decrypt a request."""

    def seal(self, letter: Letter, text: str) -> str:
        """The reply with a text, encrypted as the request was."""


# What a letter says; None: nothing to answer. It may act on it, such as forget a user.
Read = Callable[[dict[str, str]], Coroutine[Any, Any, Incoming | None]]


def blueprint(name: str, gate: Gate, read: Read, desk: Desk) -> Blueprint:
    """Routes of a web hook; what was taken on before a restart is taken up when it starts."""
    routes = Blueprint(f"guanda_{name}")

    @routes.route("/webhook", methods=["GET"])
    async def verify(request: Request) -> response.HTTPResponse:
        try:
            return response.text(await gate.greet(_query(request)))
        except (RefusedError, DecryptError) as error:
            return _refuse(name, error)

    @routes.route("/webhook", methods=["POST"])
    async def receive(request: Request) -> response.HTTPResponse:
        try:
            if len(request.body) > envelope.MAX_SIZE:
                raise EnvelopeError("too large")
            letter = await gate.open(_query(request), request.body)
            message = await read(letter.fields)
            said = await desk.reply(message) if message else None
        except (RefusedError, DecryptError, EnvelopeError) as error:
            return _refuse(name, error)
        except HungUpError:
            return response.text("", status=504)
        except Exception:
            logger.exception("%s: a request could not be handled", name)
            return response.text("", status=503)  # so that the platform repeats it
        if said is None:
            return response.text(gate.silence)
        return response.text(gate.seal(letter, said), content_type="application/xml")

    @routes.listener("after_server_start")
    async def recover(app: Any, loop: Any) -> None:
        await desk.recover()

    return routes


def _query(request: Request) -> Query:
    """The value of a name in the query, or nothing."""
    return lambda name: request.args.get(name) or ""


def _refuse(name: str, error: Exception) -> response.HTTPResponse:
    logger.warning("%s: refused: %s", name, error)
    return response.text("", status=403)
