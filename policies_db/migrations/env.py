"""Alembic's entry: runs the migrations on the connection or the address that it is given."""

from __future__ import annotations

from alembic import context

from policies_db.engine import engine_for
from policies_db.models import Base
from policies_db.settings import database_url


def run() -> None:
    """Migrate, inside the caller's connection where one is passed in the attributes."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    with engine_for(database_url()).begin() as own:
        _migrate(own)


def _migrate(connection: object) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


run()
