"""Whether a message asks for help to get round the law, or to bend the facts.

The intent alone is not sure enough: many honest questions are near to evasive ones. Words that only
somebody uses who wants to hide something make it sure. What is merely left out, done too soon or
split is asked about by honest people: who asks whether it is allowed, or whether somebody's advice
is right, gets an answer, and only what has a limit is split to keep below it. Without such words a
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
    r"[看识戳瞧](不|得|不识得)[穿破]|(挑|找|抓)不[出到](毛病|错|把柄|漏洞)|偷梁换柱|移花接木|[露漏](馅|陷)|穿帮|马脚|破绽|"
    r"不[会太]?(显得?|至于)?(突兀|显眼|扎眼|惹眼|可疑|[引惹]人?(注意|怀疑)|起疑)|不留(下)?(尾巴|痕迹|把柄|证据|记录)|"
    r"(海关|税务|稽查|他们|人家|系统|审核的?|专家)[^,，。;；]{0,6}不(会|能|敢)?(追(究|查)?|起疑|怀疑|较真|报警)(?=[吗吧呢?？]|$)|"
    r"[补做开弄](出)?一?[份张个](早|提前|倒)[^,，]{0,4}[天周月]的|"
    r"塞.{0,3}(钱|红包|好处|意思|礼)|打点(?!货)|买单配票|疏通关系|造假|做假(?!发)|作假|"
    r"under-?declar|without \w+ (noticing|knowing|finding)|not get caught|brib|backdat|back-date|"
    r"\bforg(e|ing)\b|\bfak(e|ing)\b|kickback|\bre-?label|\bno one (notices|finds)",
    re.I,
)
_BENDING = re.compile(
    r"写成|报成|填成|包装成|凑[进到成够]|挪[到一进后前]|往[前后](挪|写|改|推)|写[晚早少低]|"
    r"往[低少高多](了|里)?[报写算]|做[低高平]|[报填写][低少小](一)?点|少报|瞒报|虚[报构开增]|编[造个一]|冒[用充]|挂靠|"
    r"借(别人|他人|用)|拿别人|用(别人|他人|员工|亲戚)|换个(名|公司|主体|马甲)|(?<!真的)(?<!真)假(的|装|借|合同|单|章|货)|偷偷|悄悄|"
    r"套[奖补取利]|骗|(用|拿|借|弄|搞|找|买|设|开|注册|通过)(了|几|一|个|家)*(壳公司|空壳)|回扣|混[过进出]|圆过|凑[数人]|走账(?!册)|做账(?!册)|故意|改[个掉]|当[成作]|"
    r"(换|掉|调)[^,，。;；]{0,8}(包(?!装)|[袋瓶箱份罐]好的)|改.{0,4}(时间戳?|时间)|复制[^,，。;；]{0,8}改|"
    r"(补|做|开|弄|写|赶)(出)?(一)?[份张个封][^,，。;；]{0,10}((早|提前)[^,，。;；]{0,3}[天周月]|(日期|时间)写|(以前|之前|旧|上周|上个?月|去年)的)|"
    r"过[个一]?桥|冲(一)?(下|个)?数|原路(退|转|打)|(再|又|然后|就|完)(退|转|抽|打)(走|回去|出去)|往[^,，。;；]{1,8}(靠|套)(?![近岸])|"
    r"才像|[得的]像(样|真|一点|回事)|[写做弄装]得像|内定|当没事|装没事|绕到[^,，]{1,6}再|账上[^,，]{0,4}挂着|只[交报披说][^,，]{0,8}(小|一部分|一半)|送.{0,4}[酒烟礼卡]|抹[掉去]|"
    r"(多|少)[写报填](几|点|些|一)|走[^,，]{1,8}账(?!册)|过一?道?手(?!续|册)|(重新|另)(打|做|出|开)一?[份张][^,，]{0,4}(合同|合格|发票)|"
    r"[压盖](一?[下住压])?(体温|温度|烧|症状|咳)|压一压|压[得不]?住|"
    r"隐瞒|藏|帮我(编|拟|设计|想[个一]?[些]?(办法|说法|理由))|教(我|你)怎么|落款|旧日期|补签|代签|倒着|统一口径|名义|名头|挂名|"
    r"挂在.{0,10}名下|夹[在带进]|糊过|糊弄|圆[过得]|顶(替|进去|上去)|借(?!给|款|了?钱|来的钱).{0,8}(抬头|单子|配额|公司|资质|壳|摆|凑|刷|顶|充|撑)|换[个一].{0,3}(品名|名头|名目|税号|说法|抬头)|"
    r"改.{0,2}(签收|日期|单证|名字)|拿来充|当全新|装作|后台改|不留痕|显眼|买(发票|单子|学历|流量)|走个(流程|过场)|硬往|转手|"
    r"隐蔽|卡在.{0,4}线下|自欺|绕[开过]|躲[开过]?|规避|钻|空子|擦边|应付|做手脚|P图|"
    r"hide|conceal|loophole|get around|pretend|disguise|someone else|\btrick\b",
    re.I,
)
#: What is split, and a limit that this would keep it below: a manifest has none.
_SPLITTING = re.compile(
    r"拆成|拆开|拆分|分成|分(几|两|三|多|[一二三四五六七八九十\d]+)(票|单|笔|次|批|份)|\bsplit",
    re.I,
)
_LIMIT = re.compile(
    r"([\d一二两三四五六七八九十百千]|好?几)(多|来|余)?[万亿千%元块刀]|超(?!市)|不到|低于|以下|以内|(?<![专快热航支干路管产])线|额度|限额|限值|门槛|免|罚|奖|"
    r"\b(limit|threshold|below|under|exempt)\b",
    re.I,
)
#: What is left out or done too soon, which an honest person asks about as well.
_SHORTCUT = re.compile(
    r"[不别](勾|申报|报|填|写|提|说|登记|录)|先斩后奏|私自|打(个)?招呼|skip|avoid", re.I
)
#: A question how likely one is to be found out, which beside what is left out tells the intention.
_ODDS = re.compile(
    r"(抽|查|发现|逮|抓|看出)(到|中|出|住)?(来)?的?(概率|几率|机率|机会|可能性?)|"
    r"(看|认|查|测|验|抓|分|识|发现|识别|分辨)不?得?(出|到|着|穿|清|破)(来)?[^,，。;；]{0,2}(吗|不|没|么|嘛)(?=\W|$)|"
    r"(?P<notice>看|认|查|测|验|追|分|识)(得|不)?(出|到|着)?来?不(?P=notice)得?|"
    r"(会|能)(不会|不能)?(被)?[^,，。;；]{0,4}(发现|报警|露馅|追究|追查|盯)(?=[吗么不嘛?？]|\W*$)|"
    r"(chance|odds|likel)[^,.;?]{0,20}(caught|found|notice|check|inspect)",
    re.I,
)
#: A question whether something is allowed, or whether what somebody said of it is right.
_ASKS_LEAVE = re.compile(
    r"(行|可以|能行|允许|合规|合法|合适|要紧|算数|来得及|赶得上|够|成|得行)(吗|么|嘛|不|没|吧)|行不行|可不可以|能不能|允不允许|得不得行|"
    r"合不合(规|法)|算不算|(能|可以|会)[^,，。;；]{0,16}(吗|么|嘛|不|吧)\W*$|"
    r"[让准许]不[让准许]|(真的?|这样|这么做?|就|也|都)(行|可以|成|能行|没事|没关系|没问题|不用)(的)?(吗|么|嘛|吧)?[?？]|"
    r"(对|靠谱|靠得住|站得住(脚)?|没问题|有(道理|依据|根据)|在理|管用)(吗|么|嘛|不|没|吧)|对不对|靠不靠谱|真的假的|(是|当)真的?(吗|么|不)|是不是(真|这样|这么)|是这样(吗|么|的)|"
    r"\b(is|are|was) [\w' ]{1,30} (right|true|correct)\b|"
    r"\b(may|can|could|must|should|are) (we|i)\b|allowed|permitted|"
    r"is it (ok|okay|fine|possible)|legal",
    re.I,
)
_REPORTING = re.compile(
    r"举报|(发现|查出|有个?|是)员工|员工[^,，]{0,6}(自己|私自|背着|瞒着)|投诉|防|怀疑|暗示|监督|联动|[抓查]出来|作假会|没造假|受罚|责(?=[吗不?？]|$)|造假(的案|问题|注册)|同行|对手|被人|(?<!没)有人|违法吗|合法吗|违规吗|犯法|怎么处理(?![^,，。;；]{1,14}(看|查|测|认|发现)不)|后果|会怎[样么]|会不会(?![^,，。;；]{0,6}(发现|查|看|露|追|报警|抓))|责任|处罚(?!记录)|防止|是不是不行|怎么办|(谁|哪里?|哪个).{0,6}(管|查|处理|反映)|会被.{0,4}(罚|整治|移送)|严打|治理|整治|态度|怎么管|管不管|"
    r"(怎么|咋|如何|该|要)[^,，]{0,2}[跟向和找](海关|税务|他们)[^,，]{0,4}(说|讲|报告|交代|坦白|承认|更正)|补救|[更改纠]正|打击|维权|(冒用|盗用|仿冒|假冒|冒充)了?(我|咱|本公司)|"
    r"report|investigat|handles|illegal|legal\b|penalt|consequence|"
    r"(came|come|coming) (forward|clean)|own(ed|ing)? up|turned ourselves in|"
    r"\bfined\b|\b(a|any|no) fine\b",
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
        bending = _BENDING.search(text) or (_SPLITTING.search(text) and _LIMIT.search(text))
        if _HIDING.search(text) or (_ODDS.search(text) and (shortcut or bending)):
            return True
        bends = bending or (shortcut and not asks_leave)
        if probability >= WITH_WORDS and bends:
            return True
    return not asks_leave and probability >= WITHOUT_WORDS and covered() < SURELY_COVERED
