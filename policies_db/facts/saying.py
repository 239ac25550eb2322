"""What words of a text say of a fact: so, not so, asked, unsure; and what a plain answer says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from policies_db.decisions import Fact, FactSpec, Rule
from policies_db.facts.extraction import LONGEST
from policies_db.facts.mentions import SLIP, Reading

_NEGATION = (
    r"不是|没有|并非|并没|没|不|未|非|无|别(?![家人的处国])|"
    r"not |n't |never |no |zero |isn't |aren't |without "
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
    r"要是|如果|假如|假设|假使|若是|倘若|万一|换成|换作|(?:改|推|拖|延|推迟|延后|提前)到|"
    r"what if|suppose|(?:and|but) if"
    r"|if (?:it|we) "
)
#: A clause about an earlier time tells nothing of this one, unless the pattern itself is about it.
_LAST_TIME = re.compile(r"上(?:一)?[次回趟]|前(?:一)?[次回]|last time|previous(?:ly)?")
#: The same of what kind of case it is: 那次是漏报检验, 披露过一回归类差错.
_OTHER_TIME = re.compile(r"那一?[次回趟](?:是|属|报|说|讲|披露|因|犯|漏|错)|过一?[次回趟]")
_OF_LAST_TIME = re.compile(r"上|前|次|回|last|previous|again")
_CLAUSE = re.compile(r"[,。;?!、，]")
_ORDINALS = {
    word: index
    for index, words in enumerate(
        ("1 一 a 首", "2 二 b", "3 三 c", "4 四 d", "5 五 e", "6 六 f", "7 七 g")
    )
    for word in words.split()
}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a rule, compiled once: there are more than the cache of `re` holds."""
    return re.compile(pattern)


def prepare(rules: Iterable[Rule]) -> None:
    """Compile all patterns of the facts of rules, for which no message then has to wait."""
    for rule in rules:
        for spec in rule.facts.values():
            for pattern in spec.patterns:
                compiled(pattern)


def said(spec: FactSpec, reading: Reading) -> Fact | None:
    """What words say of a bool or choice; a value said outweighs its denials: 没发烧, 就是咳嗽."""
    taken_for: Fact | None = None
    for value, patterns in spec.cues.items():
        denied: Fact | None = None
        for pattern in patterns:
            for match in compiled(pattern).finditer(reading.text):
                told = _meant(spec, value, pattern, match)
                if told is None:
                    continue
                fact = Fact(told, reading.typed[match.start() : match.end()].strip())
                if _TAKEN_FOR.search(reading.text[: match.start() + 1]):
                    taken_for = taken_for or fact
                elif told == value:
                    return fact
                else:
                    denied = denied or fact
        if denied is not None:
            return denied
    return taken_for


def plain_answer(spec: FactSpec, reading: Reading) -> Fact | None:
    """What a text says of a bool or choice where it answers the question for it."""
    return (_yes_or_no if spec.type == "bool" else _chosen)(spec, reading)


def has_no_idea(text: str) -> bool:
    """Whether a message says that its writer cannot tell."""
    return bool(_NO_IDEA.search(Reading.of(text[:LONGEST]).text))


def corrects(text: str) -> bool:
    """Whether a message puts right what was told before."""
    return bool(_CORRECTION.search(text))


def asks_what_if(text: str) -> bool:
    """Whether a message asks for a case like the one told, but for one fact."""
    return bool(_WHAT_IF.search(text))


def last_clause(text: str) -> str:
    """What stands after the last stop or comma of a text."""
    return _CLAUSE.split(text)[-1]


def is_of_last_time(clause: str) -> bool:
    """Whether a clause is about an earlier time."""
    return bool(_LAST_TIME.search(clause))


def _meant(
    spec: FactSpec, value: bool | str, pattern: str, match: re.Match[str]
) -> bool | str | None:
    """The value that a match tells: the other one of a bool where it is denied."""
    text = match.string
    before, after = text[: match.start()], text[match.end() :]
    clause = last_clause(before) + match.group()
    if is_of_last_time(clause) and not _OF_LAST_TIME.search(pattern):
        return None
    if spec.type == "choice" and _OTHER_TIME.search(clause):
        return None
    around = text[max(0, match.start() - 1) : match.end()]
    if _UNSURE.search(before) or _asked_at(before, around, pattern):
        return None
    either = _EITHER.finditer(text)
    if any(m.start() < match.end() and match.start() < m.end() for m in either):
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


@cache
def _denies(pattern: str) -> bool:
    """Whether a pattern is itself a denial."""
    return _NEGATION_AT.search(_BESIDE.sub("", pattern)) is not None


def _asked_at(before: str, around: str, pattern: str) -> bool:
    """Whether words ask if it is so, 算不算超时, and no pattern of theirs is meant for that."""
    if _A_NOT_A.search(pattern):
        return False
    denied = _NEGATED.search(before) and _A_NOT_A.fullmatch(before[-3:])
    return bool(_A_NOT_A.search(around) or denied)


def _yes_or_no(spec: FactSpec, reading: Reading) -> Fact | None:
    idea = _NO_IDEA.search(reading.text)
    for pattern, value in ((_NO, False), (_YES, True)):
        match = pattern.match(reading.text)
        if match and not (idea and idea.start() < match.end()):
            return Fact(value, reading.typed.strip()[:40])
    word = _ECHO.fullmatch(reading.text)
    if (
        word
        and "还是" not in (spec.ask or "")
        and word[1] in Reading.of(f"{spec.ask} {spec.values[True]}").text
    ):
        return Fact(True, reading.typed.strip())
    return None


def _chosen(spec: FactSpec, reading: Reading) -> Fact | None:
    typed = reading.text.strip(" 。.,!")
    values = list(spec.values)
    number = _ORDINALS.get(typed.strip("第个项种类选"), len(values))
    fits = [key for key, words in spec.values.items() if len(typed) > 1 and typed in words.lower()]
    if number < len(values):
        return Fact(values[number], reading.typed.strip())
    return Fact(fits[0], reading.typed.strip()) if len(fits) == 1 else None
