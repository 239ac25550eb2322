"""Lists over all documents: what there is for a kind of company or on a topic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.card import card, numbered, plain_text, titled
from actions.dates import date_named
from actions.language import framed
from actions.memory import Shown
from actions.request import Reply, Request
from actions.wording import say
from policies_db import listing, lookup
from policies_db.bureaus import bureaus_in
from policies_db.conflicts import countries_in
from policies_db.lookup import Cited
from policies_db.naming import names
from policies_db.searching import searcher
from policies_db.settings import database_url
from policies_db.shelf import reading

#: The topic of the policy database that an intent asks about.
TOPICS = {
    "aeo_benefits": "aeo_benefits",
    "bonded_repair": "bonded_repair",
    "ecommerce_tax": "ecommerce_tax",
    "foreign_investment_award": "foreign_investment_award",
    "trusted_companies": "trusted_companies",
}
#: A longer question asks for something particular.
LONGEST = 24
#: So many of the first hits must be on a topic for it to count without the intent.
FIRST_HITS, AGREEING = 6, 4
#: How many items a list has at most, and how many of them from one document.
MOST_ITEMS, MOST_OF_ONE = 20, 4
_ASKS_LIST = re.compile(
    r"有(哪些|啥子?|什么|些什么)(好处|优惠|便利|措施|政策|待遇|扶持|支持|奖励|规定)|"
    r"(好处|优惠|便利|措施|政策|待遇)(一共|都|总共)?(有哪些|有啥|有几|是什么|是哪些)|哪些(好处|优惠|便利|措施|政策|待遇)|"
    r"what (benefits|advantages|measures)|list (of|all)",
    re.I,
)


def _topic(session: Session, request: Request) -> str | None:
    """The topic that most of the first hits are on, else the one that the intent names."""
    ids = [hit.point_id for hit in searcher().search(request.text).hits[:FIRST_HITS]]
    found = lookup.points(session, ids, request.today)
    votes = Counter(topic for cited in found for topic in cited.topics if topic in TOPICS.values())
    topic, number = (votes.most_common(1) or [("", 0)])[0]
    return topic if number >= AGREEING else TOPICS.get(request.intent)


def _spread(cited: list[Cited]) -> list[Cited]:
    """The first few of each document, so that no document crowds out another."""
    taken: Counter[str] = Counter()
    kept = []
    for item in cited:
        taken[item.document_id] += 1
        if taken[item.document_id] <= MOST_OF_ONE:
            kept.append(item)
    return kept[:MOST_ITEMS]


def listed(request: Request) -> Reply | None:
    """The list that a message asks for; None where it asks for no list of a topic."""
    short = len(request.text) <= LONGEST or request.text.isascii()
    if not short or not _ASKS_LIST.search(request.text):
        return None
    if countries_in(request.text) or names().find(request.text).documents:
        return None
    on = date_named(request) or request.today
    with reading(database_url()) as session:
        topic = _topic(session, request)
        cited = listing.on_topic(session, topic, on) if topic else []
        meant = bureaus_in(request.text, {name for each in cited for name in each.bureaus})
        theirs = [each for each in cited if meant & set(each.bureaus)]
        cited = theirs[:MOST_ITEMS] if len(theirs) > 1 else _spread(cited)
    if not cited:
        return None
    return over_documents(request, request.text, cited)


def over_documents(request: Request, question: str, cited: Sequence[Cited]) -> Reply:
    """Provisions of several documents as one list, each with where it stands."""
    on = cited[0].standing.on
    lines = [say("list", request.language, count=len(cited))]
    lines += [
        f"{i}. {framed(c.answer, request.language)}（{titled(c)}{numbered(c)}{c.label}）"
        for i, c in enumerate(cited, 1)
    ]
    text = "\n".join(lines)
    shown = Shown(question, (), tuple(c.provision_id for c in cited), on.isoformat())
    return Reply(
        card("list", text, on, cited),
        plain_text(text, cited, request.language, related_from=0),
        request.memory.showing(shown),
    )
