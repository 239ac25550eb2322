"""How a message asks: for a list, a comparison, a validity, a bureau; several things at once."""

from __future__ import annotations

import re

from actions.vagueness import names_left
from policies_db.text import normalise

_VALIDITY = re.compile(
    r"有效|生效|施行|失效|作数|管用|适用期|到期|过期|废止|能用(?!来)|能搬|还算数|在政策期|"
    r"still valid|in force|expire|applicable",
    re.I,
)
_RULE = re.compile(
    r"政策|公告|条例|文件|通知|措施|办法|规定|意见|方案|计划|(?<!月\d)(?<!月\d\d)号"
    r"|policy|document",
    re.I,
)
_WHO = re.compile(
    r"谁|哪个?(些|几)?个?(部门|单位|局|委|机构|家)|哪家|哪几家|找哪|归(哪|什么)|归.{0,6}管|牵头|负责|主管|"
    r"\bwho\b|which (department|bureau|authority|agency)|in charge|responsible",
    re.I,
)
_LIST = re.compile(
    r"哪些|哪几|哪[二两三四五六七八九十]|有几(条|项|种|类|款|点|个|样)|几(条|项|种|类|样)|分别是|列(出|一下|全|举|给|齐|个|张|清|明)|"
    r"(全|都|逐条|逐项|一并|挨个)列|罗列|挨个|逐[个项一条]|一条条|一[项样个]{2}|汇总|盘点|"
    r"都?(包括|包含|涵盖|涉及|含)(了|有)?(什么|啥|谁)|都(是|有|要|能|得|管|给|讲|叫)(\w{0,4})(什么|啥|谁)|(都|一共|总共)包括|"
    r"负责的?(措施|条款|任务|工作|事项?|条目)\W*$|"
    r"全部(?![卖出用交到汇撤调转报给付退收来符满由从是都进运发做走]|[^,，。?？]{0,4}(了|过))|"
    r"(有|要|具备|满足|符合|需要|达到|带|附|交|备)(些|点|齐|上|全)?(什么|啥子?|怎样|哪样)(样?的)?(条件|要求|情形|措施|便利|好处|优惠|待遇|材料|资料|手续|标准)|"
    r"(?<!on the )(?<!in the )\b(list|enumerate)\b|which (conditions|cases|measures)|"
    r"what (are|were) (all )?the",
    re.I,
)
_COMPARISON = re.compile(
    r"区别|不同|差别|差异|差在|差多少|差几|(?<![缺差少]了)(?<![缺差少])一样(?=[^,，。]{0,6}\W*$)|一回事|相比|对比|比起|跟.{1,16}比|(?<!占)比(?![例重率如])[^,，。;；]{1,12}多|[有什啥哪]\w{0,3}变化|变化(吗|大|在|是)|改了(什么|啥|哪|吗)|"
    r"更(全|多|细|严|宽|高|低|早|晚)|写了数|口径|口气|分别|各(是|为|自|多少|几|怎|咋|放|写|讲|说|定|给)|对照(?![药品组物])|两(部|份|个|本|版)\w{0,10}(条例|计划|意见|通知|措施|方案)|一个[^,，]{1,6}一个|有何不|哪个(更|写)|反而|differ|compare|versus|\bvs\b",
    re.I,
)
_SAYS = re.compile(
    r"(怎么|咋(个)?|如何|是?什么样?)(写|说|规定|表述|讲|提)|(写|说|讲|规定|提到)(了|的是)?(什么|啥|些什么|哪些)|结尾|开头|末尾|"
    r"最后(那|一)?(段|条|句)|哪(一)?(条|段|句)|what does .{0,40} say",
    re.I,
)
_WHETHER = re.compile(
    r"[吗么嘛吧]|([会能可算要行够罚免补交退领拿给享收接认许让用准管])[不没]\1|有没有|是不是|是否|可不可以|[行能成得够]不|[不没](?:\W*$|[?？])|罚|算数|"
    r"\b(can|will|do|does|are|is|may|must|should|could)\b "
    r"(we|i|our|my|the|it|this|they)|eligible"
    r"|\bfined?\b|penalt|exempt|\bor not\b"
    r"|\b(waived|needed|required|allowed|possible|okay|permitted)( \w+){0,3}\W*$",
    re.I,
)
_AMOUNT = re.compile(
    r"多少钱|几个?钱|[奖补给罚]\w{0,6}(多少|几万|几千|几百)|(奖励|补贴|补助|罚款)(金额|标准|多少)|"
    r"how much|amount",
    re.I,
)
_MONEY = re.compile(
    r"[\d一二三四五六七八九十百千万亿]\s*余?(元|万|亿|美元)|\d%|免费|无偿|免收|零收费"
)
#: How long something is valid, and words that tell a time without a number.
_VALID_FOR = r"(能?用|管|有效期?)(是|有)?(多久|多长|几(年|个?月|天))"
#: A time that is only to be shortened tells none.
_SOON = (
    r"即时|当[场天日月]|及时|随时|同步|实时|立即|"
    r"尽快|(?<!缩)(?<!缩工作)(?<!缩办理)[期时]限|[按每][月季年]|长期|永久"
)
_HOW_LONG = re.compile(_VALID_FOR + "|how long")
#: What is asked for, and what a passage that answers has.
_PARTICULARS = tuple(
    (re.compile(asked, re.I), re.compile(given))
    for asked, given in (
        (
            r"(?<!零)(几|多少)个?(工作)?(天|日|小时|个月)(?!线|前|后|来)|"
            r"how many (working )?(days|hours|months)",
            r"(?<![年\d])\d+(\.\d+)?个?(工作)?(日|天|月|小时|周|分钟)|[×x]24|"
            r"[一二三四五六七八九十百两半]个?(工作)?(日|天|年|月|小时|周|季度|分钟)|" + _SOON,
        ),
        (
            _VALID_FOR,
            r"有效|期[限间]|(?<!\d)\d{1,3}(年|个月|天)",
        ),
        (
            r"多久|多长时间|how long",
            r"\d|[一二三四五六七八九十百两]个?(工作)?(日|天|年|月|小时|周|季度|分钟)|" + _SOON,
        ),
        (
            r"[百千万]分之(几|多少)|几个(百分)?点|(税|费|利|汇)率\w{0,3}(多少|几)|surcharge|"
            r"what (tax |interest )?rate",
            r"[%‰％]|[百千万]分之|[\d一二三四五六七八九]成|\d倍|百分点",
        ),
        (
            r"(费|钱|款).{0,6}(谁|哪(一?(边|方|头|家|个)))\w{0,3}(出|付|垫|掏|承担|负担|交|买单)|"
            r"(谁|哪(一?(边|方|头|家)))(先|来)?(出|付|垫|掏)(钱|费)|who (pays|has to pay|bears)",
            r"费|支付|承担|负担|出资|预算|资金",
        ),
        (
            r"([^缴付免退税交收]费|押金|保证金|租金|罚金|滞报金|运价|报酬|利息)[要是收交]?"
            r"(多少|几[百千万块元毛])",
            r"[\d一二三四五六七八九十百千万亿]\s*余?(元|万|亿|美元)|[%‰％]|免|无偿|不得|不收|降",
        ),
        (
            r"(补贴|补助|奖励|奖金)[^,，。;；]{0,4}(有没有|多少|几[百千万块元])|"
            r"(有没有|[有给](啥|什么|哪些|多少))[^,，。;；]{0,6}(补贴|补助|奖励|奖金)",
            r"[奖补贴]|资金|激励|扶持|优惠|支持",
        ),
        *(
            (rf"(多少|[要共得式]几){unit}", rf"[\d一二三四五六七八九十百千两]余?{unit}")
            for unit in ("份", "字", "页", "平方?米", "像素", "公里", "分(?!之|点|钟)", "公斤")
        ),
    )
)
_FINE = re.compile(
    r"(?<![免不])(罚款|罚金|罚|处罚)\w{0,8}(几百|几千|几万|几倍|多少钱|金额|区间|标准|幅度)|"
    r"how (much|large) .{0,12}fine",
    re.I,
)
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十半](万|千|百|个月|年|天)")
_OF_DOCUMENT = re.compile(
    r"生效|施行|实施|失效|到期|过期|废止|作废|作数|管用|还?有效|文号|几号文|多少号|发文|印发|发布|公布|出台|谁(发|制定|出)|"
    r"哪\w{0,4}发|全称|标题|in force|issued|effective|number",
    re.I,
)
#: A place in a catalogue: documents on file name catalogues, and hold none.
_IN_CATALOGUE = re.compile(
    r"(目录|名录)[^,，。?？]{0,4}(第?几批|第[一二三四五六七八九\d]+批|哪一?批|第几[项条类])|"
    r"(在不在|是不是在|有没有列?[进入]|属不属于|列没列[进入])[^,，。?？]{2,20}(目录|名录)(里|中|内|上)?面?[吗么呢啊]?\W*$"
)
#: What stands in an annex; not how many there are, or what they are called.
_INSIDE_ANNEX = re.compile(
    r"附(件|表|录)[\d一二三四]?(里|中|内|上|的|之)?面?(?!.{0,4}(名称|标题|叫))(?=.{0,24}(哪|几[种类条项个]|什么|啥|怎么|如何|逐|列|写|规定|格式|填|内容))|"
    r"(哪|什么|啥).{0,12}附(件|表)[\d一二三四]?(里|中|内|上)"
)
_ANNEXES = re.compile(
    r"(几|多少|哪几?|有没有|什么|哪些)个?附(件|表)|附件(有|是|都有|都是|一共|总共|共|分别)?(几|多少|哪|什么|叫|啥)"
)
#: What a document did away with, or applies to: its content, not its own validity.
_CONTENT = re.compile(
    r"(哪些|哪几|什么样?|啥)(种|类|个)?(情形|情况|条件|材料|货物?|商品|企业|人)|"
    r"(废止|废|取代|替代|取消|作废|停用)(掉|了)?(的)?(是|有)?(哪|什么|啥|谁)|(哪|什么|啥)\w{0,8}(被|给)\w{0,6}(废|取代|替代|取消)"
)
_SOURCE = re.compile(
    r"哪(一)?(份|个|部|号)?(文件|公告|条例|通知|政策|规定|文)|文号|几号文|出处|来源|依据|第几条|哪一?条|"
    r"原文|原话|which (document|article)|source",
    re.I,
)
_ARTICLE = re.compile(r"第几[条款项]|哪一?[条款项]|which (article|clause|paragraph|section)", re.I)
#: What a document says is asked for, not what follows for a case.
_WORDING = re.compile(r"(怎么|怎样|咋个?|如何)(规定|说|写|讲|定|要求)的?\W*$")
#: So many characters may stand beside the words that ask for a source.
MOST_BESIDE_SOURCE = 3
_PUSH_BACK = re.compile(
    r"(你|您|是不是)\w{0,4}(搞|弄|说|看|记)错|不对吧|不对啊|[你您]确定|确定(吗|[?？])|再(看看|查查|查一下|核对|确认)|"
    r"我记得|明明|真的假的|are you sure|you are wrong|you're wrong|double.?check",
    re.I,
)
_OWN_CASE = re.compile(
    r"我们|我司|我方|我公司|咱|本公司|我的|\b(we|our|my)\b|"
    r"\d[\d.]*\s*[万亿%]|[一二两三四五六七八九十]+(万|成)|个月|[半一两\d]年前",
    re.I,
)
_QUESTION = re.compile(
    r"[?？吗么嘛呢]|几|多少|什么|啥|哪|谁|怎|如何|是否|有没有|能不能|可不可以|要不要|会不会|行不行|多久|多大|"
    r"\b(what|which|who|when|how|where|is|are|can|does|do)\b",
    re.I,
)
_END = re.compile(
    r"(截止|管|用|执行|延续|有效|享受|优惠|到期|适用|终止|结束)\w{0,2}(到|至|在|是)?\w{0,2}(哪一?(天|年|月|日|个月)|几(号|时|月|年)|何时|什么时候|啥时候?|啥子时候)|"
    r"(哪一?(天|年|月)|几(时|号|月)|何时|什么时候|啥时候?|啥子时候)\w{0,3}(截止|到期|到头|为止|失效|作废|过期|终止|结束|没了|没得了|停|取消)|"
    r"到(哪一?(天|年|月|日)|几(号|时|月)|何时|什么时候|啥时候?|啥子时候)(为止|止|截止|结束|到期|失效)?[^,，]{0,3}$|还(有|能用|剩)(多久|多长时间|几个?(月|天))|"
    r"(最后|截止)(期限|日期|时间)|until when|when does .{0,30}(end|expire)|expir",
    re.I,
)
_IN_TIME = re.compile(r"赶得上|还算数|还管用|还有效|still (valid|in force)|in time", re.I)
#: A question that names nothing itself, but asks the same once more: 还能享受吗, 也要交吗.
_AGAIN = re.compile(
    r"(还|也|照样|同样|仍|仍然|[这那](一?[次回趟箱票批]|样|种情况|时候?))(就|还|也)?(是|能|可以|能够|要|算|得|会|在)?[^,，。;；]{0,4}[吗么嘛不没吧][?？]?\W*$|"
    r"\b(still|too|as well)\b[^,.;]{0,24}\?$"
)
_CLAUSE = re.compile(r"[,，。;；:：?？!！\n]+")
_NEXT_QUESTION = re.compile(
    r"(?<=[?？;；。\n])|[,，](?=还有(?!效)|另外|再问|再就是|以及)|"
    r"(?=顺便(?:再|也)?(?:问|请教))|(?=\band (?:what|who|when|how))",
)
_LEAD_IN = re.compile(
    r"^\W*(?:(?:两|二|三|几)(?:件|个)(?:事|问题)|我?(?:想)?问(?:一)?下|顺便(?:再|也)?(?:问|请教)(?:一)?下?|还有|另外|"
    r"再问(?:一)?下?|再就是|以及|其一|其二|第[一二]|[12１２①②][.、)）])\W*"
)
#: Words that ask for more than a yes or no, where nothing denies them.
_WHAT = (
    r"(?<![没不无着])(?<![没不无未][给有跟对让])(什么|啥|哪[些个种里家儿天]|谁|怎么|怎样|咋)(?![^,，。;；]{0,6}[都也])|"
    r"如何|多久|多少|好久|几多|几(天|个|种|条|项|点|成)[^,，。;；]{0,8}$"
)
_ASKS_WHAT = re.compile(
    _WHAT + r"|几[年天个][^,，。;；]{0,8}$|\b(what|which|who|how|when|where)\b", re.I
)
_WHICH = re.compile(
    r"(填|选|用|走|按|找|是|属|报|设|办|叫)(的?是)?(哪|什么|啥|怎样)[^,，。;；吗么不]{0,6}\W*$"
)
_ASKS = re.compile(
    r"[?？]|[吗么嘛呢]\W*$|[吗么嘛呢][,，。]|[\u4e00-\u9fff](?<!要)(不|没|没有)\W*$|"
    + _WHAT
    + r"|是否|有没有|(?!还)(?P<again>.)[不没](?P=again)|"
    r"请问|请教|想(问|了解|知道|咨询|查|看)|介绍|讲讲|说说|解释|列出|查一?下|看一?下|帮我"
    r"|^\W*(what|which|who|when|how|where|why|is|are|can|does|do|will|would|should|tell me"
    r"|explain)\b",
    re.I,
)
#: A part of a message that is shorter is no question of its own, in characters.
SHORTEST_PART = 5


