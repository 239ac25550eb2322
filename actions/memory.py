"""What the assistant remembers of a conversation, kept in one slot that only actions set."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass, field, replace
from typing import Any

#: How many earlier questions can be returned to.
LONGEST = 12


@dataclass(frozen=True)
class Shown:
    """An answer that was given: the question, the points and provisions, best first, the date."""

    question: str
    point_ids: tuple[int, ...] = ()
    provision_ids: tuple[str, ...] = ()
    as_of: str | None = None


@dataclass(frozen=True)
class Memory:
    """Answers so far, oldest first; options last offered and for which question; the decision
    that is being made."""

    shown: tuple[Shown, ...] = ()
    options: tuple[int, ...] = ()
    question: str = ""
    decision: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_slot(cls, value: object) -> Memory:
        """Read the slot; anything that is not a memory is an empty one."""
        if not isinstance(value, dict):
            return cls()
        shown = tuple(
            Shown(
                str(item.get("question", "")),
                tuple(item.get("point_ids") or ()),
                tuple(item.get("provision_ids") or ()),
                item.get("as_of"),
            )
            for item in value.get("shown") or ()
        )
        return cls(
            shown,
            tuple(value.get("options") or ()),
            str(value.get("question") or ""),
            dict(value.get("decision") or {}),
        )

    def as_slot(self) -> dict[str, Any]:
        """The value of the slot, plain JSON."""
        return asdict(self)

    @property
    def last(self) -> Shown | None:
        """The last answer that was given."""
        return self.shown[-1] if self.shown else None

    def showing(self, shown: Shown) -> Memory:
        """The memory after an answer; the first one is kept, later ones drop out in turn."""
        kept = (*self.shown, shown)
        if len(kept) > LONGEST:
            kept = (kept[0], *kept[2:])
        return replace(self, shown=kept, options=(), question="")


def date_of(shown: Shown | None, default: datetime.date) -> datetime.date:
    """The date an answer was judged for, else the default."""
    if shown is None or not shown.as_of:
        return default
    return datetime.date.fromisoformat(shown.as_of)
