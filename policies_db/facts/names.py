"""Names and codes in a text: companies, AEO codes, customs codes; numbers and units typed alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from policies_db.decisions import Span
from policies_db.facts.bounds import bounded
from policies_db.facts.mentions import Mention, Reading
from policies_db.facts.numbers import NUMBER, read_number

_COMPANY = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9（）()·&\-]{2,40}?(?:股份有限公司|有限责任公司|有限公司|集团公司"
    r"|分公司|合伙企业|公司)"
    r"(?:[\u4e00-\u9fff]{2,8}分公司)?"
)
#: What people type before a company's name.
_LEAD = re.compile(
    r"^(?:.*?(?:请问|问下|问一下|帮我?(?:查|看)(?:一下|下|看)?|查(?:一下|下|询)?|看(?:一下|看|下)"
    r"|叫做?|名字是|名称是|名为|全称是?"
    r"|(?:我们?|咱们?|本)(?:司|公司|们)?(?:是|叫|的)|我司|咱司|麻烦|确认(?:一下|下)?|想知道|客户"
    r"|供应商|关于|是不是|有没有|在不在|名单(?:里|上"
    r"|中)?|你好|您好)[:：,，、\s是叫]*)+"
)
#: What a further company is named by.
_NEXT = re.compile(r"^(?:那么?|还有|另外|换成?|换作|要是|如果|假如)+")
_NOT_A_NAME = re.compile(
    r"^(?:我|我们|咱|咱们|你们|贵|本|该|这家|那家|一家|哪些|哪家|什么|外贸|子|母|分|总|新|外资"
    r"|这个)+公司$|(?:我们|咱们?|你们|贵|本|该|[这那哪一]家)公司$"
)
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:RS\s?AEO[A-Z]?[0-9A-Z]*|AEO[A-Z]*\s?\d[0-9A-Z]*|CN\d{8,12}"
    r"|\d(?=[0-9A-Z]*\d{4})[0-9A-Z]{9})(?![A-Za-z0-9]|\s?(?:元|万|美元|美金|块))",
    re.I,
)
_NUMBER_ALONE = re.compile(rf"^\s*(?:是|就|大概|约|差不多|应该是|嗯)?\s*({NUMBER})\s*[。.!,?]?\s*$")
_UNIT_ALONE = {
    "yuan": r"万?(?:元|人民币|rmb|块|块钱)|万|亿|亿元|人民币万元",
    "usd": r"万?(?:美元|美金|刀|usd)|万美刀",
    "%": r"%|百分之|成|percent|百分比",
    "months": r"个?月|年|months?|years?",
    "hours": r"个?(?:小时|钟头)|hours?|hrs?",
    "days": r"天|日|days?|个?工作日",
}
_UNIT = {
    unit: re.compile(
        rf"^\s*(?:是|单位是?|我说的是|指的是|按)?\s*(?P<unit>{pattern})\s*[的啊呀吧哈。.!]*\s*$"
    )
    for unit, pattern in _UNIT_ALONE.items()
}


def companies_in(reading: Reading) -> Iterator[Mention]:
    """Names of companies, without what is typed before them."""
    for found in _COMPANY.finditer(reading.typed):
        lead = _LEAD.match(found.group())
        start = found.start() + (lead.end() if lead else 0)
        name = _NEXT.sub("", reading.typed[start : found.end()]).lstrip("是叫")
        start = found.end() - len(name)
        if len(name) > 4 and not _NOT_A_NAME.search(name):
            yield Mention("company", name, "", start, found.end(), name)


def codes_in(reading: Reading) -> Iterator[Mention]:
    """Codes of companies, in capitals and without spaces."""
    for found in _CODE.finditer(reading.typed):
        code = re.sub(r"\s", "", found.group()).upper()
        yield Mention("code", code, "", found.start(), found.end(), found.group())


def parts_in(reading: Reading) -> Iterator[Mention]:
    """A number without a unit, or a unit without a number, that is all the user typed."""
    found = _NUMBER_ALONE.match(reading.text)
    if found:
        number, _ = bounded(read_number(found.group(1)), reading.text[: found.start(1)], "")
        yield Mention(
            "number", number.span, "", found.start(1), found.end(1), found.group(1),
            number.approximate,
        )  # fmt: skip
    for unit, pattern in _UNIT.items():
        alone = pattern.match(reading.text)
        if alone:
            words = alone["unit"]
            yield Mention("unit", words, unit, alone.start("unit"), alone.end("unit"), words)


def joined(earlier: list[Mention], now: list[Mention]) -> list[Mention]:
    """A number that was typed first and its unit that came after, as one mention."""
    numbers = [m for m in earlier if m.kind == "number"]
    units = [m for m in now if m.kind == "unit"]
    if not numbers or not units:
        return now
    number, unit = numbers[-1], units[0]
    assert isinstance(number.value, Span)
    assert isinstance(unit.value, str)
    factor = _scale_of(unit.value)
    low, high = (
        end * factor if isinstance(end, Decimal) else None
        for end in (number.value.low, number.value.high)
    )
    value = Span(low, high, number.value.open_low, number.value.open_high)
    periods = dict.fromkeys(("months", "days", "hours"), "duration")
    kind = {"%": "ratio", **periods}.get(unit.unit, "amount")
    words = number.text + unit.text
    return [Mention(kind, value, unit.unit, unit.start, unit.end, words, number.approximate)]


def _scale_of(words: str) -> Decimal:
    """How many of a type's unit one of a unit typed alone is: 万元 → 10,000, 年 → 12, 成 → 10."""
    if "亿" in words:
        return Decimal(10**8)
    if "万" in words:
        return Decimal(10_000)
    if "年" in words or "year" in words:
        return Decimal(12)
    return Decimal(10 if words == "成" else 1)
