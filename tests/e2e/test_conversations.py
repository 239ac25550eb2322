"""Conversations with the whole assistant, as (ask, reply) pairs in conversations.yml."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.kept import Kept
from tests.e2e.run import Run

pytestmark = [pytest.mark.slow, pytest.mark.e2e]
CONVERSATIONS = yaml.safe_load(
    (Path(__file__).parent / "conversations.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda c: c["name"])
def test_conversation(assistant: Run, conversation: dict[str, Any]) -> None:
    sender = uuid.uuid4().hex
    for turn in conversation["turns"]:
        messages = assistant.ask(turn["ask"], sender)
        card = messages[-1]["custom"]
        text = "\n".join(message.get("text", "") for message in messages)
        assert card["kind"] == turn.get("kind", card["kind"]), (turn["ask"], text)
        for words in turn.get("says", ()):
            assert words in text, (turn["ask"], text)
        first = card["citations"][0] if card["citations"] else {}
        if "cites" in turn:
            assert first.get("document_id") == turn["cites"], (turn["ask"], text)
        if "status" in turn:
            assert first.get("status") == turn["status"], (turn["ask"], text)
        if "outcome" in turn:
            assert card["decision"]["outcome"] == turn["outcome"], (turn["ask"], text)
        if card["kind"] in ("refusal", "smalltalk", "handoff"):
            assert not card["citations"], turn["ask"]


def test_the_form_asks_until_the_outcome_is_known(assistant: Run) -> None:
    sender = uuid.uuid4().hex
    for message, active, outcome, kind in (
        ("少交了税想主动去海关说，会不会罚", "decision_form", None, "decision"),
        ("低压接电最长要多少天", "decision_form", None, "rule"),
        ("是三个月前那票", None, "exempt", "decision"),
        ("谢谢你", None, "exempt", "smalltalk"),
    ):
        (card,) = [m["custom"] for m in assistant.ask(message, sender) if "custom" in m]
        assert card["kind"] == kind, message
        kept = Kept.as_set().get(sender)
        assert kept is not None
        events = [event for event in json.loads(kept)["events"] if event["timestamp"]]
        loops = [event["name"] for event in events if event["event"] == "active_loop"]
        filled = [event["value"] for event in events if event.get("name") == "outcome"]
        assert (loops[-1], filled[-1]) == (active, outcome), message


def test_an_option_is_taken_by_its_number(assistant: Run) -> None:
    for question in ("名单", "查验率", "负责的是哪个部门", "进口占比", "办理时限"):
        for reply in ("1", "第二个"):
            sender = uuid.uuid4().hex
            options = assistant.ask(question, sender)[-1]["custom"].get("suggestions")
            if options:
                card = assistant.ask(reply, sender)[-1]["custom"]
                assert card["citations"], (question, reply)
