"""`python -m bot run` for an operator: starts, answers, survives, and leaves nothing behind."""

import os
import pty
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.run import Run

pytestmark = [pytest.mark.slow, pytest.mark.e2e]


def gone(pids: list[int], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def run() -> Iterator[Run]:
    each = Run(stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    each.wait()
    yield each
    if each.process.poll() is None:
        each.process.kill()
        each.process.wait()
    if each.process.stdout:
        each.process.stdout.close()


def output(run: Run) -> str:
    assert run.process.stdout
    return run.process.stdout.read()


def test_action_server_down_is_said_and_it_comes_back(run: Run) -> None:
    children = run.children()
    os.kill(children["bot.action_server"], signal.SIGKILL)
    card = run.ask("高级认证企业有哪些优惠？")[-1]["custom"]
    assert card["kind"] == "refusal"
    deadline = time.monotonic() + 90
    while card["kind"] == "refusal" and time.monotonic() < deadline:
        time.sleep(0.2)
        card = run.ask("高级认证企业有哪些优惠？")[-1]["custom"]
    assert card["kind"] != "refusal"
    children = run.children()
    run.process.terminate()
    assert run.process.wait(15) == 0
    assert gone(list(children.values()))
    said = output(run)
    assert "the action server stopped" in said
    assert "Traceback" not in said
    assert "tensorflow" not in said.lower()


def test_when_the_assistant_dies_all_stops_with_one_line(run: Run) -> None:
    children = run.children()
    os.kill(children["bot.serve"], signal.SIGKILL)
    assert run.process.wait(15) == 1
    assert gone(list(children.values()))
    assert output(run).strip().splitlines()[-1].startswith("guanda: the assistant stopped")


def test_killed_parent_takes_its_children_along(run: Run) -> None:
    children = run.children()
    run.process.kill()
    run.process.wait()
    assert gone(list(children.values()))


@pytest.mark.parametrize("key", ["ctrl-c", "hang-up"])
def test_terminal_can_stop_it(key: str) -> None:
    master, slave = pty.openpty()
    run = Run(stdin=slave, stdout=slave, stderr=slave, start_new_session=True, preexec_fn=_take_tty)
    os.close(slave)
    run.wait()
    children = run.children()
    if key == "ctrl-c":
        os.write(master, b"\x03")
    else:
        os.close(master)
    assert run.process.wait(15) == 0
    assert gone(list(children.values()))
    if key == "ctrl-c":
        os.close(master)


def _take_tty() -> None:
    """Make standard input the controlling terminal of the new session."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
