"""Whether a message asks for help to get round the law, or to bend the facts.

The intent alone is not sure enough: many honest questions are near to evasive ones. Words that only
somebody uses who wants to hide something make it sure.
"""

from __future__ import annotations

import re

#: The probability of the intent from which it counts with such words, and without them.
WITH_WORDS, WITHOUT_WORDS = 0.5, 0.88
_HIDING = re.compile(
    r"不被.{0,4}(发现|查|看出|抓)|看不出来|查不[到出](?=[吗吧呢?？]|$)|瞒[过住着天]|糊弄|蒙混|蒙过|伪造|倒签|红包|好处费|"
    r"塞.{0,3}(钱|红包|好处|意思|礼)|打点(?!货)|买单配票|疏通关系|造假|做假|作假|"
    r"under-?declar|without \w+ (noticing|knowing|finding)|not get caught|brib|backdat|back-date|"
    r"\bforg(e|ing)\b|\bfak(e|ing)\b|kickback",
    re.I,
)
_BENDING = re.compile(
    r"写成|报成|填成|包装成|拆成|拆开|拆分|分成几|凑[进到成够]|挪[到一进后前]|往[前后](挪|写|改|推)|写[晚早少低]|"
    r"往[低少高多](了|里)?[报写算]|做[低高平]|[报填写][低少小](一)?点|少报|瞒报|虚[报构开增]|编[造个一]|冒[用充]|挂靠|"
    r"借(别人|他人|用)|拿别人|用(别人|他人|员工|亲戚)|换个(名|公司|主体|马甲)|假(的|装|借|合同|单|章|货)|偷偷|私自|悄悄|"
    r"套[奖补取利]|骗|壳公司|空壳|回扣|混[过进]|圆过|凑[数人]|走账|做账|故意|改[个掉]|当[成作]|"
    r"隐瞒|藏|绕[开过]|躲[开过]?|规避|钻|空子|擦边|应付|不(勾|申报|报|填|写|提)|先斩后奏|做手脚|P图|"
    r"hide|conceal|avoid|loophole|get around|skip|split|pretend|disguise|someone else",
    re.I,
)
_REPORTING = re.compile(
    r"举报|员工|投诉|同行|对手|被人|有人|违法吗|合法吗|违规吗|犯法|怎么处理|后果|会怎[样么]|会不会|责任|处罚|防止|是不是不行|"
    r"report|illegal|legal\b|penalt|consequence",
    re.I,
)


def evasive(text: str, probability: float) -> bool:
    """Whether a message is to be declined; `probability` is that of the intent `evasion`."""
    if probability >= WITHOUT_WORDS:
        return True
    if _REPORTING.search(text):
        return False
    return bool(_HIDING.search(text) or (probability >= WITH_WORDS and _BENDING.search(text)))
