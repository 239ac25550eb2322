"""Every setting of the assistant, declared once: name, meaning, default and how it is read.

Settings are environment variables that start with GUANDA_; `docs/settings.md` describes them for
operators, and a test keeps the two together. `check` is called before anything starts, so that a
misspelt name or a bad value is one clear line.
"""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import NoReturn

from bot.messaging import settings as messaging
from policies_db.settings import ROOT, VAR, Setting, SettingError
from policies_db.settings import SETTINGS as DATABASE_SETTINGS

__all__ = ["ROOT", "SETTINGS", "VAR", "SettingError", "check", "check_or_exit"]

PREFIX = "GUANDA_"
TEST_PREFIX = PREFIX + "TEST_"  # what tests are told; nothing that runs reads it
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _text(text: str) -> str:
    return text


def _whole(low: int, high: int, what: str) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise ValueError(f"{what} from {low} to {high}")
        return int(text)

    return parse


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError("one of " + ", ".join(choices))
        return text

    return parse


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("on or off")
    return text == "on"


def _level(text: str) -> str:
    return _one_of(*LOG_LEVELS)(text.upper())


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:-]+", text):
        raise ValueError("a host name or an address to listen on")
    return text


def _secret(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError("at least 32 characters")
    return text


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(text.replace(",", " ").split())
    for each in origins:
        if each != "*" and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+", each):
            raise ValueError("origins such as https://www.example.com, or *")
    return origins


def _url_of(*kinds: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        kind, separator, rest = text.partition("://")
        if text and (kind.split("+")[0] not in kinds or not separator or not rest):
            raise ValueError("an address that starts with " + " or ".join(f"{k}://" for k in kinds))
        return text

    return parse


HOST = Setting(
    "GUANDA_HOST",
    "Address on which the assistant listens. The default is reachable from this machine only.",
    "127.0.0.1",
    _host,
)
PORT = Setting("GUANDA_PORT", "Port of the assistant.", "5005", _whole(1, 65535, "a port"))
ACTION_PORT = Setting(
    "GUANDA_ACTION_PORT",
    "Port of the action server, which listens on 127.0.0.1 only.",
    "5055",
    _whole(1, 65535, "a port"),
)
ACTION_TIMEOUT = Setting(
    "GUANDA_ACTION_TIMEOUT",
    "Seconds that the assistant waits for the action server before it tells the user so.",
    "15",
    _whole(1, 300, "seconds"),
)
TRACKER_URL = Setting(
    "GUANDA_TRACKER_URL",
    "Where conversations and feedback are kept, as an SQLAlchemy address of SQLite or PostgreSQL.",
    f"sqlite:///{VAR / 'conversations.sqlite'}",
    _url_of("sqlite", "postgresql"),
)
KEEP_DAYS = Setting(
    "GUANDA_KEEP_DAYS",
    "Days after which what was said is forgotten.",
    "30",
    _whole(1, 3650, "days"),
)
REDIS_URL = Setting(
    "GUANDA_REDIS_URL",
    "Redis for conversation locks and what the WeChat channels share, needed when several"
    " assistants share one conversation store; empty: locks in memory.",
    "",
    _url_of("redis", "rediss"),
)
LOG_LEVEL = Setting(
    "GUANDA_LOG_LEVEL", "How much goes into var/log: DEBUG, INFO, WARNING or ERROR.", "INFO", _level
)
PYTHON = Setting(
    "GUANDA_PYTHON",
    "Python 3.10 from which `make` builds .venv; empty: the first that works.",
    "",
    _text,
)
PATCHES = Setting(
    "GUANDA_PATCHES",
    "The measured shortcuts of bot/performance.py; off runs Rasa as it was released.",
    "on",
    _switch,
)
MAX_MESSAGE = Setting(
    "GUANDA_MAX_MESSAGE",
    "Longest message that is answered, in characters.",
    "2000",
    _whole(1, 100_000, "characters"),
)
REST = Setting("GUANDA_REST", "The REST channel /webhooks/rest/webhook: on or off.", "on", _switch)
REST_TOKEN = Setting(
    "GUANDA_REST_TOKEN",
    "When set, REST callers must send it as `Authorization: Bearer …`.",
    "",
    _text,
)
WEB = Setting(
    "GUANDA_WEB", "The web page, the widget and the document reader: on or off.", "on", _switch
)
WEB_ORIGINS = Setting(
    "GUANDA_WEB_ORIGINS",
    "Origins whose pages may use the widget, separated by spaces, or * for all;"
    " empty: only the assistant's own.",
    "",
    _origins,
)
WEB_RATE = Setting(
    "GUANDA_WEB_RATE",
    "Messages a minute in one conversation on the web.",
    "20",
    _whole(1, 10_000, "messages"),
)
WEB_ADDRESS_RATE = Setting(
    "GUANDA_WEB_ADDRESS_RATE",
    "Requests a minute to the web channel from one address.",
    "120",
    _whole(1, 100_000, "requests"),
)
PROXIES = Setting(
    "GUANDA_PROXIES",
    "Trusted proxies in front of the assistant, whose X-Forwarded-For names the address.",
    "0",
    _whole(0, 10, "a number"),
)
SECRET = messaging.Secret(
    "GUANDA_SECRET",
    "Key that web sessions are signed with; empty: one made at the first start, in var/web-secret.",
    "",
    _secret,
)

SETTINGS: tuple[Setting[object], ...] = (
    *DATABASE_SETTINGS,
    HOST,
    PORT,
    ACTION_PORT,
    ACTION_TIMEOUT,
    TRACKER_URL,
    KEEP_DAYS,
    REDIS_URL,
    LOG_LEVEL,
    PATCHES,
    MAX_MESSAGE,
    REST,
    REST_TOKEN,
    WEB,
    WEB_ORIGINS,
    WEB_RATE,
    WEB_ADDRESS_RATE,
    PROXIES,
    SECRET,
    *messaging.SETTINGS,
    PYTHON,
)


def check(environ: Mapping[str, str] | None = None) -> None:
    """Raise SettingError for the first unknown GUANDA_ name, unreadable or missing value."""
    environ = os.environ if environ is None else environ
    known = {setting.name: setting for setting in SETTINGS}
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name.startswith(TEST_PREFIX):
            continue
        if name not in known:
            ends = [each.removeprefix(PREFIX) for each in known]
            near = difflib.get_close_matches(name.removeprefix(PREFIX), ends, n=1)
            hint = (
                f" (did you mean {PREFIX}{near[0]}?)" if near else "; docs/settings.md lists them"
            )
            raise SettingError(f"{name}: there is no such setting{hint}")
        known[name].get(environ)
    messaging.configured(environ)


def check_or_exit() -> None:
    """Check the environment; on an error print its one line and exit with code 2."""
    try:
        check()
    except SettingError as error:
        stop(error)


def stop(error: SettingError) -> NoReturn:
    """Print a setting's error as one line on standard error and exit with code 2."""
    print(f"guanda: {error}", file=sys.stderr)
    raise SystemExit(2)
