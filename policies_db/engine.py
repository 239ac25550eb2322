"""The connection to the policy database: one engine a process, a session a request."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool

#: Connections kept open for concurrent requests, and how many more may open for a while.
POOL_SIZE, MAX_OVERFLOW = 8, 16


@functools.lru_cache(maxsize=8)
def engine_for(url: str) -> Engine:
    """The engine of a database address, made once; SQLite gets its folder and foreign keys."""
    parsed = make_url(url)
    if parsed.drivername == "postgresql":  # SQLAlchemy 1.4 and 2 take different drivers for it
        parsed = parsed.set(drivername="postgresql+psycopg2")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed, future=True, pool_size=POOL_SIZE, max_overflow=MAX_OVERFLOW, pool_pre_ping=True
        )
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": 30}}
    if parsed.database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool
    else:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        # as SQLAlchemy 2 does; 1.4 would open the file anew for each session
        options |= {"poolclass": QueuePool, "pool_size": POOL_SIZE, "max_overflow": MAX_OVERFLOW}
    engine = create_engine(url, future=True, **options)

    @event.listens_for(engine, "connect")
    def _enforce_foreign_keys(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


def session_for(url: str) -> Session:
    """A new session on a database address, to be used in a `with` block."""
    return Session(engine_for(url), future=True)
