"""The assistant in a terminal: a conversation (`shell`), or one answer (`ask`)."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Iterator

from bot import launch, settings
from bot.cards import Card
from bot.client import AnswerError, Conversation, card_of, text_of
from bot.drawing import BOLD, DIM, Paper, draw, printable
from bot.launch import Assistant, Report

MAX_WIDTH = 100  # columns; longer lines are hard to read
LEAVE = ("exit", "quit", "/exit", "/quit", "/stop", "退出", "再见退出")


def paper() -> Paper:
    """The terminal at hand; no colours where output is not a terminal."""
    width = min(MAX_WIDTH, shutil.get_terminal_size((80, 24)).columns)
    return Paper(width, sys.stdout.isatty())


@contextlib.contextmanager
def reachable(report: Report) -> Iterator[str]:
    """URL of the assistant: the one that runs, else one started for the duration."""
    running = launch.address(settings.HOST.get(), settings.PORT.get())
    if launch.answers(f"{running}/webhooks/rest/"):
        yield running
        return
    with Assistant(report, "127.0.0.1", launch.free_port(), launch.free_port()) as own:
        own.start()
        yield own.url


def ask(question: str, as_json: bool, report: Report) -> None:
    """Print one answer: drawn, or its card as JSON."""
    with reachable(report) as url:
        messages = Conversation(url).ask(question)
    card = card_of(messages)
    if as_json:
        print(json.dumps(card if card else messages, ensure_ascii=False, indent=2))
    else:
        print(draw(card, paper()) if card else printable(text_of(messages)))


def shell(report: Report) -> None:
    """Talk until the user leaves; `exit`, Ctrl-D or Ctrl-C end it."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  (line editing for `input`)
    with reachable(report) as url:
        conversation = Conversation(url)
        sheet = paper()
        print(sheet.paint("关答 Guanda", BOLD), sheet.paint("输入问题；exit 离开", DIM))
        suggestions: list[str] = []
        while True:
            try:
                typed = input("\n> ").strip()
            except EOFError:
                print()
                return
            if typed.lower() in LEAVE:
                return
            if typed.isdigit() and 0 < int(typed) <= len(suggestions):
                typed = suggestions[int(typed) - 1]
            suggestions = _turn(conversation, typed, paper())


def _turn(conversation: Conversation, typed: str, sheet: Paper) -> list[str]:
    """Ask, draw the reply, and return what its suggestions send."""
    try:
        messages = conversation.ask(typed)
    except AnswerError as error:
        print(f"guanda: {error}")
        return []
    card: Card | None = card_of(messages)
    print()
    print(draw(card, sheet) if card else printable(text_of(messages)))
    return [each["payload"] for each in (card or {}).get("suggestions") or []]
