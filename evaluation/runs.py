"""One run of a set: how each conversation ended. Runs are kept and compared."""

from __future__ import annotations

import datetime
import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from evaluation.causes import cause_of
from evaluation.checks import breaches, misquotes
from evaluation.judge import Judgement, Problem, answer_of, card_of, judge
from evaluation.play import Played
from evaluation.questions import FINAL, Question
from policies_db.settings import ROOT, VAR

FOLDER = VAR / "eval"
KEPT = 40  # runs; the oldest are removed
_CITATIONS_SHOWN = 5


@dataclass(frozen=True)
class Ended:
    """How one conversation ended. `seconds` is the time of the judged answer."""

    id: str
    kind: str
    topic: str
    lang: str
    verdict: str
    cause: str
    seconds: float
    turns: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    card: str = ""
    answer: str = ""
    citations: tuple[dict[str, str], ...] = ()
    decision: str = ""
    expected: str = ""
    breaches: tuple[str, ...] = ()
    misquotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """A set played once: `name` of the set, part, moment, commit, date of the assistant's clock."""

    name: str
    part: str
    at: str
    commit: str
    today: str
    ended: tuple[Ended, ...]

    @property
    def key(self) -> str:
        """What runs must have in common to be compared."""
        return f"{self.name}-{self.part}" if self.part else self.name

    def count(self, verdict: str) -> int:
        """How many conversations ended so."""
        return sum(each.verdict == verdict for each in self.ended)


def ended(played: Played) -> Ended:
    """Judge a conversation, find the cause, and check contract and quotes."""
    question, card = played.question, card_of(played.messages)
    judgement = judge(question, played.messages)
    if played.failure:
        judgement = Judgement("error", (Problem("no_reply", played.failure),))
    decision = card.get("decision") or {}
    return Ended(
        id=question.id,
        kind=question.kind,
        topic=question.topic,
        lang=question.lang,
        verdict=judgement.verdict,
        cause=cause_of(question, card, judgement, played.right_option),
        seconds=round(played.seconds[-1], 4) if played.seconds else 0.0,
        turns=question.turns,
        problems=tuple(problem.text for problem in judgement.problems),
        card=str(card.get("kind") or ""),
        answer=answer_of(card),
        citations=tuple(_shown(c) for c in (card.get("citations") or [])[:_CITATIONS_SHOWN]),
        decision=_told(decision),
        expected=_expected(question),
        breaches=tuple(breaches(card)) if not played.failure else (),
        misquotes=tuple(misquotes(card)),
    )


def _shown(citation: dict[str, Any]) -> dict[str, str]:
    names = ("document_id", "article", "status", "quote")
    return {name: str(citation.get(name) or "") for name in names}


def _told(decision: dict[str, Any]) -> str:
    if not decision:
        return ""
    facts = "; ".join(f"{name} = {value}" for name, value in decision.get("facts", {}).items())
    return f"{decision.get('rule')}: {decision.get('outcome')} ({facts})"


def _expected(question: Question) -> str:
    parts = [
        " or ".join(question.docs),
        " / ".join(f"「{anchor}」" for anchor in question.anchors),
        "names " + ", ".join("/".join(group) for group in question.include)
        if question.include
        else "",
        f"status {question.status}" if question.status else "",
        f"outcome {question.outcome}" if question.outcome else "",
    ]
    return "; ".join(part for part in parts if part)


def record(name: str, part: str, today: str, played: Sequence[Played]) -> Run:
    """The run of a set that was just played.

    Of the part for the final figure only verdicts, causes and times are kept: who can read its
    questions and failures would come to work towards them.
    """
    each = [ended(one) for one in played]
    if part == FINAL:
        each = [_sealed(one) for one in each]
    at = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    return Run(name, part, at, _commit(), today, tuple(each))


def _sealed(one: Ended) -> Ended:
    kept = Ended(one.id, one.kind, "", one.lang, one.verdict, one.cause, one.seconds)
    return replace(kept, breaches=one.breaches, misquotes=one.misquotes)


def _commit() -> str:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(ROOT), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changed = " with changes" if git("status", "--porcelain") else ""
        return git("rev-parse", "--short", "HEAD") + changed
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def save(run: Run, folder: Path) -> Path:
    """Keep a run; the oldest of too many are removed."""
    folder = folder / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    moment = run.at.replace(":", "").replace("-", "")[:15]
    path = folder / f"{moment}-{run.key}.json"
    path.write_text(json.dumps(asdict(run), ensure_ascii=False, indent=1), encoding="utf-8")
    for old in sorted(folder.glob("*.json"))[:-KEPT]:
        old.unlink()
    return path


def load(folder: Path) -> list[Run]:
    """All runs that are kept and can be read, oldest first."""
    found = []
    for path in sorted((folder / "runs").glob("*.json")):
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            each = tuple(Ended(**one) for one in stored.pop("ended"))
            found.append(Run(ended=each, **stored))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            continue  # written by another version, or cut short: it is not compared
    return found


@dataclass(frozen=True)
class Change:
    """A conversation that ended otherwise than in the run before."""

    before: Ended
    now: Ended


@dataclass(frozen=True)
class Comparison:
    """A run beside the one before of the same set: what got better, worse, or otherwise wrong."""

    before: Run
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    other: tuple[Change, ...]
    only_now: int
    only_before: int


#: From worst to best: a wrong answer is worse than none.
_RANK = {"error": 0, "wrong": 1, "abstained": 2, "correct": 3}


def compare(run: Run, earlier: Sequence[Run]) -> Comparison | None:
    """Compare with the last earlier run of the same set; None where there is none."""
    same = [each for each in earlier if each.key == run.key]
    if not same:
        return None
    before = {each.id: each for each in same[-1].ended}
    better: list[Change] = []
    worse: list[Change] = []
    other: list[Change] = []
    for now in run.ended:
        then = before.pop(now.id, None)
        if then is None or then.verdict == now.verdict == "correct":
            continue
        change = Change(then, now)
        step = _RANK[now.verdict] - _RANK[then.verdict]
        if step:
            (better if step > 0 else worse).append(change)
        elif then.cause != now.cause:
            other.append(change)
    known = {each.id for each in same[-1].ended}
    return Comparison(
        same[-1],
        tuple(better),
        tuple(worse),
        tuple(other),
        sum(each.id not in known for each in run.ended),
        len(before),
    )
