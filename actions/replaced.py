"""Documents that are not on file but that one on file repeals, or goes before."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from actions.answer import answer_of
from actions.dates import date_asked
from actions.request import Reply, Request, notice
from policies_db import lookup
from policies_db.naming import names
from policies_db.searching import searcher

#: What is asked of such a document where the answer is what took its place.
_STANDING = re.compile(
    r"废|替|代|取消|作废|失效|生效|有效|还能|还用|管用|作数|算数|算不算|依据|在用|适用|执行|照着|为准|优先|冲突|不一致|抵触|"
    r"repeal|replac|supersed|in force|valid|still|prevail|conflict",
    re.I,
)


def replaced(session: Session, request: Request, question: str) -> Reply | None:
    """What took the place of a document that a question names by its number; None without one.

    What stood in that document is not on file.
    """
    later = names().replaced(question)
    if later is None:
        return None
    mention = names().find(question)
    if mention.label and not mention.documents:
        return notice("refusal", "unknown_document", request)
    document, number = later
    found = searcher().search(question, documents=frozenset([document]))
    cited = lookup.points(session, [hit.point_id for hit in found.hits], date_asked(request))
    naming = [each for each in cited if number in each.words]
    if _STANDING.search(question) and naming:
        return answer_of(request, question, naming[:2], ())
    covered = mention.documents or (naming and naming[0] is cited[0])
    return None if covered else notice("refusal", "unknown_document", request)
