"""Cards as people read them in a terminal: answer, quotes, sources, validity in colour."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.cards import Card

RED, GREEN, YELLOW, BOLD, DIM = "31", "32", "33", "1", "2"
STATUS = {
    "in_force": ("现行有效", GREEN),
    "not_yet_in_force": ("尚未施行", YELLOW),
    "expired": ("已失效", RED),
    "repealed": ("已废止", RED),
    "draft": ("草案，未生效", YELLOW),
    "unknown": ("效力待核实", YELLOW),
}
# Punctuation that does not begin a line.
CLOSING = "，。；：！？、）》」』”’…,.;:!?)"


@dataclass(frozen=True)
class Paper:
    """What is drawn on: `width` in columns, and whether it shows colours."""

    width: int
    colour: bool

    def paint(self, text: str, style: str) -> str:
        """`text` in a style, or as it is."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text

    def wrap(self, text: str, indent: str = "", style: str = "") -> Iterator[str]:
        """Lines of `text` within the width, each after `indent`."""
        room = max(20, self.width - columns(indent))
        for paragraph in printable(text).split("\n"):
            for line in lines(paragraph, room):
                yield indent + self.paint(line, style)


def draw(card: Card, paper: Paper) -> str:
    """A card as text of several lines."""
    drawn = list(paper.wrap(card["answer"], style=BOLD))
    several = len(card["citations"]) > 1
    for number, citation in enumerate(card["citations"], 1):
        drawn += ["", *_citation(citation, f"[{number}] " if several else "", paper)]
    if card["citations"]:
        drawn += ["", paper.paint(f"效力判断日期 {card['as_of']}", DIM)]
    suggestions = card.get("suggestions") or []
    if suggestions:
        drawn.append("")
    for number, suggestion in enumerate(suggestions, 1):
        drawn += paper.wrap(suggestion["title"], f"  {number}. ")
    return "\n".join(drawn)


def _citation(citation: dict[str, Any], mark: str, paper: Paper) -> Iterator[str]:
    yield from paper.wrap(f"「{citation['quote']}」", "  │ ")
    title = " ".join(filter(None, [f"《{citation['title']}》", citation.get("number")]))
    yield from paper.wrap(f"{mark}{title} {citation['article']}", "  ")
    label, style = STATUS[citation["status"]]
    issuer = printable(citation["issuer"])
    yield f"  {paper.paint(label, style)}{period(citation)}  {paper.paint(issuer, DIM)}"
    if citation.get("url"):
        yield f"  {paper.paint(printable(citation['url']), DIM)}"


def period(citation: dict[str, Any]) -> str:
    """The days of validity of a citation in brackets; empty where there are none."""
    start, end = citation.get("effective_from"), citation.get("effective_to")
    if start and end:
        return f"（{start} 至 {end}）"
    if start:
        return f"（{start} 起）"
    return f"（至 {end}）" if end else ""


def printable(text: str) -> str:
    """`text` without what could steer a terminal; line breaks stay."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))


def columns(text: str) -> int:
    """Columns that `text` takes in a terminal."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def lines(text: str, room: int) -> Iterator[str]:
    """`text` broken so that each line fits `room` columns.

    Breaks at a space where there is one in the second half of a line; closing punctuation stays
    with what it closes.
    """
    line, used = "", 0
    for character in text:
        width = _width(character)
        if used + width > room and character not in CLOSING:
            space = line.rfind(" ")
            keep = len(line) if character == " " or space < len(line) // 2 else space
            yield line[:keep]
            line = line[keep:].lstrip()
            used = columns(line)
        line += character
        used += width
    yield line.strip(" ") if line.strip() else line
