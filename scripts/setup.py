#!/usr/bin/env python3
"""Make .venv: find a Python 3.10 and install the pinned, hashed requirements into it.

    python3 scripts/setup.py          what `make run` needs
    python3 scripts/setup.py --dev    also what `make test` and `make lint` need
    python3 scripts/setup.py --bench  also what `make bench` needs

Runs on any Python 3.8 or later, with the standard library alone. A rerun with nothing to do takes
milliseconds; an install that was interrupted is done again. GUANDA_PYTHON names the interpreter to
use. Exit code 1 with one line on standard error when something is missing.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "guanda.json"
TOOLS = ROOT / "var" / "tools"
LOG = ROOT / "var" / "log" / "setup.log"
WANTED = (3, 10)
PROBE = (
    "import ensurepip, sqlite3, ssl, sys, venv;"
    "print('%d.%d' % sys.version_info[:2], sys.executable, sep='\\n')"
)
HEARTBEAT = 10  # seconds between two signs of life while something long runs


class SetupError(Exception):
    """What is missing, in one line for people."""


def say(text):
    """Tell the user what is going on."""
    print("setup: " + text, flush=True)


def requirements(name):
    """The pinned list called `name`."""
    return ROOT / "requirements" / (name + ".txt")


def digest(path):
    """SHA-256 of a file, so that a changed list is installed again."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_stamp():
    """What .venv holds by our own record; empty when it is absent, unfinished or broken."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return stamp if VENV_PYTHON.exists() and Path(stamp["base"]).exists() else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def run(command, doing):
    """Run a long command into the log with a sign of life now and then; True when it succeeded."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with LOG.open("a", encoding="utf-8") as log:
        log.write("\n$ " + " ".join(map(str, command)) + "\n")
        log.flush()
        try:
            child = subprocess.Popen(
                [str(part) for part in command],
                cwd=str(ROOT),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        except OSError as error:
            log.write(str(error) + "\n")
            return False
        try:
            while True:
                try:
                    return child.wait(timeout=HEARTBEAT) == 0
                except subprocess.TimeoutExpired:
                    say("  still %s (%d s)" % (doing, time.monotonic() - started))
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()


def probe(command):
    """The real interpreter behind `command` when it is a working Python 3.10, else None.

    A version manager's shim may stand on PATH and yet not run, so each candidate is started.
    """
    try:
        done = subprocess.run(
            [str(command), "-c", PROBE],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=30,
            cwd=str(ROOT),
            universal_newlines=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = done.stdout.splitlines()
    if done.returncode != 0 or len(lines) != 2 or lines[0] != "%d.%d" % WANTED:
        return None
    return lines[1]


def output(command):
    """Last line that `command` prints, or None when it fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=30,
            cwd=str(ROOT),
            universal_newlines=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = done.stdout.strip().splitlines()
    return lines[-1] if done.returncode == 0 and lines else None


def find_uv():
    """A uv that runs, or None."""
    for candidate in (shutil.which("uv"), TOOLS / "bin" / "uv", VENV / "bin" / "uv"):
        if candidate and output([candidate, "--version"]):
            return str(candidate)
    return None


def fetch_uv(python):
    """Install the pinned uv into a private place with `python`'s pip; None when that fails."""
    say("fetching the installer uv")
    shutil.rmtree(str(TOOLS), ignore_errors=True)
    pip = [TOOLS / "bin" / "python", "-m", "pip", "install", "-q", "--require-hashes"]
    made = run([python, "-m", "venv", TOOLS], "making a place for uv") and run(
        [*pip, "-r", requirements("setup")], "fetching uv"
    )
    return find_uv() if made else None


def find_python():
    """A Python 3.10 of this machine, or one that uv can get."""
    chosen = os.environ.get("GUANDA_PYTHON")
    if chosen:
        found = probe(chosen)
        if not found:
            raise SetupError("GUANDA_PYTHON=%s is not a working Python 3.10" % chosen)
        return found
    versions = Path.home() / ".pyenv" / "versions"
    candidates = [sys.executable, "python3.10"]
    candidates += sorted(versions.glob("3.10*/bin/python"), reverse=True)
    for candidate in candidates:
        found = probe(candidate)
        if found:
            return found
    uv = find_uv() or fetch_uv(sys.executable)
    if uv:
        found = output([uv, "python", "find", "3.10"])
        if not (found and probe(found)):
            say("no Python 3.10 here; getting one with uv")
            run([uv, "python", "install", "3.10"], "getting Python 3.10")
            found = output([uv, "python", "find", "3.10"])
        if found and probe(found):
            return probe(found)
    raise SetupError(
        "no Python 3.10 found (Rasa 3.6 runs on nothing newer): install it, for example with"
        " pyenv, or set GUANDA_PYTHON to its path"
    )


def install(name):
    """Install one hashed list into .venv: with uv, or with pip where uv is not to be had.

    A machine's package mirror is often set up for pip only, so pip also gets its try when uv fails.
    """
    target = requirements(name)
    started = time.monotonic()
    count = sum("==" in line for line in target.read_text(encoding="utf-8").splitlines())
    say("installing %d packages of requirements/%s" % (count, target.name))
    options = ["--quiet", "--no-deps", "--require-hashes", "-r", target]
    uv = find_uv() or fetch_uv(VENV_PYTHON)
    done = uv is not None and run(
        [uv, "pip", "install", "--python", VENV_PYTHON, *options], "installing"
    )
    if not done:
        say("uv could not install them; trying pip, which is slower")
        done = run([VENV_PYTHON, "-m", "pip", "install", "--no-compile", *options], "installing")
    if not done:
        raise SetupError(
            "could not install requirements/%s; the reason is at the end of %s"
            % (target.name, LOG.relative_to(ROOT))
        )
    say("installed in %d s" % (time.monotonic() - started))


def prepare(names):
    """Bring .venv to the named lists; nothing is done where the stamp says that it is there."""
    stamp = read_stamp()
    wanted = {name: digest(requirements(name)) for name in names}
    chosen = os.environ.get("GUANDA_PYTHON")
    if chosen and stamp and probe(chosen) != stamp["base"]:
        stamp = {}
    missing = [name for name in names if stamp.get(name) != wanted[name]]
    if not missing:
        return
    if not stamp:
        base = find_python()
        say("making .venv with %s" % base)
        shutil.rmtree(str(VENV), ignore_errors=True)
        if not run([base, "-m", "venv", VENV], "making .venv"):
            raise SetupError(
                "%s could not make a virtual environment; see %s" % (base, LOG.relative_to(ROOT))
            )
        stamp = {"base": base}
    if STAMP.exists():
        STAMP.unlink()  # from here until the end, .venv counts as unfinished
    for name in missing:
        install(name)
        stamp[name] = wanted[name]
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    say("ready")


def main(arguments):
    """Command line; returns the exit code."""
    lists = {(): ["runtime"], ("--dev",): ["runtime", "dev"], ("--bench",): ["runtime", "bench"]}
    names = lists.get(tuple(arguments))
    if names is None:
        print("usage: setup.py [--dev | --bench]", file=sys.stderr)
        return 2
    lock = ROOT / "var" / "setup.lock"
    lock.parent.mkdir(exist_ok=True)
    try:
        with lock.open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("waiting for another setup to finish")
                fcntl.flock(handle, fcntl.LOCK_EX)
            prepare(names)
    except SetupError as error:
        print("setup: %s" % error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nsetup: stopped; the next run starts again", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
