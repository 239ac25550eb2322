"""Plays conversations against a running assistant over its REST channel."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot import launch, settings
from bot.client import AnswerError, Conversation
from evaluation.judge import Verdict, card_of, judge
from evaluation.questions import Question

Report = Callable[[str], None]
#: Settings of the caller that hold for the assistant that is measured; all others have defaults.
KEPT = ("GUANDA_DATABASE_URL", "GUANDA_ENCODER", "GUANDA_PATCHES", "GUANDA_LOG_LEVEL")
_NEWS = 5.0  # seconds between two lines of progress
_MOST_OPTIONS = 6  # as many as a card can hold


@dataclass(frozen=True)
class Played:
    """The reply to the last turn, or why there is none; `seconds` for each turn.

    `right_option` is the number, from 1, of the offered choice that leads to a right answer, where
    the reply was a choice and one does.
    """

    question: Question
    messages: tuple[dict[str, Any], ...]
    seconds: tuple[float, ...]
    failure: str = ""
    right_option: int | None = None


@contextmanager
def assistant(today: str, report: Report) -> Iterator[str]:
    """The real assistant with its clock at `today`, on free ports of this machine; its address.

    Its conversations are forgotten and no messaging channel is switched on, whatever the caller's
    settings are.

    Raises:
        launch.LaunchError, model.TrainingError, database.DatabaseError: it does not start.
    """
    before = dict(os.environ)
    for name in [n for n in os.environ if n.startswith(settings.PREFIX) and n not in KEPT]:
        del os.environ[name]
    os.environ["GUANDA_TODAY"] = today
    try:
        with (
            tempfile.TemporaryDirectory(prefix="guanda-evaluation-") as folder,
            launch.Assistant(
                report, launch.ACTION_HOST, launch.free_port(), launch.free_port()
            ) as running,
        ):
            os.environ["GUANDA_TRACKER_URL"] = f"sqlite:///{folder}/conversations.sqlite"
            running.start()
            yield running.url
    finally:
        os.environ.clear()
        os.environ.update(before)


def play(questions: Sequence[Question], url: str, report: Report) -> list[Played]:
    """Hold the conversations one after the other, as one user would."""
    played = []
    begun = said = time.monotonic()
    for question in questions:
        played.append(_with_option(_one(question, question.turns, url), url))
        now = time.monotonic()
        if now - said > _NEWS or len(played) == len(questions):
            said = now
            report(f"asked {len(played)} of {len(questions)} ({now - begun:.0f} s)")
    return played


def _one(question: Question, turns: Sequence[str], url: str) -> Played:
    talk, seconds = Conversation(url), []
    messages: list[dict[str, Any]] = []
    try:
        for turn in turns:
            started = time.perf_counter()
            messages = talk.ask(turn)
            seconds.append(time.perf_counter() - started)
    except AnswerError as error:  # a reply that does not come is a result
        return Played(question, (), tuple(seconds), str(error))
    return Played(question, tuple(messages), tuple(seconds))


def _with_option(played: Played, url: str) -> Played:
    """Choose each option of a choice in turn, in a conversation of its own, until one is right."""
    question = played.question
    if verdict_of(played) != "abstained":
        return played
    options = card_of(played.messages).get("suggestions") or []
    for number, option in enumerate(options[:_MOST_OPTIONS], 1):
        again = _one(question, (*question.turns, str(option.get("payload"))), url)
        if verdict_of(again) == "correct":
            return Played(question, played.messages, played.seconds, right_option=number)
    return played


def verdict_of(played: Played) -> Verdict:
    """How a conversation ended."""
    return "error" if played.failure else judge(played.question, played.messages).verdict
