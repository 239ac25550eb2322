"""A first source file for a new document, from its text: for a person to complete and check."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

from policies_db.content import SOURCES, ContentError
from policies_db.importer.layout import Line, lay_out
from policies_db.importer.sourcefile import SourceFile

#: The longest text file that is taken, in bytes.
MAX_BYTES = 5_000_000
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_NUMBER = re.compile(r"[\u4e00-\u9fff]+[〔\[]\d{4}[〕\]]第?\d+号|\d{4}年第\d+号")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def draft_source(file: Path, document_id: str, folder: Path = SOURCES) -> Path:
    """Lay out a text file and write its source file, with the metadata that can be guessed.

    Raises:
        ContentError: when the id is malformed or taken, or the file is too large, empty or not
            UTF-8 text.
    """
    path = folder / f"{document_id}.md"
    if not _ID.fullmatch(document_id):
        raise ContentError(f"--id {document_id!r}: use small letters, digits and hyphens")
    if path.exists():
        raise ContentError(f"{path} exists; choose another --id or remove it first")
    if file.stat().st_size > MAX_BYTES:
        raise ContentError(f"{file} is larger than {MAX_BYTES} bytes; split it first")
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ContentError(f"{file} is not UTF-8 text; convert it first") from None
    layout = lay_out([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])
    if not layout.paragraphs:
        raise ContentError(f"{file} holds no text")
    paragraphs = [paragraph.text for paragraph in layout.paragraphs]
    repairs: list[dict[str, Any]] = [
        {"kind": "page number", "lines": [line.number] * 2, "printed": line.text.strip()}
        for line in layout.furniture
    ]
    SourceFile(_guessed(document_id, paragraphs), repairs, paragraphs).write(path)
    return path


def _guessed(document_id: str, paragraphs: list[str]) -> dict[str, Any]:
    whole = "\n".join(paragraphs)
    number, date = _NUMBER.search(whole), _DATE.search(whole)
    issued = datetime.date(*(int(part) for part in date.groups())) if date else None
    articles = sum(bool(re.match(r"第[一二三四五六七八九十百]+条", text)) for text in paragraphs)
    return {
        "id": document_id,
        "title": paragraphs[0],
        "number": number.group() if number else None,
        "issuer": None,
        "issuers": [],
        "level": "地方规范性文件",
        "numbering": "articles" if articles > 2 else "plan",
        "issued_on": issued,
        "effective_from": issued,
        "effective_to": None,
        "effective_basis": None,
    }
