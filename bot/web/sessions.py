"""Sessions: an id that only the server can issue, and the sender that follows from it.

A token is `ID.TIME.SIGNATURE`. It travels in a cookie that scripts cannot read or, from pages of
another origin, in the Authorization header. It holds nothing about the person.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass

COOKIE = "guanda_session"
_TOKEN = re.compile(r"([A-Za-z0-9_-]{22})\.([0-9]{1,12})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Session:
    """A conversation on the web: its id and the token that the browser shows for it."""

    id: str
    token: str

    @property
    def sender(self) -> str:
        """Rasa's name of the conversation."""
        return f"web-{self.id}"


class Sessions:
    """Issues tokens and recognises them for `keep_days`."""

    def __init__(self, key: bytes, keep_days: int) -> None:
        self.key = key
        self.max_age = keep_days * 86_400  # seconds

    def new(self) -> Session:
        """A session that nobody else has."""
        return self._session(secrets.token_urlsafe(16), int(time.time()))

    def read(self, token: str | None) -> Session | None:
        """The session of a token; None where it is not ours, was altered or has run out."""
        match = _TOKEN.fullmatch(token or "")
        if not match:
            return None
        made = int(match[2])
        session = self._session(match[1], made)
        genuine = hmac.compare_digest(session.token, match[0])
        return session if genuine and 0 <= time.time() - made < self.max_age else None

    def _session(self, name: str, made: int) -> Session:
        body = f"{name}.{made}"
        digest = hmac.new(self.key, f"web session {body}".encode(), hashlib.sha256).digest()
        signature = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return Session(name, f"{body}.{signature}")
