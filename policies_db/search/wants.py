"""What kind of answer a question wants (an amount, a date, a bureau), and whether a passage has it.

A passage near to the question that lacks what is wanted is often not its answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

#: Question words and passage words of each kind, both normalised with numerals.
_KINDS: dict[str, tuple[str, str]] = {
    "money": (
        r"多少钱|几个?钱|多少(万|元|块)|几(万|千|百)|(奖|补|给|罚|收|返|免)(励|贴|助|款|费)?(多少|几)|"
        r"金额|费用|价格|收费|额度|封顶|上限|how much|amount|fee",
        r"\d\S{0,3}(元|美元|万|亿)|免费|无偿|免收|零收费",
    ),
    "share": (
        r"百分之几|几成|比例|占比|几个点|多少个?点|涨幅|增速|增长多少|税率|\d?%|percent|rate|share",
        r"\d%|\d倍|‰",
    ),
    "time": (
        r"多久|(几|多少)个?(天|月|年|日|小时|工作日)|多长时间|什么时候|啥时候|何时|哪(天|年|月|日)|几号|期限|时限|截止|"
        r"到期|when|how long|deadline|how many (days|months|years)",
        r"\d(年|个?月|日|天|个?小时|个?工作日|个?自然月)|即时|当天|当日|当月",
    ),
    "count": (
        r"(多少|几)(家|个|项|条|种|类|名|人|趟|列|艘|班)|how many",
        r"\d+余?(家|个|项|条|种|类|名|人|趟|列|艘|班|所)",
    ),
    "who": (
        r"谁|哪(个|些|几个|家)?(部门|单位|局|委|机构)|找哪|归哪|牵头|负责|主管|\bwho\b|authority|department",
        r"局|委|海关|办公|部门|政府|法院|中心|责任单位|牵头",
    ),
    "fine": (
        r"罚(款|金)?(多少|几|金额|标准|区间)|处罚(金额|标准)|怎么罚|会罚|罚则|坐牢|判几年|刑|fine\b|jail",
        r"罚|处分|责任",
    ),
    "contact": (
        r"电话|热线|地址|网址|邮箱|联系方式|联系人|公众号|二维码|营业时间|上班时间|哪里下载|"
        r"phone|address|e-?mail|website|hotline|download",
        r"电话|热线|网址|www|http|\d{5,}|\d时|24小时",
    ),
}
NAMES = tuple(f"gives_{kind}" for kind in _KINDS)
_WANTED = [re.compile(wanted, re.I) for wanted, _ in _KINDS.values()]
_GIVEN = [re.compile(given) for _, given in _KINDS.values()]
_DOCUMENT = re.compile(
    r"文号|几号文|多少号|哪个?文件|什么文件|哪份|全称|标题|叫什么|谁(发|印发|制定)|(哪|什么时候|几时|何时).{0,6}"
    r"(发布|印发|公布|出台|施行|实施|生效|通过|开始)|有效|失效|到期|作数|管用|过期|废止|"
    r"number of|issued|in force|valid",
    re.I,
)
_DRAFT = re.compile(r"草案|征求意见|意见稿|初稿|讨论稿|draft", re.I)


def given(passages: Sequence[str]) -> np.ndarray:
    """Which kinds of answer each passage has: a row for each, 1 or -1."""
    rows = [[1.0 if kind.search(text) else -1.0 for kind in _GIVEN] for text in passages]
    return np.array(rows).reshape(len(passages), len(_GIVEN))


def wanted(question: str) -> np.ndarray:
    """Which kinds of answer a question wants: 1 or 0."""
    return np.array([float(bool(kind.search(question))) for kind in _WANTED])


def wants_document(question: str) -> float:
    """1 where a question is about a document itself (its number, issuer, dates), else -1."""
    return 1.0 if _DOCUMENT.search(question) else -1.0


def wants_draft(text: str) -> bool:
    """Whether a text is about a draft."""
    return _DRAFT.search(text) is not None
