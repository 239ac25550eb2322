"""The policy database's content as it is held in memory from one question to the next.

The content is small and changes only when it is built anew, while to read it costs several times
what a question costs otherwise: some twenty statements. So one session stays open beside its
objects, and gives them again without a statement, until the content has changed.
"""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import event, select
from sqlalchemy.orm import Session, selectinload

from policies_db.engine import engine_for
from policies_db.models import Document, Point, Provision
from policies_db.records import CONTENT_ON_RECORD

#: Seconds for which the content is taken to be what it was.
UNCHANGED_FOR = 1.0
_HELD = "held"

T = TypeVar("T")


class _Shelf:
    """The content of one database; its session is for the one thread that holds the lock."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.lock = threading.RLock()
        self._looking = threading.Lock()
        self._looked = -UNCHANGED_FOR
        self._version = ""
        self._held_version: str | None = None
        self._session: Session | None = None

    def version(self) -> str:
        """What the content was built from, looked up once a second."""
        with self._looking:
            now = time.monotonic()
            if now - self._looked >= UNCHANGED_FOR:
                with engine_for(self.url).connect() as connection:
                    self._version = str(connection.execute(CONTENT_ON_RECORD).scalar() or "")
                self._looked = now
            return self._version

    def session(self) -> Session:
        """The session that holds the present content."""
        version = self.version()
        if self._session is None or version != self._held_version:
            self.drop()
            self._session, self._held_version = _filled(self.url), version
        return self._session

    def release(self) -> None:
        """Give the connection back; the objects stay as they are."""
        if self._session is not None and self._session.in_transaction():
            self._session.commit()

    def drop(self) -> None:
        """Forget the content, to read it anew at next use."""
        session, self._session, self._looked = self._session, None, -UNCHANGED_FOR
        if session is not None:
            session.close()


@functools.lru_cache(maxsize=4)
def _shelf(url: str) -> _Shelf:
    return _Shelf(url)


def content_version(url: str) -> str:
    """What the content of a database was built from; empty where it was never built.

    Raises:
        SQLAlchemyError: when the database cannot be read.
    """
    return _shelf(url).version()


@contextmanager
def reading(url: str) -> Iterator[Session]:
    """The session that holds the content of a database, for reading, to one thread at a time.

    A statement goes to the database as ever; what is reached through objects, `Session.get` and
    `once` does not, after the first time.

    Raises:
        SQLAlchemyError: when the database cannot be read.
    """
    shelf = _shelf(url)
    with shelf.lock:
        try:
            yield shelf.session()
            shelf.release()
        except BaseException:
            shelf.drop()
            raise


def once(session: Session, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives; by a session that holds the content it is called once for each key.

    The keys must be few: nothing is forgotten before the content changes.
    """
    held = session.info.get(_HELD)
    if held is None:
        return read()
    if key not in held:
        held[key] = read()
    value: T = held[key]
    return value


def _filled(url: str) -> Session:
    """A session with all that answers are made of; phrasings and the search index are not."""
    session = Session(engine_for(url), future=True, autoflush=False, expire_on_commit=False)
    event.listen(session, "before_flush", _refuse)
    documents = select(Document).options(
        selectinload(Document.aliases),
        selectinload(Document.issuers),
        selectinload(Document.missing),
        selectinload(Document.provisions).options(
            selectinload(Provision.bureaus),
            selectinload(Provision.validities),
            selectinload(Provision.task),
        ),
    )
    points = select(Point).options(selectinload(Point.topics))
    # a session lets go of what nothing else holds
    rows = [session.scalars(rows).all() for rows in (documents, points)]
    session.info[_HELD] = {"rows": rows}
    session.commit()
    return session


def _refuse(session: Session, *_: Any) -> None:
    raise RuntimeError("the content is for reading only")
