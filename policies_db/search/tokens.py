"""The tokens of a text in the four views, and how they are stored as one string."""

from __future__ import annotations

from dataclasses import dataclass

from policies_db import text as t

_VIEWS = "\t"


@dataclass(frozen=True)
class Tokens:
    """A text split into characters, words, sounds and (for the index) initials of words."""

    chars: list[str]
    words: list[str]
    sounds: list[str]

    @classmethod
    def of_text(cls, text: str) -> Tokens:
        """Tokens of a text that is to be found."""
        normal = t.normalise(text, numerals=True)
        words = t.word_tokens(normal)
        initials = [f"~{letters}" for letters in t.word_initials(words)]
        return cls(t.char_tokens(normal), words, t.sound_tokens(normal) + initials)

    @classmethod
    def of_question(cls, normal: str) -> Tokens:
        """Tokens of a question that was normalised with numerals."""
        initials = [f"~{letters}" for letters in t.typed_initials(normal)]
        return cls(t.char_tokens(normal), t.word_tokens(normal), t.sound_tokens(normal) + initials)

    @classmethod
    def parse(cls, stored: str) -> Tokens:
        """Back from `str()`."""
        chars, words, sounds = (view.split(" ") if view else [] for view in stored.split(_VIEWS))
        return cls(chars, words, sounds)

    def __str__(self) -> str:
        return _VIEWS.join(" ".join(view) for view in (self.chars, self.words, self.sounds))
