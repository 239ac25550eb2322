"""Which documents speak of a thing: by its words in their provisions, and by what search finds."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from policies_db import lookup
from policies_db.content import compact
from policies_db.models import Provision
from policies_db.searching import searcher
from policies_db.shelf import once
from policies_db.text import normalise

#: So much of the pairs of characters of a thing, weighed by rarity, must stand in a provision.
HELD = 0.6
#: And at least so much where search finds it as well.
LEAST_HELD = 0.35
#: What search finds counts in favour from this confidence, the less the further behind the first.
LIKELY, BEHIND, FAVOUR = 0.003, 6.0, 0.5
_LOOKED_AT = 80


@dataclass(frozen=True)
class _Texts:
    """The provisions with their words, and in how many of them each pair of characters stands."""

    rows: tuple[tuple[str, str, str], ...]
    pairs: Counter[str]


def saying(session: Session, thing: str) -> list[Provision]:
    """For each document that speaks of a thing the provision that does so most, drafts left out,
    the surest first."""
    texts = once(session, "words of provisions", lambda: _texts(session))
    pairs = _pairs(thing)
    weights = {pair: math.log(len(texts.rows) / (texts.pairs[pair] or 0.5)) for pair in pairs}
    whole = sum(weights.values())
    if not whole:
        return []
    best: dict[str, tuple[float, str]] = {}
    for document, provision, words in texts.rows:
        held = sum(weight for pair, weight in weights.items() if pair in words) / whole
        if held > best.get(document, (0.0, ""))[0]:
            best[document] = held, provision
    favoured = _favoured(session, thing)
    ranked = [
        (held + favoured.get(name, 0.0), id_)
        for name, (held, id_) in best.items()
        if held >= LEAST_HELD
    ]
    rows = [lookup.provision(session, id_) for held, id_ in sorted(ranked)[::-1] if held >= HELD]
    return [row for row in rows if row is not None and not row.document.draft]


def _texts(session: Session) -> _Texts:
    said = [row for document in lookup.documents(session) for row in document.provisions]
    said = [row for row in said if row.kind not in ("title", "signature")]
    said.sort(key=lambda row: row.kind == "preamble")  # of equal provisions the first is taken
    rows = tuple((row.document_id, row.id, normalise(compact(row.text))) for row in said)
    return _Texts(rows, Counter(pair for *_, words in rows for pair in _pairs(words)))


def _pairs(text: str) -> frozenset[str]:
    runs = re.split(r"[\W_]+", normalise(text))
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def _favoured(session: Session, thing: str) -> dict[str, float]:
    """How much search speaks for each document, at most FAVOUR."""
    hits = searcher().search(thing, limit=_LOOKED_AT).hits
    found: dict[str, float] = {}
    for hit in hits:
        if hit.confidence >= LIKELY:
            nearness = max(0.0, 1 - (hits[0].score - hit.score) / BEHIND)
            found.setdefault(lookup.document_of_point(session, hit.point_id), FAVOUR * nearness)
    return found
