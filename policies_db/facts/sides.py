"""Whose side a question takes: may the other side do it, or may the asker refuse it.

A rule that forbids an authority, a bank or a platform something decides of the company's right to
refuse it. Who asks whether the other side may do it asks for the opposite; so does who is the
other side and asks of its own doing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from policies_db.decisions import OtherSide
from policies_db.facts.mentions import Reading

_CLAUSE = re.compile(r"(?<=[,;。!?:\n])")

#: The asker, and whoever else does something.
_WE = r"(?:我(?:们|司|方|公司|厂|店)?|咱们?|俺们?|本(?:公司|企业|店|厂)|企业|公司)"
_THEY = (
    r"(?:[他她它]们?|人家|对方|政府|部门|机关|单位|窗口|大厅|银行|支行|信用社|人员|办事员|经办|"
    r"柜员|经理|领导|主任|"
    r"[区县市镇乡村厅局处科院校]长|书记|班子|小姐姐|小哥|大姐|平台|协会|商会|学会|秘书处|会长|"
    r"码头|堆场|港口|口岸|货站|场站|甲方|业主|"
    r"招标|采购|代理|中介|电力|供[电水气热]|水务|燃气|自来水|运营商|电信|电网|法院|公安|警方|"
    r"警察|派出所|税务|"
    r"海关|城管|市监|工商|住建|环保|消防|人社|发改|商务|规划|交通|执法|检查组|机构|国企|央企|"
    r"医院|学校|"
    r"大(?:企业|公司|厂)|管委会|开发区|园区|街道|乡镇|社区|居委会|村委会|担保|登记中心|交易中心|"
    r"[县区市省镇乡村院局厅委所站队][里上]|局|厅|委(?![托员])|上[面头]|[那这][边头]|文件|"
    r"[这那哪][家位])"
)
_EITHER = (
    r"(?:能不能|可不可以|能否|可否|是否可以|有没有权[力利]?|"
    r"有没有资格|该不该|应不应该|准不准|许不许)"
)
_MAY = (
    rf"(?:{_EITHER}|有权[力利]?|有资格|(?<![不才只么何])(?:可以|能够|应该|敢)|(?<![不应])该|"
    r"(?<![许认])(?<![不才只么何])可(?!能|[行靠])|(?<![不才只么何可功性技节智职产效])能)"
)
_SO = r"(?:这样子?|这么|这种|这般|如此|那样|那么)"
_END = r"(?:[吗么嘛不没否]|没有|[吧呢啊呀]?\?)[吧呢啊呀哈]?\W*$"
_LAWFUL_OR_NOT = r"合不合[法规理]|有没有(?:道理|(?:法律)?依据)"
_FINE_OR_NOT = r"行不行|可不可以|成不成|对不对|中不中|妥不妥|站不站得住脚?|合不合适|应不应该"
_WHETHER = re.compile(rf"{_END}|{_EITHER}|{_LAWFUL_OR_NOT}|{_FINE_OR_NOT}")
#: A right that is only to be confirmed: 我们可以不理吧.
_SURELY = re.compile(r"吧\W*$")
#: How something is judged: by the law, or in words that are said of anything.
_LAWFUL = re.compile(
    r"(?:合[法规理]|合乎规?[定矩]|符合(?:规定|条例|法律|政策)|有(?:道理|(?:法律)?依据)|正当|"
    r"被?[允准]许|被许可|"
    r"有[这那什]?[个种么]?(?:权[力利]?|道理|资格|规矩))"
    rf"的?(?:{_END})|{_LAWFUL_OR_NOT}|"
    r"\bis (?:this|that|it|such)\b.*\b(?:allowed|legal|lawful|permitted|ok|okay|compliant|fair|"
    r"acceptable|legitimate|"
    r"justified|right)\b"
)
_FINE = re.compile(
    r"(?:可以|可|行|成|中|对|妥|合适|要得|站得住脚?|站得住理|说得过去|讲得通|说得通|过得去|应该)"
    rf"的?(?:{_END})|(?:{_FINE_OR_NOT})\W*$"
)
#: What is done to the asker, and what somebody else is said to do, whatever the rule.
_TO_US = (
    rf"(?:强制|强迫|强行|逼|迫使?|非要|要求|不让|不许|不准|不给|不批|限制|禁止|拒绝?|罚|卡|拦|"
    rf"赶|阻止|指定)[^,;。]{{0,6}}{_WE}|"
    rf"(?:让|叫|要){_WE}[^,;。]{{0,6}}[交出买付掏缴补停关搬填跑去做办重再参入提签]|[对把]{_WE}"
)
_BY_THEM = (
    rf"{_TO_US}|硬|强制(?!清算|执行)|强迫|强行|逼|非要|随便|随意|任意|擅自|单方面|拒绝?|限制|"
    rf"禁止|不让|不许|不准|"
    r"要求(?![退返改赔补解公说同一按放他她它对履兑整更纠撤重降免减道归结付继取恢])|"
    r"不理|不管|推脱|推诿|"
    r"^[再还又就硬先]*[卡封查扣冻收要管定设限停拖赖罚关拦让摊派禁写拒挡][了着]?(?:[吗么嘛不没?]|我)"
)
_DONE_BY_THEM = re.compile(_BY_THEM)
_OF_THEM = re.compile(f"{_BY_THEM}|{_SO}")
#: The other side as the one who may, and what it may then; and where nobody is named.
_THEY_MAY = re.compile(rf"{_THEY}[^,;。我咱俺]{{0,8}}?{_MAY}(?P<deed>[^,;。]*)")
_ONE_MAY = re.compile(rf"{_MAY}(?P<deed>[^,;。]*)")
_DONE_SO = re.compile(rf"{_TO_US}|{_SO}|不(?:[准许批放予]|让(?![他她它对]))")
#: Questions that only the other side's doing is asked about, whoever is named.
_OF_THEIR_DOING = re.compile(
    rf"{_MAY}[被遭]|[允准许][许准]?(?:{_THEY}|{_SO})|"
    r"(?:[拿凭用靠作当]|(?<![可所])以)[^,;。不拒]{0,16}(?:依据|理由|借口|根据|前提|条件|"
    r"门槛)[^,;。不拒]{0,6}$|"
    r"(?:算|是|成为?|构成)[^,;。不拒]{0,8}(?:依据|理由|借口)[^,;。不拒]{0,2}$|"
    r"[收设定卡拒扣罚查封赖加限拦逼压停关拖欠挡立做搞]得[了成着起住]?\w?\W*$|"
    rf"{_THEY}[^,;。]{{0,3}}要得[吗么不]"
)
#: What the asker does, or may do about it.
_AS_SUBJECT = rf"(?<![求让叫逼迫制罚拒对卡限管给难收向跟住]){_WE}"
_OUR_DEED = re.compile(
    rf"{_AS_SUBJECT}(?!们?(?:就|都|也)?(?:只[能好得准许可]|必须|被迫|不得不|非得))"
    r"[^,;。他她它]{0,4}(?:不(?![服知懂])|拒|想|打算|这[样么]|要是|有|"
    rf"[选换请找先只改另照按催])|"
    r"^(?:\W|就|直接|所以|那|干脆)*(?:不(?=[交付给去办理参收接做开搬签停掏])|拒[绝付交收缴])|"
    rf"{_THEY}[^,;。]{{0,4}}不(?:能|可以|应该|该)|"
    r"(?<!不)想[催要找让请不]|^\W*(?:想|打算|准备|换[一家个成]|另|自己|照|按|继续|接着|催|投诉|举报|找|退会|"
    r"缓)|(?:投诉|举报|起诉|抵制|索赔|追讨)有|"
    r"\b(?:can|could|may|must|do|are|should|shall|need|am|have) (?:we|i)\b"
)
_OUR_QUESTION = re.compile(
    rf"{_AS_SUBJECT}[^,;。他她它]{{0,6}}?(?:{_MAY}|要不要|用不用|需不需要|必须|非得|"
    rf"[要用得])(?![被遭])(?!\W*[吗么嘛不没]?\W*$)|"
    rf"{_MAY}(?:就|先|直接|照常|自己|也|还|都|完全|干脆|据此|硬|"
    rf"[拿以凭用按][^,;。]{{1,14}}?(?:为由|来|去)?)*"
    r"(?:不(?!\W*$|[准许批放予]|让(?![他她它对]))|拒|投诉|举报|控告|告|起诉|反对|反映|提|主张|"
    r"申请|选|换|退|走|照|顶|坚持|讨|追|催|索|找|自|去|免|省|"
    rf"跳过|推|申诉|复议|抵制|无视|说|要求(?!{_WE})|要(?!求|{_WE})|[请让叫](?!{_WE}))|要不要|"
    rf"用不用|需不需要|必须|"
    r"\b(?:can|could|may|must|do|are|should|shall|need|am|have) (?:we|i|"
    r"our company)\b(?! (?:really )?be )"
)
_WHICH = re.compile(
    r"凭(?:什么|啥)|为(?:什么|啥|何)|怎么(?:办|才)|如何|谁|哪[里些]|\b(?:why|how|who)\b"
)

#: The asker as the other side itself: 我是城商行客户经理, 我们协会想…
_OFFICE = (
    r"(?:银行|城商行|农商行|支行|信用(?:联)?社|小贷公司|担保公司|协会|商会|学会|[^,;。]?局|委|街道办?|"
    r"[镇乡区县市]政府|管委会|政府部门|政府|主管部门|行政机关|机关|窗口|政务大厅|政务中心|事业单位|"
    r"招标人|招标方|招标代理(?:公司|机构)?|采购(?:人|方|单位|代理)|码头|堆场|场站|货站|"
    r"口岸(?:经营)?企业|供[电水气热](?:公司|企业|局)|燃气公司|水务公司|自来水公司|运营商|公安|"
    r"派出所|执法(?:大?队|局|人员)|检查组)"
)
_STAFF = (
    r"(?:的?(?:人|工作人员|员工|办事员|经办人?|客户经理|信贷员?|柜员|科员|科长|负责人|秘书长?|"
    r"领导|会长))"
)
_OUR_OFFICE = re.compile(
    r"(?:我们?|咱们?|俺们?|本人)[^,;。]{0,3}(?:是|作为|代表|属于)(?!不是)[^,;。]{0,10}?"
    rf"{_OFFICE}{_STAFF}?(?=$|[,;。!?:]|想|打算|要|准备|能|可)|"
    rf"(?:我[们在]|咱们?)[^,;。]{{0,4}}?{_OFFICE}(?:{_STAFF}|里|这边|自己|现在|计划)*"
    r"(?:想|打算|准备|计划|搞|(?:能不能|可不可以|能|可以)(?=[收设定限要让规指拒扣停卡加]))|"
    rf"^\W*作为[^,;。]{{0,10}}{_OFFICE}{_STAFF}?,|"
    r"\b(?:we|i) (?:are|am|work for|work at|represent) (?:a|an|the) [^.,;]{0,24}"
    r"(?:bank|association|chamber|authority|government|department|bureau|port|terminal|utility)\b"
)
#: Whether those may decline to whom the other side does it.
_THEY_DECLINE = re.compile(
    r"(?:客户|企业|公司|商户|会员|申请人|供应商|投标人|用户|[他她它]们?|对方|人家)[^,;。]{0,3}"
    rf"{_MAY}[^,;。]{{0,4}}[不拒](?!\W*$)"
)

_ENGLISH_THEY_MAY = re.compile(
    r"(?:^|\b(?:and|so|but|then|or|whether|if)\b)\W*(?:can|could|may|does|do|is|are|"
    r"should) (?:they|he|she|it|someone|(?!we\b|i\b|our\b|this\b|that\b)[a-z]+"
    r"(?: (?!we\b|i\b)[a-z'-]+){0,5}?) (?P<deed>.*)"
)
_ENGLISH_OF_THEM = re.compile(
    r"\b(?:do (?:this|that|so)|get away|refuse|insist|force|require|demand|make (?:us|me)|"
    r"oblige|ask (?:us|me)|"
    r"stop (?:us|me)|reject|deny|impose|ban|restrict|limit|exclude|prevent|keep (?:us|me)|"
    r"turn (?:us|me)|allowed|"
    r"permitted|entitled|authori[sz]ed|have (?:the|any|a) (?:right|power))\b"
)
_ENGLISH_DONE_TO_US = re.compile(r"\b(?:can|could|may) (?:we|i|our company) (?:really )?be ")


def asks_of_other_side(messages: Iterable[str], other: OtherSide) -> bool:
    """Whether the messages of a case ask if the other side of a rule may do what it is about.

    Of several questions the last one counts that is about either side. Who says to be the other
    side asks what the other side may, but for whether the others may decline.
    """
    clauses = [
        part
        for message in messages
        for part in _CLAUSE.split(Reading.of(message).text)
        if part.strip(" ,;。!?:\n")
    ]
    ours = _patterns(other)[2]
    if any(_OUR_OFFICE.search(each) or ours.search(each) for each in clauses):
        asked = [each for each in clauses if _WHETHER.search(each)]
        return bool(asked) and _THEY_DECLINE.search(asked[-1]) is None
    sides = (
        _side(clauses[index], clauses[:index], other) for index in reversed(range(len(clauses)))
    )
    return next((side for side in sides if side is not None), False)


@cache
def _patterns(other: OtherSide) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What the other side of a rule does, whole questions whether it may, and that it asks."""
    told = (other.does, other.asked, other.ours)
    does, asked, ours = (re.compile("|".join(patterns or (r"(?!)",))) for patterns in told)
    return does, asked, ours


