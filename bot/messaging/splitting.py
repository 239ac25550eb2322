"""Long texts in several messages: under a number of bytes, at sentence ends, numbered."""

from __future__ import annotations

import unicodedata

MOST = 5  # messages of one answer
CUT_SHORT = "…（内容较长，其余未显示；请问得更具体一些）"
_MARK_SIZE = 64  # bytes for "（5/5）" before a piece and words.MORE behind it
_LINES = ("\n\n", "\n")
_BEST_FIRST = (*_LINES, "。！？；!?;", "，、：,: ")
_CLOSING = "」』”’）》】)]\"'"
_JOINER = "\u200d"


def split(text: str, limit: int, tail: str = "", most: int = MOST) -> list[str]:
    """Messages of fewer than `limit` bytes that hold `text` and, in the last one, all of `tail`.

    What does not fit into `most` messages is left out, and the last one says so.
    """
    whole = _joined(text.strip(), tail)
    if _size(whole) < limit:
        return [whole]
    room = limit - _MARK_SIZE
    tail = tail if _size(tail) < room // 2 else _prefix(tail, room // 2)
    last_room = room - _size(tail) - 1
    pieces: list[str] = []
    rest = text.strip()
    while _size(rest) >= last_room and len(pieces) < most - 1:
        piece = _piece(rest, room)
        pieces.append(piece.strip())
        rest = rest[len(piece) :].strip()
    if _size(rest) >= last_room:
        rest = _piece(rest, last_room - _size(CUT_SHORT)).strip() + CUT_SHORT
    pieces.append(_joined(rest, tail))
    pieces = [piece for piece in pieces if piece]
    return [f"（{number}/{len(pieces)}）\n{piece}" for number, piece in enumerate(pieces, 1)]


def _joined(text: str, tail: str) -> str:
    return f"{text}\n{tail}" if text and tail else text or tail


def _piece(text: str, room: int) -> str:
    """The start of `text`, at most `room` bytes, up to where it is best cut."""
    start = _prefix(text, room)
    if len(start) == len(text):
        return start
    for ends in _BEST_FIRST:
        cut = start.rfind(ends) + len(ends) if ends in _LINES else _after_last(start, ends)
        if cut > len(start) // 2:
            return start[:cut]
    return start


def _after_last(text: str, ends: str) -> int:
    """Position after the last of these characters and the brackets that it closes; 0: none."""
    for position in range(len(text) - 1, -1, -1):
        if text[position] in ends:
            position += 1
            while position < len(text) and text[position] in _CLOSING:
                position += 1
            return position
    return 0


def _prefix(text: str, room: int) -> str:
    """At most `room` bytes of the start of `text`, never a part of a character."""
    start = text.encode()[:room].decode("utf-8", "ignore")
    end = len(start)
    while 0 < end < len(text) and _continues(text[end - 1], text[end]):
        end -= 1
    return start[: end or len(start)]


def _continues(before: str, character: str) -> bool:
    """Whether a character belongs to the one before it, as accents and parts of emoji do."""
    return (
        before == _JOINER
        or character == _JOINER
        or bool(unicodedata.combining(character))
        or unicodedata.category(character) in ("Mn", "Me")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def _size(text: str) -> int:
    return len(text.encode())
