"""What follows for those who break the provision cited last: 会被怎么处理, 要担什么责任."""

from __future__ import annotations

import re

from actions.answer import answer_of
from actions.dates import date_asked
from actions.ellipsis import meant
from actions.request import Reply, Request
from policies_db import lookup
from policies_db.settings import database_url
from policies_db.shelf import reading

_ASKS = re.compile(
    r"(怎么|如何|怎样|咋个?|啥|什么)\w{0,2}(处理|处置|处分|追究|追责|问责|收拾|惩罚|惩处|处罚|责任|后果|下场)"
    r"|(担|负|追究?)\w{0,4}责任?(吗|不|么)|(有|没)人(管|追责|问责)"
    r"|consequences?|held (liable|responsible)|what happens to (them|the)",
    re.I,
)
#: Who asks of themselves tells a case of their own.
_OWN = re.compile(r"我|咱|罚款|罚多少|免|\b(we|us|our)\b", re.I)
#: Words of a provision on liability, in itself or in what leads to its items.
_LIABLE = re.compile(r"责令|通报批评|处分|追责|追究|法律责任|刑事责任|赔偿|信用信息")
_SPARED = re.compile(r"不予|免予|免除|从轻|减轻|不(承|负)担")
#: A longer message tells a case of its own.
LONGEST = 24


def asks_consequence(text: str) -> bool:
    """Whether a message asks what follows for somebody else's breach."""
    return len(text) <= LONGEST and bool(_ASKS.search(text)) and not _OWN.search(text)


def consequence(request: Request) -> Reply | None:
    """The provision on liability for what was cited last; None where its document has none."""
    last = request.memory.last
    if last is None or not last.provision_ids or not asks_consequence(request.text):
        return None
    on = date_asked(request)
    found = meant(request, frozenset([last.provision_ids[0].partition("/")[0]]))
    with reading(database_url()) as session:
        for hit in found.hits:
            cited = lookup.points(session, [hit.point_id], on)[0]
            over = lookup.led_by(session, cited, on)
            said = cited.words + (over.words if over else "")
            if _LIABLE.search(said) and not _SPARED.search(said):
                both = [cited, over] if over else [cited]
                question = f"{request.memory.asked_last} {request.text}"
                return answer_of(request, question, both, [hit.point_id])
    return None
