"""The command line: `python -m bot run|shell|ask|train|db|bench`."""

from __future__ import annotations

import argparse
import sys
import time

from bot import database, launch, model, settings, shell
from bot.client import AnswerError
from bot.processes import Stopped, say, stoppable

EXAMPLE = '{"sender": "me", "message": "高级认证企业有哪些优惠？"}'


FAILURES = (AnswerError, database.DatabaseError, launch.LaunchError, model.TrainingError)


def run() -> None:
    """Serve until stopped, with every step on the terminal."""
    started = time.monotonic()
    host, port = settings.HOST.get(), settings.PORT.get()
    with launch.Assistant(say, host, port, settings.ACTION_PORT.get()) as assistant:
        assistant.start()
        webhook = f"{assistant.url}/webhooks/rest/webhook"
        say(f"\n关答 Guanda is ready after {time.monotonic() - started:.0f} s: {assistant.url}")
        if settings.REST.get():
            say(f"  curl -s {webhook} -H 'Content-Type: application/json' -d '{EXAMPLE}'")
        say("  logs are in var/log; Ctrl-C stops it")
        assistant.watch()


def quietly(text: str) -> None:
    """Report progress beside the answer, not in it."""
    print(text, file=sys.stderr, flush=True)


def bench() -> None:
    """Measure, with progress beside the table; needs what `make bench` installs."""
    from bot import bench as measure
    from bot.stock import StockError

    try:
        print(measure.bench(quietly))
    except StockError as error:
        raise launch.LaunchError(str(error)) from error


def parser() -> argparse.ArgumentParser:
    """Commands and their options."""
    top = argparse.ArgumentParser(prog="python -m bot", description="关答 Guanda")
    commands = top.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="serve on GUANDA_HOST and GUANDA_PORT")
    commands.add_parser("shell", help="a conversation in the terminal")
    ask = commands.add_parser("ask", help="one answer")
    ask.add_argument("--json", action="store_true", help="print the card")
    ask.add_argument("question")
    commands.add_parser("train", help="train the model if what it learns from has changed")
    commands.add_parser("bench", help="latency and throughput beside a stock Rasa")
    commands.add_parser("db", help="build the policy database if its sources have changed")
    return top


def dispatch(arguments: argparse.Namespace) -> None:
    """Do what was asked for."""
    if arguments.command == "run":
        run()
    elif arguments.command == "shell":
        shell.shell(quietly)
    elif arguments.command == "ask":
        if not arguments.question.strip():
            raise launch.LaunchError("nothing was asked: make ask Q='…'")
        shell.ask(arguments.question, arguments.json, quietly)
    elif arguments.command == "train":
        model.ensure(say)
    elif arguments.command == "bench":
        bench()
    else:
        database.ensure(say)


def main(argv: list[str]) -> int:
    """Run a command; returns the exit code: 0, 1 for a failure, 2 for a wrong setting."""
    arguments = parser().parse_args(argv)
    settings.check_or_exit()
    try:
        with stoppable():
            dispatch(arguments)
    except Stopped:
        say("\nstopped" if arguments.command == "run" else "")
    except FAILURES as error:
        print(f"guanda: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
