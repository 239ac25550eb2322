"""What the running assistant needs, made before it is started; one that several files ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.run import Run


@pytest.fixture(scope="session", autouse=True)
def _trained(trained: None) -> None:
    """No start has to wait for the training of another."""


@pytest.fixture(scope="session")
def assistant() -> Iterator[Run]:
    """An assistant for those who only talk to it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUANDA_TODAY", "2026-11-21")
        run = Run()
        try:
            run.wait()
            yield run
        finally:
            run.process.terminate()
            run.process.wait(30)
