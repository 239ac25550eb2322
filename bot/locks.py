"""Conversation locks that hand over at once.

Two messages of one conversation are answered one after the other. Rasa looks once a second whether
it is the next one's turn, so a quick second message waits for up to a second for nothing. These
stores look more often.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, RedisLockStore
from rasa.utils.endpoints import EndpointConfig

Lock = AbstractAsyncContextManager[TicketLock]


class MemoryLocks(InMemoryLockStore):
    """Locks of one process, looked at every 10 ms."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        super().__init__()

    def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 0.01,
    ) -> Lock:
        """Lock a conversation; see Rasa's LockStore."""
        return super().lock(conversation_id, lock_lifetime, wait_time_in_seconds)


class RedisLocks(RedisLockStore):
    """Locks that several processes share, looked at every 50 ms."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        options: dict[str, Any] = endpoint_config.kwargs
        super().__init__(host=endpoint_config.url, **options)

    def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 0.05,
    ) -> Lock:
        """Lock a conversation; see Rasa's LockStore."""
        return super().lock(conversation_id, lock_lifetime, wait_time_in_seconds)
