"""Whether a request comes from the platform: signature, age, and no use of an old one."""

from __future__ import annotations

import hashlib
import hmac
import re
import time

from bot.messaging.store import Store

WINDOW = 300  # seconds that a request may be old, or ahead of our clock


class RefusedError(Exception):
    """The request is not let in; the message is for the log and holds no secret."""


def sign(*parts: str) -> str:
    """The platform's signature: SHA-1 of the sorted parts."""
    return hashlib.sha1("".join(sorted(parts)).encode("utf-8", "replace")).hexdigest()


def check_signature(given: str, *parts: str) -> None:
    """Raise RefusedError where the signature is not that of the parts."""
    if not hmac.compare_digest(given.encode("utf-8", "replace"), sign(*parts).encode()):
        raise RefusedError("wrong signature")


def check_time(timestamp: str) -> None:
    """Raise RefusedError where the timestamp is too old, too new or none."""
    if not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise RefusedError("no timestamp")
    if abs(time.time() - int(timestamp)) > WINDOW:
        raise RefusedError("stale timestamp")


async def check_fresh(store: Store, account: str, timestamp: str, nonce: str, body: bytes) -> None:
    """Raise RefusedError where the nonce was used before, with another body.

    The platform may repeat a request as it was when it got no answer in time; that one is told
    apart by its body, and answered once whatever happens.
    """
    if not 1 <= len(nonce) <= 128:
        raise RefusedError("no nonce")
    name = f"{account}:nonce:{timestamp}:{nonce}"
    digest = hashlib.sha256(body).hexdigest()
    if not await store.add(name, digest, 2 * WINDOW) and await store.get(name) != digest:
        raise RefusedError("nonce used before")
