"""What Rasa remembers of conversations, kept in SQL, so that a restart loses nothing.

Rasa's own SQL store keeps a row for each event, reads all of them for each message and never
forgets; its store in memory never forgets either, and ends with the process. Here a conversation is
one row, and those that have been silent for long are forgotten.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import (
    DialogueStateTracker,
    get_trackers_for_conversation_sessions,
)
from sqlalchemy.exc import SQLAlchemyError

from bot import settings
from bot.kept import Kept

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Conversations(TrackerStore, SerializedTrackerAsText):
    """Rasa's store of conversations; while SQL cannot be reached, Rasa goes on in memory."""

    def __init__(
        self,
        domain: Domain,
        host: str,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.kept = Kept(host, settings.KEEP_DAYS.get())
        self.in_a_file = host.startswith("sqlite")
        try:
            self.kept.prepare()
        except SQLAlchemyError as error:
            logger.error("conversations cannot be kept: %s", error)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a conversation."""
        await self.stream_events(tracker)
        await self._done(self.kept.put, tracker.sender_id, self.serialise_tracker(tracker))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A conversation's latest session, as Rasa goes on with it."""
        text = await self._done(self.kept.get, sender_id)
        tracker = None if text is None else self.deserialise_tracker(sender_id, text)
        if tracker is None or not _has_sessions(tracker):
            return tracker
        return get_trackers_for_conversation_sessions(tracker)[-1]

    async def keys(self) -> Iterable[str]:
        """The senders."""
        return await self._done(self.kept.senders)

    async def _done(self, work: Callable[..., T], *arguments: Any) -> T:
        """What a call gives. A file answers sooner than a thread would begin."""
        if self.in_a_file:
            return work(*arguments)
        return await asyncio.to_thread(work, *arguments)


def _has_sessions(tracker: DialogueStateTracker) -> bool:
    """Whether a session began after the first event."""
    return any(
        isinstance(event, ActionExecuted) and event.action_name == ACTION_SESSION_START_NAME
        for event in islice(tracker.events, 1, None)
    )
