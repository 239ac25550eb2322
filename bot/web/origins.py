"""Which pages may speak to the channel: our own, and those of the origins in GUANDA_WEB_ORIGINS."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

ANY = "*"


class Origins:
    """The origins that are let in beside the server's own."""

    def __init__(self, allowed: Collection[str]) -> None:
        self.allowed = frozenset(allowed)

    def foreign(self, origin: str | None, host: str) -> bool:
        """Whether a request comes from a page of another origin than the server's own.

        Browsers send `Origin` with whatever could change something. Host and port are compared: a
        proxy may speak https where we speak http.
        """
        return bool(origin) and urlsplit(origin or "").netloc != host

    def admits(self, origin: str | None, host: str) -> bool:
        """Whether a page of this origin may speak to us."""
        return (
            not self.foreign(origin, host) or ANY in self.allowed or (origin or "") in self.allowed
        )

    def headers(self, origin: str | None, host: str) -> dict[str, str]:
        """What a browser needs to be told so that such a page may read the answer."""
        if not self.foreign(origin, host) or not self.admits(origin, host):
            return {"Vary": "Origin"}
        return {
            "Vary": "Origin",
            "Access-Control-Allow-Origin": origin or "",
            "Access-Control-Allow-Methods": "GET, POST, DELETE",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Expose-Headers": "Retry-After",
            "Access-Control-Max-Age": "600",
        }
