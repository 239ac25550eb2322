"""Settings of the policy database, and the small table that declares settings for every room.

A setting is an environment variable. Each is declared once, as a `Setting` with its meaning, its
default and a function that reads it; `bot/settings.py` adds the assistant's own to `SETTINGS`.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
DEFAULT_DATABASE_URL = f"sqlite:///{VAR / 'guanda.sqlite'}"


class SettingError(ValueError):
    """A setting has a value that cannot be read, or does not exist; the message is one line."""


@dataclass(frozen=True)
class Setting(Generic[T_co]):
    """One environment variable.

    `default` is text as the variable would hold it, read by the same `parse`. `parse` raises
    ValueError with what it expected ("a port between 1 and 65535").
    """

    name: str
    meaning: str
    default: str
    parse: Callable[[str], T_co]

    def get(self, environ: Mapping[str, str] | None = None) -> T_co:
        """Value in force; an empty variable counts as not set. Raises SettingError."""
        environ = os.environ if environ is None else environ
        text = environ.get(self.name, "").strip() or self.default
        try:
            return self.parse(text)
        except ValueError as error:
            # an address may hold a password, and the line may end up in a log
            shown = self.name if "@" in text else f"{self.name}={text!r}"
            raise SettingError(f"{shown}: expected {error}") from None


def _date_or_none(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError("a date such as 2026-11-21") from None


def _encoder(text: str) -> str:
    if text not in ("auto", "off"):
        raise ValueError("auto or off")
    return text


def _database_url(text: str) -> str:
    kind, separator, rest = text.partition("://")
    if not separator or not rest or kind.split("+")[0] not in ("sqlite", "postgresql"):
        raise ValueError("an address that starts with sqlite:/// or postgresql://")
    return text


TODAY = Setting(
    "GUANDA_TODAY",
    "The date taken for today when validity is judged, as YYYY-MM-DD; empty for the real date.",
    "",
    _date_or_none,
)
DATABASE_URL = Setting(
    "GUANDA_DATABASE_URL",
    "Where the policy database is: an SQLAlchemy address of SQLite or PostgreSQL.",
    DEFAULT_DATABASE_URL,
    _database_url,
)
ENCODER = Setting(
    "GUANDA_ENCODER",
    "Sentence encoder in search and understanding: auto uses it where it is installed, off never.",
    "auto",
    _encoder,
)
SETTINGS: tuple[Setting[object], ...] = (TODAY, DATABASE_URL, ENCODER)


def today() -> datetime.date:
    """The date for which validity is judged: GUANDA_TODAY, else the real date."""
    return TODAY.get() or datetime.date.today()


def database_url() -> str:
    """SQLAlchemy address of the policy database."""
    return DATABASE_URL.get()


def encoder() -> str:
    """Whether the sentence encoder is used: auto or off."""
    return ENCODER.get()
