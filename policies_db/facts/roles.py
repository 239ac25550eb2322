"""Which fact of a rule each mention is, and what the words of a text say outright.

Careful by design: what was not said stays unknown, and a mention whose role is not clear is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from policies_db.decisions import Fact, FactSpec, Rule, Span, live_facts
from policies_db.decisions.values import UNITS, add_months
from policies_db.facts.dates import Told
from policies_db.facts.extraction import LONGEST, facts_in
from policies_db.facts.mentions import SLIP, Mention, Reading
from policies_db.facts.names import scale_of

_KINDS = {
    "yuan": "amount",
    "usd": "amount",
    "ratio": "ratio",
    "date": "date",
    "months": "duration",
    "days": "duration",
    "hours": "duration",
    "working_days": "duration",
}
_FARTHEST = 16
#: Words beside the period of a fact that is about being late: 迟了17天 is as long as it is late.
_LATENESS = {"晚", "迟"}
#: So many days from Monday to Friday can be lost to public holidays that follow each other.
_LONGEST_HOLIDAY = 6
_NEGATION = (
    r"不是|没有|并非|并没|没|不|未|非|无|别|not |n't |never |no |zero |isn't |aren't |without "
)
_NEGATION_AT = re.compile(_NEGATION)
_NEGATED = re.compile(
    r"(?:nobody|no one|none) (?:at|in|from|of) (?:the )?$"
    rf"|(?:{_NEGATION})(?:属于|算|是|有|被|列入|涉及?到?|牵涉到?|沾|含|拉|运|跑|搞|碰|做|干|装|卖|用"
    r"|a |an |the |been |yet )?\s?$"
)
#: A clause that says after a thing that it is not there: 高级认证没过, 待检区还没建.
_DENIED_AFTER = re.compile(
    r"(?:的)?(?:资质|资格|证书?|认证|企业|系统|合同|手续)?(?:也|都|还|又|根本|一直|至今|暂时|目前|尚|压根|始终)*"
    r"(?:没有?|未)(?:能|曾|被)?"
    r"(?:过关?|通过|拿[到下]?|取得|获得|批[下准]?|办[下成好]?|评[上下]?|下|到手|做|建|装|上线?|设|签[下署订成]?"
    r"|弄|搞|配|考过|申请[到下]?|开通|启用)(?:证书?|来|好|到|上|成|完|过)*(?=$|[,。;?!、，\s呢的])"
)
#: A denial of several things at once: 不涉及安全、环保、卫生; not safety, health or quarantine.
_NEGATED_LIST = re.compile(
    r"(?:不是|没有|并非|不涉及?|不属于|没涉及?|未涉及?|不含|不沾|无|非)(?:任何|什么|到)?"
    r"(?:[^,。;?!、没不未无]{1,8}(?:、|和|或者?|及|与|跟|/)+){1,4}[^,。;?!、没不未无]{0,2}$"
    r"|[不没未](?:涉及?|牵涉|沾|碰)(?:到)?[^,。;?!没不未无而但是]{1,8}$"
    r"|(?:not|no|neither|without|never) (?:(?:any|about|related to|of) )?"
    r"(?:[a-z]+(?:,|,? or|,? nor|,? and) ){1,4}(?:or |nor |and )?$"
)
#: A denial that follows what it denies: 退税没受影响, 许可证也不涉及, 跟安全、卫生都没关系.
_UNTOUCHED_AFTER = re.compile(
    r"(?:[^,。;?!没不未无]{0,8}(?:也|都|均|全)|(?:[这那]?一?块|方面|管理|这些|的事|部分)?"
    r"(?:并|根本|压根|完全|一点|半点|一样|一分|丝毫|都|还|暂时|目前)*)"
    r"(?:(?:没有?|未|不)(?:受到?影响|涉及|牵涉|牵扯|沾|碰|搭|挨)"
    r"|没有?(?:任何)?(?:影响|关系|瓜葛)|无关)"
)
#: What was not done is not what the case is about: 智能化还没动.
_UNDONE_AFTER = re.compile(
    r"(?:[这那]?一?块|方面|部分)?(?:也|都|还|一直|根本|压根|暂时|目前|完全)*"
    r"(?:没有?|未)(?:动|搞|弄|碰|开始|启动|实施|推进)(?=$|[,。;?!呢过的了])"
)
#: What a case is only to be taken for, not what it is: 能按智能化改造报吗, 能说歧视吗.
_TAKEN_FOR = re.compile(
    r"(?:能|可以|可不可以|想|要|去)[^,。;?!没不]{0,2}(?:按照?|当(?:作|成)?|套用?)[^,。;?!]{0,3}$"
    r"|(?:能|可以)(?:说|主张|认定|讲)[^,。;?!]{0,6}$"
)
_UNSURE = re.compile(
    r"(?:不知道|不清楚|不确定|不晓得|不知|不管|无论|是不是|是否|有没有|whether)[^,。;?!]{0,4}$"
)
#: What a pattern must not stand beside, which is no part of what it says.
_BESIDE = re.compile(r"\(\?<?![^)]*\)")
#: A clause that leaves open which of two things is so: 可能是厂房也可能是写字楼, 厂房还是酒店没定.
_EITHER = re.compile(
    r"(?:可能|也许|或许|说不定|要么)[^。;?!]{1,20}(?:可能|也许|或许|说不定|要么)[^,。;?!]{0,8}"
    r"|[^,。;?!]{1,12}还是[^。;?!]{1,14}(?:没|未)(?:有)?(?:定|决定|想好|确定|说死)"
    r"|(?:没|未)(?:有)?(?:定|决定|想好|确定)[^,。;?!]{0,12}还是[^,。;?!]{0,10}"
    r"|哪[种类款样](?![^,。;?!]{0,4}[都也])[^,。;?!]{0,4}"
)
_A_NOT_A = re.compile(r"(\w)[不没]\1")
_NO_IDEA = re.compile(
    r"不知道|不知|不清楚|不太?(?:清楚|确定|了解|记得)|不确定|不晓得|不记得|不好说|不掌握|不详|不懂|没数|没底|没印象"
    r"|没(?:统计|算过|核过|记录|留底|存档|查过|人知道)|说不[准清上出来]|记不[清得住起]|想不起|忘(?:了|记|光)"
    r"|(?:算|查|找|搞|弄|核|问|翻)不[出到着清准明]|[吃拿]不准|没法(?:子)?(?:算|查|确定|核|知道)|无法(?:查|核|确定|计算)"
    r"|无从|还?[没未](?:有)?(?:定|决定|想好|拿定|商量好|算|核|出来|有数)|待[定核查]|谁知道|哪(?:儿|里)?知道|鬼知道|丢了|遗失"
    r"|no (?:idea|clue|records?)|"
    r"(?:don't|do not|doesn't|dunno|not|never) (?:really )?"
    r"(?:know|sure|certain|remember|recall|have (?:that|the|any))|unsure|unknown|dunno|"
    r"can't (?:say|tell|find|remember|recall)|cannot (?:say|tell|find|determine)"
    r"|couldn't (?:find|say|tell)|hard to (?:say|tell)|forgot|lost (?:the|our)"
)
#: What may stand before the word of an answer: 查了，都没有.
_ANSWER = (
    r"^\s*(?:[查问看核](?:对|实)?[了过](?:一下|下)?,?)?"
    r"(?:都|也|还|应该|好像|暂时|目前|其实|基本上?|确实)*"
)
_YES = re.compile(
    rf"{_ANSWER}(?:是的?|对的?|有的?|嗯+|恩|没错|属于|符合|满足|会的?|可以|已经|当然|确实|yes|yep|yeah"
    r"|correct|right|true)(?![不没])"
)
_NO = re.compile(
    rf"{_ANSWER}(?:不是?|没有?|否|未|无|不属于|不符合|不满足|不会|还没|并非|no|nope|not|none|never)"
)
#: An answer that takes up the word of the question: 在吗 – 在里面, 签了吗 – 签了.
_ECHO = re.compile(
    r"\W*(?:都|也|已经|早就?)?([^不没未无\W]{1,4}?)(?:[了的过呢啊吧]|里面|里头?)*\W*"
)
_CORRECTION = re.compile(
    rf"不对|错了|更正|纠正|改成|改为|应该是|{SLIP}|不是.{{0,12}}(?:是|而是)"
    r"|其实|实际上?是|重新(?:核|算|查|看)|核(?:对|实)?(?:了|下|过|完|出来)|准确(?:地)?(?:说|讲|来说)|更新一下"
    r"|actually|correction|sorry|i mean|rather|in fact|make that"
)
#: A case like the one told, but for one fact: 要是只有90万呢.
_WHAT_IF = re.compile(
    r"要是|如果|假如|假设|假使|若是|倘若|万一|换成|换作|what if|suppose|(?:and|but) if"
    r"|if (?:it|we) "
)
#: A clause about an earlier time tells nothing of this one, unless the pattern itself is about it.
_LAST_TIME = re.compile(r"上(?:一)?[次回趟]|前(?:一)?[次回]|last time|previous(?:ly)?")
#: The same of what kind of case it is: 那次是漏报检验, 披露过一回归类差错.
_OTHER_TIME = re.compile(r"那一?[次回趟](?:是|属|报|说|讲|披露|因|犯|漏|错)|过一?[次回趟]")
_OF_LAST_TIME = re.compile(r"上|前|次|回|last|previous|again")
_CLAUSE = re.compile(r"[,。;?!、，]")
#: What stands between a value and the same value said otherwise: 90多天（三个月以上）.
_SAME_AGAIN = re.compile(r"\s?[(,、]\s?(?:即|也就是|就是|约|合|合计|相当于)?")
#: Words that set the year of a date.
_YEAR = re.compile(r"\d{4}|\d\d[-/.]|[年昨前今明上本这]|last|this|next|yesterday|today|ago")
#: What tells that a date is one of the company's own: 2019年成立.
_OF_COMPANY = re.compile(
    r"[^,。;?!]{0,4}(?:成立|设立|创办|创立|开业|投产|注册的)|[^,.;?!]{0,6}founded"
)
#: Words that put a date at the day of the talk outright, whatever other dates a text has.
_PRESENT = re.compile(
    r"现在|目前|眼下|今天|(?:马上|这就|立刻)(?![^,。;?!]{0,8}[了过])|right now|now\b|today"
)
#: What turns a date into the one to judge by: 要是按2024年5月算呢. `@` stands for the date.
_SUPPOSED = re.compile(
    r"(?:要是|如果|假如|假设|若是?|换成|换作|换到|按照?|就当|倒回|放在|当作|if|what about|suppose)"
    r"[^,。;?!]{0,8}@|^(?:那|那么)?(?:要是)?[^,。;?!]{0,4}@[^,。;?!]{0,8}(?:呢|的话|算)"
)


#: Words of a sum in which what was added is already counted.
_IN_ALL = re.compile(r"一共|总共|合计|累计|加起来|总计|凑[到成够]|in (?:all|total)|altogether")


@cache
def _compiled(pattern: str | re.Pattern[str]) -> re.Pattern[str]:
    """A pattern of a rule, compiled once: there are more than the cache of `re` holds."""
    return re.compile(pattern)


@cache
def _denies(pattern: str) -> bool:
    """Whether a pattern is itself a denial."""
    return _NEGATION_AT.search(_BESIDE.sub("", pattern)) is not None


@dataclass(frozen=True)
class _Place:
    """A mention beside a pattern of a fact; the lower the score, the nearer."""

    score: float
    mention: Mention
    fact: str


def fill(
    rule: Rule,
    text: str,
    today: date,
    asked: str | None = None,
    known: Mapping[str, Fact] | None = None,
    pending: str | None = None,
) -> dict[str, Fact]:
    """The facts of a rule that a message tells.

    Args:
        rule: the rule that the talk is about.
        text: the message.
        today: the day of the talk.
        asked: the fact that was asked for last, which an answer without other words is about.
        known: what is known so far, oldest first; a correction changes the last that fits.
        pending: an earlier answer to the same question that was a number without a unit.
    """
    return _Filling(rule, text, today, asked, dict(known or {}), pending).facts()


def has_no_idea(text: str) -> bool:
    """Whether a message says that its writer cannot tell."""
    return bool(_NO_IDEA.search(Reading.of(text[:LONGEST]).text))


def is_number_alone(text: str, today: date) -> bool:
    """Whether a message is a number without a unit, so that the unit must be asked for."""
    return [mention.kind for mention in facts_in(text, today)] == ["number"]


class _Filling:
    def __init__(
        self,
        rule: Rule,
        text: str,
        today: date,
        asked: str | None,
        known: dict[str, Fact],
        pending: str | None,
    ) -> None:
        self.rule = rule
        self.reading = Reading.of(text[:LONGEST])
        self.text = self.reading.text
        self.either = [*_EITHER.finditer(self.text)]
        self.today = today
        self.asked = asked
        self.known = known
        self.mentions = facts_in(text, today, self._told_before())
        if pending is not None:
            self.mentions = _joined(facts_in(pending, today), self.mentions)
        self.found: dict[str, Fact] = {}
        self.used: list[Mention] = []
        self.taken: dict[str, Mention] = {}

    def facts(self) -> dict[str, Fact]:
        for spec in self.rule.facts.values():
            if spec.type in ("bool", "choice"):
                self._said(spec)
        live = live_facts(self.rule, {**self.known, **self.found})
        self.specs = [
            spec
            for name, spec in self.rule.facts.items()
            if spec.type in _KINDS and (name in live or spec.aside or name == self.asked)
        ]
        more = self._more()
        self._beside()
        self._supposed()
        self._answer()
        self._corrected()
        self._in_order()
        self._alone()
        self._today()
        self._year_before()
        self._counted_back()
        self._add(more)
        self._names()
        self._kept()
        return self.found

    def _kept(self) -> None:
        """What kind of case it is stays, where a message only answers another question."""
        if self.asked not in self.found or _CORRECTION.search(self.text):
            return
        for name in [*self.found]:
            if self.rule.facts[name].type == "choice" and name != self.asked and name in self.known:
                del self.found[name]

    # what words say

    def _said(self, spec: FactSpec) -> None:
        """What words say outright; a value said outweighs its denials: 没发烧, 就是咳嗽."""
        taken_for: Fact | None = None
        for value, patterns in spec.cues.items():
            denied: Fact | None = None
            for pattern in patterns:
                for match in _compiled(pattern).finditer(self.text):
                    told = self._meant(spec, value, pattern, match)
                    if told is None:
                        continue
                    words = self.reading.typed[match.start() : match.end()].strip()
                    if _TAKEN_FOR.search(self.text[: match.start()]):
                        taken_for = taken_for or Fact(told, words)
                        continue
                    if told == value:
                        self.found[spec.name] = Fact(told, words)
                        return
                    denied = denied or Fact(told, words)
            if denied is not None:
                self.found[spec.name] = denied
                return
        if taken_for is not None:
            self.found[spec.name] = taken_for

    def _meant(
        self, spec: FactSpec, value: bool | str, pattern: str, match: re.Match[str]
    ) -> bool | str | None:
        """The value that a match tells: the other one of a bool where it is denied."""
        before, after = self.text[: match.start()], self.text[match.end() :]
        clause = _CLAUSE.split(before)[-1] + match.group()
        if _LAST_TIME.search(clause) and not _OF_LAST_TIME.search(pattern):
            return None
        if spec.type == "choice" and _OTHER_TIME.search(clause):
            return None
        around = self.text[max(0, match.start() - 1) : match.end()]
        if _UNSURE.search(before) or _asked_at(before, around, pattern):
            return None
        if any(m.start() < match.end() and match.start() < m.end() for m in self.either):
            return None
        inside = _NEGATION_AT.search(match.group()) and not _denies(pattern)
        denied = (
            _NEGATED.search(before)
            or _NEGATED_LIST.search(before)
            or (value is True and _DENIED_AFTER.match(after))
            or (spec.type == "choice" and _UNDONE_AFTER.match(after))
            or (_UNTOUCHED_AFTER.match(after) and not _NEGATION_AT.search(match.group()))
        )
        if not (denied or inside):
            return value
        return (not value) if isinstance(value, bool) and not inside else None

    # numbers and dates

    def _beside(self) -> None:
        """Give the mentions their facts, nearest pattern first."""
        places = sorted(
            (place for spec in self.specs for place in self._places(spec)),
            key=lambda place: place.score,
        )
        for place in places:
            if place.fact not in self.found and place.mention not in self.used:
                self._take(place.fact, place.mention)

    def _told_before(self) -> Told | None:
        """The date that was told last, from which a month without a year is read."""
        for name in reversed(self.known):
            spec, value = self.rule.facts.get(name), self.known[name].value
            if spec is None or spec.type != "date" or not isinstance(value, Span):
                continue
            if isinstance(value.low, date) and not self._is_now(value):
                order = list(self.rule.facts)
                asks_earlier = self.asked in order and order.index(self.asked) < order.index(name)
                corrects = _CORRECTION.search(self.text) is not None
                return Told(value.low, asks_earlier or corrects, value.exact is None)
        return None

    def _is_now(self, value: object) -> bool:
        """Whether a value is the day of the talk, or a week or month that it lies in."""
        if not isinstance(value, Span) or not isinstance(value.low, date):
            return False
        return isinstance(value.high, date) and value.low <= self.today <= value.high

    def _places(self, spec: FactSpec) -> Iterator[_Place]:
        for pattern in spec.near:
            if "@" in pattern:
                yield from self._shaped(spec, pattern)
                continue
            for match in _compiled(pattern).finditer(self.text):
                for mention in self.mentions:
                    if self._value(spec, mention) is not None:
                        score = self._score(match, mention)
                        if score <= _FARTHEST:
                            yield _Place(score, mention, spec.name)

    def _shaped(self, spec: FactSpec, pattern: str) -> Iterator[_Place]:
        """Mentions at the place `@` of a pattern; surer than those that stand near a word."""
        for mention in self.mentions:
            if self._value(spec, mention) is not None:
                clause = _CLAUSE.split(self.text[: mention.start])[-1]
                if spec.follows and _LAST_TIME.search(clause):
                    continue  # 上一回是2024年2月1日自首的: not this time
                match = self._around(mention, pattern)
                if match:
                    yield _Place(len(match.group()) / 100 - 1, mention, spec.name)

    def _around(self, mention: Mention, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
        """A pattern with `@` for the mention."""
        text = f"{self.text[: mention.start]}@{self.text[mention.end :]}"
        matches = _compiled(pattern).finditer(text)
        return next((m for m in matches if m.start() <= mention.start < m.end()), None)

    def _more(self) -> list[tuple[str, Mention]]:
        """What comes to a value that is told: 到了980万, 年底再补30万."""
        more: list[tuple[str, Mention]] = []
        for spec in () if _IN_ALL.search(self.text) else self.specs:
            for mention in self.mentions:
                others = [m for m in self._left(spec) if m is not mention]
                if not (others or spec.name in self.known) or self._value(spec, mention) is None:
                    continue
                if any(self._around(mention, pattern) for pattern in spec.adds):
                    self.used.append(mention)
                    more.append((spec.name, mention))
        return more

    def _add(self, more: list[tuple[str, Mention]]) -> None:
        for name, mention in more:
            fact = self.found.get(name) or self.known.get(name)
            value = self._value(self.rule.facts[name], mention)
            if fact is not None and isinstance(fact.value, Span) and value is not None:
                words = f"{fact.text} + {mention.text}"
                self.found[name] = Fact(fact.value.plus(value), words, fact.approximate)

    def _supposed(self) -> None:
        """A date that the case, once told, is to be judged for."""
        name = self.rule.validity.by
        if name is None or name in self.found or not self.known:
            return
        for mention in self._left(self.rule.facts[name]):
            if self._around(mention, _SUPPOSED):
                self._take(name, mention)
                return

    def _score(self, match: re.Match[str], mention: Mention) -> float:
        """How far a pattern stands from a mention; words before it count as nearer."""
        if match.start() < mention.end and mention.start < match.end():
            return 0.5 - len(match.group()) / 100
        if match.end() <= mention.start:
            gap, after = self.text[match.end() : mention.start], 0.0
        else:
            gap, after = self.text[mention.end : match.start()], 1.5
        if mention.kind == "date" or mention.hint == "ago":
            after = -after  # 去年11月报关: what happened follows its date
        breaks = 4 * len(re.findall(r"[,、:，]", gap)) + 9 * len(re.findall(r"[。;?!]", gap))
        others = 5 * sum(
            1
            for other in self.mentions
            if other is not mention
            and other.kind == mention.kind
            and min(match.end(), mention.end) <= other.start < max(match.start(), mention.start)
        )
        return max(0.0, len(gap) + after + breaks + others + 1.5) - len(match.group()) / 100

    def _value(self, spec: FactSpec, mention: Mention) -> Span | None:
        """The mention in the unit of a fact, where it can be that fact."""
        if isinstance(mention.value, str):
            return None
        if spec.type == "date" and mention.kind == "duration" and mention.hint == "ago":
            return _days_ago(mention, self.today)
        if _KINDS[spec.type] != mention.kind:
            return None
        if spec.type == "date":
            return mention.value if mention.hint != "now" or spec.now else None
        if mention.kind == "amount":
            said = mention.unit or ("yuan" if spec.type == "yuan" else self._currency(mention))
            return mention.value if said == spec.type else None
        if mention.kind == "duration":
            if mention.hint == "ago":
                return None
            if spec.type == "working_days" and mention.unit == "days" and spec.name == self.asked:
                return mention.value  # 几个工作日？ 12天
            return _in(spec, mention)
        return mention.value

    def _currency(self, mention: Mention) -> str:
        """The currency of an amount that names none: 1200万美元到位, 其中300万是贷款.

        It is the one that the text names; of several, that of the amount before it; where the text
        names none, that of the amounts told before.
        """
        named = [m for m in self.mentions if m.kind == "amount" and m.unit]
        if len({m.unit for m in named}) == 1:
            return named[0].unit
        if named:
            return next((m.unit for m in reversed(named) if m.end <= mention.start), "")
        if re.search(r"美元|美金|usd|\$|dollar", self.text):
            return "usd"
        told = {self.rule.facts[n].type for n in self.known if n in self.rule.facts}
        told &= {"usd", "yuan"}
        return told.pop() if len(told) == 1 else ""

    def _take(self, name: str, mention: Mention) -> None:
        spec = self.rule.facts[name]
        value = self._value(spec, mention)
        assert value is not None
        words, approximate = mention.text, mention.approximate
        self.used.append(mention)
        self.taken[name] = mention
        for other in self._left(spec):
            again = self._value(spec, other)
            first, last = sorted((mention, other), key=lambda each: each.start)
            between = self.text[first.end : last.start]
            if again and _SAME_AGAIN.fullmatch(between) and not value.meet(again).empty:
                value, words = value.meet(again), f"{first.text}{between}{last.text}"
                approximate = approximate and other.approximate
                self.used.append(other)
        self.found[name] = Fact(value, words, approximate)

    def _left(self, spec: FactSpec) -> list[Mention]:
        return [m for m in self.mentions if m not in self.used and self._value(spec, m) is not None]

    def _answer(self) -> None:
        """What is left answers the question that was asked."""
        if self.asked is None or self.asked in self.found:
            return
        spec = self.rule.facts[self.asked]
        if spec.type in ("bool", "choice"):
            self._plain_answer(spec)
            return
        if spec.type not in _KINDS:
            return
        if self._left(spec):
            if not (_WHAT_IF.search(self.text) and self._told_like(spec)):
                self._take(spec.name, self._left(spec)[0])
            return
        for mention in self.mentions:
            if mention.kind == "number" and spec.type == "ratio":
                assert isinstance(mention.value, Span)
                self.found[spec.name] = Fact(mention.value, mention.text, mention.approximate)
        for way in spec.ways:
            for source in way.of:
                of = self.rule.facts.get(source)
                if of is None or source in self.found or of.type not in _KINDS:
                    continue
                left = self._left(of)
                if left and (source not in self.known or len(left) > 1):
                    self._take(source, left[0])

    def _told_like(self, spec: FactSpec) -> bool:
        """Whether a fact with the same kind of value was told before."""
        others = (self.rule.facts.get(name) for name in self.known if name != spec.name)
        return any(other and _KINDS.get(other.type) == _KINDS[spec.type] for other in others)

    def _plain_answer(self, spec: FactSpec) -> None:
        idea = _NO_IDEA.search(self.text)
        if spec.type == "bool":
            for pattern, value in ((_NO, False), (_YES, True)):
                match = pattern.match(self.text)
                if match and not (idea and idea.start() < match.end()):
                    self.found[spec.name] = Fact(value, self.reading.typed.strip()[:40])
                    return
            word = _ECHO.fullmatch(self.text)
            if (
                word
                and "还是" not in (spec.ask or "")
                and word[1] in Reading.of(f"{spec.ask} {spec.values[True]}").text
            ):
                self.found[spec.name] = Fact(True, self.reading.typed.strip())
            return
        typed = self.text.strip(" 。.,!")
        values = list(spec.values)
        number = _ORDINALS.get(typed.strip("第个项种类选"), len(values))
        if number < len(values):
            self.found[spec.name] = Fact(values[number], self.reading.typed.strip())
            return
        fits = [
            key for key, words in spec.values.items() if len(typed) > 1 and typed in words.lower()
        ]
        if len(fits) == 1:
            self.found[spec.name] = Fact(fits[0], self.reading.typed.strip())

    def _corrected(self) -> None:
        """A correction changes the last fact that it can be about."""
        if not (_CORRECTION.search(self.text) or _WHAT_IF.search(self.text)):
            return
        names = [*reversed(self.known)]
        if not _PRESENT.search(self.text):  # 今天申请: it is the other date that was mistaken
            names.sort(key=lambda name: self._is_now(self.known[name].value))
        for name in names:
            spec = self.rule.facts.get(name)
            if spec is not None and spec.type in _KINDS and name not in self.found:
                left = self._left(spec)
                if left:
                    self._take(name, left[-1])

    def _in_order(self) -> None:
        """A date that is left without a role, by the order of what happened."""
        for spec in self.specs:
            first = self.found.get(spec.follows) or self.known.get(spec.follows)
            if spec.name in {**self.known, **self.found} or first is None:
                continue
            if not self._first_of(spec.told):
                continue
            left = [mention for mention in self._left(spec) if self._unmarked(mention)]
            later = [mention for mention in left if _before(first.value, mention.value)]
            earlier = [mention for mention in left if _before(mention.value, first.value)]
            if later:
                self._take(spec.name, later[0])
            elif earlier and spec.follows in self.found:
                self.found[spec.name] = first
                self._take(spec.follows, earlier[0])

    def _unmarked(self, mention: Mention) -> bool:
        """Whether nothing tells that a date belongs to the company and not to the case."""
        return not mention.hint and not _OF_COMPANY.match(self.text, mention.end)

    def _alone(self) -> None:
        """A fact that is meant where its kind of value stands without other words.

        While the case is open, one amount can stand for the fact of each case; only one will count.
        """
        for kind in ("amount", "ratio", "duration", "date"):
            lone = [
                spec
                for spec in self.specs
                if spec.lone
                and _KINDS[spec.type] == kind
                and spec.name not in self.found
                and spec.name not in self.known
                and not self._computed(spec)
            ]
            if kind != "amount":
                lone = lone[:1]
            left = [m for m in self.mentions if m not in self.used and m.hint != "now"]
            fits = [
                mention
                for mention in left
                if not _OF_COMPANY.match(self.text, mention.end)
                and any(self._value(spec, mention) is not None for spec in lone)
            ]
            for mention in fits[:1]:
                for spec in lone:
                    if self._value(spec, mention) is not None:
                        self._take(spec.name, mention)

    def _computed(self, spec: FactSpec) -> bool:
        """Whether all that a fact follows from was told: 应缴500万, 只交了380万."""
        told = {**self.known, **self.found}
        return any(all(source in told for source in way.of) for way in spec.ways)

    def _today(self) -> None:
        """Dates that words put at the day of the talk, 现在去披露, or before it, 已经披露了."""
        for spec in self.specs:
            if not spec.now or spec.name in self.found or spec.name in self.known:
                continue
            past = self._first_of(spec.done)
            match = self._first_of(spec.now)
            ago = next((m for m in self.used if m.hint == "ago"), None)
            if self._other_date(spec) and not _PRESENT.search(self.text):
                continue
            if past:
                self.found[spec.name] = Fact(Span(None, self.today), past, True)
            elif match:
                self.found[spec.name] = Fact(Span.at(self.today), match)
            elif ago:
                self.found[spec.name] = Fact(Span.at(self.today), ago.text)

    def _year_before(self) -> None:
        """A date without a year that another follows lies before it: 2024年3月说的，11月的货."""
        for spec in self.specs:
            first, then = self.found.get(spec.follows or ""), self.found.get(spec.name)
            then = then or self.known.get(spec.name)
            if first is None or then is None or _YEAR.search(first.text):
                continue
            while _before(then.value, first.value):
                assert isinstance(first.value, Span)
                first = replace(first, value=_year_back(first.value))
            self.found[str(spec.follows)] = first

    def _counted_back(self) -> None:
        """A period may be counted back from what follows: 2025年4月说的，货是一年前报的."""
        for spec in self.specs:
            mention, then = self.taken.get(spec.follows or ""), self.taken.get(spec.name)
            if mention is None or mention.hint != "ago" or then is None or then.hint == "ago":
                continue
            low, high = then.numbers
            assert isinstance(low, date)
            assert isinstance(high, date)
            first, last = _days_ago(mention, low), _days_ago(mention, high)
            now = _days_ago(mention, self.today)
            if first is None or last is None or now is None:
                continue
            if isinstance(now.high, date) and now.high < low:
                last = now  # it may be counted from today as well
            self.found[str(spec.follows)] = Fact(Span(first.low, last.high), mention.text)

    def _first_of(self, patterns: tuple[str, ...]) -> str:
        """The words, as typed, that the first pattern in the text matches; empty for none."""
        matches = (_compiled(pattern).search(self.text) for pattern in patterns)
        match = next((found for found in matches if found), None)
        return self.reading.typed[match.start() : match.end()].strip() if match else ""

    def _other_date(self, spec: FactSpec) -> bool:
        """Whether a date is left whose role is not clear: it may be this one."""
        return any(mention.kind == "date" and mention.hint != "now" for mention in self._left(spec))

    def _names(self) -> None:
        for spec in self.rule.facts.values():
            if spec.type != "text":
                continue
            for mention in self.mentions:
                if mention.kind == spec.names and mention not in self.used:
                    assert isinstance(mention.value, str)
                    fits = not spec.near or any(_compiled(p).search(self.text) for p in spec.near)
                    if fits and spec.name not in self.found:
                        self.found[spec.name] = Fact(mention.value, mention.text)
                        self.used.append(mention)


_ORDINALS = {
    word: index
    for index, words in enumerate(
        ("1 一 a 首", "2 二 b", "3 三 c", "4 四 d", "5 五 e", "6 六 f", "7 七 g")
    )
    for word in words.split()
}


def _asked_at(before: str, around: str, pattern: str) -> bool:
    """Whether words ask if it is so, 算不算超时, and no pattern of theirs is meant for that."""
    if _A_NOT_A.search(pattern):
        return False
    denied = _NEGATED.search(before) and _A_NOT_A.fullmatch(before[-3:])
    return bool(_A_NOT_A.search(around) or denied)


def _joined(earlier: list[Mention], now: list[Mention]) -> list[Mention]:
    """A number that was typed first and its unit that came after, as one mention."""
    numbers = [m for m in earlier if m.kind == "number"]
    units = [m for m in now if m.kind == "unit"]
    if not numbers or not units:
        return now
    number, unit = numbers[-1], units[0]
    assert isinstance(number.value, Span)
    assert isinstance(unit.value, str)
    factor = scale_of(unit.value)
    low, high = (
        end * factor if isinstance(end, Decimal) else None
        for end in (number.value.low, number.value.high)
    )
    value = Span(low, high, number.value.open_low, number.value.open_high)
    periods = dict.fromkeys(("months", "days", "hours"), "duration")
    kind = {"%": "ratio", **periods}.get(unit.unit, "amount")
    words = number.text + unit.text
    return [Mention(kind, value, unit.unit, unit.start, unit.end, words, number.approximate)]


def _in(spec: FactSpec, mention: Mention) -> Span | None:
    """A period in the unit of a fact; a month has 28 to 31 days, some of them no working days."""
    value = mention.value
    assert isinstance(value, Span)
    unit = UNITS[spec.type]
    if unit == mention.unit:
        return value
    if mention.hint == "off" and not _LATENESS.intersection(spec.near):
        return None
    low = value.low if isinstance(value.low, Decimal) else None
    high = value.high if isinstance(value.high, Decimal) else None
    if unit == "months" and mention.unit == "days":
        low, high = low and low / 31, high and high / 28
    elif unit == "days" and mention.unit == "months":
        low, high = low and low * 28, high and high * 31
    elif unit == "hours" and mention.unit == "days":
        return _hours_of_days(value)
    elif unit == "working_days" and mention.unit != "hours":
        if mention.unit == "months":
            low, high = low and low * 28, high and high * 31
        low = low and _least_working_days(low)
    else:
        return None
    return Span(low, high, value.open_low, value.open_high)


def _hours_of_days(days: Span) -> Span:
    """The hours of a stay that is told in days, of which the last need not be a whole one."""
    low = max(days.low - 1, Decimal(0)) * 24 if isinstance(days.low, Decimal) else None
    high = days.high * 24 if isinstance(days.high, Decimal) else None
    return Span(low, high, open_low=True, open_high=days.open_high)


def _least_working_days(days: Decimal) -> Decimal:
    """The fewest working days that so many days in a row have: with weekends and a long holiday."""
    weeks, rest = divmod(days, 7)
    return max(Decimal(0), weeks * 5 + max(rest - 2, Decimal(0)) - _LONGEST_HOLIDAY)


def _year_back(span: Span) -> Span:
    """The same days a year earlier."""
    low, high = span.low, span.high
    assert isinstance(low, date)
    assert isinstance(high, date)
    return Span(add_months(low, -12), add_months(high, -12))


def _before(one: object, other: object) -> bool:
    """Whether all days of the first lie before those of the second."""
    if not isinstance(one, Span) or not isinstance(other, Span):
        return False
    last, first = one.high, other.low
    return isinstance(last, date) and isinstance(first, date) and last < first


def _days_ago(mention: Mention, today: date) -> Span | None:
    """The days that a period counted back from today can mean; hours are not counted back."""
    if mention.unit == "hours":
        return None
    value = mention.value
    assert isinstance(value, Span)
    back = _back_days if mention.unit == "days" else _back_months
    low = back(value.high, today) if isinstance(value.high, Decimal) else None
    high = back(value.low, today) if isinstance(value.low, Decimal) else None
    if low is None and high is None:
        return None
    return Span(low, high, value.open_high, value.open_low)


def _back_days(count: Decimal, today: date) -> date:
    return today - timedelta(days=int(count))


def _back_months(count: Decimal, today: date) -> date:
    whole = int(count)
    return add_months(today, -whole) - timedelta(days=round((count - whole) * 31))
