"""The trained model: made once for each state of what it learns from, then reused.

A model's name holds the hash of everything that shapes it: configuration, domain, training data,
the code of our own Rasa components with what they import from this project, the files and folders
that config.yml names, and the pinned requirements. Same hash, same model.
"""

from __future__ import annotations

import ast
import hashlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from bot import child, processes
from bot.settings import ROOT, VAR

MODELS = ROOT / "models"
KEPT = 3  # models that stay on disk, the latest ones
PACKAGES = ("bot", "actions", "policies_db")
Report = Callable[[str], None]


class TrainingError(Exception):
    """No model could be made; the message is one line."""


def ensure(report: Report) -> Path:
    """The model for the present content, trained if it is not there yet."""
    path = MODELS / f"guanda-{key()}.tar.gz"
    if path.exists():
        report(f"model: {path.relative_to(ROOT)} is up to date")
        path.touch()
        return path
    started = time.monotonic()
    report("model: training (what it learns from is new or has changed)")
    trained = VAR / "training" / path.name
    trained.unlink(missing_ok=True)
    done = processes.run(
        "train",
        [sys.executable, "-m", "bot.model", str(trained)],
        lambda seconds: report(f"model: still training ({seconds} s)"),
    )
    if not done or not trained.exists():
        raise TrainingError(f"training failed: {processes.last_words('train')}")
    MODELS.mkdir(exist_ok=True)
    trained.replace(path)
    report(f"model: trained in {time.monotonic() - started:.0f} s")
    for old in sorted(MODELS.glob("guanda-*.tar.gz"), key=lambda p: p.stat().st_mtime)[:-KEPT]:
        old.unlink()
    return path


def key() -> str:
    """Hash of all that shapes the model, as 16 hexadecimal digits."""
    total = hashlib.sha256()
    for path in inputs():
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def inputs() -> list[Path]:
    """Files that shape the model, in a fixed order."""
    config = ROOT / "config.yml"
    roots = [config, ROOT / "domain.yml", ROOT / "domain", ROOT / "data"]
    roots.append(ROOT / "requirements" / "runtime.txt")
    modules = []
    for value in _strings(yaml.safe_load(config.read_text(encoding="utf-8"))):
        if value.partition(".")[0] in PACKAGES and "/" not in value:
            modules.append(value.rpartition(".")[0])
        elif "/" in value and (ROOT / value).exists():
            roots.append(ROOT / value)
    found = {file for root in roots for file in _files(root)}
    return sorted(found | imported(modules))


def imported(modules: Iterable[str]) -> set[Path]:
    """Source files of this project that the named modules import, directly or not."""
    found: set[Path] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        for path in _sources(name):
            if path not in found:
                found.add(path)
                waiting.extend(_imports(path))
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for path in root.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _sources(module: str) -> Iterator[Path]:
    """Files that importing `module` runs: its own, and its packages' `__init__`."""
    parts = module.split(".")
    if parts[0] not in PACKAGES:
        return
    for length in range(1, len(parts) + 1):
        place = ROOT.joinpath(*parts[:length])
        for path in (place.with_suffix(".py"), place / "__init__.py"):
            if path.is_file():
                yield path


def _imports(path: Path) -> Iterator[str]:
    here = list(path.relative_to(ROOT).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = here[: -node.level] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            # what is imported may be a module of that package or a name in it
            yield from (f"{module}.{alias.name}" for alias in node.names)


def train(output: Path) -> None:
    """Train with Rasa and write the model to `output`; runs in a process of its own."""
    child.begin("train")
    import logging

    import rasa.model_training
    import rasa.utils.common
    from rasa.utils.log_utils import configure_structlog

    child.ready()
    configure_structlog(logging.INFO)
    rasa.utils.common.configure_logging_and_warnings(logging.INFO, None, True, True)
    domain = ROOT / "domain.yml"
    rasa.model_training.train(
        domain=str(domain if domain.exists() else ROOT / "domain"),
        config=str(ROOT / "config.yml"),
        training_files=str(ROOT / "data"),
        output=str(output.parent),
        fixed_model_name=output.name,
        force_training=True,
    )


if __name__ == "__main__":
    train(Path(sys.argv[1]))
