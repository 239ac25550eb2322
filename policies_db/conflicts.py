"""Whether a found provision is about another country, region, kind, year or plan than the question.

Search finds what is near; a rule for one country is near to the question about another, and must
not answer it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from policies_db.text import normalise

_PLACES = Path(__file__).parent / "places.yml"
_KINDS = Path(__file__).parent / "kinds.yml"
_YEARLY = re.compile(r"(20\d\d)年度|(20\d\d)年(?:的)?(?:任务)?清单")
_HERE = re.compile(r"重庆|渝(?!贸贷)|本市|我市|你们(这|那|市)|[迁搬](到|来|过来)|chongqing")
#: What may stand before the place that a question is about, and what shows that it is only a way.
_BEFORE = r"^(?:请问|你好|我们?|咱们?|公司|企业|在|位于|问一?下|如果|要是|那|如|\W)*"
_ON_THE_WAY = (
    r"(?!港|口岸|关区|海关|总部|母公司|老板|股东|客户|供应商|发|运|转|过来|到|进|出|回|来|和|与|跟|、|"
    r"上市|的?投资[者人方]|(?:公司|企业|老板|集团|资本)?投的)"
)
#: Whose place is told in a question about that place's rules, and what a place is only passed for.
_OWN = r"(?:厂|公司|企业|店|仓库|项目|中心|机构|园区?|注册|落户|办公|开|建|设)"
_SETTLED = (
    rf"(?:{_OWN}(?:都|也|就|是)?[在到于]|(?<![户商方东部货])在|"
    r"(?:based|located|registered|plant|factory|office) in )"
)
_PASSED = (
    r"(?!港|口岸|关区|海关|的?(?:客户|供应商|股东|买家|总部|母公司)|"
    r"上市|发|中转|转关|装船|换装|报关|清关|通关|出境|有)"
)
#: Who gives or rules in a place, and what they have made.
_RULES_THERE = (
    r"(?:[市省区县州]|自治区|特区)?(?:里|人民)?"
    r"(?:政府|商务[局厅委]|财政|税务局|市场监管|发改|当地|本地|那[边头](?=[^,，。;；]{0,6}[奖补贴])|"
    r"(?:自己|出台|发布|制定)?(?:的|那[部份个])?(?:20\d\d年)?(?:优化)?(?:营商环境|条例|政策|措施|办法|奖|补贴?|鼓励))"
)
#: A plan's figure is asked for; a plan that follows the one on file; whether one goes on.
_TARGET = re.compile(
    r"(目标|指标|规模|增速|占比|总值|达到|做到|完成|突破|增长|提升到|降到|压到|要到)"
    r"[^,，。;；]{0,10}(多少|几|啥|什么)|多少亿|\btargets?\b|\bgoals?\b"
)
_PERIOD = re.compile(
    r"(?<!\d)(?:20)?(?P<first>[12]\d)年?(?:到|至|[-—–~])(?:20)?(?P<last>[123]\d)年?(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:20(\d\d)(?!\d)|([23]\d)年)")
_NEXT_PLAN = re.compile(
    r"(新一|下一?)[轮版]|下一个?(三年|五年|规划期|计划期)|新的?(三年|五年)|十[五六七]五|"
    r"新版[^,，。;；]{0,6}(办法|政策|方案|计划|措施)|"
    r"next (plan|round|three)"
)
#: A period or share as documents print it.
_FIGURE = re.compile(r"[\d一二三四五六七八九十百千]+(个?工作日|个月|[日天%])")
_GOES_ON = re.compile(
    r"有效|作数|算数|失效|到期|继续|还(能|在|执行|管)|废止|之前|以前|no longer|still"
)


@functools.lru_cache(maxsize=1)
def _places() -> dict[str, tuple[tuple[str, str], ...]]:
    raw = yaml.safe_load(_PLACES.read_text(encoding="utf-8"))
    return {
        kind: tuple(
            (place, "|".join(map(_pattern, (place, *names)))) for place, names in of.items()
        )
        for kind, of in raw.items()
    }


@functools.lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[re.Pattern[str], ...], ...]:
    raw = yaml.safe_load(_KINDS.read_text(encoding="utf-8"))
    return tuple(
        tuple(re.compile("|".join((kind, *names))) for kind, names in group.items())
        for group in raw
    )


def _pattern(name: str) -> str:
    return rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name)


@functools.lru_cache(maxsize=1)
def _countries() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((place, re.compile(names)) for place, names in _places()["countries"])


@dataclass(frozen=True)
class _Region:
    """How a region is named, named as the one that a question is about, and as a customs office."""

    named: re.Pattern[str]
    about: tuple[re.Pattern[str], ...]
    customs: re.Pattern[str]


@functools.lru_cache(maxsize=1)
def _regions() -> tuple[_Region, ...]:
    return tuple(
        _Region(
            re.compile(names),
            (
                re.compile(f"{_BEFORE}(?:{names}){_ON_THE_WAY}"),
                re.compile(f"{_SETTLED}(?:{names}){_PASSED}"),
                re.compile(f"(?:{names}){_RULES_THERE}"),
            ),
            re.compile(f"(?:{names})(?:海关|关区)"),
        )
        for _, names in _places()["regions"]
    )


def countries_in(text: str) -> frozenset[str]:
    """The countries that a text names, by their Chinese names."""
    plain = normalise(text)
    return frozenset(place for place, names in _countries() if names.search(plain))


def conflicts(question: str, provision: str, document: Callable[[], str], local: bool) -> bool:
    """Whether a provision cannot answer a question because both are about particular things.

    Args:
        question: as asked.
        provision: the provision that was found, with its headings.
        document: gives the whole text of its document, where it is needed.
        local: whether the document is one of the city.
    """
    asked = countries_in(question)
    if asked and countries_in(provision) and not asked & countries_in(document()):
        return True
    if local and _elsewhere(question, provision):
        return True
    if _of_other_kind(normalise(question), normalise(provision)):
        return True
    years, own = _years(question), _years(provision)
    return bool(years and own and not years & own) or _of_other_plan(
        normalise(question), normalise(provision), document
    )


def _of_other_plan(question: str, provision: str, document: Callable[[], str]) -> bool:
    """Whether a question is about a plan, or the figures of one, for other years than are told."""
    following = _NEXT_PLAN.search(question)
    if following and following.group() not in provision and not _GOES_ON.search(question):
        return True
    asked = _span_of_years(question) if _TARGET.search(question) else set()
    return bool(asked) and not asked & _span_of_years(provision + document())


def _span_of_years(text: str) -> set[int]:
    """All years that a text names, and those between the ends of its periods."""
    years = {int(a or b) for a, b in _YEAR.findall(text)}
    for period in _PERIOD.finditer(text):
        years |= set(range(int(period["first"]), int(period["last"]) + 1))
    return years


def _of_other_kind(question: str, provision: str) -> bool:
    """Whether a question is about one kind of a thing, and the provision only about another."""
    if any(figure.group() in provision for figure in _FIGURE.finditer(question)):
        return False  # who names a figure of the provision asks about that one
    for group in _kinds():
        asked = {kind for kind in group if kind.search(question)}
        told = {kind for kind in group if kind.search(provision)}
        if asked and told and not asked & told:
            return True
    return False


def _elsewhere(question: str, provision: str) -> bool:
    """Whether a question is about another region than the city, which the provision is not."""
    plain = normalise(question)
    if _HERE.search(plain):
        return False
    customs = "重庆海关" in provision
    about = [
        region
        for region in _regions()
        if region.named.search(plain)
        and (
            any(way.search(plain) for way in region.about)
            or (customs and region.customs.search(plain))
        )
    ]
    return any(not region.named.search(normalise(provision)) for region in about)


def _years(text: str) -> frozenset[str]:
    return frozenset(a or b for a, b in _YEARLY.findall(normalise(text)))
