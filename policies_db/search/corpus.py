"""The points as the files of `policies_db` have them: to tune and measure without a database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from policies_db.content import read_documents
from policies_db.points import PHRASINGS, read_points
from policies_db.search.data import SearchDocument, SearchPoint

UNCOVERED = PHRASINGS / "uncovered.yml"
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Corpus:
    """All points, documents, and questions that no document answers (question → its group)."""

    points: tuple[SearchPoint, ...]
    documents: tuple[SearchDocument, ...]
    uncovered: Mapping[str, str]

    def with_phrasings(self, phrasings: Mapping[int, tuple[str, ...]]) -> Corpus:
        """The same points with other phrasings, by id of point."""
        points = tuple(replace(p, phrasings=phrasings.get(p.id, ())) for p in self.points)
        return replace(self, points=points)


def search_document(document: Any) -> SearchDocument:
    """What search needs to know of a document of the database."""
    issued = _YEAR.search(f"{document.issued_on or ''} {document.number or ''}")
    return SearchDocument(
        document.id,
        document.title,
        document.number,
        tuple(alias.name for alias in document.aliases),
        int(issued.group()) if issued else None,
    )


def headings(provisions: Mapping[str, Any], provision: Any) -> str:
    """The headings that a provision stands under, outermost first."""
    found = []
    while provision is not None:
        if provision.heading:
            found.append(provision.heading)
        provision = provisions.get(provision.parent_id)
    return " ".join(reversed(found))


def load_corpus() -> Corpus:
    """Read documents, phrasings and uncovered questions from their files."""
    points: list[SearchPoint] = []
    documents = read_documents()
    for document in documents:
        provisions = {provision.id: provision for provision in document.provisions}
        for point in read_points(document):
            provision = provisions[point.provision_id]
            points.append(
                SearchPoint(
                    id=len(points) + 1,
                    document_id=document.id,
                    label=provision.label,
                    heading=headings(provisions, provision),
                    quote=point.quote,
                    answer=point.answer,
                    topics=tuple(item.topic for item in point.topics),
                    phrasings=tuple(item.text for item in point.phrasings),
                )
            )
    return Corpus(tuple(points), tuple(map(search_document, documents)), read_uncovered())


def read_uncovered() -> dict[str, str]:
    """Questions that no document answers, each with its group."""
    if not UNCOVERED.exists():
        return {}
    groups = yaml.safe_load(UNCOVERED.read_text(encoding="utf-8")) or {}
    return {
        str(question): str(group) for group, questions in groups.items() for question in questions
    }