def asks(text: str) -> bool:
    """Whether a message asks or wants something; one that does not tells something."""
    return _ASKS.search(text) is not None


def asks_again(text: str) -> bool:
    """Whether a message names nothing to ask of, but asks the same as before once more."""
    return _AGAIN.search(text) is not None


def asks_validity(text: str) -> bool:
    """Whether a message asks if something is valid."""
    return _VALIDITY.search(text) is not None


def asks_standing(text: str) -> bool:
    """Whether a message asks if something is valid: not what it says, nor for a case told."""
    if asks_how_long(text) or asks_of_content(text):
        return False
    return asks_validity(text) and not tells_own_case(text) and not _SAYS.search(text)


def asks_end(text: str) -> bool:
    """Whether a message asks until when something applies."""
    return _END.search(text) is not None


def asks_in_time(text: str) -> bool:
    """Whether a message asks if a day is still within the time of a rule."""
    return _IN_TIME.search(text) is not None


def asks_document_validity(text: str) -> bool:
    """Whether a message asks if a document is valid, and tells no case."""
    return asks_validity(text) and _RULE.search(text) is not None and not tells_own_case(text)


def asks_whether(text: str) -> bool:
    """Whether a message asks for a yes or no, or whether there is a penalty."""
    return _WHETHER.search(normalise(text)) is not None


