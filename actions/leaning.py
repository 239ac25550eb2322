"""Messages that go back to earlier ones, or lean on the one before."""

from __future__ import annotations

import re
from itertools import pairwise

from actions.asking import asks_who, pushes_back
from actions.companies import companies_like
from actions.dates import date_named
from actions.decide import stands_by
from actions.earlier import again, beyond_recall, recalled, stand_by
from actions.looking_up import answer_with, look_up, plain_answer
from actions.memory import Shown
from actions.neighbour import beside_last
from actions.request import Reply, Request
from actions.vagueness import names_left
from policies_db import lookup
from policies_db.naming import names
from policies_db.searching import searcher
from policies_db.settings import database_url
from policies_db.shelf import reading

#: A follow-up that is at least so long may be a question of its own; a longer message than the
#: second is taken to stand alone, unless its action says otherwise.
OWN_QUESTION_LENGTH, LONGEST_LEANING = 8, 24
#: A message of so few characters that asks no more than when, who or how much.
LONGEST_BARE = 20
#: An English message of so few words may lean on the one before.
MOST_WORDS = 9
#: So many characters beside the words of going back are a question of their own.
LEAST_MORE = 4
_BARE = re.compile(
    r"^[^,，]{0,4}(几月|几号|几天|多久|多少|什么时候|啥时候|期限|时限|谁|哪[个家些])[^,，]{0,4}$"
)
#: Words that say no more than that the same is asked of something else.
_SAME = re.compile(
    r"同样|一样|相同|类似|这方面|这块|这点|话|说法|提法|规定|写|说|讲|条例|里面?|那边|自己|呢|same|say|about|what|does"
)
#: How sure the answer must be that a message finds alone in the document that was cited last.
SURE_INSIDE = 0.3
#: How sure the answer must be that another document gives to the question before.
SURE_IN_OTHER = 0.1
_LEANS = re.compile(
    r"^(那|这|它|他|她|该|其|要|还|也|又|如果|要是|假如|万一|刚才|上面|前面|多久|多少|几|谁|哪|什么|怎么|为什么|需要|"
    r"我们是|原文|原话|出处|依据|文号|and|then|what about|how about|that|this|it\b)|"
    r"呢[?？]?$|[那这][个条项]|第几条|里呢|的话|\b(they|them|their|those|these|it|that)\b",
    re.I,
)


def in_context(request: Request) -> Reply:
    """The answer to a message that may go back to earlier ones, or lean on the one before."""
    beside = beside_last(request)
    if beside is not None:
        return beside
    earlier, last = back(request), request.memory.last
    if earlier is not None:
        return earlier
    if last is not None and pushes_back(request.text):
        return stands_by(request) or stand_by(request, last)
    reply = _in_other(request) or look_up(request, request.text)
    if reply.card["kind"] not in ("refusal", "clarify") or not leans(request):
        return reply
    together = follow(request)
    return together if together.card["kind"] not in ("refusal", "clarify") else reply


def _in_other(request: Request) -> Reply | None:
    """What another document says on the question before, where a message names no more than it."""
    before = names().beside(request.memory.asked_last)
    named = frozenset(names().find(request.text).documents)
    more = names_left(_SAME.sub(" ", names().beside(request.text)))
    if not before or not named or len(more) > LEAST_MORE:
        return None
    found = searcher().search(before, documents=named)
    if not found.hits or found.hits[0].confidence < SURE_IN_OTHER:
        return None
    return plain_answer(request, before, [hit.point_id for hit in found.hits[:3]])


def back(request: Request) -> Reply | None:
    """The reply to a message that goes back to an earlier answer; None where it does not."""
    earlier = recalled(request)
    return None if earlier is None else _on_from(request, earlier) or again(request, earlier)


def _on_from(request: Request, earlier: Shown) -> Reply | None:
    """What a message that goes back asks beyond the earlier question; None where it is that."""
    more = beyond_recall(request.text)
    if not earlier.provision_ids or len(names_left(more)) < LEAST_MORE:
        return None
    question = f"{earlier.question} {more}"
    document = earlier.provision_ids[0].partition("/")[0]
    found = searcher().search(question, documents=frozenset([document]))
    return answer_with(request, question, found.hits[:3]) if found.hits else None


def leans(request: Request) -> bool:
    """Whether a message may need the question before it to be understood."""
    if not (request.memory.question or request.memory.last):
        return False
    if names().of_other_year(request.text):
        return False
    brief = len(request.text) <= LONGEST_LEANING or _is_brief(request.text)
    if brief and _LEANS.search(request.text):
        return True
    short = len(request.text) <= LONGEST_BARE
    return short and (_BARE.search(request.text) is not None or _speaks_of_last(request))


def _is_brief(text: str) -> bool:
    """Whether an English message is short."""
    return text.isascii() and len(text.split()) <= MOST_WORDS


def _speaks_of_last(request: Request) -> bool:
    """Whether a message has a word of the provision that was cited last."""
    last = request.memory.last
    if last is None or not last.provision_ids:
        return False
    with reading(database_url()) as session:
        provision = lookup.provision(session, last.provision_ids[0])
        said = lookup.whole(session, provision) if provision is not None else ""
    return any("".join(pair) in said for pair in pairwise(names_left(request.text)))


def follow(request: Request) -> Reply:
    """A message read with the question before it, or alone where that makes better sense."""
    text, last = request.text, request.memory.last
    near_by = beside_last(request) or _in_other(request)
    if near_by is not None:
        return near_by
    with reading(database_url()) as session:
        companies = companies_like(session, request, text, date_named(request) or request.today)
    if companies is not None:
        return companies
    before = request.memory.question or (last.question if last else "")
    alone = searcher().search(text)
    named = frozenset(names().find(text).documents)
    if not before or (named and len(text) >= OWN_QUESTION_LENGTH):
        return look_up(request, text)
    question = f"{before} {text}"
    if not named and last is not None and last.provision_ids:
        named = frozenset([last.provision_ids[0].partition("/")[0]])
    near = searcher().search(question, documents=named or None)
    if near.zone == "none":
        near = searcher().search(question)
    own = len(text) >= OWN_QUESTION_LENGTH and alone.zone == "answer"
    same = last is not None and near.hits and near.hits[0].point_id in last.point_ids[:1]
    if own and (same or not near.hits or alone.hits[0].confidence > near.hits[0].confidence):
        return look_up(request, text)
    if same and named and len(text) >= OWN_QUESTION_LENGTH and not asks_who(text):
        more = searcher().search(text, documents=named)
        if more.hits[0].confidence >= SURE_INSIDE:
            near = more
    if near.zone == "none" or not near.hits:
        return look_up(request, question)
    return answer_with(request, question, near.hits[:3])
