"""What is kept of conversations in SQL, with bounds: as text, one row each."""

from __future__ import annotations

import time

from sqlalchemy import (
    Column,
    Float,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot import settings, storage

MAX_CONVERSATIONS = 20_000  # some 5 to 50 kB each
DAY = 86_400  # seconds

_TABLES = MetaData()
_KEPT = Table(
    "conversation",
    _TABLES,
    Column("sender", String(255), primary_key=True),
    Column("spoke_at", Float, nullable=False, index=True),  # seconds since 1970
    Column("text", Text, nullable=False),
)
# Made once: to build a statement for each message takes twice as long as to run it.
_HAS = _KEPT.c.sender == bindparam("name")
_GET = select(_KEPT.c.text).where(_HAS, _KEPT.c.spoke_at > bindparam("since"))
_CHANGE = update(_KEPT).where(_HAS).values(spoke_at=bindparam("now"), text=bindparam("said"))
_ADD = insert(_KEPT).values(
    sender=bindparam("name"), spoke_at=bindparam("now"), text=bindparam("said")
)


class Kept:
    """Conversations as text, by sender; every method is one transaction.

    Those that have been silent for `keep_days` are forgotten, and beyond `most` those that have
    been silent longest.
    """

    def __init__(self, url: str, keep_days: int, most: int = MAX_CONVERSATIONS) -> None:
        self.url = url
        self.keep = keep_days * DAY
        self.most = most
        self.pruning = storage.Hourly()

    @classmethod
    def as_set(cls) -> Kept:
        """The one of the settings."""
        return cls(settings.TRACKER_URL.get(), settings.KEEP_DAYS.get())

    def prepare(self) -> None:
        """Make the table where it is missing."""
        _TABLES.create_all(storage.engine(self.url))

    def get(self, sender: str) -> str | None:
        """A conversation; None where there is none."""
        with storage.engine(self.url).connect() as database:
            wanted = {"name": sender, "since": self._since()}
            text: str | None = database.execute(_GET, wanted).scalar()
            return text

    def has(self, sender: str) -> bool:
        """Whether there is something of a conversation."""
        return self.get(sender) is not None

    def put(self, sender: str, text: str) -> None:
        """Keep a conversation in place of what was kept of it; now and then forget old ones."""
        if self.pruning.due():
            self.prune()
        row = {"name": sender, "now": time.time(), "said": text}
        with storage.engine(self.url).begin() as database:
            if not database.execute(_CHANGE, row).rowcount:
                database.execute(_ADD, row)

    def forget(self, sender: str) -> None:
        """Delete a conversation."""
        with storage.engine(self.url).begin() as database:
            database.execute(delete(_KEPT).where(_KEPT.c.sender == sender))

    def senders(self) -> list[str]:
        """Everybody whose conversation is kept."""
        with storage.engine(self.url).connect() as database:
            return list(database.execute(select(_KEPT.c.sender)).scalars())

    def prune(self) -> None:
        """Forget what is too old or too much."""
        latest = select(_KEPT.c.spoke_at).order_by(_KEPT.c.spoke_at.desc())
        with storage.engine(self.url).begin() as database:
            first_too_many = database.execute(latest.offset(self.most).limit(1)).scalar()
            until = max(self._since(), first_too_many or 0.0)
            database.execute(delete(_KEPT).where(_KEPT.c.spoke_at <= until))

    def _since(self) -> float:
        return time.time() - self.keep
