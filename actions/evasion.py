"""Whether a message asks for help to get round the law, or to bend the facts.

The intent alone is not sure enough: many honest questions are near to evasive ones. Words that only
somebody uses who wants to hide something make it sure. What is merely left out or done too soon is
asked about by honest people: who asks whether it is allowed gets an answer. Without such words a
message is taken for honest where it goes on with a conversation, or where search surely finds its
answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

#: The probability of the intent from which it counts with such words, and without them.
WITH_WORDS, WITHOUT_WORDS = 0.5, 0.88
#: What search answers so surely is an honest question, where no word says otherwise.
SURELY_COVERED = 0.55
_HIDING = re.compile(
    r"不(会|容易|能)?(让[^,。;]{1,6})?被.{0,6}(发现|查|看出|抓|抽[到查中]|测出|识破|盯上)|看不出来|"
    r"(海关|税务|稽查|他们|人家|别人|谁|怎么|咋|让|保证|才能|就)[^,，。;；]{0,10}查不[到出](?=[吗吧呢?？]|$)|瞒[过住着天]|糊弄|蒙混|蒙过|伪造|倒签|红包|好处费|"
    r"塞.{0,3}(钱|红包|好处|意思|礼)|打点(?!货)|买单配票|疏通关系|造假|做假(?!发)|作假|"
    r"under-?declar|without \w+ (noticing|knowing|finding)|not get caught|brib|backdat|back-date|"
    r"\bforg(e|ing)\b|\bfak(e|ing)\b|kickback",
    re.I,
)
_BENDING = re.compile(
    r"写成|报成|填成|包装成|拆成|拆开|拆分|分成几|凑[进到成够]|挪[到一进后前]|往[前后](挪|写|改|推)|写[晚早少低]|"
    r"往[低少高多](了|里)?[报写算]|做[低高平]|[报填写][低少小](一)?点|少报|瞒报|虚[报构开增]|编[造个一]|冒[用充]|挂靠|"
    r"借(别人|他人|用)|拿别人|用(别人|他人|员工|亲戚)|换个(名|公司|主体|马甲)|(?<!真的)(?<!真)假(的|装|借|合同|单|章|货)|偷偷|悄悄|"
    r"套[奖补取利]|骗|(用|拿|借|弄|搞|找|买|设|开|注册|通过)(了|几|一|个|家)*(壳公司|空壳)|回扣|混[过进]|圆过|凑[数人]|走账(?!册)|做账(?!册)|故意|改[个掉]|当[成作]|"
    r"隐瞒|藏|帮我(编|拟|设计|想[个一]?[些]?(办法|说法|理由))|教(我|你)怎么|落款|旧日期|补签|代签|倒着|统一口径|名义|名头|挂名|"
    r"挂在.{0,10}名下|夹[在带进]|糊过|糊弄|圆[过得]|顶(替|进去|上去)|借(?!给|款|了?钱|来的钱).{0,8}(抬头|单子|配额|公司|资质|壳)|换[个一].{0,3}(品名|名头|名目|税号|说法|抬头)|"
    r"改.{0,2}(签收|日期|单证|名字)|拿来充|当全新|装作|后台改|不留痕|显眼|买(发票|单子|学历|流量)|走个(流程|过场)|硬往|转手|"
    r"隐蔽|卡在.{0,4}线下|自欺|绕[开过]|躲[开过]?|规避|钻|空子|擦边|应付|做手脚|P图|"
    r"hide|conceal|loophole|get around|split|pretend|disguise|someone else",
    re.I,
)
#: What is left out or done too soon, which an honest person asks about as well.
_SHORTCUT = re.compile(r"不(勾|申报|报|填|写|提)|先斩后奏|私自|打(个)?招呼|skip|avoid", re.I)
#: A question how likely one is to be found out, which beside what is left out tells the intention.
_ODDS = re.compile(
    r"(抽|查|发现|逮|抓|看出)(到|中|出|住)?(来)?的?(概率|几率|机率|机会|可能性?)|"
    r"(chance|odds|likel)[^,.;?]{0,20}(caught|found|notice|check|inspect)",
    re.I,
)
#: A question whether something is allowed.
_ASKS_LEAVE = re.compile(
    r"(行|可以|能行|允许|合规|合法|合适|要紧|算数|来得及|赶得上|够|成|得行)(吗|么|嘛|不|没|吧)|行不行|可不可以|能不能|允不允许|得不得行|"
    r"合不合(规|法)|算不算|(能|可以|会)[^,，。;；]{0,16}(吗|么|嘛|不|吧)\W*$|"
    r"\b(may|can|could|must|should|are) (we|i)\b|allowed|permitted|"
    r"is it (ok|okay|fine|possible)|legal",
    re.I,
)
_REPORTING = re.compile(
    r"举报|员工|投诉|防|怀疑|暗示|监督|联动|[抓查]出来|作假会|没造假|受罚|责(?=[吗不?？]|$)|造假(的案|问题|注册)|同行|对手|被人|有人|违法吗|合法吗|违规吗|犯法|怎么处理|后果|会怎[样么]|会不会|责任|处罚|防止|是不是不行|怎么办|(谁|哪里?|哪个).{0,6}(管|查|处理|反映)|会被.{0,4}(罚|整治|移送)|严打|治理|整治|态度|"
    r"report|investigat|handles|illegal|legal\b|penalt|consequence",
    re.I,
)


def evasive(text: str, probability: float, covered: Callable[[], float]) -> bool:
    """Whether a message is to be declined.

    Args:
        text: the message.
        probability: that of the intent `evasion`.
        covered: how surely something honest explains the message, from 0 to 1; asked only where
            no word tells.
    """
    asks_leave = _ASKS_LEAVE.search(text) is not None
    if not _REPORTING.search(text):
        shortcut = _SHORTCUT.search(text)
        if _HIDING.search(text) or (_ODDS.search(text) and (shortcut or _BENDING.search(text))):
            return True
        bends = _BENDING.search(text) or (shortcut and not asks_leave)
        if probability >= WITH_WORDS and bends:
            return True
    return not asks_leave and probability >= WITHOUT_WORDS and covered() < SURELY_COVERED
