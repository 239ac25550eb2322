"""Locks between the workers that run the tests side by side."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from policies_db.settings import VAR


@contextmanager
def held(name: str, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock of a name, alone or with others that hold it shared."""
    path = VAR / "test" / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield


@contextmanager
def turn(*, alone: bool) -> Iterator[None]:
    """Be in the room with others, or alone: that waits until those inside are out, at the door,
    so that nobody else comes in meanwhile."""
    with ExitStack() as inside:
        with held("door", shared=not alone):
            inside.enter_context(held("room", shared=not alone))
        yield
