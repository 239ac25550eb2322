"""SQL databases that are written to with each message: conversations, and what the web keeps."""

from __future__ import annotations

import functools
import time
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import QueuePool

from policies_db.engine import engine_for


@functools.cache
def engine(url: str) -> Engine:
    """The engine of an address; an SQLite file is its owner's only and does not wait for the disk.

    After a power cut the last moments may be missing from it; it is never broken.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return engine_for(url)
    made = create_engine(
        url,
        future=True,
        poolclass=QueuePool,  # opening a file for each message would cost more than the message
        connect_args={"check_same_thread": False, "timeout": 30},
    )
    event.listen(made, "connect", _write_ahead)
    file = Path(str(made.url.database))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    return made


class Hourly:
    """Tells when what is done now and then is due: at once, and an hour after it was."""

    def __init__(self) -> None:
        self._next = 0.0

    def due(self) -> bool:
        """Whether it is due; the hour starts anew when it is."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + 3600
        return True


def _write_ahead(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