def asks_whether_only(text: str) -> bool:
    """Whether a message asks for a yes or no and nothing more."""
    return asks_whether(text) and _ASKS_WHAT.search(text) is None


def asks_which(text: str) -> bool:
    """Whether a message asks which one of a kind, tells no case and wants no yes or no: 填哪种."""
    return _WHICH.search(text) is not None and not tells_own_case(text)


def asks_who(text: str) -> bool:
    """Whether a message asks who is responsible."""
    return _WHO.search(text) is not None


def asks_amount_missing(question: str, quote: str) -> bool:
    """Whether a message asks for a sum of money and the quote names none."""
    return _AMOUNT.search(question) is not None and _MONEY.search(quote) is None


def asks_missing(question: str, passage: str) -> bool:
    """Whether a message asks how long, at what rate or at whose cost, which a passage tells not."""
    return any(
        asked.search(question) and not given.search(passage) for asked, given in _PARTICULARS
    )


def asks_of_document(text: str) -> bool:
    """Whether a message asks for a fact about a document, not for what it says."""
    return _OF_DOCUMENT.search(text) is not None


def asks_place_in_catalogue(text: str) -> bool:
    """Whether a message asks if, or where, something stands in a catalogue."""
    return _IN_CATALOGUE.search(text) is not None


def asks_inside_annex(text: str) -> bool:
    """Whether a message asks what stands in an annex."""
    return _INSIDE_ANNEX.search(text) is not None and _ANNEXES.search(text) is None


