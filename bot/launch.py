"""The running assistant: action server and Rasa, started together, watched, stopped together."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import time
from collections.abc import Callable
from types import TracebackType
from urllib.parse import urlsplit

import yaml

from bot import database, model, processes, settings
from bot.messaging import settings as messaging
from bot.settings import ROOT, VAR

START_TIMEOUT = 180  # seconds until both must answer
SIGN_OF_LIFE = 5  # seconds
POLL = 0.2  # seconds
RESTARTS = 3  # of the action server, within RESTART_WINDOW seconds, before we give up
RESTART_WINDOW = 60
ACTION_HOST = "127.0.0.1"
ACTIONS = "actions"
ASSISTANT = "assistant"
REST_CHANNEL = "bot.channels.rest.RestInput"
WEB_CHANNEL = "bot.channels.web.WebInput"
SWITCHED = {REST_CHANNEL: settings.REST, WEB_CHANNEL: settings.WEB}

Report = Callable[[str], None]


class LaunchError(Exception):
    """The assistant cannot start or go on; the message is one line."""


class Assistant:
    """Both processes. A context manager: leaving it stops them."""

    def __init__(self, report: Report, host: str, port: int, action_port: int) -> None:
        self.report = report
        self.host = host
        self.port = port
        self.action_port = action_port
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.restarts: list[float] = []

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        processes.end(list(self.children.values()))

    @property
    def url(self) -> str:
        """Where the assistant can be reached from this machine."""
        return address(self.host, self.port)

    def start(self) -> None:
        """Build what is missing, start both processes, and return when both answer.

        Raises LaunchError, model.TrainingError or database.DatabaseError.
        """
        for name, host, port in (
            ("GUANDA_PORT", self.host, self.port),
            ("GUANDA_ACTION_PORT", ACTION_HOST, self.action_port),
        ):
            if not is_free(host, port):
                raise LaunchError(f"cannot listen on port {port} of {host}; {name} sets another")
        trained = model.ensure(self.report)
        endpoints, credentials = self.write_configuration()
        self.report("starting the assistant")
        self._start(ASSISTANT, "bot.serve", str(trained), endpoints, credentials)
        database.ensure(self.report)  # while Rasa is being imported
        self._start(ACTIONS, "bot.action_server")
        self._wait()

    def write_configuration(self) -> tuple[str, str]:
        """Rasa's endpoints and credentials with our settings put in; returns the two paths."""
        endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
        endpoints["action_endpoint"]["url"] = f"{address(ACTION_HOST, self.action_port)}/webhook"
        endpoints["tracker_store"]["url"] = settings.TRACKER_URL.get()
        redis_url = settings.REDIS_URL.get()
        if redis_url:
            endpoints["lock_store"] = {"type": "bot.locks.RedisLocks", **redis_options(redis_url)}
        credentials = yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8")) or {}
        for channel, switch in SWITCHED.items():
            if not switch.get():
                credentials.pop(channel, None)
        for channel, is_on in messaging.configured().items():
            if not is_on:
                credentials.pop(channel, None)
        paths = []
        for name, content in (("endpoints", endpoints), ("credentials", credentials)):
            path = VAR / f"{name}-{self.port}.yml"
            path.parent.mkdir(exist_ok=True)
            path.touch(mode=0o600)  # an address may hold a password
            path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
            paths.append(str(path))
        return paths[0], paths[1]

    def watch(self) -> None:
        """Keep the assistant running; raises LaunchError when it cannot go on.

        An action server that ends is started again, since the assistant can wait for it.
        """
        while True:
            time.sleep(POLL)
            self._check(ASSISTANT)
            code = self.children[ACTIONS].poll()
            if code is not None:
                self._restart_actions(code)

    def _start(self, name: str, module: str, *arguments: str) -> None:
        self.children[name] = processes.start(
            name,
            processes.python(module, *arguments),
            GUANDA_HOST=self.host,
            GUANDA_PORT=str(self.port),
            GUANDA_ACTION_PORT=str(self.action_port),
            # messages come side by side; threads within one only get in each other's way
            OPENBLAS_NUM_THREADS="1",
        )

    def _restart_actions(self, code: int) -> None:
        now = time.monotonic()
        self.restarts = [then for then in self.restarts if now - then < RESTART_WINDOW] + [now]
        if len(self.restarts) > RESTARTS:
            raise LaunchError(self._obituary(ACTIONS, code))
        self.report(f"the action server stopped (exit code {code}); starting it again")
        processes.end([self.children[ACTIONS]])
        self._start(ACTIONS, "bot.action_server")

    def _check(self, name: str) -> None:
        code = self.children[name].poll()
        if code is not None:
            raise LaunchError(self._obituary(name, code))

    @staticmethod
    def _obituary(name: str, code: int) -> str:
        what = "the action server" if name == ACTIONS else "the assistant"
        return f"{what} stopped (exit code {code}): {processes.last_words(name)}"

    def _wait(self) -> None:
        started = said = time.monotonic()
        waiting = {
            ASSISTANT: self.url,
            ACTIONS: address(ACTION_HOST, self.action_port) + "/health",
        }
        while waiting:
            for name, url in list(waiting.items()):
                self._check(name)
                if answers(url):
                    del waiting[name]
            now = time.monotonic()
            if now - started > START_TIMEOUT:
                raise LaunchError(f"no answer after {START_TIMEOUT} s; see var/log")
            if now - said >= SIGN_OF_LIFE:
                said = now
                self.report(f"still starting ({now - started:.0f} s)")
            time.sleep(POLL / 2)


def address(host: str, port: int) -> str:
    """URL at which this machine reaches what listens on `host`."""
    if host == "0.0.0.0":
        host = "127.0.0.1"
    elif host == "::":
        host = "::1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def answers(url: str) -> bool:
    """Whether a GET of `url` is answered, or led on, within a second."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=1)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def is_free(host: str, port: int) -> bool:
    """Whether one can listen on a port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """A port of this machine that is free now."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def redis_options(url: str) -> dict[str, object]:
    """A Redis URL as the options of Rasa's lock store."""
    parts = urlsplit(url)
    options: dict[str, object] = {
        "url": parts.hostname or "127.0.0.1",
        "port": parts.port or 6379,
        "db": int(parts.path.strip("/") or 1),
    }
    if parts.username:
        options["username"] = parts.username
    if parts.password:
        options["password"] = parts.password
    if parts.scheme == "rediss":
        options["use_ssl"] = True
    return options
