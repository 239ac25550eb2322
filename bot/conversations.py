"""Conversations kept in memory, with a bound.

Rasa's own store in memory keeps every conversation until the process ends. This one forgets the
ones that have been silent longest.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

MAX_CONVERSATIONS = 5_000  # some 10 to 50 kB each


class MemoryConversations(InMemoryTrackerStore):
    """At most `max_conversations`, the most recently active ones."""

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        max_conversations: int = MAX_CONVERSATIONS,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.store: OrderedDict[str, str] = OrderedDict()
        self.max_conversations = max_conversations

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a conversation, and forget the longest silent one beyond the bound."""
        await super().save(tracker)
        self.store.move_to_end(tracker.sender_id)
        while len(self.store) > self.max_conversations:
            self.store.popitem(last=False)
