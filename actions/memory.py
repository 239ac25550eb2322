"""What the assistant remembers of a conversation, kept in one slot that only actions set."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

#: How many earlier questions can be returned to.
LONGEST = 12
#: Most ids of one answer and messages of one case; characters of a message; where ids end.
MOST_ITEMS, LONGEST_TEXT, HIGHEST_ID = 60, 2000, 2**31
#: Most documents or places that are offered by name.
MOST_NAMED = 6


@dataclass(frozen=True)
class Shown:
    """An answer that was given: the question, the points and provisions, best first, the date."""

    question: str
    point_ids: tuple[int, ...] = ()
    provision_ids: tuple[str, ...] = ()
    as_of: str | None = None


@dataclass(frozen=True)
class Memory:
    """Answers so far, oldest first; options last offered and for which question, as points or, of
    documents and places, by name; the decision that is being made; the id of the message answered
    last."""

    shown: tuple[Shown, ...] = ()
    options: tuple[int, ...] = ()
    question: str = ""
    decision: dict[str, Any] = field(default_factory=dict)
    answered: str = ""
    named: tuple[str, ...] = ()

    @classmethod
    def from_slot(cls, value: object) -> Memory:
        """Read the slot; what is not as an action left it, or too much of it, is left out."""
        stored = _mapping(value)
        return cls(
            tuple(_shown(item) for item in _items(stored.get("shown"), dict, LONGEST)),
            _whole(stored.get("options")),
            _text(stored.get("question")),
            _case(_mapping(stored.get("decision"))),
            _text(stored.get("answered")),
            tuple(_text(name) for name in _items(stored.get("named"), str, MOST_NAMED)),
        )

    def as_slot(self) -> dict[str, Any]:
        """The value of the slot, plain JSON, no more of it than will be read again."""
        kept = Memory.from_slot(self._plain())
        return kept._plain()

    def _plain(self) -> dict[str, Any]:
        return {**vars(self), "shown": [dict(vars(shown)) for shown in self.shown]}

    @property
    def is_new(self) -> bool:
        """Whether nothing has been said yet that a message could lean on."""
        return not (self.shown or self.question or self.decision)

    @property
    def waits(self) -> bool:
        """Whether a case is open that asked for a fact."""
        return bool(self.decision.get("asked"))

    @property
    def last(self) -> Shown | None:
        """The last answer that was given."""
        return self.shown[-1] if self.shown else None

    @property
    def asked_last(self) -> str:
        """The question that was answered last or is open; empty at the start."""
        return self.question or (self.last.question if self.last else "")

    def showing(self, shown: Shown) -> Memory:
        """The memory after an answer; the first one is kept, later ones drop out in turn.

        A question that a choice was offered for is kept as one that was answered with it, where
        the answer is to another question.
        """
        left = self.options and not shown.question.startswith(self.question)
        passed = (Shown(self.question, self.options),) if left else ()
        kept = (*self.shown, *passed, shown)
        if len(kept) > LONGEST:
            kept = (kept[0], *kept[1 - LONGEST :])
        return replace(self.asking(""), shown=kept)

    def asking(
        self, question: str, *, options: tuple[int, ...] = (), named: tuple[str, ...] = ()
    ) -> Memory:
        """The memory while a question is open; what was offered for another is no longer meant."""
        return replace(self, question=question, options=options, named=named)

    def chosen(self, name: str) -> str:
        """The question that was asked back for, with the name that was chosen for it."""
        return f"{name} {self.question}"


def _shown(item: Mapping[str, Any]) -> Shown:
    return Shown(
        _text(item.get("question")),
        _whole(item.get("point_ids")),
        tuple(_items(item.get("provision_ids"), str)),
        item.get("as_of") if _is_date(item.get("as_of")) else None,
    )


def _case(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The open case: rule, turns of (message, fact asked for before it), and what is asked.

    `told_to` and `told` are rule and turns of the case that it is another aspect of.
    """
    if not stored:
        return {}
    return {
        "rule": _text(stored.get("rule")),
        "turns": _turns(stored.get("turns")),
        "told_to": _text(stored.get("told_to")),
        "told": _turns(stored.get("told")),
        "refused": _items(stored.get("refused"), str),
        "asked": _text(stored.get("asked")),
        "question": _text(stored.get("question")),
        "as_of": stored.get("as_of") if _is_date(stored.get("as_of")) else None,
    }


def _turns(stored: object) -> list[list[str]]:
    return [
        [_text(part) for part in turn]
        for turn in _items(stored, list)
        if len(turn) == 2 and all(isinstance(part, str) for part in turn)
    ]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: object, kind: type, most: int = MOST_ITEMS) -> list[Any]:
    """The last of the items of a list that are of a kind."""
    items = value if isinstance(value, (list, tuple)) else ()
    return [item for item in items if isinstance(item, kind)][-most:]


def _whole(value: object) -> tuple[int, ...]:
    """Ids: whole numbers that a database takes."""
    return tuple(number for number in _items(value, int) if 0 < number < HIGHEST_ID)


def _text(value: object) -> str:
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def date_of(shown: Shown | None, default: datetime.date) -> datetime.date:
    """The date an answer was judged for, else the default."""
    if shown is None or not shown.as_of:
        return default
    return datetime.date.fromisoformat(shown.as_of)
