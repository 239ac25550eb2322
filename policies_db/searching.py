"""Search on the database: its texts are indexed when it is built and read once a process."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, joinedload, selectinload

from policies_db.engine import session_for
from policies_db.models import Document, Point, Provision, SearchText
from policies_db.search import (
    Encoder,
    Hit,
    Index,
    Result,
    SearchDocument,
    Searcher,
    SearchPoint,
    StoredText,
    load_encoder,
)
from policies_db.search import index_version as stored_version
from policies_db.settings import database_url, encoder
from policies_db.shelf import content_version

__all__ = ["Hit", "Result", "index_texts", "index_version", "searcher", "searcher_for"]
_BATCH = 2000
_lock = threading.Lock()


@functools.lru_cache(maxsize=1)
def _encoder() -> Encoder | None:
    return load_encoder(encoder())


def forget_encoder() -> None:
    """Look for the encoder anew at next use, after GUANDA_ENCODER has changed."""
    _encoder.cache_clear()
    _assembled.cache_clear()


def index_version() -> str:
    """What the stored index depends on besides the texts: encoder, learned files, tokenisers."""
    return stored_version(_encoder())


def index_texts(session: Session, report: Callable[[str], None] = lambda _: None) -> None:
    """Build the index of all points anew and store its texts."""

    def progress(done: int, total: int) -> None:
        report(f"policy database: indexed {done} of {total} texts")

    index = Index.build(_points(session), _documents(session), _encoder(), progress=progress)
    session.execute(delete(SearchText))
    rows = [
        {"point_id": row.point_id, "kind": row.kind, "tokens": row.tokens, "vector": row.vector}
        for row in index.rows()
    ]
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(SearchText), rows[start : start + _BATCH])


def searcher() -> Searcher:
    """The searcher of the configured database, assembled at first use."""
    return searcher_for(database_url())


def searcher_for(url: str) -> Searcher:
    """The searcher of a database, assembled anew when its content has changed.

    Raises:
        SQLAlchemyError: when the database cannot be read.
    """
    version = content_version(url)
    with _lock:
        return _assembled(url, version)


@functools.lru_cache(maxsize=2)
def _assembled(url: str, version: str) -> Searcher:
    with session_for(url) as session:
        rows = [
            StoredText(row.point_id, row.kind, row.tokens, row.vector)
            for row in session.execute(
                select(
                    SearchText.point_id, SearchText.kind, SearchText.tokens, SearchText.vector
                ).order_by(SearchText.id)
            )
        ]
        index = Index.from_rows(_points(session), _documents(session), rows)
    return Searcher(index, _encoder())


def _documents(session: Session) -> list[SearchDocument]:
    rows = session.scalars(select(Document).options(selectinload(Document.aliases)))
    return [
        SearchDocument(
            row.id,
            row.title,
            row.number,
            tuple(alias.name for alias in row.aliases),
            row.issued_on.year if row.issued_on else None,
        )
        for row in rows
    ]


def _points(session: Session) -> list[SearchPoint]:
    headings = _Headings(session)
    rows = session.scalars(
        select(Point)
        .order_by(Point.id)
        .options(
            joinedload(Point.provision),
            selectinload(Point.topics),
            selectinload(Point.phrasings),
        )
    )
    return [
        SearchPoint(
            id=row.id,
            document_id=row.provision.document_id,
            label=row.provision.label,
            heading=headings.over(row.provision),
            quote=row.quote,
            answer=row.answer,
            topics=tuple(sorted(item.topic for item in row.topics)),
            phrasings=tuple(phrasing.text for phrasing in row.phrasings),
        )
        for row in rows
    ]


class _Headings:
    """What stands over a provision, read once."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(select(Provision.id, Provision.parent_id, Provision.heading))
        self._rows = {row.id: (row.parent_id, row.heading) for row in rows}

    def over(self, provision: Provision) -> str:
        """The headings over a provision and its own, outermost first."""
        return " ".join(reversed(list(self._upwards(provision.id))))

    def _upwards(self, provision_id: str | None) -> Iterator[str]:
        while provision_id is not None:
            provision_id, heading = self._rows[provision_id]
            if heading:
                yield heading
