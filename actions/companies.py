"""Companies of the trusted list by a part of their name: shown, never concluded from."""

from __future__ import annotations

import datetime
import re
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

from actions.answer import dated, replied
from actions.card import warning
from actions.request import Reply, Request, notice
from actions.wording import say
from policies_db import lookup
from policies_db.facts.mentions import Reading
from policies_db.facts.names import companies_in
from policies_db.settings import database_url
from policies_db.shelf import reading

_MEMBER = re.compile(
    r"是不是|在不在|有没有|算不算|在列|呢[?？]?\s*$|[在进上有是入属].{0,14}[吗么没不呢]|\b(is|are|on)\b",
    re.I,
)
_ASKS = re.compile(r"名单|高资信|在列|trusted|\blist", re.I)
#: The list of these companies, of all lists.
_LIST = re.compile(r"高资信.*名单|名单.*高资信")
#: A company that is not named: its name is asked for.
_OWN = re.compile(r"^.{0,12}(我们|我司|咱们?|本公司|\bwe\b|\bour company\b)(公司)?.{0,8}$", re.I)
_FORM = re.compile(
    r"[（(]?重庆市?[)）]?|[（(]中国[)）]|股份有限公司|有限责任公司|有限公司|分公司|[（）()]"
)
#: A part of a name counts from so many characters, and so much of the name without its legal form.
SHORTEST_PART, SHARE = 4, 0.6
#: A short message is looked at without the words around a name, of so many characters at least.
SHORT, SHORTEST_ASKED = 20, 2
_AROUND = re.compile(
    r"^(那么?|这|还有|再|另外|换(成|个)?|查(查|一下|下)?|看(看|一下|下)?|请问|要是|如果|帮我|是)+(个|家)?|"
    r"[那这]个?(家)?(公司|厂|分公司|企业)?|(公司|企业|集团|厂)(?=呢|在|有|是|也|算|\W|$)|"
    r"(也|还|又)?(在|进|上|有|算|是)(不|没)?(在|没有|算|是)?(名单|列|里面?|上面?|里头|内)*|名单|高资信(企业)?|重庆的?|的话|呢|吗|么|嘛|没有?|不|了|的|\s|\W"
)
#: What names no company.
_NO_NAME = re.compile(
    r"[哪什啥怎几谁何它他这那我咱您你]|多少|多久|好处|政策|措施|优惠|条件|待遇|资格|文件|海关|"
    r"变动|变化|调整|更新|动态|公布|公开|标准|门槛|附件|序号|期限|有效|外资|民营|国企|新增|退出|移出|除名|取消|"
    r"申请|报名|评定|评选|查询|网站|时间|日期|依据|规定|数量|总共|一共|其他|别的|"
    r"支持|融资|贷款|贴息|服务|通关|查验|认证|补助|奖励|退税|担保|aeo|[a-z]{2} ",
    re.I,
)
MOST = 3


def companies_like(
    session: Session, request: Request, question: str, on: datetime.date
) -> Reply | None:
    """The rows of the list whose name a question has in part; None without, or with a full name."""
    rows = lookup.company_rows(session)
    if any(name in question for _, name, _ in rows) or not _about_list(request, question):
        return None
    if _OWN.search(question) and not any(companies_in(Reading.of(question))):
        return _whole_name(request, question)
    found = [(_likeness(name, question), number, name, row) for number, name, row in rows]
    best = sorted((item for item in found if item[0]), key=lambda item: (-item[0], item[1]))[:MOST]
    provisions = [p for *_, row in best if (p := lookup.provision(session, row)) is not None]
    if not provisions:
        return _whole_name(request, question) if _short_name(request, question) else None
    cited = [lookup.cite(session, provision, on) for provision in provisions]
    names = "、".join(f"{name}（{c.label}）" for (*_, name, _), c in zip(best, cited, strict=True))
    lines = [warning(cited[0], request.language), say("listed", request.language, names=names)]
    text = dated(request, on, "\n".join(line for line in lines if line))
    return replied(request, question, "rule", text, cited)


def _whole_name(request: Request, question: str) -> Reply:
    """The name as it is registered is asked for: only that can be held against the list."""
    asked = request.memory.asking(question)
    return notice("clarify", "company_name", request, asked)


def _about_list(request: Request, question: str) -> bool:
    """Whether a message asks if somebody is on the list, by itself or by the question before."""
    if not _MEMBER.search(question):
        return False
    after = len(question) <= SHORT and _ASKS.search(request.memory.asked_last)
    return bool(_ASKS.search(question) or after)


def names_part(request: Request, question: str) -> bool:
    """Whether a message, after a question about the list, names a company in part only."""
    if not _about_list(request, question):
        return False
    with reading(database_url()) as session:
        rows = lookup.company_rows(session)
    if any(name in question for _, name, _ in rows):
        return False
    return _short_name(request, question) or any(_likeness(name, question) for _, name, _ in rows)


def _asked_for(question: str) -> str:
    """What is left of a short message when the words around a name are taken away: 英业达."""
    return _AROUND.sub("", _FORM.sub("", question)) if len(question) <= SHORT else ""


def _short_name(request: Request, question: str) -> bool:
    """Whether a short message, after one of the list, has but a name beside common words."""
    if "高资信" in question or not _LIST.search(request.memory.asked_last):
        return False
    left = _asked_for(question)
    whole = any(companies_in(Reading.of(question)))
    return len(left) >= SHORTEST_ASKED and not whole and not _NO_NAME.search(left)


def _likeness(name: str, question: str) -> float:
    """How much of a name, without its legal form, a question has in one piece; 0 if too little."""
    core = _FORM.sub("", name)
    asked = _asked_for(question)
    if len(asked) >= SHORTEST_ASKED and asked in core:
        return 1.0
    match = SequenceMatcher(None, core, question, autojunk=False).find_longest_match()
    share = match.size / max(len(core), 1)
    whole = share == 1.0 and match.size > SHORTEST_ASKED
    return share if whole or (match.size >= SHORTEST_PART and share >= SHARE) else 0.0
