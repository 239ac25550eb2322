"""The same tests on SQLite and on PostgreSQL, both real."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from policies_db import searching
from policies_db.build import ensure_database
from policies_db.engine import engine_for, session_for

POSTGRESQL = os.environ.get(
    "GUANDA_TEST_POSTGRESQL", "postgresql+psycopg2://postgres@127.0.0.1:5432/test"
)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[str]:
    """The address of a database built from the committed content, indexed without an encoder."""
    if request.param == "sqlite":
        folder: Path = tmp_path_factory.mktemp("database")
        url = f"sqlite:///{folder / 'guanda.sqlite'}"
        with without_encoder():
            ensure_database(url)
        yield url
        return
    with empty_postgresql() as url:
        with without_encoder():
            ensure_database(url)
        yield url


@contextmanager
def without_encoder() -> Iterator[None]:
    """Index as where no encoder is installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUANDA_ENCODER", "off")
        searching.forget_encoder()
        yield
    searching.forget_encoder()


@contextmanager
def empty_postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL database, which goes away afterwards."""
    pytest.importorskip("psycopg2", reason="the PostgreSQL driver is not installed")
    server = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT", future=True)
    name = f"guanda_test_{uuid.uuid4().hex[:12]}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    except OperationalError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL at {POSTGRESQL}; set GUANDA_TEST_POSTGRESQL to test on it")
    url = POSTGRESQL.rpartition("/")[0] + f"/{name}"
    try:
        yield url
    finally:
        engine_for(url).dispose()
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    """A session on the built database."""
    with session_for(database) as opened:
        yield opened
