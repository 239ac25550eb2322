"""Child processes end when they should, however it comes to that."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot import child, processes

SLEEPER = "import time; time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (child, processes):
        monkeypatch.setattr(
            module, "log_file", lambda name: processes.ROOT / "var" / "log" / f"test-{name}.log"
        )


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def gone(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(pid)


def test_end_asks_first_and_then_forces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "GRACE", 1)
    children = [processes.start("x", [sys.executable, "-c", code]) for code in (SLEEPER, STUBBORN)]
    time.sleep(0.5)
    processes.end(children)
    assert [each.returncode for each in children] == [-signal.SIGTERM, -signal.SIGKILL]


def test_run_tells_success_from_failure() -> None:
    assert processes.run("x", [sys.executable, "-c", "pass"], lambda _: None)
    assert not processes.run("x", [sys.executable, "-c", "raise SystemExit(3)"], lambda _: None)


def test_last_words_are_one_line() -> None:
    code = "print('fine'); raise ValueError('the reason')"
    processes.run("words", [sys.executable, "-c", code], lambda _: None)
    assert processes.last_words("words").startswith("ValueError: the reason (see var/log/")
    assert processes.last_words("no such process").startswith("see ")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_stop_once(number: signal.Signals) -> None:
    def work() -> None:
        with processes.stoppable():
            os.kill(os.getpid(), number)
            time.sleep(5)

    before = signal.getsignal(number)
    with pytest.raises(processes.Stopped):
        work()
    assert signal.getsignal(number) == before


def test_child_does_not_outlive_a_parent_that_was_killed() -> None:
    parent = (
        "import sys, time; from bot import processes;"
        "code = 'from bot import child; child.begin(\"test-orphan\"); import time; time.sleep(60)';"
        "each = processes.start('test-orphan', [sys.executable, '-c', code]);"
        "print(each.pid, flush=True); time.sleep(60)"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", parent], cwd=processes.ROOT, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout
    with started.stdout as out:
        pid = int(out.readline())
    time.sleep(1)
    assert alive(pid)
    started.kill()
    started.wait()
    assert gone(pid, 5)
