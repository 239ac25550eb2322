"""What is kept of conversations on the web, so that a reload or a restart loses nothing.

Turns are forgotten after GUANDA_KEEP_DAYS. Feedback stays, with question, card and provision
ids, and without the session that it came from.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, DateTime, Integer, String, Text, delete, func, or_, select
from sqlalchemy.orm import Session as Connection
from sqlalchemy.orm import declarative_base

from bot import settings, storage

MAX_TURNS = 100_000  # of all conversations; some 5 kB each
SHOWN = 100  # turns of a conversation that come back after a reload
USER, ASSISTANT = "user", "assistant"
_Base: Any = declarative_base()


class _Turn(_Base):
    __tablename__ = "web_turn"

    id = Column(Integer, primary_key=True)
    session = Column(String(32), nullable=False, index=True)
    role = Column(String(16), nullable=False)
    text = Column(Text, nullable=False)
    card = Column(Text)
    key = Column(String(64))
    vote = Column(String(8))
    said_at = Column(DateTime, nullable=False, index=True)


class _Feedback(_Base):
    __tablename__ = "web_feedback"

    turn_id = Column(Integer, primary_key=True, autoincrement=False)
    given_at = Column(DateTime, nullable=False)
    vote = Column(String(8), nullable=False)
    comment = Column(Text, nullable=False)
    question = Column(Text, nullable=False)
    card = Column(Text)
    provision_ids = Column(Text, nullable=False)


@dataclass(frozen=True)
class Turn:
    """One thing that was said: by the user or, mostly with a card, by the assistant.

    `key` is the browser's own name of what the user said.
    """

    id: int
    role: str
    text: str
    key: str | None = None
    card: dict[str, Any] | None = None
    vote: str | None = None


@dataclass(frozen=True)
class Feedback:
    """A thumb up or down, with what it was given for."""

    given_at: datetime.datetime
    vote: str
    comment: str
    question: str
    card: dict[str, Any] | None
    provision_ids: list[str]


class Store:
    """Turns and feedback in an SQL database; every method is one transaction."""

    def __init__(self, url: str, keep_days: int, most: int = MAX_TURNS) -> None:
        self.url = url
        self.most = most
        self.keep = datetime.timedelta(days=keep_days)
        self.pruning = storage.Hourly()

    @classmethod
    def as_set(cls) -> Store:
        """The one of the settings."""
        return cls(settings.TRACKER_URL.get(), settings.KEEP_DAYS.get())

    def prepare(self) -> None:
        """Make the tables that are missing."""
        _Base.metadata.create_all(storage.engine(self.url))

    def prune(self) -> None:
        """Forget turns that are too old or, beyond the limit, the oldest."""
        with self._session() as database, database.begin():
            newest = database.scalars(select(func.max(_Turn.id))).first() or 0
            old = or_(_Turn.said_at < _now() - self.keep, _Turn.id <= newest - self.most)
            database.execute(delete(_Turn).where(old))

    def add(
        self,
        session: str,
        role: str,
        text: str,
        card: dict[str, Any] | None = None,
        key: str | None = None,
    ) -> Turn:
        """Keep a turn, and now and then forget old ones.

        `key` is the browser's own name of a message, by which it can ask again.
        """
        if self.pruning.due():
            self.prune()
        row = _Turn(
            session=session, role=role, text=text, card=_json(card), key=key, said_at=_now()
        )
        with self._session() as database, database.begin():
            database.add(row)
            database.flush()
            return _turn(row)

    def turns(self, session: str) -> list[Turn]:
        """The latest turns of a conversation, oldest first."""
        newest = select(_Turn).where(_Turn.session == session).order_by(_Turn.id.desc())
        with self._session() as database:
            return [_turn(row) for row in database.scalars(newest.limit(SHOWN))][::-1]

    def turn(self, session: str, turn_id: int) -> Turn | None:
        """A turn of this conversation, and of no other."""
        with self._session() as database:
            row = _own(database, session, turn_id)
            return _turn(row) if row else None

    def said(self, session: str, key: str) -> list[Turn]:
        """The message that the browser named `key` and what was replied; empty if there is none."""
        of_session = select(_Turn).where(_Turn.session == session)
        with self._session() as database:
            asked = database.scalars(of_session.where(_Turn.key == key)).first()
            if asked is None:
                return []
            after = database.scalars(of_session.where(_Turn.id > asked.id).order_by(_Turn.id))
            found = [_turn(asked)]
            for row in after:
                if row.role == USER:
                    break
                found.append(_turn(row))
            return found

    def forget(self, session: str) -> None:
        """Delete a conversation."""
        with self._session() as database, database.begin():
            database.execute(delete(_Turn).where(_Turn.session == session))

    def judge(self, session: str, turn_id: int, vote: str, comment: str) -> bool:
        """Keep what the user thinks of an answer; False where it is not one of this session."""
        with self._session() as database, database.begin():
            row = _own(database, session, turn_id)
            if row is None or row.role != ASSISTANT:
                return False
            asked = database.scalars(
                select(_Turn)
                .where(_Turn.session == session, _Turn.id < turn_id, _Turn.role == USER)
                .order_by(_Turn.id.desc())
            ).first()
            citations = (json.loads(row.card) if row.card else {}).get("citations", [])
            ids = [each.get("provision_id") or each.get("document_id") for each in citations]
            row.vote = vote
            feedback = _Feedback(
                turn_id=turn_id,
                given_at=_now(),
                vote=vote,
                comment=comment,
                question=asked.text if asked else "",
                card=row.card,
                provision_ids=json.dumps(ids, ensure_ascii=False),
            )
            database.merge(feedback)
            return True

    def feedback(self) -> list[Feedback]:
        """All feedback, oldest first."""
        with self._session() as database:
            rows = database.scalars(select(_Feedback).order_by(_Feedback.given_at))
            return [
                Feedback(
                    row.given_at,
                    row.vote,
                    row.comment,
                    row.question,
                    json.loads(row.card) if row.card else None,
                    json.loads(row.provision_ids),
                )
                for row in rows
            ]

    def _session(self) -> Connection:
        return Connection(storage.engine(self.url), future=True)


def _own(database: Connection, session: str, turn_id: int) -> Any:
    return database.scalars(
        select(_Turn).where(_Turn.session == session, _Turn.id == turn_id)
    ).first()


def _turn(row: Any) -> Turn:
    card = json.loads(row.card) if row.card else None
    return Turn(row.id, row.role, row.text, row.key, card, row.vote)


def _json(card: dict[str, Any] | None) -> str | None:
    return None if card is None else json.dumps(card, ensure_ascii=False)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
