"""Signals that tell a good first hit from a bad one, and a covered question from another."""

from __future__ import annotations

import numpy as np

from policies_db.search import wants
from policies_db.search.features import NAMES, Candidates

_COLUMN = {name: i for i, name in enumerate(NAMES)}
_OF_FIRST = (
    "passage_chars", "together", "phrasing_best", "phrasing_mean3", "vector_passage",
    "vector_centre", "vector_phrasing", "explained", "explained_passage",
    "named_document", "other_document",
    "topic_vote", "document_vote", "has_phrasings", "phrasing_sounds",
    "on_document", "gives_document", "draft", *wants.NAMES,
)  # fmt: skip
_HIGHEST = ("together", "phrasing_best", "vector_phrasing", "vector_centre", "explained")


def signals(candidates: Candidates, scores: np.ndarray, uncovered: np.ndarray) -> dict[str, float]:
    """Signals of a ranked question; `scores` belong to the rows of `candidates`.

    `uncovered` holds vectors of questions that no document answers. Hits that say the same as the
    first count as one with it.
    """
    order = np.lexsort((candidates.rows, -scores))
    values, ranked = candidates.values[order], scores[order]
    share = np.exp(ranked - ranked[0])
    share /= share.sum()
    alike = candidates.alike[order[0], order]
    chance = np.append(share[alike].sum(), share[~alike])
    others = ranked[~alike]
    last = others[-1] if len(others) else ranked[-1]
    padded = np.concatenate([ranked[:1], others, np.full(10, last - 1.0)])
    out = {
        "score": float(ranked[0]),
        "margin2": float(padded[0] - padded[1]),
        "margin4": float(padded[0] - padded[3]),
        "margin10": float(padded[0] - padded[9]),
        "chance": float(chance[0]),
        "chance3": float(chance[:3].sum()),
        "entropy": float(-(chance * np.log(chance + 1e-12)).sum()),
        "known": candidates.known,
        "length": float(np.log1p(len(candidates.tokens.chars))),
        "latin": float(not any(token > "\u4e00" for token in candidates.tokens.chars)),
    }
    for name in _OF_FIRST:
        out[f"first_{name}"] = float(values[0, _COLUMN[name]])
    for name in _HIGHEST:
        column = values[:, _COLUMN[name]]
        out[f"highest_{name}"] = float(column.max())
        out[f"agrees_{name}"] = float(column[0] >= column.max())
    nearest = float((uncovered @ candidates.vector).max()) if len(uncovered) else 0.0
    out["uncovered"] = nearest
    out["uncovered_lead"] = nearest - out["highest_vector_phrasing"]
    return out
