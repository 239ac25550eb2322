"""What all tests share."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def conversations_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Assistants that tests start keep what is said apart from that of this machine's users."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("conversations")
        patch.setenv("GUANDA_TRACKER_URL", f"sqlite:///{folder / 'conversations.sqlite'}")
        yield
