"""A card as plain text, and as the markdown that WeCom shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.cards import Card
from bot.drawing import STATUS, period

CHOOSE = "回复数字继续："


def text(card: Card) -> str:
    """Answer, quotes with source and validity, as any client shows them.

    The answer of a decision tells its tests.
    """
    blocks = [card["answer"]]
    several = len(card["citations"]) > 1
    for number, citation in enumerate(card["citations"], 1):
        blocks.append("\n".join(_citation(citation, f"[{number}] " if several else "")))
    if card["citations"]:
        blocks.append(f"效力判断日期：{card['as_of']}")
    return "\n\n".join(blocks)


def markdown(card: Card) -> str:
    """The same in the markdown that WeCom shows: quotes as quotes."""
    blocks = [card["answer"]]
    several = len(card["citations"]) > 1
    for number, citation in enumerate(card["citations"], 1):
        quote, *others = _citation(citation, f"[{number}] " if several else "")
        quoted = "\n".join(f"> {line}" for line in quote.split("\n"))
        blocks.append("\n\n".join([quoted, "\n".join(others)]))
    if card["citations"]:
        blocks.append(f"效力判断日期：{card['as_of']}")
    return "\n\n".join(blocks)


def numbered(titles: list[str]) -> str:
    """Options, to be answered by their number."""
    if not titles:
        return ""
    lines = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    return "\n".join(["", CHOOSE, *lines])


def lists(body: str, titles: list[str]) -> bool:
    """Whether a text has a numbered line that begins with the title of each option."""
    return all(f"\n{number}. {title}" in body for number, title in enumerate(titles, 1))


def _citation(citation: dict[str, Any], mark: str) -> Iterator[str]:
    yield f"{mark}「{citation['quote']}」"
    title = citation["title"] if "《" in citation["title"] else f"《{citation['title']}》"
    number = f"（{citation['number']}）" if citation.get("number") else ""
    yield f"出处：{title}{number} {citation['article']}"
    if citation["issuer"]:
        yield f"发文机关：{citation['issuer']}"
    yield f"效力：{STATUS[citation['status']][0]}{period(citation)}"
    if citation.get("url"):
        yield f"全文：{citation['url']}"
