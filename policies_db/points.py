"""Points: what each provision answers, the sentence that says it, and how people ask for it.

Written points are kept in `policies_db/phrasings`, one file a document. Sentences that no written
point quotes become points of their own, so that everything can be found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path
from typing import Any

import yaml

from policies_db.content import ContentError, compact
from policies_db.models import Document, Phrasing, Point, PointTopic, Provision
from policies_db.passages import quoted

PHRASINGS = Path(__file__).parent / "phrasings"
#: Questions that no document answers, in the same folder.
UNCOVERED = "uncovered.yml"
TOPICS = frozenset(
    [
        "aeo_benefits",
        "voluntary_disclosure",
        "bonded_repair",
        "ecommerce_tax",
        "ecommerce",
        "foreign_investment_award",
        "foreign_investment",
        "export_refund",
        "advance_ruling",
        "trusted_companies",
        "land_sea_corridor",
        "processing_trade",
        "bonded_zone",
        "clearance",
        "rcep",
        "overseas_warehouse",
        "foreign_guests",
        "expat_talent",
        "finance",
        "market_access",
        "import_promotion",
        "market_procurement",
        "origin",
        "task_list",
        "targets",
        "government_service",
        "enforcement",
        "fair_competition",
        "infrastructure",
        "business_environment",
        "document",
        "general",
    ]
)
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_SILENT_KINDS = frozenset({"title", "signature", "heading", "chapter", "section", "table_head"})
#: The shortest sentence that becomes a point of its own, in characters.
SHORTEST_PASSAGE = 12
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


class Spans:
    """Where each provision stands in the white-space-free text of its document."""

    def __init__(self, document: Document) -> None:
        self.provisions: list[Provision] = list(document.provisions)
        self.starts: list[int] = []
        self.ends: list[int] = []
        position = 0
        for provision in self.provisions:
            self.starts.append(position)
            position += len(compact(provision.text))
            self.ends.append(position)
        self.text = "".join(compact(provision.text) for provision in self.provisions)
        index = {provision.id: i for i, provision in enumerate(self.provisions)}
        self.reach = list(self.ends)
        for i in reversed(range(len(self.provisions))):
            parent = self.provisions[i].parent_id
            if parent is not None:
                self.reach[index[parent]] = max(self.reach[index[parent]], self.reach[i])

    def locate(self, quote: str, label: str) -> tuple[Provision, int, int]:
        """The provision that holds a quote (with what stands under it), and where the quote is.

        Where the quote stands in several places, the one whose label agrees best is taken.

        Raises:
            ValueError: when the quote is not contiguous text of one provision.
        """
        wanted = set(compact(label))
        found = []
        start = self.text.find(quote)
        while start >= 0:
            holder = self._holder(start, start + len(quote))
            if holder is not None:
                agreement = len(wanted & set(holder.label)) / (1 + len(holder.label))
                found.append((agreement, -start, holder))
            start = self.text.find(quote, start + 1)
        if not found:
            raise ValueError(f"quote is not contiguous text of one provision: {quote}")
        _, negative, provision = max(found, key=lambda item: item[:2])
        return provision, -negative, -negative + len(quote)

    def passage(self, provision: Provision, quote: str) -> str:
        """What is shown of a provision for a quote from it."""
        number = next(i for i, row in enumerate(self.provisions) if row is provision)
        return quoted(self.text[self.starts[number] : self.reach[number]], quote)

    def _holder(self, start: int, end: int) -> Provision | None:
        i = bisect_right(self.starts, start) - 1
        while i >= 0:
            if end <= self.ends[i]:
                return self.provisions[i]
            if self.starts[i] <= start and end <= self.reach[i]:
                return self.provisions[i]
            parent = self.provisions[i].parent_id
            if parent is None:
                return None
            i = next(k for k in range(i) if self.provisions[k].id == parent)
        return None


def read_points(document: Document, folder: Path = PHRASINGS) -> list[Point]:
    """The points of a document: the written ones in their order, then passages not yet covered.

    Raises:
        ContentError: naming the file and the point, when a quote is not in the text, a figure of an
            answer is not in its quote, or a topic is unknown.
    """
    spans = Spans(document)
    covered = [False] * len(spans.text)
    points = []
    path = folder / f"{document.id}.yml"
    items = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) if path.exists() else []
    for number, item in enumerate(items, 1):
        try:
            point, start, end = _written(item, spans)
        except (KeyError, TypeError, ValueError) as error:
            raise ContentError(
                f"{path.name}, point {number} ({item.get('at')}): {error}"
            ) from error
        covered[start:end] = [True] * (end - start)
        points.append(point)
    return points + _passages(spans, covered)


def read_questions(folder: Path = PHRASINGS) -> list[str]:
    """All questions that are written for points, document by document, about rules only."""
    return [
        question
        for path in sorted(folder.glob("*.yml"))
        if path.name != UNCOVERED
        for item in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        if "document" not in item["topics"]
        for question in item["asks"]
    ]


def _written(item: dict[str, Any], spans: Spans) -> tuple[Point, int, int]:
    quote, answer = item["quote"], item["answer"]
    provision, start, end = spans.locate(quote, item["at"])
    for figure in _FIGURE.findall(answer):
        if figure not in quote:
            raise ValueError(f"figure {figure} of the answer is not in the quote")
    unknown = set(item["topics"]) - TOPICS
    if unknown:
        raise ValueError(f"unknown topic {', '.join(sorted(unknown))}")
    point = Point(
        provision_id=provision.id,
        quote=quote,
        passage=spans.passage(provision, quote),
        answer=answer,
        written=True,
        topics=[PointTopic(topic=topic) for topic in dict.fromkeys(item["topics"])],
        phrasings=[
            Phrasing(position=i, text=text) for i, text in enumerate(dict.fromkeys(item["asks"]))
        ],
    )
    return point, start, end


def _passages(spans: Spans, covered: list[bool]) -> list[Point]:
    points = []
    for provision, start in zip(spans.provisions, spans.starts, strict=True):
        if provision.kind in _SILENT_KINDS or provision.company is not None:
            continue
        for sentence in _SENTENCE.finditer(compact(provision.text)):
            text, first, last = sentence.group(), start + sentence.start(), start + sentence.end()
            if sum(covered[first:last]) * 2 < last - first and _says_something(text, provision):
                points.append(
                    Point(
                        provision_id=provision.id,
                        quote=text,
                        passage=spans.passage(provision, text),
                        answer=text,
                        written=False,
                    )
                )
    return points


def _says_something(sentence: str, provision: Provision) -> bool:
    """Whether a sentence is more than a heading, an addressee or the lead cell of a table row."""
    if len(sentence) < SHORTEST_PASSAGE or sentence.endswith("："):
        return False
    if provision.heading is not None and sentence.endswith(compact(provision.heading) + "。"):
        return False
    return provision.task is None or compact(provision.task.task).startswith(sentence[:6])
