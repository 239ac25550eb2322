"""The date that a question asks about: validity is judged for it."""

from __future__ import annotations

import datetime
import re

from actions.memory import date_of
from actions.request import Request
from policies_db.decisions import Span
from policies_db.facts.extraction import facts_in

#: A date vaguer than so many days is none to judge by: 2024年 alone is mostly a plan's year.
VAGUEST_DAYS = 62
#: A day without a year is mostly one that a rule sets: 6月底前.
_SAYS_YEAR = re.compile(
    r"\d年|[〇零一二三四五六七八九]年|年前|[去今前明]年|[上下本这]个?月|[昨今明前]天|\d{4}|last|next|today",
    re.I,
)
#: A date beside a verb like these tells of the past of a company, not of what is asked.
_BACKGROUND = re.compile(
    r"^[^,，。;；?？!！]{0,10}?(注册|成立|设立|设的|开办|开业|开的店|认定|入驻|落户|买下|购入|拍得|拍下|签订|签约|取得|领取|领过|"
    r"领了|获批|获评|搬来|迁来|投产|登记|备案|立项|印发?|发布|公布|出台|下发|"
    r"founded|registered|recogni[sz]ed|set up|established)(的|了|过|,|，)"
)
#: A month before the name of a document is that of the document: 2024年4月的那份措施.
_OF_DOCUMENT = re.compile(
    r"^(的|发的|出的|印发的|那[份个]|这[份个])+[^,，。;；?？在时能可还]{0,14}?(通知|公告|措施|计划|意见|方案|条例|文件?(?=[,，。;；]|$))"
)


def date_named(request: Request) -> datetime.date | None:
    """The first date that the message names, the middle day of a month; None without one."""
    for mention in facts_in(request.text, request.today):
        if mention.kind != "date" or not isinstance(mention.value, Span):
            continue
        if not _SAYS_YEAR.search(mention.text) or _BACKGROUND.search(request.text[mention.end :]):
            continue
        if _OF_DOCUMENT.search(request.text[mention.end :]):
            continue
        low, high = mention.value.low, mention.value.high
        if isinstance(low, datetime.date) and isinstance(high, datetime.date):
            length = (high - low).days
            if length <= VAGUEST_DAYS:
                return low + datetime.timedelta(days=length // 2)
    return None


def date_asked(request: Request) -> datetime.date:
    """The date named in the message, else that of the answer before, else today."""
    return date_named(request) or date_of(request.memory.last, request.today)
