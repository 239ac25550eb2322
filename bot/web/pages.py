"""The pages: the conversation, the document reader, and the files that they need."""

from __future__ import annotations

import asyncio
import datetime
import gzip
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from sanic import Blueprint, response
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.web import reader, templates
from bot.web.words import CHINESE, ENGLISH, language_of, sayer
from policies_db import settings as database
from policies_db.engine import session_for

logger = logging.getLogger(__name__)

KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
KINDS[".svg"] = "image/svg+xml"
STATUSES = ("in_force", "not_yet_in_force", "expired", "repealed", "draft", "unknown")
WORDS = 100  # characters of a search
A_YEAR = "public, max-age=31536000, immutable"
#: Nothing from elsewhere, no script or style in the page itself, and no frame around it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def add_to(routes: Blueprint, wait: Callable[[Request], int]) -> None:
    """Put the pages onto a blueprint that stands at the root of the server.

    `wait` counts a request of the reader and tells after how many seconds it may be answered.
    """
    for name, path, handler in (
        ("page_chat", "/chat", _page(_chat, lambda request: 0)),
        ("page_documents", "/documents", _page(_documents, wait)),
        ("page_document", "/documents/<document_id:str>", _page(_document, wait)),
        ("script", "/embed.js", _script),
        ("static", "/chat/static/<name:str>", _static),
    ):
        routes.add_route(handler, path, methods=["GET", "HEAD"], name=name)


async def to_chat(request: Request) -> HTTPResponse | None:
    """Middleware of the app: `/`, which Rasa answers with its version, leads to the page."""
    return response.redirect("/chat") if request.path == "/" else None


Draw = Callable[..., Awaitable[tuple[int, str]]]


def _page(draw: Draw, wait: Callable[[Request], int]) -> Callable[..., Awaitable[HTTPResponse]]:
    """A handler that sends what `draw` gives, status and HTML, unless one has to wait."""

    async def handler(request: Request, **place: str) -> HTTPResponse:
        language = language_of(request.args.get("lang"), request.headers.get("accept-language", ""))
        headers = {"Vary": "Accept-Language, Accept-Encoding", "Cache-Control": "no-cache"}
        seconds = wait(request)
        try:
            if seconds:
                headers["Retry-After"] = str(seconds)
                status, html = 429, _notice(request, language, "slow")
            else:
                status, html = await draw(request, language, **place)
        except SQLAlchemyError:
            logger.exception("the policy database cannot be read")
            status, html = 503, _notice(request, language, "error")
        body = html.encode()
        if _zipped(request):
            headers["Content-Encoding"] = "gzip"
            body = await asyncio.to_thread(gzip.compress, body, 6)
        return response.raw(body, status, headers, "text/html; charset=utf-8")

    return handler


async def _chat(request: Request, language: str) -> tuple[int, str]:
    return 200, _draw(request, "chat.html", language, here="chat")


async def _documents(request: Request, language: str) -> tuple[int, str]:
    words = request.args.get("q", "").strip()[:WORDS]
    status = request.args.get("status", "")
    on = _day(request)

    def draw() -> str:
        with session_for(database.database_url()) as session:
            results = reader.find(session, words, status if status in STATUSES else "", on)
        return _draw(
            request,
            "documents.html",
            language,
            here="documents",
            words=words,
            status=status,
            statuses=STATUSES,
            on=on,
            asked_on=_asked(on),
            results=results,
        )

    return 200, await asyncio.to_thread(draw)


async def _document(request: Request, language: str, document_id: str) -> tuple[int, str]:
    def draw() -> str | None:
        with session_for(database.database_url()) as session:
            page = reader.page(session, document_id, _day(request))
        if page is None:
            return None
        return _draw(
            request,
            "document.html",
            language,
            here="documents",
            page=page,
            entry=page.entry,
            headings=reader.HEADINGS,
        )

    html = await asyncio.to_thread(draw)
    return (404, _notice(request, language, "missing_page")) if html is None else (200, html)


def _notice(request: Request, language: str, key: str) -> str:
    return _draw(request, "notice.html", language, here="", notice=sayer(language)(key))


def _draw(request: Request, template: str, language: str, **values: object) -> str:
    other = ENGLISH if language == CHINESE else CHINESE
    query = {name: request.args.get(name) for name in request.args if name != "lang"}
    return templates.render(
        template, language, switch="?" + urlencode({**query, "lang": other}), **values
    )


def _day(request: Request) -> datetime.date:
    """The date asked for, else today."""
    try:
        return datetime.date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return database.today()


def _asked(on: datetime.date) -> str:
    """A date as links keep it: nothing for today."""
    return "" if on == database.today() else on.isoformat()


async def _script(request: Request) -> HTTPResponse:
    """The widget for any page; asked for by one name, so that browsers ask whether it changed."""
    return _file(request, "embed.js", "no-cache", {"Cross-Origin-Resource-Policy": "cross-origin"})


async def _static(request: Request, name: str) -> HTTPResponse:
    known = request.args.get("v") == templates.digest(name) if _exists(name) else False
    return _file(request, name, A_YEAR if known else "no-cache", {})


def _exists(name: str) -> bool:
    return name in {path.name for path in templates.STATIC.iterdir()}


def _file(request: Request, name: str, cache: str, headers: dict[str, str]) -> HTTPResponse:
    """A file of ours, compressed where the browser takes it; nothing where it has it already."""
    if not _exists(name):
        raise NotFound("there is no such file")
    tag = f'"{templates.digest(name)}"'
    headers = {**headers, "Cache-Control": cache, "ETag": tag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == tag:
        return response.empty(status=304, headers=headers)
    path = templates.STATIC / name
    body = path.read_bytes()
    if _zipped(request):
        headers["Content-Encoding"] = "gzip"
        body = templates.packed(name)
    return response.raw(body, headers=headers, content_type=KINDS[path.suffix])


def _zipped(request: Request) -> bool:
    """Whether the browser takes what is compressed."""
    return "gzip" in request.headers.get("accept-encoding", "")
