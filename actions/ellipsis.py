"""What a message means that leaves out what the question before it has said: 产业带呢, 谁来出."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from actions.asking import asks_source, tells_own_case
from actions.request import Request
from actions.vagueness import names_left
from policies_db import lookup
from policies_db.searching import Hit, Result, searcher
from policies_db.settings import database_url
from policies_db.shelf import reading

#: So many of the best hits of each search are looked at.
MOST_HITS = 30
#: What it is worth to stand in a document that was cited last, and to hold all words of a message.
SAME_DOCUMENT, ITS_WORDS = 3.0, 4.0
#: What is so much less likely than the best hit is not named beside it.
FAR_BEHIND = 8.0


#: A message that begins so says that what was asked back for is not known.
_UNKNOWN = re.compile(
    r"^\W*(我们?|这个|目前|暂时|现在|还|也|都)*(没|不(知|清|晓|确|太|大)|未|not |no idea|unknown)",
    re.I,
)


@dataclass(frozen=True)
class Meant:
    """What a message means after the question before it: the hits, best first.

    `zone` is that of both together; `stays` tells whether the best stands in a document that was
    cited last.
    """

    hits: tuple[Hit, ...]
    zone: str
    stays: bool


def cited_last(request: Request) -> frozenset[str]:
    """The documents that the last answer cited, or that of the likeliest of a choice offered."""
    last, offered = request.memory.last, request.memory.options[:1]
    if offered:
        with reading(database_url()) as session:
            return frozenset(c.document_id for c in lookup.points(session, offered, request.today))
    return frozenset(i.partition("/")[0] for i in last.provision_ids) if last else frozenset()


def meant(request: Request, documents: frozenset[str] | None = None) -> Meant:
    """What a message means that goes on from the question before it, in `documents` if given.

    A point counts by how well it answers the question with the message, which keeps to the
    subject, and by how well it answers the message alone, which tells what is new; nothing where
    it tells of a case that waits, or asks for a source.
    """
    text, near = request.text, documents or cited_last(request)
    both = _searched(f"{request.memory.asked_last} {text}", near, documents)
    alone = _searched(text, near, documents)
    zone = both[0].zone if both[0].zone != "none" else both[1].zone
    with_it = _scores(both)
    of_case = request.memory.waits and (tells_own_case(text) or _UNKNOWN.search(text))
    nothing_new = asks_source(text) or of_case
    by_itself = {} if nothing_new else _scores(alone)
    ids = list(with_it)[:MOST_HITS] + [i for i in list(by_itself)[:MOST_HITS] if i not in with_it]
    least = min(with_it.values(), default=0.0), min(by_itself.values(), default=0.0)
    sure = {hit.point_id: hit.confidence for each in (*alone, *both) for hit in each.hits}
    asked = set(pairwise(names_left(text)))
    hits, stays = [], {}
    with reading(database_url()) as session:
        for i, cited in zip(ids, lookup.points(session, ids, request.today), strict=True):
            said = {*pairwise(cited.words), *pairwise(cited.answer)}
            share = len(asked & said) / len(asked) if asked else 0.0
            stays[i] = cited.document_id in near
            score = with_it.get(i, least[0]) + by_itself.get(i, least[1])
            score += ITS_WORDS * share + SAME_DOCUMENT * stays[i]
            hits.append(Hit(i, score, sure[i]))
    hits.sort(key=lambda hit: -hit.score)
    likely = tuple(hit for hit in hits if hit.score >= hits[0].score - FAR_BEHIND)
    return Meant(likely, zone, bool(hits) and stays[hits[0].point_id])


def _searched(
    question: str, near: frozenset[str], documents: frozenset[str] | None
) -> tuple[Result, Result]:
    """What a search finds in the documents cited last, and everywhere or in `documents`."""
    return (
        searcher().search(question, documents=near or None, limit=MOST_HITS),
        searcher().search(question, documents=documents, limit=MOST_HITS),
    )


def _scores(results: tuple[Result, Result]) -> dict[int, float]:
    """The score of each point, best first."""
    scores: dict[int, float] = {}
    for result in results:
        for hit in result.hits:
            scores[hit.point_id] = max(hit.score, scores.get(hit.point_id, hit.score))
    return dict(sorted(scores.items(), key=lambda item: -item[1]))
