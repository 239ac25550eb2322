"""The bureaus that a provision makes responsible, read from the parenthesis that it ends with."""

from __future__ import annotations

import re

_OPENING, _CLOSING = "（(〔", "）)〕"
_NAMES_BUREAUS = re.compile(r"单位[：:]|负责|牵头")
_ROLE = re.compile(
    r"(责任|牵头|配合|参与)单位[：:]|按照?职责分工(负责|落实)?|牵头|参加|参与|配合|负责|等$"
)
_ASIDE = re.compile(r"[（(〔][^（(〔）)〕]*[）)〕]")
_LONGEST_NAME = 24


def bureaus_of(text: str) -> list[str]:
    """The names in 「（责任单位：…）」 or 「（…负责）」 at the end of a text, as printed."""
    inside = _last_parenthesis(text.rstrip("。；"))
    if not _NAMES_BUREAUS.search(inside):
        return []
    names = _ROLE.sub("", _ASIDE.sub("", inside))
    parts = (part.strip() for part in re.split(r"[、，；,;]", names))
    return [part for part in parts if 1 < len(part) < _LONGEST_NAME]


def _last_parenthesis(text: str) -> str:
    """What stands in the parenthesis that closes a text, nested ones included; else nothing."""
    if not text or text[-1] not in _CLOSING:
        return ""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] in _CLOSING) - (text[index] in _OPENING)
        if depth == 0:
            return text[index + 1 : -1]
    return ""
