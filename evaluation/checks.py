"""What must hold for every card, whatever was asked: the contract, and quotes word for word."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

import jsonschema

from policies_db import lookup
from policies_db.content import compact
from policies_db.engine import session_for
from policies_db.settings import ROOT, database_url

SCHEMA = ROOT / "actions" / "answer-card.schema.json"


@functools.lru_cache(maxsize=1)
def _validator() -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def breaches(card: Mapping[str, Any]) -> list[str]:
    """Where a card does not fit the contract, a line each."""
    return [
        f"{'/'.join(map(str, error.absolute_path)) or 'card'}: {error.message[:200]}"
        for error in _validator().iter_errors(card)
    ]


@functools.cache
def _text(document_id: str) -> str:
    with session_for(database_url()) as session:
        return lookup.full_text(session, document_id)


def misquotes(card: Mapping[str, Any]) -> list[str]:
    """Quotes of a card that do not stand as they are, white space aside, in the document."""
    found = []
    for citation in card.get("citations") or []:
        quote, document = citation.get("quote") or "", citation.get("document_id") or ""
        if not quote or compact(quote) not in _text(document):
            found.append(f"{document} {citation.get('article')}: 「{quote[:80]}」")
    return found
