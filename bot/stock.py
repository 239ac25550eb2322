"""A stock Rasa of the same data, to measure ours against.

What Rasa's documentation gives for Chinese: Jieba words, word and character counts, DIET with 100
epochs, TED; started with Rasa's own command. Rules are also given as stories, since TED learns
from nothing else. Needs requirements/bench.txt.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from bot import processes
from bot.launch import ACTION_HOST, Report, address, answers
from bot.settings import ROOT, VAR

FOLDER = VAR / "stock"
START_TIMEOUT = 180  # seconds
LEARNS_WITH = ("rasa", "jieba")  # another version of these learns something else
CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "zh",
    "pipeline": [
        {"name": "JiebaTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {
            "name": "CountVectorsFeaturizer",
            "analyzer": "char_wb",
            "min_ngram": 1,
            "max_ngram": 4,
        },
        {"name": "DIETClassifier", "epochs": 100},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "TEDPolicy", "max_history": 5, "epochs": 100},
    ],
}


class StockError(Exception):
    """The stock Rasa cannot be trained or started; the message is one line."""


def train(report: Report) -> tuple[Path, float | None]:
    """Its model for the present data, and the seconds that training took (None: reused)."""
    path = FOLDER / "models" / f"stock-{key()}.tar.gz"
    if path.exists():
        return path, None
    (FOLDER / "data").mkdir(parents=True, exist_ok=True)
    _write("config.yml", CONFIG)
    _write("data/stories.yml", _stories())
    started = time.monotonic()
    report("stock Rasa: training; this takes minutes")
    done = processes.run(
        "stock-train",
        [
            *processes.python("rasa", "train", "--config", FOLDER / "config.yml"),
            *("--domain", "domain.yml", "--data", "data", str(FOLDER / "data")),
            *("--out", str(path.parent), "--fixed-model-name", path.name.split(".")[0]),
        ],
        lambda seconds: report(f"stock Rasa: still training ({seconds} s)"),
    )
    if not done or not path.exists():
        raise StockError(f"stock Rasa could not be trained: {processes.last_words('stock-train')}")
    return path, time.monotonic() - started


def key() -> str:
    """Hash of all that it learns from, as 16 hexadecimal digits; our own code is no part of it."""
    total = hashlib.sha256()
    for path in (ROOT / "domain.yml", *sorted((ROOT / "data").rglob("*.yml"))):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    versions = {package: version(package) for package in LEARNS_WITH}
    total.update(json.dumps([CONFIG, _stories(), versions], sort_keys=True).encode())
    return total.hexdigest()[:16]


def start(trained: Path, port: int, action_port: int) -> subprocess.Popen[bytes]:
    """Start it with Rasa's own command, on the same kind of action server; waits for an answer."""
    url = f"{address(ACTION_HOST, action_port)}/webhook"
    endpoints = _write("endpoints.yml", {"action_endpoint": {"url": url}})
    credentials = _write("credentials.yml", {"rest": None})
    child = processes.start(
        "stock",
        [
            *processes.python("rasa", "run", "--model", trained, "--endpoints", endpoints),
            *("--credentials", str(credentials), "-i", ACTION_HOST, "-p", str(port)),
        ],
    )
    deadline = time.monotonic() + START_TIMEOUT
    while not answers(address(ACTION_HOST, port)):
        if child.poll() is not None or time.monotonic() > deadline:
            processes.end([child])
            raise StockError(f"stock Rasa did not start: {processes.last_words('stock')}")
        time.sleep(0.2)
    return child


def _write(name: str, content: Any) -> Path:
    path = FOLDER / name
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def _stories() -> dict[str, Any]:
    """Our rules without conditions, as stories."""
    rules = [
        rule
        for path in sorted((ROOT / "data").rglob("*.yml"))
        for rule in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("rules", [])
        if "condition" not in rule
    ]
    stories = [
        {"story": f"{number} {rule['rule']}", "steps": rule["steps"]}
        for number, rule in enumerate(rules)
    ]
    return {"version": "3.1", "stories": stories}
