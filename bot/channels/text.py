"""What a channel lets through of what a stranger typed."""

from __future__ import annotations

import unicodedata

# Invisible characters that reorder or hide text. The zero-width joiner stays: emoji need it.
_HIDDEN = frozenset(
    "\u200b\u200c\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
) | frozenset(map(chr, range(0x2066, 0x206A)))
_CONTROL = frozenset(("Cc", "Cs"))
# Rasa reads a message that starts with this as a command that names an intent and sets slots.
_COMMAND = "/"
_PLAIN_SLASH = "\uff0f"  # ／


def clean(text: str) -> str:
    """The text as plain words.

    Control characters, lone surrogates and invisible direction marks are removed, line breaks and
    tabs become spaces, and a leading slash becomes the full-width one, so that Rasa never takes a
    message for a command.
    """
    spaced = text.replace("\r", " ").replace("\n", " ").replace("\t", " ")
    kept = "".join(
        character
        for character in spaced
        if character not in _HIDDEN and unicodedata.category(character) not in _CONTROL
    ).strip()
    if kept.startswith(_COMMAND):
        return _PLAIN_SLASH + kept[len(_COMMAND) :]
    return kept
