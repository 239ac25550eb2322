"""Articles and tasks by their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.about import show, titled_document
from actions.card import card, numbered, titled, warning
from actions.dates import date_asked
from actions.language import framed
from actions.memory import MOST_NAMED
from actions.request import Reply, Request, notice
from actions.wording import say
from policies_db import listing, lookup
from policies_db.conflicts import conflicts
from policies_db.importer.numbering import chinese_number, chinese_numeral
from policies_db.lookup import Cited
from policies_db.mentions import Mention

#: How many documents are offered when it is not clear which is meant.
MOST_OFFERED = MOST_NAMED


def article(session: Session, request: Request, mention: Mention) -> Reply:
    """An article or task by its number; a question back where several documents have one."""
    assert mention.label is not None
    last = request.memory.last
    ids = mention.documents
    if not ids and last and last.provision_ids and "条例" not in request.text:
        ids = (last.provision_ids[0].partition("/")[0],)
    if not ids:
        ids = _numbered(session, mention.label)
    found = [rows for i in ids if (rows := lookup.provisions_at(session, i, mention.label))]
    if not found:
        return notice("refusal", "not_covered", request)
    if len(found) > 1:
        options = [f"{titled_document(rows[0].document)}{mention.label}" for rows in found]
        return ask_which(request, options)
    first = found[0][0]
    on = date_asked(request)
    cited = lookup.cite(session, first, on, lookup.whole(session, first))
    if conflicts(request.text, lookup.surroundings(session, cited), str, local=False):
        return notice("refusal", "not_covered", request)
    return show(request, [cited], headline(cited, request), "rule")


def place_of(number: str, unit: str, here: str) -> str:
    """The label of a number in the manner of a place in the same document: 附件第26项, 第三条."""
    count = int(number) if number.isdigit() else chinese_number(number)
    if here.startswith("附件"):
        return f"附件第{count}项"
    if unit == "款":
        return f"{here.partition('条')[0]}条第{chinese_numeral(count)}款"
    return f"第{chinese_numeral(count)}条"


def headline(cited: Cited, request: Request) -> str:
    """A provision by its place, after what must be said of its validity."""
    line = framed(
        f"{titled(cited)}{numbered(cited)}{cited.label}：{cited.answer}", request.language
    )
    note = warning(cited, request.language)
    return f"{note}\n{line}" if note else line


def _numbered(session: Session, label: str) -> tuple[str, ...]:
    """The documents whose articles, or whose tasks, people name by number alone."""
    if label.startswith("附件"):
        return tuple(listing.documents_with_tasks(session))
    return tuple(d.id for d in lookup.documents(session) if d.numbering == "articles")


def ask_which(request: Request, options: Sequence[str]) -> Reply:
    """A question back: which of these is meant; names and question are kept for the answer."""
    text = say("which_document", request.language)
    names = tuple(options[:MOST_OFFERED])
    lines = [text, *(f"{i}. {name}" for i, name in enumerate(names, 1))]
    answer = "\n".join(lines)
    suggestions = [(name, name) for name in names]
    memory = request.memory.asking(request.text, named=names)
    return Reply(card("clarify", answer, request.today, suggestions=suggestions), answer, memory)
