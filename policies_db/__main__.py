"""The staff's command line: `python -m policies_db --help`."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from policies_db import lookup
from policies_db.build import ensure_database
from policies_db.content import ContentError
from policies_db.copies import differences
from policies_db.engine import session_for
from policies_db.importer.draft import draft_source
from policies_db.models import Document, Figure, Provision
from policies_db.searching import searcher_for
from policies_db.settings import SettingError, database_url, today
from policies_db.validity import standing

Command = Callable[[Session, argparse.Namespace], Iterable[str]]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when something is wrong, 2 on bad usage."""
    args = _parser().parse_args(arguments)
    try:
        if args.command == "import":
            print(*_import(args), sep="\n")
            return 0
        url = database_url()
        ensure_database(url, lambda line: print(line, file=sys.stderr))
        with session_for(url) as session:
            print(*args.run(session, args), sep="\n")
    except (ContentError, SettingError, LookupError, OSError, ValueError) as error:
        print(f"policies_db: {error.args[0] if error.args else error}", file=sys.stderr)
        return 1
    except SQLAlchemyError as error:
        print(f"policies_db: database: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="policies_db", description=__doc__)
    parser.add_argument(
        "--on",
        type=datetime.date.fromisoformat,
        default=today(),
        metavar="DATE",
        help="the date that validity is judged for (default: today)",
    )
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, run: Command, text: str, *names: str) -> None:
        command = commands.add_parser(name, help=text)
        command.set_defaults(run=run)
        for argument in names:
            command.add_argument(argument)

    add("documents", _documents, "list the documents with their validity")
    add("show", _show, "a document with its provisions", "document")
    add("provision", _provision, "what stands at a place of a document", "document", "place")
    add("search", _search, "the points that answer a question", "question")
    add("validity", _validity, "whether a document is valid on the date", "document")
    add("figures", _figures, "the typed figures of a document's rules", "document")
    add("repairs", _repairs, "what was done to the layout of the originals")
    add("copies", _copies, "where the second copy of a document differs from the one on file")
    add("check", _check, "build the database anew in memory and say what it holds")
    bring = commands.add_parser("import", help="draft a source file from a text file")
    bring.add_argument("file", type=Path)
    bring.add_argument("--id", required=True, help="the id of the new document")
    return parser


def _documents(session: Session, args: argparse.Namespace) -> Iterable[str]:
    for document in lookup.documents(session):
        judged = standing(session, document, args.on)
        yield f"{document.id:24} {judged.status:16} {document.number or '—'}  {document.title}"


def _found(session: Session, document_id: str) -> Document:
    document = lookup.document(session, document_id)
    if document is None:
        raise LookupError(f"no document {document_id!r}; `documents` lists them")
    return document


def _show(session: Session, args: argparse.Namespace) -> Iterable[str]:
    document = _found(session, args.document)
    yield f"{document.title}  {document.number or ''}"
    yield f"{document.issuer or ''}  {document.level}"
    yield from _validity(session, args)
    for relation in document.relations:
        yield f"{relation.kind}: {relation.target_id or relation.number or ''}"
    for part in document.missing:
        yield f"not on file: {part.name}"
    for provision in document.provisions:
        yield _line(provision)


def _line(provision: Provision) -> str:
    return f"[{provision.label}] {provision.text}"


def _provision(session: Session, args: argparse.Namespace) -> Iterable[str]:
    _found(session, args.document)
    provisions = lookup.provisions_at(session, args.document, args.place)
    if not provisions:
        raise LookupError(f"{args.document}: no place {args.place!r}")
    return [_line(provision) for provision in provisions]


def _search(session: Session, args: argparse.Namespace) -> Iterable[str]:
    result = searcher_for(database_url()).search(args.question)
    yield f"{result.zone}  covered {result.covered:.2f}"
    cited = lookup.points(session, [hit.point_id for hit in result.hits], args.on)
    for hit, point in zip(result.hits, cited, strict=True):
        yield f"{hit.confidence:.2f} {point.provision_id} ({point.standing.status}) {point.answer}"


def _validity(session: Session, args: argparse.Namespace) -> Iterable[str]:
    document = _found(session, args.document)
    judged = standing(session, document, args.on)
    yield f"{judged.status} on {args.on}: {judged.effective_from} to {judged.effective_to or '…'}"
    if judged.plan_ended:
        after = judged.continues or "nothing is said of what follows"
        yield f"plan period ended {judged.plan_ended}; {after}"
    for provision in document.provisions:
        for own in provision.validities:
            yield f"[{provision.label}] {own.effective_from} to {own.effective_to}: {own.quote}"


def _figures(session: Session, args: argparse.Namespace) -> Iterable[str]:
    document = _found(session, args.document)
    rows = session.query(Figure).join(Provision).filter(Provision.document_id == document.id)
    for row in rows.order_by(Figure.id):
        upper = f" to {row.upper}" if row.upper else ""
        figure = f"{row.comparison} {row.value}{upper} {row.unit}"
        yield f"[{row.provision.label}] {row.kind} {row.subject}: {figure}"


def _repairs(session: Session, args: argparse.Namespace) -> Iterable[str]:
    for document in session.query(Document).order_by(Document.position):
        for repair in document.repairs:
            lines = f"{repair.first_line}–{repair.last_line}"
            done = f"{document.id} {repair.kind} {lines}: {repair.printed}"
            yield f"{done}  {repair.why}" if repair.why else done


def _copies(session: Session, args: argparse.Namespace) -> Iterable[str]:
    return differences()


def _check(session: Session, args: argparse.Namespace) -> Iterable[str]:
    for name, table in (("documents", Document), ("provisions", Provision), ("figures", Figure)):
        yield f"{name}: {session.query(table).count()}"


def _import(args: argparse.Namespace) -> Iterable[str]:
    path = draft_source(args.file, args.id)
    yield f"{path}: draft written; fill in its metadata, read it against the original, then rebuild"


if __name__ == "__main__":
    sys.exit(main())
