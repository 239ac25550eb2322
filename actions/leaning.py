"""Messages that go back to earlier ones, or lean on the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from actions.answer import answer_of
from actions.article import article, place_of
from actions.asking import asks_end, asks_source, asks_source_only, asks_who, pushes_back
from actions.companies import companies_like
from actions.consequence import consequence
from actions.dates import date_asked, date_named
from actions.decide import decided_again, of_rule, stands_by, told_further
from actions.earlier import again, beyond_recall, cited_again, recalled, stand_by, until
from actions.ellipsis import cited_last, meant
from actions.looking_up import answer_with, look_up, plain_answer
from actions.memory import Shown
from actions.neighbour import beside_last
from actions.request import Reply, Request
from actions.vagueness import names_left
from policies_db import lookup
from policies_db.importer.numbering import chinese_number
from policies_db.mentions import Mention
from policies_db.naming import names
from policies_db.ruling import rules_of_point
from policies_db.searching import Hit, searcher
from policies_db.settings import database_url
from policies_db.shelf import reading
from policies_db.text import normalise

#: A follow-up that is at least so long may be a question of its own; a longer message than the
#: second is taken to stand alone, unless its action says otherwise.
OWN_QUESTION_LENGTH, LONGEST_LEANING = 8, 24
#: A message of so few characters that asks no more than when, who or how much.
LONGEST_BARE = 20
#: A message of so few characters may leave out what the question before it said.
LONGEST_ELLIPSIS = 14
#: An English message of so few words may lean on the one before.
MOST_WORDS = 9
#: A message of so many characters, or so few that say anything, may be about what was cited last.
LONGEST_OF_SAME, MOST_OF_SAME = 24, 4
#: So many characters beside the words of going back are a question of their own.
LEAST_MORE = 4
#: So many may stand beside the words that say whose document of one name is meant: 第几条.
MOST_BESIDE_WHOSE = 2
_BARE = re.compile(
    r"^[^,，]{0,4}(几月|几号|几天|多久|多少|什么时候|啥时候|期限|时限|谁|哪[个家些])[^,，]{0,4}$"
)
#: Words that say no more than that the same is asked of something else.
_SAME = re.compile(
    r"同样|一样|相同|类似|(也|都)?是?用?的?(还|也)?是?(这个?|那个?|同一个?)口径|[那这]一?[句条段稿版]|稿|"
    r"原[文话句]|(发|贴|给)(给|一下)?我?|第几条|哪一?条|这方面|这块|这点|话|说法|提法|规定|写|说|讲|条例|里面?|那边|自己|呢|定(?=[的了成]|多少)"
    r"|20\d\d年?(?!年?\d{1,2}月)|same|say|about|what|does"
)
#: How sure the answer must be that another document gives to the question before.
SURE_IN_OTHER = 0.1
#: A message that says what follows from the answer before, to be told whether it does.
_CONCLUDES = re.compile(
    r"^\W*(你的?|您的?|那|这)?(意思(是|就是)说?|也就是说?|就是说|等于(是|说)|换句话说?|这么说(来|吧)?"
    r"|照(这|你)(么|样)?说(来)?|言下之意(是)?|so (that means|you mean|basically)"
    r"|(that|which) means|meaning|you mean)\W*(?=[^\W_]{3})",
    re.I,
)
#: A message that names another number of what was cited last, and no more: 那26项呢.
_NUMBER = re.compile(
    r"^\W*(那|再看|看看|还有|接着|以及|换成?)?(下面|后面|前面|上面)?(的|个)?(第|no\.? ?)?"
    r"(?P<number>\d{1,3}|[零一二三四五六七八九十百]{1,5})(?P<unit>[条项款点])(任务)?"
    r"(呢|讲|说|写|是|又|怎么|咋|什么|啥|的|内容|看看|一下|了|\W)*$",
    re.I,
)
#: A list so many answers ago is still meant.
MOST_BACK = 3
#: A message that names an item of a list by its place, and no more.
_ITEM = re.compile(
    r"^\W*(那|再|把|请|里面|其中|上面|的|这){0,3}第(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"(种|个|点|类|样)(情形|情况|条件|材料|措施|要求)?"
    r"(呢|原话|怎么?写|写|再|说|讲|细|清楚|详细|具体|怎么|咋|什么|啥|意思|是|的|原文|念|一下|点|些|展开|给我|看看|了|吧|\W)*$"
)
#: Words of a message that asks who does something, or by when, and no more.
_DUE = re.compile(r"完成|办完|做完|弄完|办结|期限|时限|截止|收尾|\bdue\b|deadline", re.I)
_CHARGE = re.compile(
    _DUE.pattern + r"|牵头|负责|主管|责任|归|管|抓|具体|由|找|头|要求|之前|"
    r"哪\w?月|[^,，。;；]{1,8}(在不在|算不算|是不是也?在?|有没有)(里面|里头|其中|内|份)?[吗么]?\W*$|"
    r"in charge|responsible|leads?",
    re.I,
)
#: A message that names a year, and little more: 27年比重呢.
_ONLY_YEAR = re.compile(
    r"^\W*(那|到|至|换成?|要是|如果|and|what about)?\W*"
    r"(20)?(?P<year>2\d)年?(?!\d|月|条|项)(的|底|末|要|得|是)?"
    r"(?P<more>[^,，。;；]{0,8}?)(呢|要?(多少|几)\w?)?\W*$",
    re.I,
)
_YEARS = re.compile(r"(20)?2\d年")
#: A message that asks on what day something may be done, or must be.
_ASKS_DAY = re.compile(
    r"最(早|晚|迟|快)|哪[一]?天|几号|什么时候|啥时候|何时|还(差|剩|有)(几|多少)|when|earliest|latest",
    re.I,
)
_LEANS = re.compile(
    r"^(那|这|它|他|她|该|其|要|还|也|又|如果|要是|假如|万一|刚才|上面|前面|多久|多少|几|谁|哪|什么|怎么|为什么|需要|"
    r"我们是|原文|原话|出处|依据|文号|and|then|what about|how about|that|this|it\b)|"
    r"呢[?？]?$|[那这][个条项边头块句]|第几条|里呢|的话|[有行能是]没有\W*$|\b(they|them|their|those|these|it|that)\b",
    re.I,
)


def in_context(request: Request) -> Reply:
    """The answer to a message that may go back to earlier ones, or lean on the one before."""
    last = request.memory.last
    earlier = beside_last(request) or back(request) or of_last(request)
    if earlier is not None:
        return earlier
    if last is not None and pushes_back(request.text):
        return stands_by(request) or stand_by(request, last)
    concluded = concludes(request.text)
    if concluded and not request.memory.is_new:
        return _confirmed(replace(request, text=concluded))
    asked_elsewhere = in_other(request) or source_of_last(request)
    if asked_elsewhere is not None:
        return asked_elsewhere
    reply = look_up(request, request.text)
    if reply.card["kind"] not in ("refusal", "clarify"):
        return _in_last(request, reply) or reply
    if not (leans(request) or (reply.card["kind"] == "refusal" and _of_same(request))):
        return reply
    together = follow(request)
    return together if together.card["kind"] not in ("refusal", "clarify") else reply


def _in_last(request: Request, reply: Reply) -> Reply | None:
    """What a short message means of the document cited last, where that is likelier than what
    it would mean alone: 清单谁编 after a question on one of many lists."""
    text = request.text
    if request.memory.waits or not cited_last(request):
        return None
    if not (len(text) <= LONGEST_ELLIPSIS or _is_brief(text)):
        return None
    if names().find(text).documents or reply.card["kind"] not in ("rule", "decision"):
        return None
    cited = [each["provision_id"] for each in reply.card["citations"]]
    if reply.card["kind"] == "decision" and cited[0].partition("/")[0] in cited_last(request):
        return None
    found = meant(request)
    if not found.stays:
        return None
    with reading(database_url()) as session:
        best = lookup.points(session, [found.hits[0].point_id], request.today)[0]
    if best.provision_id == cited[0]:
        return None
    return _said_of(request, f"{request.memory.asked_last} {text}", found.hits[:3])


def concludes(text: str) -> str:
    """What a message concludes from the answer before it; empty where it is none such."""
    found = _CONCLUDES.match(text)
    return text[found.end() :] if found else ""


def _confirmed(request: Request) -> Reply:
    """What the answer before says on what a message concludes from it."""
    last = request.memory.last
    reply = follow(request)
    if reply.card["kind"] not in ("refusal", "clarify") or last is None:
        return reply
    return stands_by(request) or again(request, last)


def in_other(request: Request) -> Reply | None:
    """What another document says on the question before, where a message names no more than it."""
    before = names().beside(request.memory.asked_last)
    rest, most = names().beside(request.text), LEAST_MORE
    named = frozenset(names().find(request.text).documents)
    if not named:
        named, rest, most = _counterpart(request), names().beside_whose(rest), MOST_BESIDE_WHOSE
    if not before or not named or len(names_left(_SAME.sub(" ", rest))) > most:
        return None
    found = searcher().search(before, documents=named)
    if not found.hits or found.hits[0].confidence < SURE_IN_OTHER:
        found = searcher().search(_said_last(request), documents=named)
    if not found.hits or found.hits[0].confidence < SURE_IN_OTHER:
        return None
    return plain_answer(request, before, [hit.point_id for hit in found.hits[:3]])


def _counterpart(request: Request) -> frozenset[str]:
    """The document of the same name as one cited last that a message means by whose it is."""
    last = request.memory.last
    cited = [i.partition("/")[0] for i in last.provision_ids] if last else []
    others = (names().counterpart(each, request.text) for each in cited)
    other = next((each for each in others if each), "")
    return frozenset([other] if other else [])


def _said_last(request: Request) -> str:
    """The words that answered the question before."""
    last = request.memory.last
    cited = cited_again(last, request.today) if last is not None else []
    return cited[0].words if cited else ""


def source_of_last(request: Request) -> Reply | None:
    """Where the answer before stands, where a message asks that and no more."""
    last = request.memory.last
    if last is None or request.memory.question or not asks_source_only(request.text):
        return None
    if _counterpart(request):  # 重庆那部呢，第几条: it is another's article that is asked for
        return None
    return again(request, last)


def of_last(request: Request) -> Reply | None:
    """What a message that names nothing itself asks of the provision cited last: what follows for
    a breach, one of its items, another number of its document, who is responsible, another year."""
    last = request.memory.last
    if last is None or not last.provision_ids:
        return None
    return (
        consequence(request)
        or item_of_list(request)
        or _numbered(request, last)
        or _charged(request, last)
        or _of_year(request, last)
    )


def _numbered(request: Request, last: Shown) -> Reply | None:
    found = _NUMBER.match(normalise(request.text))
    if found is None:
        return None
    document, _, place = last.provision_ids[0].partition("/")
    label = place_of(found["number"], found["unit"], place)
    with reading(database_url()) as session:
        if not lookup.provisions_at(session, document, label):
            return None
        return article(session, request, Mention((document,), label))


def item_of_list(request: Request) -> Reply | None:
    """The item of the list shown last that a message means by its place: 第二种细说一下."""
    found = _ITEM.match(normalise(request.text))
    lists = [(s, i) for s in request.memory.shown[-MOST_BACK:] if len(i := _items_of(s)) > 1]
    if found is None or not lists:
        return None
    shown, listed = lists[-1]
    number = found["number"]
    place = int(number) if number.isdigit() else chinese_number(number)
    if not 1 <= place <= len(listed):
        return None
    on = date_asked(request)
    with reading(database_url()) as session:
        row = lookup.provision(session, listed[place - 1])
        assert row is not None
        cited = lookup.cite(session, row, on, lookup.whole(session, row))
        over = lookup.led_by(session, cited, on)
    return answer_of(request, shown.question, [cited, over] if over else [cited], ())


def _items_of(shown: Shown) -> list[str]:
    """The provisions of an answer that are items of its first."""
    return [i for i in shown.provision_ids[1:] if i.startswith(shown.provision_ids[0])]


def _charged(request: Request, last: Shown) -> Reply | None:
    """Who is responsible for what was cited last, or by when it is to be done."""
    who = asks_who(request.text)
    if names_left(_CHARGE.sub(" ", request.text)) or not (who or _DUE.search(request.text)):
        return None
    on = date_asked(request)
    with reading(database_url()) as session:
        cited = cited_again(last, on)[:1]
        more = lookup.responsible(session, cited[0]) if cited and who else []
    if not cited or not (more or cited[0].task or (who and cited[0].bureaus)):
        return None
    return answer_of(request, request.text, [*cited, *more], last.point_ids[:1])


def _of_year(request: Request, last: Shown) -> Reply | None:
    """What the document cited last sets for the year that is all a message names."""
    named = _ONLY_YEAR.match(normalise(request.text))
    if named is None:
        return None
    year = f"20{named['year']}年"
    document = last.provision_ids[0].partition("/")[0]
    asked = _YEARS.sub(year, normalise(last.question))
    question = f"{year}{named['more']}" if len(names_left(named["more"])) > 1 else asked
    with reading(database_url()) as session:
        found = searcher().search(f"{question} {asked}", documents=frozenset([document]))
        cited = lookup.points(session, [hit.point_id for hit in found.hits], request.today)
    ids = [
        hit.point_id
        for hit, each in zip(found.hits, cited, strict=True)
        if year in each.words or year in each.answer
    ]
    return plain_answer(request, question, ids[:3]) if ids else None


def back(request: Request) -> Reply | None:
    """The reply to a message that goes back to an earlier answer; None where it does not."""
    earlier = recalled(request)
    return None if earlier is None else _on_from(request, earlier) or again(request, earlier)


def _on_from(request: Request, earlier: Shown) -> Reply | None:
    """What a message that goes back asks beyond the earlier question; None where it is that."""
    more = beyond_recall(request.text)
    if not earlier.provision_ids:
        return None
    document = earlier.provision_ids[0].partition("/")[0]
    if asks_source(more):
        return None
    if asks_end(more):
        return until(request, earlier)
    if len(names_left(more)) < LEAST_MORE:
        return None
    question = f"{earlier.question} {more}"
    found = searcher().search(question, documents=frozenset([document]))
    return answer_with(request, question, found.hits[:3]) if found.hits else None


def leans(request: Request) -> bool:
    """Whether a message may need the question before it to be understood."""
    if not request.memory.asked_last:
        return False
    if names().of_other_year(request.text):
        return False
    brief = len(request.text) <= LONGEST_LEANING or _is_brief(request.text)
    if brief and _LEANS.search(request.text):
        return True
    short = len(request.text) <= LONGEST_BARE
    return short and (_BARE.search(request.text) is not None or _speaks_of_last(request))


def _of_same(request: Request) -> bool:
    """Whether a message for which nothing is found says nothing new, or has a word of the provision
    that was cited last: 按几个点，找哪家; 按核定的额度还是按放款."""
    if not request.memory.asked_last or len(request.text) > LONGEST_OF_SAME:
        return False
    if names().of_other_year(request.text):
        return False
    return len(names_left(request.text)) <= MOST_OF_SAME or _speaks_of_last(request)


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
    text = request.text
    near_by = beside_last(request) or source_of_last(request) or of_last(request)
    near_by = near_by or in_other(request)
    if near_by is not None:
        return near_by
    with reading(database_url()) as session:
        companies = companies_like(session, request, text, date_named(request) or request.today)
    if companies is not None:
        return companies
    before = request.memory.asked_last
    named = frozenset(names().find(text).documents)
    if not before or (named and len(text) >= OWN_QUESTION_LENGTH):
        return look_up(request, text)
    found = meant(request, named or None)
    question = f"{before} {text}"
    if found.zone == "none" or not found.hits:
        return look_up(request, question)
    if not found.stays and len(text) >= OWN_QUESTION_LENGTH:
        alone = searcher().search(text)
        if alone.zone == "answer":
            return look_up(request, text)
    return _said_of(request, question, found.hits[:3])


def _said_of(request: Request, question: str, hits: Sequence[Hit]) -> Reply:
    """What was found for a question that leans on the one before.

    The open case is gone on with as it was told. A decision that no fact has been added to is not
    given once more, unless its dates are what is asked for: something else is.
    """
    reply = answer_with(request, question, hits)
    rule = of_rule(request)
    if rule is None or request.memory.waits:
        return reply
    again_decided = (reply.card.get("decision") or {}).get("rule") == rule.id
    if not again_decided and not any(rule.id in rules_of_point(hit.point_id) for hit in hits):
        return reply
    further = told_further(request, rule, reply)
    if further is not None:
        return further
    if not again_decided:
        return reply
    if _ASKS_DAY.search(request.text):
        return decided_again(request, rule)
    return plain_answer(request, question, [hit.point_id for hit in hits])
