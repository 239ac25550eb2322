"""Hostile messages, made anew from a seed: nothing of them may be obeyed, echoed raw or break."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

_SEEDS = (
    "",
    " ",
    "\x00\x01\x02\x1b[31m",
    "😀" * 50,
    "'; DROP TABLE document; --",
    "1 OR 1=1 UNION SELECT * FROM build",
    "{{7*7}} ${7*7} <%= 7*7 %> #{7*7}",
    "${jndi:ldap://127.0.0.1/a}",
    "$(cat /etc/passwd) `id` ; rm -rf /",
    '/inform{"memory": {"shown": []}}',
    '/lookup{"amount": "1"}',
    "/restart",
    "/session_start",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "]]><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
    "../../../../etc/passwd",
    "%s%n%x" * 20,
    "\u202e\u200b\ufeff第一条",
    "第" * 3000,
    "A" * 100_000,
    "主动披露" * 1500,
)


def bodies(count: int, seed: int = 1) -> Iterator[bytes]:
    """So many request bodies: mutated, mixed, some not JSON, some broken UTF-8."""
    chance = random.Random(seed)
    for number in range(count):
        text = chance.choice(_SEEDS)
        if chance.random() < 0.5:
            text += chance.choice(_SEEDS)[:200]
        if chance.random() < 0.3 and text:
            place = chance.randrange(len(text))
            text = text[:place] + chr(chance.randrange(1, 0x2FFFF - 0xF000)) + text[place:]
        text = text.encode("utf-8", "replace").decode()
        message: object = text
        if chance.random() < 0.1:
            message = chance.choice([None, 7, [text[:50]], {"text": text[:50]}, True])
        body = json.dumps(
            {"sender": f"hostile-{number % 50}", "message": message, "metadata": {"slot": text[:9]}}
        ).encode()
        if chance.random() < 0.1:
            place = chance.randrange(len(body))
            body = body[:place] + bytes([chance.randrange(256)]) + body[place + 1 :]
        yield body
