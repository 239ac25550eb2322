"""What every process that `python -m bot` starts does first."""

from __future__ import annotations

import gc
import logging
import logging.handlers
import os
import signal
import threading
import time
import warnings
from pathlib import Path

from bot import settings

GRACE = 8  # seconds that a process has to stop by itself
#: After how many new objects, net, the youngest are looked through for cycles, and how many times
#: before older ones are: a message makes thousands, of which hardly any is part of a cycle.
SELDOM = (50_000, 20, 20)
LOG_SIZE = 10_000_000  # bytes, after which a log file is put aside
LOGS_KEPT = 3


def log_file(name: str) -> Path:
    """Where the process called `name` logs."""
    return settings.VAR / "log" / f"{name}.log"


def begin(name: str) -> None:
    """Make this a quiet process that logs to var/log/NAME.log and ends with its parent.

    What bypasses logging goes to the same file, which the parent opened as our output. The level
    is GUANDA_LOG_LEVEL.
    """
    settings.check_or_exit()
    gc.disable()  # until `ready`: nearly all that is made before stays
    warnings.simplefilter("ignore")
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    level = settings.LOG_LEVEL.get()
    os.environ["LOG_LEVEL"] = level
    os.environ["LOG_LEVEL_LIBRARIES"] = "ERROR"
    handler = logging.handlers.RotatingFileHandler(
        log_file(name), maxBytes=LOG_SIZE, backupCount=LOGS_KEPT, encoding="utf-8"
    )
    logging.basicConfig(
        level=level,
        handlers=[handler],
        format="%(asctime)s %(levelname)s %(name)s  %(message)s",
    )


def ready() -> None:
    """Set what was made so far aside as what stays, so that garbage is looked for in the rest only.

    Modules, rules and search index are some 400,000 objects, which each full collection walked.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()


def _end_with_parent() -> None:
    """Stop when the pipe on standard input closes, however the parent came to its end."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
