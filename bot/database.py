"""The policy database as the assistant's start needs it: there, or one line that says why not."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from bot.child import log_file
from bot.settings import ROOT
from policies_db.settings import database_url

Report = Callable[[str], None]


class DatabaseError(Exception):
    """The policy database could not be built or reached; the message is one line."""


def ensure(report: Report) -> None:
    """Build the policy database where it is missing or its sources have changed."""
    from policies_db.build import ensure_database

    try:
        ensure_database(database_url(), report)
    except Exception as error:
        path = log_file("database")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(traceback.format_exc(), encoding="utf-8")
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        where = path.relative_to(ROOT)
        raise DatabaseError(f"the policy database is not ready: {reason} (see {where})") from error
