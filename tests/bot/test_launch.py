"""What the assistant is started with."""

import socket
from pathlib import Path

import pytest
import yaml

from bot import database, launch
from policies_db import build


@pytest.fixture
def assistant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> launch.Assistant:
    monkeypatch.setattr(launch, "VAR", tmp_path)
    return launch.Assistant(lambda _: None, "127.0.0.1", 6005, 6055)


def written(assistant: launch.Assistant) -> tuple[dict, dict]:
    endpoints, credentials = assistant.write_configuration()
    return tuple(yaml.safe_load(Path(each).read_text()) for each in (endpoints, credentials))


def test_settings_are_put_into_the_endpoints(
    assistant: launch.Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GUANDA_TRACKER_URL")
    endpoints, credentials = written(assistant)
    assert endpoints["action_endpoint"]["url"] == "http://127.0.0.1:6055/webhook"
    assert endpoints["tracker_store"]["url"].endswith("/var/conversations.sqlite")
    assert launch.REST_CHANNEL in credentials
    monkeypatch.setenv("GUANDA_TRACKER_URL", "postgresql://me@host/chats")
    monkeypatch.setenv("GUANDA_REDIS_URL", "redis://host/2")
    monkeypatch.setenv("GUANDA_REST", "off")
    endpoints, credentials = written(assistant)
    assert endpoints["tracker_store"]["url"] == "postgresql://me@host/chats"
    assert endpoints["lock_store"]["type"] == "bot.locks.RedisLocks"
    assert launch.REST_CHANNEL not in credentials


def test_written_configuration_is_for_its_owner_only(assistant: launch.Assistant) -> None:
    for path in assistant.write_configuration():
        assert Path(path).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("redis://host", {"url": "host", "port": 6379, "db": 1}),
        (
            "rediss://me:pass@host:7000/3",
            {
                "url": "host",
                "port": 7000,
                "db": 3,
                "username": "me",
                "password": "pass",
                "use_ssl": True,
            },
        ),
    ],
)
def test_redis_url(url: str, options: dict[str, object]) -> None:
    assert launch.redis_options(url) == options


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("guanda.local", "http://guanda.local:80"),
    ],
)
def test_address_is_one_that_can_be_reached(host: str, url: str) -> None:
    assert launch.address(host, 80) == url


def test_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        assistant = launch.Assistant(lambda _: None, "127.0.0.1", port, launch.free_port())
        with pytest.raises(launch.LaunchError, match=f"port {port} .*GUANDA_PORT") as caught:
            assistant.start()
    assert "\n" not in str(caught.value)
    assert not launch.answers(f"http://127.0.0.1:{port}")


def test_database_that_cannot_be_built_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(url: str, report: object) -> None:
        raise RuntimeError("connection refused\nIs the server running?")

    monkeypatch.setattr(build, "ensure_database", fails)
    with pytest.raises(database.DatabaseError) as caught:
        database.ensure(lambda _: None)
    assert str(caught.value).startswith("the policy database is not ready: connection refused")
    assert "\n" not in str(caught.value)
