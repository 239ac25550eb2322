"""Which documents speak of a thing: 哪几份文件写了船边直提."""

from __future__ import annotations

import datetime
import re

from sqlalchemy.orm import Session

from actions.list_policies import over_documents
from actions.request import Reply, Request
from policies_db import listing
from policies_db.naming import names
from policies_db.saying import saying

_KIND = r"(?:文件|公告|通知|条例|法规|政策文件|规定|政策|文)"
_SAYS = r"(?:提|讲|写|说|规定|涉及|出现|谈|列|载|明确|要求|支持)(?:到|及|过|了|明|出)*"
_THERE = r"(?:里面?|中|上|当中)?(?:都|也|均)?(?:有|是)?(?:对)?"
#: Documents that are asked for by what they say, in either order.
_WHICH = re.compile(
    rf"(?:哪些|哪几|几)(?:个|份|部|家|项)?{_KIND}{_THERE}(?:{_SAYS}|有这|有那|有$)|"
    rf"(?:哪几|哪些|几)(?:个|份|部)(?:里|中|当中)?(?:都|也)?{_SAYS}|"
    rf"{_SAYS}(?P<thing>[^,，。?？]{{2,24}})的{_KIND}(?:都|一共|总共)?(?:有|是)?(?:哪些|哪几|几)(?:个|份|部)?|"
    r"which documents (?:mention|say|speak)(?: of| about)?",
    re.I,
)
#: What such a question says beside the thing: whose documents, and that it is a saying.
_BESIDE = re.compile(
    r"(?:国家|中央|重庆|全国|全市|市里|市级|本市)(?:和|跟|与|、|的)?(?=[\W国中市里重]|$)|"
    r"(?:这|那)(?:句话?|个|一|条|件事)|收录的?|请问|帮我|看看|查一?下|[吗么呢啊在]+\W*$"
)
#: A thing is named by so many characters at least; so many documents are listed.
SHORTEST, MOST = 3, 20


def mentioning(
    session: Session, request: Request, question: str, on: datetime.date
) -> Reply | None:
    """The documents that speak of a thing, each with what it says most of it; None where that is
    not asked, or where none does."""
    asked = _WHICH.search(question)
    if asked is None or names().each(question):
        return None
    beside = f"{question[: asked.start()]} {question[asked.end() :]}"
    thing = _BESIDE.sub(" ", asked["thing"] or beside)
    if len(re.sub(r"[\W_]", "", thing)) < SHORTEST:
        return None
    rows = saying(session, thing)[:MOST]
    if not rows:
        return None
    cited = [listing.nearest_point(session, row, thing, on) for row in rows]
    return over_documents(request, question, cited)
