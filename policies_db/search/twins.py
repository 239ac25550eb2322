"""Points that say the same: twins in two documents, a sentence and its part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import log

from policies_db.search.data import SearchPoint
from policies_db.text import normalise

#: Share of the shorter quote's weight that the longer one must hold, or of both together.
_CONTAINED, _ALIKE = 0.85, 0.6


def twins_of(points: Sequence[SearchPoint]) -> list[frozenset[int]]:
    """For each point the numbers (in `points`) of all that answer alike, itself among them.

    Quotes are compared by pairs of characters, rare pairs counting more.
    """
    pairs = [_pairs(point.quote) for point in points]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(pairs):
        for pair in own:
            holders[pair].append(number)
    weight = {pair: log((len(points) + 1) / len(held)) for pair, held in holders.items()}
    total = [sum(weight[pair] for pair in own) or 1.0 for own in pairs]
    found = []
    for number, own in enumerate(pairs):
        shared: dict[int, float] = defaultdict(float)
        for pair in own:
            for other in holders[pair]:
                shared[other] += weight[pair]
        alike = {
            other
            for other, common in shared.items()
            if common >= _CONTAINED * min(total[number], total[other])
            or 2 * common >= _ALIKE * (total[number] + total[other])
        }
        found.append(frozenset(alike | {number}))
    return found


def answers_of(
    points: Sequence[SearchPoint], twins: Sequence[frozenset[int]]
) -> list[frozenset[int]]:
    """For each point all that show its answer: its twins, and what stands in the same place.

    An answer quotes a short provision as a whole, so that another sentence of it does as well.
    """
    places: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, point in enumerate(points):
        places[point.document_id, point.label].add(number)
    return [
        twins[number] | places[point.document_id, point.label]
        for number, point in enumerate(points)
    ]


def _pairs(text: str) -> set[str]:
    letters = [c for c in normalise(text, numerals=True) if c.isalnum()]
    return {a + b for a, b in pairwise(letters)}
