"""The text of provisions straight from the source files, to check rules without a database."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from policies_db.importer.sourcefile import SourceFile
from policies_db.importer.structure import provisions_of

SOURCES = Path(__file__).parents[1] / "sources"


def source_text(document_id: str, label: str) -> str:
    """The paragraphs of a document that stand under a label.

    Raises:
        KeyError: when the document or the label is not there.
    """
    return _labels(document_id)[label]


@cache
def _labels(document_id: str) -> dict[str, str]:
    path = SOURCES / f"{document_id}.md"
    if not path.exists():
        raise KeyError(document_id)
    source = SourceFile.read(path)
    labels: dict[str, str] = {}
    for draft in provisions_of(source.paragraphs, source.metadata["numbering"]):
        labels[draft.label] = labels.get(draft.label, "") + draft.text + "\n"
    return labels
