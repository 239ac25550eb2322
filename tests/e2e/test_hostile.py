"""Hostile messages leave no server error, nothing raw in a reply, and the assistant healthy.

`GUANDA_TEST_HOSTILE` sets how many are sent; 10,000 is what a release is tried with.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.hostile import bodies
from tests.e2e.run import Run

pytestmark = [pytest.mark.slow, pytest.mark.e2e]
COUNT = int(os.environ.get("GUANDA_TEST_HOSTILE", "300"))


def send(url: str, body: bytes) -> tuple[int, bytes]:
    """Status and body of the reply to one request."""
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_hostile_messages_change_nothing(assistant: Run) -> None:
    url = f"http://127.0.0.1:{assistant.port}/webhooks/rest/webhook"
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda body: send(url, body), bodies(COUNT)))
    assert not {status: n for status, n in Counter(s for s, _ in replies).items() if status >= 500}
    for status, reply in replies:
        assert isinstance(json.loads(reply), (list, dict)), status
        assert b"<script" not in reply
        assert b"root:" not in reply
    card = assistant.ask("铁路快通的箱子半路坏了要换柜，先找谁？", "afterwards")[-1]["custom"]
    assert card["kind"] == "rule", card
    assert card["citations"][0]["document_id"] == "gacc-2023-178"
