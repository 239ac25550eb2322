"""The real database of `make run`, built where it is missing; a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.actions.talk import Talk


@pytest.fixture(scope="session", autouse=True)
def _of_make_run() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GUANDA_DATABASE_URL", raising=False)
        patch.delenv("GUANDA_ENCODER", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _database(_of_make_run: None, built: None) -> None:
    """Built before anything asks it."""


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANDA_TODAY", "2026-11-21")


@pytest.fixture
def talk() -> Talk:
    return Talk()
