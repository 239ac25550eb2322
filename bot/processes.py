"""Child processes: started quietly, watched, and ended for certain.

A child runs in a session of its own, so that Ctrl-C reaches only the parent, which then ends it.
It holds the reading end of a pipe (its standard input) and ends when that closes, so it does not
outlive a parent that was killed; see `child.begin`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.child import GRACE, log_file
from bot.settings import ROOT, VAR

HEARTBEAT = 10  # seconds between two signs of life of something long


class Stopped(BaseException):
    """The user or the system asked this process to stop."""


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a terminal's hang-up into `Stopped`."""

    def stop(number: int, frame: object) -> None:
        for each in handled:
            signal.signal(each, signal.SIG_IGN)  # stopping is under way
        raise Stopped

    handled = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in handled}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def say(text: str) -> None:
    """Print a line at once; a terminal that has gone is no error."""
    with contextlib.suppress(OSError, ValueError):
        print(text, flush=True)


def environment(**changes: str) -> dict[str, str]:
    """Environment of a child: ours, without what makes Rasa noisy, slow or talkative."""
    result = {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OMP_WAIT_POLICY": "passive",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "ignore",
        "MPLCONFIGDIR": str(VAR / "cache" / "matplotlib"),
        "RASA_CACHE_DIRECTORY": str(VAR / "cache" / "rasa"),
        **changes,
    }
    # compiled once, Rasa's imports take a third of the time
    result.pop("PYTHONDONTWRITEBYTECODE", None)
    return result


def start(name: str, command: list[str], **changes: str) -> subprocess.Popen[bytes]:
    """Start a child whose output goes to var/log/NAME.log; `changes` are to its environment."""
    path = log_file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    (VAR / "cache" / "matplotlib").mkdir(parents=True, exist_ok=True)
    with path.open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(**changes),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """End children and wait until they are gone: a request first, force after GRACE seconds."""
    for each in children:
        if each.poll() is None:
            each.terminate()
    deadline = time.monotonic() + GRACE
    for each in children:
        try:
            each.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(each.pid, signal.SIGKILL)
            each.wait()
        if each.stdin:
            each.stdin.close()


def run(name: str, command: list[str], sign_of_life: Callable[[int], None]) -> bool:
    """Run a child to its end; True when it succeeded. `sign_of_life` gets the seconds so far."""
    started = time.monotonic()
    each = start(name, command)
    try:
        while True:
            try:
                return each.wait(HEARTBEAT) == 0
            except subprocess.TimeoutExpired:
                sign_of_life(int(time.monotonic() - started))
    finally:
        end([each])


def last_words(name: str) -> str:
    """Last line of a child's log that says something, with where to read on."""
    path = log_file(name)
    where = path.relative_to(ROOT)
    try:
        lines = path.read_text(encoding="utf-8", errors="replace")[-20_000:].splitlines()
    except OSError:
        return f"see {where}"
    telling = [line.strip() for line in lines if line.strip()]
    return f"{telling[-1][:300]} (see {where})" if telling else f"see {where}"


def python(module: str, *arguments: str | Path) -> list[str]:
    """Command that runs a module of this project with the Python that runs us."""
    return [sys.executable, "-m", module, *map(str, arguments)]
