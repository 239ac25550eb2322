"""The key that session ids are signed with: GUANDA_SECRET, or one made once and kept in var/."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bot import settings

FILE = settings.VAR / "web-secret"


def load(file: Path = FILE) -> bytes:
    """The signing key; writes a new one to `file`, readable by its owner only, if need be."""
    return (settings.SECRET.get() or _kept(file)).encode()


def _kept(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    made = file.with_name(f"{file.name}.{os.getpid()}")
    made.unlink(missing_ok=True)
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write(secrets.token_hex(32))
    try:
        os.link(made, file)  # whole or not at all, also when two processes start at once
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return file.read_text(encoding="ascii").strip()
