"""What goes into the index and what comes out of it: plain values, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: A point's own words, the headings it stands under, or a question that people ask for it.
Kind = Literal["passage", "heading", "phrasing"]
#: What to do with the hits: answer with the first, offer the first few, or say "not covered".
Zone = Literal["answer", "choose", "none"]


@dataclass(frozen=True)
class SearchDocument:
    """A document by the names that people use for it."""

    id: str
    title: str
    number: str | None = None
    aliases: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True)
class SearchPoint:
    """One thing that a document answers.

    `label` is its place, as 第三条; `heading` is what stands over it.
    """

    id: int
    document_id: str
    label: str
    heading: str
    quote: str
    answer: str
    topics: tuple[str, ...] = ()
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoredText:
    """A row of the index: one text of a point, split into tokens, with its vector if it has one."""

    point_id: int
    kind: Kind
    tokens: str
    vector: bytes | None = None


@dataclass(frozen=True)
class Hit:
    """A point that was found; `confidence` is the probability that it is the right one."""

    point_id: int
    score: float
    confidence: float


@dataclass(frozen=True)
class Result:
    """What a search found: hits by falling score (then id), and what to make of them.

    `covered` is the probability that any document answers the question.
    """

    hits: tuple[Hit, ...]
    covered: float
    zone: Zone
    normalised: str
