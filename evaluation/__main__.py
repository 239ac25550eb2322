"""The command: `python -m evaluation`, or `make eval`."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from bot import settings
from bot.__main__ import FAILURES
from bot.processes import Stopped, say, stoppable
from evaluation import play, report, runs, search
from evaluation.questions import FINAL, LOOK, OWN, WRITTEN_FOR, QuestionError, read


def evaluate(path: Path, part: str, today: str, folder: Path, with_search: bool) -> None:
    """Play a set against the assistant, judge it, and write the report into a folder.

    Raises:
        QuestionError: the file cannot be used.
        launch.LaunchError, model.TrainingError, database.DatabaseError: the assistant does not run.
    """
    questions = read(path, part)
    named = part if any(question.part for question in questions) else ""
    with play.assistant(today, say) as url:
        played = play.play(questions, url, say)
    say("judging")
    run = runs.record(path.stem, named, today, played)
    earlier = runs.load(folder)
    comparison = runs.compare(run, earlier)
    runs.save(run, folder)
    figures = search.measured(say, folder) if with_search else None
    others = [each for each in report.latest(earlier) if each.key != run.key]
    written = folder / "report.html"
    written.write_text(report.page(run, comparison, others, figures), encoding="utf-8")
    say(f"\n{report.summary(run, comparison)}\n\nreport: {written}")


def _date(text: str) -> str:
    return datetime.date.fromisoformat(text).isoformat()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make eval ARGS=…", description="Measure the assistant; see docs/evaluation.md."
    )
    parser.add_argument(
        "--part",
        choices=(LOOK, FINAL),
        default=LOOK,
        help="part of the set: the one that may be looked at, or the one for the final figure only",
    )
    parser.add_argument("--file", type=Path, default=OWN, help="another set of the same format")
    parser.add_argument(
        "--today", type=_date, default=WRITTEN_FOR, help="date that the set's answers hold for"
    )
    parser.add_argument(
        "--into", type=Path, default=runs.FOLDER, help="folder for the report and for what is kept"
    )
    parser.add_argument(
        "--no-search", action="store_true", help="leave out the figures of the search"
    )
    return parser


def main(argv: list[str]) -> int:
    """Run the command; returns the exit code: 0, 1 for a failure, 2 for a wrong setting."""
    options = _parser().parse_args(argv)
    settings.check_or_exit()
    try:
        with stoppable():
            evaluate(options.file, options.part, options.today, options.into, not options.no_search)
    except Stopped:
        say("\nstopped")
        return 1
    except (QuestionError, *FAILURES) as error:
        print(f"guanda: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
