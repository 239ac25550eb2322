"""The names of the documents on file, read once."""

from __future__ import annotations

import functools

from policies_db import lookup
from policies_db.mentions import Names
from policies_db.settings import database_url
from policies_db.shelf import reading


@functools.lru_cache(maxsize=1)
def names() -> Names:
    """The names of all documents of the configured database."""
    with reading(database_url()) as session:
        documents = lookup.documents(session)
        return Names(documents, (lookup.full_text(session, d.id) for d in documents))
