"""The web channel: the page, the widget and the document reader, and what they say to the server.

Its routes stand at the root of the server: pages under `/chat` and `/documents`, and

- `GET /chat/session`: the conversation so far;
- `DELETE /chat/session`: forget it;
- `POST /chat/messages` with `{"key": "…", "text": "…"}` or, for a suggestion,
  `{"key": "…", "turn": 7, "choice": 0}`: an answer;
- `POST /chat/feedback` with `{"turn": 7, "vote": "up", "comment": "…"}`.

A browser cannot say who it is or what Rasa shall understand: the sender follows from a signed
session id, metadata is not taken, and a button is named by its place in a card that was sent.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import cards, settings
from bot.channels.text import clean
from bot.kept import Kept
from bot.web import pages, secret
from bot.web.chat import CHANNEL, Chat, Handler, NotAnsweredError, Said
from bot.web.labels import known_rules, labels
from bot.web.limits import Limit, network
from bot.web.origins import Origins
from bot.web.sessions import COOKIE, Session, Sessions
from bot.web.store import USER, Store, Turn

MAX_BODY = 64_000  # bytes; a message of the longest kind, escaped, fits
MAX_KEY = 64  # characters of a browser's name for a message
MAX_COMMENT = 1000  # characters
VOTES = ("up", "down")
SESSION, MESSAGES, FEEDBACK = "/chat/session", "/chat/messages", "/chat/feedback"


class RefusedError(Exception):
    """A request that is not taken; carries the status and what to tell the caller."""

    def __init__(self, status: int, reason: str, wait: int = 0) -> None:
        super().__init__(reason)
        self.status = status
        self.wait = wait


@dataclass
class WebInput(InputChannel):
    """Rasa's channel `web`."""

    sessions: Sessions
    origins: Origins
    store: Store
    kept: Kept
    per_session: Limit
    per_address: Limit
    max_message: int
    proxies: int = 0

    @classmethod
    def name(cls) -> str:
        """Rasa's name of the channel."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        """Make the channel; what can be set comes from the settings, not from credentials.yml."""
        return cls(
            sessions=Sessions(secret.load(), settings.KEEP_DAYS.get()),
            origins=Origins(settings.WEB_ORIGINS.get()),
            store=Store.as_set(),
            kept=Kept.as_set(),
            per_session=Limit(settings.WEB_RATE.get()),
            per_address=Limit(settings.WEB_ADDRESS_RATE.get()),
            max_message=settings.MAX_MESSAGE.get(),
            proxies=settings.PROXIES.get(),
        )

    def url_prefix(self) -> str:
        """The root of the server, where other channels stand under /webhooks/NAME."""
        return "/"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Routes of the conversation and of the pages."""
        routes = Blueprint("guanda_web")
        talk = _Talk(self, Chat(on_new_message, self.store))
        for handler, path, method in (
            (talk.session, SESSION, "GET"),
            (talk.forget, SESSION, "DELETE"),
            (talk.message, MESSAGES, "POST"),
            (talk.feedback, FEEDBACK, "POST"),
        ):
            name = handler.__name__
            routes.add_route(talk.guarded(handler), path, methods=[method], name=name)
        for path in (SESSION, MESSAGES, FEEDBACK):
            name = f"options_{path.rpartition('/')[2]}"
            routes.add_route(_options, path, methods=["OPTIONS"], name=name)
        pages.add_to(routes, self.crowded)

        async def prepare(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            app.config.PROXIES_COUNT = self.proxies or None
            app.register_middleware(pages.to_chat, "request")
            self.store.prepare()
            self.kept.prepare()
            known_rules()  # while the action server starts as well

        async def protect(request: Request, reply: HTTPResponse) -> None:
            for name, value in pages.HEADERS.items():
                reply.headers.setdefault(name, value)
            if request.path in (SESSION, MESSAGES, FEEDBACK):
                origin, host = request.headers.get("origin"), request.headers.get("host", "")
                reply.headers.update(self.origins.headers(origin, host))

        routes.listener("before_server_start")(prepare)
        routes.on_response(protect)
        return routes

    def crowded(self, request: Request) -> int:
        """Count a request of its address; 0, or the seconds after which it may be answered."""
        address = (self.proxies and request.remote_addr) or request.ip
        return self.per_address.wait(network(str(address)))


Endpoint = Callable[[Request], Awaitable[HTTPResponse]]


class _Talk:
    """The handlers of the conversation's requests."""

    def __init__(self, channel: WebInput, chat: Chat) -> None:
        self.channel = channel
        self.chat = chat

    def guarded(self, handler: Endpoint) -> Endpoint:
        """A handler behind the origin and the limit of its address; refusals become replies."""

        async def guard(request: Request) -> HTTPResponse:
            origin, host = request.headers.get("origin"), request.headers.get("host", "")
            try:
                if not self.channel.origins.admits(origin, host):
                    raise RefusedError(403, "this origin is not admitted")
                _or_refuse(self.channel.crowded(request))
                reply = await handler(request)
            except RefusedError as error:
                reply = response.json({"error": str(error)}, status=error.status)
                if error.wait:
                    reply.headers["Retry-After"] = str(error.wait)
            reply.headers["Cache-Control"] = "no-store"
            return reply

        return guard

    async def session(self, request: Request) -> HTTPResponse:
        """The conversation so far, and whether the assistant still knows what it was about."""
        session = self._known(request)
        turns = await self.chat.turns(session) if session else []
        has = self.channel.kept.has
        remembered = bool(session and turns and await asyncio.to_thread(has, session.sender))
        return response.json({"turns": await _shown(turns), "remembered": remembered})

    async def forget(self, request: Request) -> HTTPResponse:
        """Delete the conversation; the next message starts another."""
        session = self._known(request)
        if session:
            await asyncio.to_thread(self.channel.store.forget, session.id)
            await asyncio.to_thread(self.channel.kept.forget, session.sender)
        reply = response.json({})
        reply.cookies[COOKIE] = ""
        reply.cookies[COOKIE].update({"path": "/chat", "max-age": 0})
        return reply

    async def message(self, request: Request) -> HTTPResponse:
        """Answer a message or a chosen suggestion; the first one starts a session."""
        fields = _fields(request)
        key = fields.get("key")
        if not isinstance(key, str) or not key or len(key) > MAX_KEY:
            raise RefusedError(400, "key must be text")
        session = self._known(request)
        fresh = session is None
        session = session or self.channel.sessions.new()
        _or_refuse(self.channel.per_session.wait(session.id))
        said = await self._said(session, fields, key)
        try:
            turns = await self.chat.answer(session, said)
        except NotAnsweredError as error:
            reply = response.json({"error": str(error)}, status=503)
        else:
            reply = response.json({"turns": await _shown(turns)})
        if fresh:
            reply = self._introduced(request, reply, session)
        return reply

    async def feedback(self, request: Request) -> HTTPResponse:
        """Keep a thumb up or down, with a comment, for an answer of this conversation."""
        fields = _fields(request)
        session = self._known(request)
        turn, vote, comment = fields.get("turn"), fields.get("vote"), fields.get("comment", "")
        if type(turn) is not int or vote not in VOTES or not isinstance(comment, str):
            raise RefusedError(400, "turn, vote and comment are needed")
        if session is None:
            raise RefusedError(404, "there is no such answer")
        _or_refuse(self.channel.per_session.wait(session.id))
        judge = self.channel.store.judge
        known = await asyncio.to_thread(judge, session.id, turn, vote, clean(comment)[:MAX_COMMENT])
        if not known:
            raise RefusedError(404, "there is no such answer")
        return response.json({})

    def _known(self, request: Request) -> Session | None:
        """The session that a browser shows: a token from other origins, else the cookie.

        A cookie counts on our own pages only.
        """
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind == "Bearer":
            return self.channel.sessions.read(token)
        if self._foreign(request):
            return None
        return self.channel.sessions.read(request.cookies.get(COOKIE))

    def _introduced(self, request: Request, reply: HTTPResponse, session: Session) -> HTTPResponse:
        """A reply that tells the browser its session: as a cookie, or to other origins as text."""
        if self._foreign(request):
            content = {**json.loads(reply.body), "token": session.token}
            return response.json(content, status=reply.status)
        reply.cookies[COOKIE] = session.token
        reply.cookies[COOKIE].update(
            {
                "path": "/chat",
                "httponly": True,
                "samesite": "Strict",
                "max-age": self.channel.sessions.max_age,
            }
        )
        if request.scheme == "https":
            reply.cookies[COOKIE]["secure"] = True
        return reply

    async def _said(self, session: Session, fields: dict[str, Any], key: str) -> Said:
        if "text" not in fields:
            turn, choice = fields.get("turn"), fields.get("choice")
            if type(turn) is not int or type(choice) is not int:
                raise RefusedError(400, "text, or turn and choice, are needed")
            said = await self.chat.suggested(session, turn, choice, key)
            if said is None:
                raise RefusedError(404, "there is no such suggestion")
            return said
        if not isinstance(fields["text"], str):
            raise RefusedError(400, "text must be text")
        text = clean(fields["text"])
        if not text:
            raise RefusedError(400, cards.EMPTY)
        if len(text) > self.channel.max_message:
            raise RefusedError(413, cards.TOO_LONG.format(limit=self.channel.max_message))
        return Said(text, text, key)

    def _foreign(self, request: Request) -> bool:
        origin, host = request.headers.get("origin"), request.headers.get("host", "")
        return self.channel.origins.foreign(origin, host)


def _or_refuse(wait: int) -> None:
    if wait:
        raise RefusedError(429, f"too many requests; try again in {wait} s", wait)


async def _options(request: Request) -> HTTPResponse:
    """A browser asks whether a page of another origin may speak to us; the headers tell."""
    return response.empty()


def _fields(request: Request) -> dict[str, Any]:
    """The fields of a request; only JSON, which a form of another page cannot send."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise RefusedError(415, "the body must be application/json")
    if len(request.body) > MAX_BODY:
        raise RefusedError(413, "the body is too large")
    try:
        fields = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise RefusedError(400, "the body must be JSON") from None
    if not isinstance(fields, dict):
        raise RefusedError(400, "the body must be an object")
    return fields


async def _shown(turns: list[Turn]) -> list[dict[str, Any]]:
    """Turns as the browser gets them."""
    return await asyncio.to_thread(lambda: [_fields_of(turn) for turn in turns])


def _fields_of(turn: Turn) -> dict[str, Any]:
    if turn.role == USER:
        return {"id": turn.id, "role": turn.role, "text": turn.text, "key": turn.key}
    return {
        "id": turn.id,
        "role": turn.role,
        "text": turn.text,
        "card": turn.card,
        "labels": labels(turn.card),
        "vote": turn.vote,
    }
