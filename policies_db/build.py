"""Build the database from the files of this folder, in one transaction, when they have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from policies_db import rulebook
from policies_db.content import SOURCES, read_documents
from policies_db.engine import engine_for, session_for
from policies_db.figures import FIGURES, read_figures
from policies_db.migrate import MIGRATIONS, upgrade
from policies_db.models import Base, Build, Document, Provision
from policies_db.points import PHRASINGS, read_points
from policies_db.records import CONTENT, digest_of, on_record, put_on_record
from policies_db.searching import index_texts, index_version

Report = Callable[[str], None]
#: Modules that turn the files into rows.
_READERS = ("content.py", "points.py", "passages.py", "figures.py", "text.py", "searching.py")


def content_digest() -> str:
    """A digest of all that the database is built from: texts, phrasings, figures, schema, index."""
    folders = ((SOURCES, "*.md"), (PHRASINGS, "*.yml"), (FIGURES, "*.yml"))
    here = Path(__file__).parent
    everything = (*folders, (here / "importer", "*.py"))
    paths = [p for folder, pattern in everything for p in sorted(folder.glob(pattern))]
    paths += sorted((MIGRATIONS / "versions").glob("*.py")) + [here / name for name in _READERS]
    return digest_of(index_version(), paths)


def ensure_database(url: str, report: Report = lambda _: None) -> None:
    """Bring the database at an address up to date: schema by migration, content by rebuilding it.

    Nothing is done when the digest on file agrees. Readers see the old content until the new one is
    complete.

    Raises:
        ContentError: when a source file is wrong.
        RuleError: when a decision rule does not fit the documents.
            In both cases the database is as it was.
    """
    engine = engine_for(url)
    with engine.begin() as connection:
        upgrade(connection)
    wanted = content_digest()
    with session_for(url) as session:
        if on_record(session, CONTENT) == wanted:
            report("policy database: up to date")
        else:
            fill(session, report)
            put_on_record(session, CONTENT, wanted)
        rulebook.check(session, report)
        session.commit()


def fill(session: Session, report: Report = lambda _: None) -> None:
    """Replace the whole content, without committing."""
    report("policy database: reading documents")
    documents = read_documents()
    _empty(session)
    relations = {document.id: list(document.relations) for document in documents}
    for document in documents:
        document.relations = []
        session.add(document)
    session.flush()
    for document in documents:
        document.relations = relations[document.id]
    session.flush()
    _add_points(session, documents, report)
    session.add_all(figure for document in documents for figure in read_figures(document))
    session.flush()
    index_texts(session, report)


def _empty(session: Session) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        if table.name == Build.__tablename__:
            continue
        if table.name == Provision.__tablename__:
            session.execute(table.update().values(parent_id=None))
        session.execute(delete(table))


def _add_points(session: Session, documents: Iterable[Document], report: Report) -> None:
    number = 0
    for document in documents:
        for point in read_points(document):
            number += 1
            point.id = number
            session.add(point)
    report(f"policy database: {number} points")
    session.flush()
