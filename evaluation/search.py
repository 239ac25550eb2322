"""The figures of the search. They take minutes, so they are kept until something changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evaluation.questions import OWN
from policies_db import content, points, text
from policies_db.search import corpus as corpora
from policies_db.search import evaluate, load_encoder

#: From which nearness on phrasings are counted as near to an evaluation question.
LEVELS = (1.0, 0.9, 0.8, 0.7)


def measured(report: Callable[[str], None], folder: Path) -> dict[str, Any]:
    """The figures of `policies_db.search.evaluate.Measured` as plain values, and the nearness.

    `nearness` has for each of LEVELS how many phrasings come so near to a question of the project's
    own set, `phrasings` how many there are.
    """
    path = folder / f"search-{_digest()}.json"
    if path.exists():
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return stored
    report("measuring the search, for it has changed (about 15 minutes; --no-search leaves it out)")
    corpus = corpora.load_corpus()
    found = asdict(evaluate.measure(corpus, report=report))
    near = [nearness for nearness, _, _ in evaluate.nearness(corpus, OWN)]
    found["phrasings"] = len(near)
    found["nearness"] = {str(level): sum(n >= level for n in near) for level in LEVELS}
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("search-*.json"):
        old.unlink()
    path.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def _digest() -> str:
    """Of all that the figures depend on: code of the search, what it learned, texts, phrasings."""
    encoder = load_encoder()
    digest = hashlib.sha256(encoder.name.encode() if encoder is not None else b"")
    for path in sorted(_inputs()):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _inputs() -> Iterator[Path]:
    yield OWN
    yield from (Path(str(module.__file__)) for module in (content, points, text))
    for folder in (Path(corpora.__file__).parent, points.PHRASINGS, content.SOURCES):
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
