"""What a database has on record of how it was built: a digest by name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from policies_db.models import Build

#: What the content was built from, and what the decision rules were checked with.
CONTENT, RULES = "content", "rules"
#: The statement that gives what the content was built from.
CONTENT_ON_RECORD = select(Build.value).where(Build.name == CONTENT)


def on_record(session: Session, name: str) -> str:
    """The digest that is on record under a name; empty where there is none."""
    row = session.get(Build, name)
    return "" if row is None else row.value


def put_on_record(session: Session, name: str, value: str) -> None:
    """Put a digest on record, without committing."""
    session.merge(Build(name=name, value=value))


def digest_of(start: str, paths: Iterable[Path]) -> str:
    """A digest of a text and of files, by name and content, in the order given."""
    digest = hashlib.sha256(start.encode())
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
