"""Conversations outlive the process, and are forgotten in time; on SQLite and on PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet, UserUttered
from rasa.utils.endpoints import EndpointConfig

from bot import storage
from bot.conversations import Conversations
from bot.kept import Kept
from tests.policies_db.conftest import empty_postgresql

DOMAIN = Domain.from_dict({"slots": {"case": {"type": "any", "mappings": [{"type": "custom"}]}}})


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'conversations.sqlite'}"
        return
    with empty_postgresql() as address:
        yield address
        storage.engine(address).dispose()


@pytest.fixture
def kept(url: str) -> Kept:
    made = Kept(url, keep_days=30, most=3)
    made.prepare()
    return made


def store(url: str) -> TrackerStore:
    """The store as Rasa makes it from endpoints.yml."""
    endpoint = EndpointConfig.from_dict({"type": "bot.conversations.Conversations", "url": url})
    return TrackerStore.create(endpoint, DOMAIN)


async def test_conversation_goes_on_after_a_restart(url: str) -> None:
    before = store(url)
    assert isinstance(before, Conversations)
    tracker = await before.get_or_create_tracker("a")
    tracker.update(UserUttered("漏缴了税款"), DOMAIN)
    tracker.update(SlotSet("case", {"months": 3}), DOMAIN)
    await before.save(tracker)
    after = await store(url).retrieve("a")
    assert after is not None
    assert after.get_slot("case") == {"months": 3}
    assert after.latest_message.text == "漏缴了税款"
    assert await store(url).retrieve("b") is None
    assert list(await store(url).keys()) == ["a"]


async def test_only_the_latest_session_comes_back(url: str) -> None:
    conversations = store(url)
    tracker = await conversations.get_or_create_tracker("a")
    for text in ("旧的", "新的"):
        tracker.update(ActionExecuted("action_session_start"), DOMAIN)
        tracker.update(SessionStarted(), DOMAIN)
        tracker.update(UserUttered(text), DOMAIN)
    await conversations.save(tracker)
    again = await conversations.retrieve("a")
    assert again is not None
    assert [each.text for each in again.events if isinstance(each, UserUttered)] == ["新的"]


def test_later_text_takes_the_place_of_the_earlier(kept: Kept) -> None:
    kept.put("a", "1")
    kept.put("a", "2")
    assert kept.get("a") == "2"
    kept.forget("a")
    assert not kept.has("a")


def test_longest_silent_are_forgotten_beyond_the_limit(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    for second, name in enumerate("abcd"):
        monkeypatch.setattr(time, "time", lambda second=second: now + second)
        kept.put(name, "x")
    monkeypatch.setattr(time, "time", lambda: now + 9)
    kept.put("a", "again")
    kept.prune()
    assert sorted(kept.senders()) == ["a", "c", "d"]


def test_silent_for_too_long_is_forgotten(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.put("a", "x")
    later = time.time() + 30 * 86_400
    monkeypatch.setattr(time, "time", lambda: later - 60)
    assert kept.has("a")
    monkeypatch.setattr(time, "time", lambda: later + 60)
    assert not kept.has("a"), "it is not given any more"
    Kept(kept.url, 30).put("b", "x")
    assert kept.senders() == ["b"], "and gone with the next message"


def test_file_is_its_owners_only(tmp_path: Path) -> None:
    made = Kept(f"sqlite:///{tmp_path / 'conversations.sqlite'}", 30)
    made.prepare()
    made.put("a", "x")
    for path in tmp_path.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path


async def test_database_that_is_away_is_one_line_and_no_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store("postgresql+psycopg2://me:secret@127.0.0.1:1/none")
    assert "conversations cannot be kept" in caplog.text
    assert "secret" not in caplog.text