def _side(clause: str, before: Sequence[str], other: OtherSide) -> bool | None:
    """Whose side a clause takes after those before it; None where it takes neither."""
    does, asked, _ = _patterns(other)
    if _ENGLISH_DONE_TO_US.search(clause) or _may(
        _ENGLISH_THEY_MAY, clause, does, _ENGLISH_OF_THEM
    ):
        return True
    if _WHICH.search(clause):
        return None
    if not _WHETHER.search(clause):
        return False if _SURELY.search(clause) and _OUR_QUESTION.search(clause) else None
    if _may(_THEY_MAY, clause, does, _OF_THEM) or _OF_THEIR_DOING.search(clause):
        return True
    if _OUR_QUESTION.search(clause):
        return False
    if _may(_ONE_MAY, clause, does, _DONE_SO) or asked.search(clause):
        return _OUR_DEED.search(clause) is None
    if not (_LAWFUL.search(clause) or _FINE.search(clause)):
        return None
    stated = [clause, *(each for each in reversed(before[-2:]) if not _WHETHER.search(each))]
    deeds = (each for each in stated if _OUR_DEED.search(each) or _DONE_BY_THEM.search(each))
    if _OUR_DEED.search(next(deeds, "")):
        return None
    told = "".join((*before, clause))
    named = not other.permits or does.search(told) or _DONE_BY_THEM.search(told)
    return True if named else None


def _may(
    who: re.Pattern[str], clause: str, does: re.Pattern[str], whatever: re.Pattern[str]
) -> bool:
    """Whether somebody may, in a clause, do what the rule or any rule is about."""
    may = who.search(clause)
    return may is not None and bool(does.search(may["deed"]) or whatever.search(may["deed"]))
