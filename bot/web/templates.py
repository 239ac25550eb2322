"""The pages' templates, which escape everything that is put into them."""

from __future__ import annotations

import datetime
import functools
import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.web.words import CHINESE, ENGLISH, HTML_LANGUAGE, Say, sayer

HERE = Path(__file__).parent
STATIC = HERE / "static"


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, language: str, **values: object) -> str:
    """A page in a language."""
    say = sayer(language)
    return (
        _environment()
        .get_template(template)
        .render(
            say=say,
            language=language,
            html_language=HTML_LANGUAGE[language],
            other=ENGLISH if language == CHINESE else CHINESE,
            period=_period(say),
            link=_link(language),
            asset=asset,
            **values,
        )
    )


def _period(say: Say) -> Callable[[datetime.date | None, datetime.date | None], str]:
    def period(start: datetime.date | None, end: datetime.date | None) -> str:
        if start and end:
            return say("until", start=start, end=end)
        if start:
            return say("since", start=start)
        return say("up_to", end=end) if end else ""

    return period


def _link(language: str) -> Callable[..., str]:
    def link(path: str, **query: str) -> str:
        """A path of ours that keeps the language; its fragment stays last."""
        path, _, fragment = path.partition("#")
        asked = urlencode({**{k: v for k, v in query.items() if v}, "lang": language})
        return f"{path}?{asked}" + (f"#{fragment}" if fragment else "")

    return link


def asset(name: str) -> str:
    """Path of a file in static/, which changes with its content so that browsers may keep it."""
    return f"/chat/static/{name}?v={digest(name)}"


@functools.cache
def digest(name: str) -> str:
    """A short digest of a file in static/."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


@functools.cache
def packed(name: str) -> bytes:
    """A file in static/, compressed."""
    return gzip.compress((STATIC / name).read_bytes(), mtime=0)
