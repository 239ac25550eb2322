"""What all tests share, and how two workers share the tests (`make test`, pytest -n 2)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest

from tests.locks import held, turn

#: A worker takes the tests of a file together, so that what they share is made once; and the files
#: of each of these: they flush one Redis database, read one built database, ask one assistant.
TOGETHER = (
    ("tests/messaging/",),
    tuple(f"tests/policies_db/test_{n}.py" for n in ("content", "listing", "mentions", "validity")),
    ("tests/e2e/test_conversations.py", "tests/e2e/test_hostile.py"),
)
#: What is begun first: one worker trains the model for the first of these, where it is missing,
#: while the other does what needs none; what takes long comes before what takes seconds.
FIRST = (
    ("tests/e2e/test_run.py",),
    ("tests/bot/",),
    ("tests/policies_db/test_search.py", *TOGETHER[1]),
    ("tests/e2e/",),
)


def _path(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the tests into the order of `FIRST`."""

    def place(item: pytest.Item) -> int:
        places = (i for i, starts in enumerate(FIRST) if _path(item.nodeid).startswith(starts))
        return next(places, len(FIRST))

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give out whole files, in the order in which they come."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path = _path(nodeid)
            return next((some[0] for some in TOGETHER if path.startswith(some)), path)

    config.option.loadscopereorder = False
    return Scheduling(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """While a test runs that measures time, the other worker waits."""
    alone = item.get_closest_marker("quiet") is not None
    with turn(alone=alone) if "PYTEST_XDIST_WORKER" in os.environ else nullcontext():
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def conversations_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Assistants that tests start keep what is said apart from that of this machine's users."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("conversations")
        patch.setenv("GUANDA_TRACKER_URL", f"sqlite:///{folder / 'conversations.sqlite'}")
        yield


@pytest.fixture(scope="session")
def built() -> None:
    """The database of `make run`, built by one worker."""
    from bot import database

    with held("database"):
        database.ensure(print)


@pytest.fixture(scope="session")
def trained(built: None) -> None:
    """The model of `make run`, trained by one worker."""
    from bot import model

    with held("model"):
        model.ensure(print)
