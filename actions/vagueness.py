"""Messages that name nothing that could be looked up: 一般几天能办好, is it still in force."""

from __future__ import annotations

import re
import unicodedata

#: Words that stand in questions about anything.
_ANYTHING = re.compile(
    r"请问|麻烦|帮(我|忙)?|看(一下|看|下)?|问(一下|下)?|告诉我|我司|我们|我|咱们?|[你您](们)?|他们?|公司|企业|老板|"
    r"[这那](种|个|样|类|边|次|项|里|份|条|些|俩|儿)?|情况|事(情)?|东西|问题|能不能|可不可以|行不行|是不是|有没有|要不要|"
    r"会不会|算不算|够不够|得不得|能够?|可以|允许|行|会|要|得|应该|必须|领|拿|办(好|完|理|成|下来)?|批|交|做|"
    r"弄|搞|享受|符合|条件|资格|一般|大概|大约|通常|正常|到底|究竟|现在|目前|今天|还|也|都|就|再|又|才|最(快|慢|长|短|多|少)?|"
    r"[几多](少)?(个)?(工作)?(天|日|月|年|小时|钱|家|项|次)?|多(久|长|少|大)|什么时候|啥时候?|什么|啥(子)?|怎么(样|办|弄|个)?|"
    r"如何|咋(个|样|办)?|哪(里|个|些|儿|种|天)?|谁|为什么|为啥|来得及|申请|流程|手续|材料|准备|需要|花|政策|规定|文件|通知|公告|"
    r"同事|朋友|听(说|人讲|人说)|有人|人家|别人|说|讲|据说|已经|真的?|假的?|归|部门|单位|机关|笔|张|封|表(格)?|单子|手续|取消|提交|补交|发|"
    r"有效(期)?|失效|过期|到期|生效|时间|期限|补贴|奖励|优惠|支持|钱|新|旧|吗|么|嘛|呢|吧|啊|呀|哦|了|的|地|不|没(得|有)?|有|算|是|"
    r"以后|之后|用(得着|不着)|等(待|多久|多长)?(?!级)|收到|回音|回复|答复|反馈|出?结果|资料|递|上去|想|提供|出钱|打(过来|款|给)|到账|发下来|奖金|补助|"
    r"在|到|去|来|好|快|慢|给|让|把|被|跟|和|对|下|上|里|内|中|个|一|点|头|"
    r"\b(is|are|was|it|this|that|these|those|still|in|force|valid|now|today|the|a|an|of|for|to|we|us|our|i|my|me|you|"
    r"can|could|do|does|did|will|would|should|may|how|long|much|many|what|which|who|when|where|why|get|have|has|"
    r"there|any|form|paper|office|department|same|true|need|submit|cancell?ed|pay|paid|policy|rule|notice|document|apply|take|days?|money|please|tell|about|on|yes|no|and|or)\b",
    re.I,
)
#: What may happen in a case of any rule: too late, fined, two rules that contradict each other.
_ANY_CASE = re.compile(
    r"(晚|迟|拖|逾期|超(期|时|过)?|过(了|期)?|没(有)?按时|没(有)?在(规定|要求)的?(时间|期限)内?|没赶上|错过|耽误|漏)(交|报|办|缴|弄|填|申请)?|"
    r"被?(处罚|罚款|罚)|减?免(掉|除)?|补(交|办|报|缴|上|救)?|缴|报(?!关)|提(前|早)|(弄|搞|做)错|后果|要紧|没?关系|影响|责任|"
    r"标准(?!地)|(?<![占对类百])比(起来|较)?(?![例重如])|改(了|动)|变(化|动|了)|区别|差别|比例|门槛|封顶|上限|至多|金额|额度|截止|打架|冲突|矛盾|抵触|对不上|(不|没)(太)?(一样|一致|统一|同)|优先|以[^,，]{0,4}为准|"
    r"\b(late|overdue|fined?|penalt(y|ies)|penalized|waived?|exempt(ed)?|conflict(s|ing)?|contradict|prevails?|deadline)\b",
    re.I,
)
#: What stands beside it.
_BESIDE = re.compile(
    r"(去年|今年|前年|上次|原来|以前|老|之前)的?|([几两三半一\d]|十几)个?(天|周|日|月|年|星期)|数额?|说法|版本|口径|"
    r"按照?|依|听|信|两|二|各|条|项|份|该|用|来着|像|规矩|人|之间|前后|[前后]头|上面|后面|双方|照|边|处理|怎样|样|高|低|"
    r"\b(if|two|rules?|follow|happens?|missed|be|by|when|file|filed|filing)\b",
    re.I,
)
#: Formalities that many rules have, and what points at one without naming it.
_FORMALITY = re.compile(
    r"备案|登记|审批|报批|许可证?|执照|证明?书?件?|报检|报关|申报|查验|检验|检疫|检测|认证|担保|保函|保证金|押金|名单|费用?|货物?|单位|"
    r"原件|复印件|盖章|签字|延期|续期|展期|注销|变更|年检|公示|验收",
)
_POINTING = re.compile(r"[这那该此](个|种|类|样|项|份|边|笔|批|张|些|东西)?|它")
_NOT_WORDS = re.compile(r"[\W_]+")
#: So many characters may be left of a message that names nothing.
MOST_LEFT = 1


def names_nothing(text: str) -> bool:
    """Whether a message holds only words that stand in questions about anything."""
    if len(names_left(text)) <= MOST_LEFT:
        return True
    if _POINTING.search(text) and names_formality_only(text):
        return True
    case = _ANY_CASE.sub(" ", text)
    return case != text and not names_left(_BESIDE.sub(" ", case))


def names_formality_only(text: str) -> bool:
    """Whether a message names nothing but formalities that many rules have: 这个要不要备案."""
    return len(names_left(_FORMALITY.sub(" ", text))) <= MOST_LEFT


def names_left(text: str) -> str:
    """A message without the words that stand in questions about anything."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return _NOT_WORDS.sub("", _ANYTHING.sub(" ", plain))