def asks_of_content(text: str) -> bool:
    """Whether a message asks what a document did away with, or in which cases it applies."""
    return _CONTENT.search(text) is not None


def asks_source(text: str) -> bool:
    """Whether a message asks where something stands."""
    return _SOURCE.search(text) is not None


def asks_wording(text: str) -> bool:
    """Whether a message asks how something is provided for."""
    return _WORDING.search(text) is not None


def asks_article(text: str) -> bool:
    """Whether a message asks in which article something stands."""
    return _ARTICLE.search(text) is not None


def asks_source_only(text: str) -> bool:
    """Whether a message asks where something stands, and hardly anything else."""
    return asks_source(text) and len(names_left(_SOURCE.sub(" ", text))) <= MOST_BESIDE_SOURCE


def asks_how_long(text: str) -> bool:
    """Whether a message asks how long something is valid, and speaks of no document."""
    return _HOW_LONG.search(text) is not None and _RULE.search(text) is None


def asks_fine(text: str) -> bool:
    """Whether a message asks how large a fine is, without telling a case of its own."""
    return _FINE.search(text) is not None and _FIGURE.search(text) is None


def pushes_back(text: str) -> bool:
    """Whether a message doubts the answer before it."""
    return _PUSH_BACK.search(text) is not None


def tells_own_case(text: str) -> bool:
    """Whether a message speaks of the person's own company, or tells amounts or periods."""
    return _OWN_CASE.search(text) is not None


def tells_something(text: str) -> bool:
    """Whether a message tells what has happened or is wanted, or speaks of the own company."""
    if tells_own_case(text) or re.search(r"[了过]", text):
        return True
    return asks_whether_only(text) and re.search(r"想|打算|准备|刚", text) is not None


def asks_list(text: str) -> bool:
    """Whether a message asks for all items of something."""
    return _LIST.search(text) is not None


def asks_comparison(text: str) -> bool:
    """Whether a message asks for the difference between two things."""
    return _COMPARISON.search(text) is not None


def clauses(text: str) -> list[str]:
    """A message cut at its punctuation marks."""
    return [part.strip() for part in _CLAUSE.split(text) if part.strip()]


def questions(text: str) -> list[str]:
    """The questions that a message asks one after the other; one for most messages."""
    parts = (_LEAD_IN.sub("", part).strip() for part in _NEXT_QUESTION.split(text))
    asked = [part for part in parts if len(part) >= SHORTEST_PART and _QUESTION.search(part)]
    return asked if len(asked) > 1 else [text]
