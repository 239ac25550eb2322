"""The page that a person opens, and the short table for the terminal."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evaluation import plots
from evaluation.judge import VERDICTS
from evaluation.questions import FINAL
from evaluation.runs import Comparison, Ended, Run

_SURE = 1.96  # standard deviations of a 95% interval


@dataclass(frozen=True)
class Row:
    """A line of a table: how many conversations, and the share of each verdict."""

    name: str
    count: int
    shares: Mapping[str, float]


@dataclass(frozen=True)
class Latency:
    """Time of the judged answers, milliseconds."""

    median: float
    p95: float
    plot: str


def rows(ended: Sequence[Ended], of: Callable[[Ended], str]) -> list[Row]:
    """Shares by some property, the most frequent first."""
    groups: dict[str, list[Ended]] = defaultdict(list)
    for each in ended:
        groups[of(each)].append(each)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_row(name or "–", group) for name, group in ordered]


def _row(name: str, ended: Sequence[Ended]) -> Row:
    count = Counter(each.verdict for each in ended)
    return Row(name, len(ended), {v: count[v] / max(len(ended), 1) for v in VERDICTS})


def interval(share: float, count: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share: where it would lie with other questions of the kind."""
    spread = _SURE**2 / count
    middle = (share + spread / 2) / (1 + spread)
    half = _SURE * math.sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    return middle - half, middle + half


def latency(ended: Sequence[Ended]) -> Latency | None:
    """Median, 95th percentile and histogram; None where nothing was answered."""
    times = sorted(1000 * each.seconds for each in ended if each.verdict != "error")
    if not times:
        return None
    median, p95 = statistics.median(times), times[round(0.95 * (len(times) - 1))]
    marks = {"median": median, "p95": p95}
    return Latency(median, p95, plots.histogram(times, "time of an answer", " ms", marks))


def causes(ended: Sequence[Ended]) -> list[tuple[str, list[Ended]]]:
    """What is not right by cause, the most frequent first."""
    groups: dict[str, list[Ended]] = defaultdict(list)
    for each in ended:
        if each.cause:
            groups[each.cause].append(each)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def latest(runs: Sequence[Run]) -> list[Run]:
    """The last run of each set."""
    return list({run.key: run for run in runs}.values())


def page(
    run: Run,
    comparison: Comparison | None,
    others: Sequence[Run],
    search: Mapping[str, Any] | None,
) -> str:
    """The report of a run as HTML that needs nothing else.

    `others` are the last runs of other sets, shown beside this one; `search` the figures of
    `evaluation.search.measured`, None where they were left out.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["share"] = lambda value: f"{100 * value:.1f}%"
    environment.filters["svg"] = Markup
    environment.globals["interval"] = interval
    drawn = {}
    if search is not None:
        drawn = {
            "right": plots.reliability(search["right"]["bins"], "the first hit was right"),
            "covered": plots.reliability(search["covered"]["bins"], "it was covered"),
        }
    return environment.get_template("report.html").render(
        run=run,
        sealed=run.part == FINAL,
        total=_row(run.key, run.ended),
        beside=[_row(each.key, each.ended) for each in (run, *others)],
        moments={each.key: each for each in (run, *others)},
        tables={
            "kind": rows(run.ended, lambda each: each.kind),
            "language": rows(run.ended, lambda each: each.lang),
            "topic": [] if run.part == FINAL else rows(run.ended, lambda each: each.topic),
        },
        causes=causes(run.ended),
        comparison=comparison,
        latency=latency(run.ended),
        search=search,
        plots=drawn,
        breaches=[each for each in run.ended if each.breaches],
        misquotes=[each for each in run.ended if each.misquotes],
    )


def summary(run: Run, comparison: Comparison | None) -> str:
    """A short table for the terminal."""
    head = f"{'':<12}{'n':>5}" + "".join(f"{verdict:>11}" for verdict in VERDICTS)
    lines = [head]
    for row in [*rows(run.ended, lambda each: each.kind), _row("all", run.ended)]:
        shares = "".join(f"{row.shares[verdict]:>11.1%}" for verdict in VERDICTS)
        lines.append(f"{row.name:<12}{row.count:>5}{shares}")
    time = latency(run.ended)
    if time is not None:
        lines.append(f"time of an answer: median {time.median:.0f} ms, p95 {time.p95:.0f} ms")
    if comparison is not None:
        lines.append(
            f"since {comparison.before.at}: {len(comparison.better)} better,"
            f" {len(comparison.worse)} worse"
        )
    broken = sum(bool(each.breaches) for each in run.ended)
    misquoted = sum(bool(each.misquotes) for each in run.ended)
    if broken or misquoted:
        lines.append(f"{broken} cards break the contract, {misquoted} misquote")
    return "\n".join(lines)
