"""The web hook of a platform: who is let in, and how each outcome is replied."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sanic import Blueprint, response
from sanic.request import Request

from bot.messaging.crypto import DecryptError
from bot.messaging.desk import Desk, HungUpError
from bot.messaging.envelope import MAX_SIZE, EnvelopeError
from bot.messaging.incoming import Incoming
from bot.messaging.signature import RefusedError

logger = logging.getLogger(__name__)

REFUSALS = (RefusedError, DecryptError, EnvelopeError)


@dataclass(frozen=True)
class Call:
    """A platform's request: a value of the query or a header by its name, or nothing; the body."""

    query: Callable[[str], str]
    header: Callable[[str], str]
    body: bytes = b""


@dataclass(frozen=True)
class Letter:
    """An opened message: its fields, and the key that it was encrypted with, if it was."""

    fields: dict[str, Any]
    key: bytes | None = None


class Gate(Protocol):
    """The platform's way to sign, encrypt and write. Refusals are one of REFUSALS."""

    silence: str  # the reply that says nothing
    content_type: str  # of a reply that says something

    async def greet(self, call: Call) -> str:
        """What to reply to a GET, with which the console checks the address."""

    async def open(self, call: Call) -> Letter | str:
        """Check and decrypt a message; a text is the reply to a check that comes in its form."""

    async def read(self, letter: Letter) -> Incoming | None:
        """What a message asks; None: nothing to answer."""

    def seal(self, letter: Letter, text: str) -> str:
        """The reply with a text, encrypted as the request was."""


def blueprint(name: str, gate: Gate, desk: Desk) -> Blueprint:
    """Routes of a web hook."""
    routes = Blueprint(f"guanda_{name}")

    @routes.route("/webhook", methods=["GET"])
    async def verify(request: Request) -> response.HTTPResponse:
        try:
            return response.text(await gate.greet(_call(request)))
        except REFUSALS as error:
            return _refuse(name, error)

    @routes.route("/webhook", methods=["POST"])
    async def receive(request: Request) -> response.HTTPResponse | None:
        try:
            return await _receive(request, gate, desk)
        except REFUSALS as error:
            return _refuse(name, error)
        except HungUpError:
            return None if request.responded else response.text("", status=504)
        except Exception:
            logger.exception("%s: a request could not be handled", name)
            return response.text("", status=503)  # so that the platform repeats it

    return routes


async def _receive(request: Request, gate: Gate, desk: Desk) -> response.HTTPResponse | None:
    """Reply to a message; None: it has been replied to."""
    if len(request.body) > MAX_SIZE:
        raise EnvelopeError("too large")
    letter = await gate.open(_call(request, request.body))
    if isinstance(letter, str):
        return response.text(letter)
    message = await gate.read(letter)
    if message is None:
        return response.text(gate.silence)
    async with desk.reply(message) as said:
        if said is None:
            return response.text(gate.silence)
        reply = response.text(gate.seal(letter, said), content_type=gate.content_type)
        await (await request.respond(reply)).send(end_stream=True)
        if request.transport.is_closing():
            raise HungUpError
    return None


def _call(request: Request, body: bytes = b"") -> Call:
    return Call(
        lambda name: request.args.get(name) or "",
        lambda name: request.headers.get(name) or "",
        body,
    )


def _refuse(name: str, error: Exception) -> response.HTTPResponse:
    logger.warning("%s: refused: %s", name, error)
    return response.text("", status=403)
