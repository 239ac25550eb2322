"""Dates in a text, each as the span of days that its words leave open."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from policies_db.decisions import Span
from policies_db.decisions.values import add_months
from policies_db.facts.mentions import Mention, Reading
from policies_db.facts.numbers import read_number

_CN = "零〇一二三四五六七八九十"
_YEARS = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0,
          "明年": 1, "后年": 2, "last year": -1, "this year": 0, "next year": 1}  # fmt: skip
#: Years that are counted from the date before them.
_YEARS_AFTER = {"同年": 0, "同一年": 0, "当年": 0, "次年": 1, "翌年": 1, "隔年": 1, "转年": 1,
                "第二年": 1, "same year": 0, "following year": 1, "year after": 1}  # fmt: skip
_NAMED = "|".join(sorted({**_YEARS, **_YEARS_AFTER}, key=len, reverse=True))
#: 24年, of which only what stands around it tells that it is no period.
_SHORT_YEAR = (
    r"(?<![\d.了过约近满达已干])2[0-9]年(?=\s?(?:底|初|末|尾|头|中|终|春|夏|秋|冬|上半|下半|第?[一二三四1-4]季"
    r"|的(?!时间|期)|那|进|出|申|报|漏|少|披|主|发|[,。;]))"
)
_MONTH_NAMES = (
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
    ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"),
    ("october", "oct"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
_MONTHS_EN = {name: index for index, names in enumerate(_MONTH_NAMES, 1) for name in names}
_MONTH_EN = "|".join(sorted(_MONTHS_EN, key=len, reverse=True))
_PARTS = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, 31),
          "底": (21, 31), "末": (21, 31), "尾": (21, 31)}  # fmt: skip
_PART = r"(?:上旬|中旬|下旬|初|底|末|尾|中(?!国|国|心|标|间))"
_DATE = re.compile(
    # 2024年2月5日, 24年2月, 二〇二四年二月, 去年11月底; 2024-02-05
    # 24.3.15
    rf"(?P<year>(?:19|20)\d\d|(?<!\d)\d\d(?=年的?\s?\d{{1,2}}月)"
    rf"|(?<![\d.])2\d(?=(?P<dot>[-/.])\d{{1,2}}(?P=dot)\d{{1,2}}(?![\d.%]))"
    rf"|二[零〇][{_CN}]{{2}}|二[一二三四五六七八九](?=年[{_CN}]{{1,2}}月))年?\s?[-/.年]的?\s?"
    rf"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?:月(?:份)?\s?|[-/.](?=\d))"
    rf"(?:(?P<day>3[01]|[12]\d|0?[1-9]|[{_CN}]{{1,3}})(?:日|号|(?!\d|月|个|万|元|号))"
    rf"|的?(?P<part>{_PART}))?"
    r"|(?P<iso>(?:19|20)\d{2}[-/.](?:1[0-2]|0[1-9]))(?![-/.\d])"
    rf"|(?<!\d)(?P<compact>20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)"
    rf"|(?:(?P<named>{_NAMED})的?)?(?P<bare>(?<![\d{_CN}.])(?:1[0-2]|[1-9]|十[一二]?"
    rf"|[一二三四五六七八九]))月(?!饼|子)(?:份)?\s?"
    rf"(?:(?P<bare_day>3[01]|[12]\d|[1-9]|[{_CN}]{{1,3}})(?:日|号|(?!\d|月|个|万|元|天|成|家|号"
    rf"|年))"
    rf"|的?(?P<bare_part>{_PART}))?"
    # parts of a year, whole years
    rf"|(?P<half_of>{_NAMED}|(?:19|20)\d\d年|{_SHORT_YEAR})?的?(?P<half>上半年|下半年)"
    r"|(?P<quarter_off>上上个?季度|上个?季度|本季度|这个?季度|last quarter|this quarter)"
    rf"|(?P<quarter_of>{_NAMED}|(?:19|20)\d\d年|{_SHORT_YEAR})?的?第?(?P<quarter>[一二三四1-4])季度"
    rf"|(?P<end_of>{_NAMED}|(?:19|20)\d\d年|{_SHORT_YEAR})的?(?P<end>年?初|年?底|年?末|年中|年头|开年|年终|年?尾)"
    rf"|(?P<whole>(?:19|20)\d\d)年(?!第|本|版|公告|度?目录)(?!\s?\d{{1,3}}号)"
    rf"|(?P<short>{_SHORT_YEAR})|(?P<relative_year>{_NAMED})"
    # relative to today
    rf"|(?P<months_off>上上个?月|上个?月|本月|这个?月|下下个?月|下个?月|last month|this month"
    rf"|next month)"
    rf"(?:的?(?P<off_part>{_PART})|的?(?P<off_day>3[01]|[12]\d|[1-9]|[{_CN}]{{1,3}})(?:日|号))?"
    r"|(?P<day_off>大前天|前天|昨天|昨日|今天|今日|明天|后天|yesterday|today|tomorrow)"
    r"|(?P<week_off>(?:上上|下下|[上下本这])个?(?:周(?![期年转边刊])|星期|礼拜)|last week"
    r"|this week|next week)[一二三四五六日天]?"
    # the 25th that somebody plans for: 想25号再报
    r"|(?<=[想算备划等到])(?P<planned_day>3[01]|[12]\d|[1-9])号(?!文|公告|令|[楼门线馆])"
    r"|(?P<now>现在|目前|眼下|当前|如今|此刻|right now|now\b|currently)"
    # relative to another date
    r"|(?P<same_month>同月|当月|同一个月|同个月|same month)(?:的?(?P<same_part>底|末|最后一天))?"
    r"|(?P<next_month>次月"
    r"|第二个月|隔月)"
    r"|(?P<same_day>当天|当日|同日|同一天|same day)|(?P<next_day>次日|第二天|隔天)"
    # English
    rf"|(?P<en_day_first>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<en_month_first>{_MONTH_EN})"
    rf"\b\.?,? ?(?P<en_year_first>(?:19|20)\d\d|['’]\d\d\b|(?:of )?the (?:same|following) year)?"
    rf"|(?P<en_when>last|this|next)? ?\b(?:(?P<en_part>early|mid|late|end of|beginning of)[- ])"
    rf"?(?P<en_month>{_MONTH_EN})\b\.?"
    r"(?: (?P<en_day>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,? (?:of )?(?P<en_year>(?:19|20)\d\d"
    r"|['’]\d\d\b|last year|this year|(?:the )?(?:same|following) year|the year after))?"
    r"|\b(?:in|since|during|by|end of|until) (?P<en_whole>(?:19|20)\d\d)\b"
)
_EN_PARTS = {"early": "初", "beginning of": "初", "mid": "中", "late": "底", "end of": "底"}
_EARLIER = re.compile(
    r"(?:之前|此前|上(?:一)?次|前一次|以前|曾|earlier|previous|last time)[^,。;]{0,8}$"
)
#: What was found on a day happened before it: 10月查出8月那票.
_FOUND = re.compile(
    r"(?:查|翻|审|核|对|盘|理|清)(?:出|到)来?[^,，。;；]{0,8}$|发现[^,，。;；]{0,8}$|found[^,.;]{0,16}$"
)
#: Words before the day that a count ends on: 从申报数到昨天是五个月.
_COUNTED_TO = re.compile(r"(?:数|算|计|截|直)(?:止|至)?到?$")
#: A year that is told apart from its days: 5月16日申报的，是2023年的事. `@` stands for it.
_APART = re.compile(
    r"(?:^|[,。;?!、])(?:那|这|都|全|就)?(?:是|在)?@(?:年)?的(?:事情?|时候|情况)"
    r"|(?:[,。;?!、]|[那这都全]是|[,。;?!、]是)(?:在)?@年?(?=了?[,。;?!]|$)"
)
#: Words after a date on which something ends; what is done before it is told after it.
_ENDS = re.compile(r"[^,。;?!]{0,2}(?:到期|过期|截止|届满|期满|失效|到头|为止)")
#: So long ago at most something has ended of which only day and month are told.
_JUST_OVER = timedelta(days=31)
#: Words beside a date that lies ahead.
_COMING = re.compile(
    r"(?<!已经)(?:到期|过期|截止|届满|期满|失效|到头|为止|有效期|打算|准备|计划|expir"
    r"|runs out|will )"
)


@dataclass
class _Read:
    """A date as read: its days, whether its year was said, and what to set it by."""

    first: date
    last: date
    year_said: bool
    hint: str = ""


@dataclass(frozen=True)
class Told:
    """A date that was told before; `earlier` where what is told now may lie before it.

    `vague` where it is no single day, so that no next day follows from it.
    """

    day: date
    earlier: bool = False
    vague: bool = False


def dates_in(reading: Reading, today: date, told: Told | None = None) -> Iterator[Mention]:
    """Dates in order; one without a year takes it from those beside it, else the last one past."""
    text = reading.text
    before: _Read | None = _Read(told.day, told.day, True) if told else None
    found_dates = [m for m in _DATE.finditer(text) if m.group().strip() and not _false(text, m)]
    bare = False
    for index, found in enumerate(found_dates):
        read = _read(found, today, before)
        beside = (
            before is not None and index > 0 and found.start() - found_dates[index - 1].end() < 2
        )
        if read is None or (beside and found["same_month"]):
            continue
        if index == 0 and told and told.vague and (found["next_day"] or found["same_day"]):
            continue
        if found["day_off"] and _COUNTED_TO.search(text[: found.start()]):
            continue
        if bare and _is_apart(text, found):
            bare = False
            continue
        if not read.year_said and not read.hint:
            bare = True
            later = _year_after(text, found_dates[index + 1 :], today)
            around = text[max(0, found.start() - 8) : found.start()]
            coming = _COMING.search(around + "|" + text[found.end() : found.end() + 6]) is not None
            if before is None and later is None and coming:
                ends = _ENDS.match(text, found.end()) is not None
                read = _coming(read, today - _JUST_OVER if ends else today)
            else:
                earlier = (
                    _EARLIER.search(text[: found.start()]) is not None
                    or (told is not None and told.earlier and index == 0)
                    or (index > 0 and _FOUND.search(text[: found.start()]) is not None)
                    or (index > 0 and _ENDS.match(text, found_dates[index - 1].end()) is not None)
                )
                last_day = date.max if coming else today
                read = _with_year(read, before, later, last_day, earlier)
        if read.hint != "now":
            before = _Read(read.first, read.last, True)
        words = reading.typed[found.start() : found.end()].strip()
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        yield Mention(
            "date", Span(read.first, read.last), "date", start, found.end(), words, False, read.hint
        )


def _false(text: str, found: re.Match[str]) -> bool:
    """Words that only look like a date: "may" the verb, the number of a notice."""
    if found["en_month"] in ("may", "march", "mar", "sep", "dec", "jan"):
        context = text[max(0, found.start() - 12) : found.start("en_month")]
        dated = found["en_day"] or found["en_year"] or found["en_when"] or found["en_part"]
        if not dated and not re.search(r"\b(in|since|of|by|until|from|during|and|-)\s*$", context):
            return True
    return bool(found["bare"] and re.match(r"个", text[found.end() :]))


def _read(found: re.Match[str], today: date, before: _Read | None) -> _Read | None:
    group = found.groupdict()
    if group["year"]:
        return _month(_year(group["year"]), _int(group["month"]), group["day"], group["part"], True)
    if group["iso"]:
        year, month = re.split(r"[-/.]", group["iso"])
        return _month(int(year), int(month), None, None, True)
    if group["compact"]:
        digits = group["compact"]
        return _month(int(digits[:4]), int(digits[4:6]), digits[6:], None, True)
    if group["bare"]:
        year = _named_year(group["named"] or "", today, before)
        said = bool(group["named"])
        return _month(year, _int(group["bare"]), group["bare_day"], group["bare_part"], said)
    return (
        _of_year(group, today, before)
        or _relative(group, today, before)
        or _english(group, today, before)
    )


def _named_year(words: str, today: date, before: _Read | None) -> int:
    """The year that 去年, 2024年, 24年, '24 or, after another date, 次年 names."""
    digits = words.strip("年'’")
    if digits.isdigit():
        return int(digits) + (2000 if len(digits) == 2 else 0)
    words = words.removeprefix("of ").removeprefix("the ")
    if before is not None and words in _YEARS_AFTER:
        return before.first.year + _YEARS_AFTER[words]
    return today.year + _YEARS.get(words, 0)


def _of_year(group: dict[str, str | None], today: date, before: _Read | None) -> _Read | None:
    def year(words: str | None) -> int:
        if not words:
            return before.first.year if before else today.year
        return _named_year(words, today, before)

    if group["half"]:
        first = 1 if group["half"] == "上半年" else 7
        return _months(year(group["half_of"]), first, first + 5)
    if group["quarter"]:
        first = _int(group["quarter"]) * 3 - 2
        return _months(year(group["quarter_of"]), first, first + 2)
    if group["end"]:
        first, last = {"初": (1, 2), "头": (1, 2), "年": (1, 2), "中": (6, 7)}.get(
            group["end"][-1], (12, 12)
        )
        return _months(year(group["end_of"]), first, last)
    whole = group["whole"] or group["short"] or group["relative_year"] or group["en_whole"]
    return _months(year(whole), 1, 12) if whole else None


def _relative(group: dict[str, str | None], today: date, before: _Read | None) -> _Read | None:
    if group["months_off"]:
        words = group["months_off"]
        off = (-1 if words[0] in "上l" else 1) * (words.count("上") + words.count("下"))
        off = {"last month": -1, "next month": 1, "this month": 0}.get(words, off)
        day = add_months(today.replace(day=1), off)
        return _month(day.year, day.month, group["off_day"], group["off_part"], True)
    if group["quarter_off"]:
        words = group["quarter_off"]
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        back = 1 if words == "last quarter" else words.count("上")
        first = add_months(first, -3 * back)
        return _months(first.year, first.month, first.month + 2)
    if group["day_off"]:
        off = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "yesterday": -1, "明天": 1,
               "后天": 2, "tomorrow": 1}.get(group["day_off"], 0)  # fmt: skip
        day = today + timedelta(days=off)
        return _Read(day, day, True)
    if group["week_off"]:
        words = group["week_off"]
        weeks = {"last week": -1, "next week": 1, "this week": 0}.get(
            words, words.count("下") - words.count("上")
        )
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
        return _Read(monday, monday + timedelta(days=6), True)
    if group["now"]:
        return _Read(today, today, True, "now")
    if group["planned_day"]:
        ahead = today.replace(day=1)
        if int(group["planned_day"]) < today.day:
            ahead = add_months(ahead, 1)
        return _month(ahead.year, ahead.month, group["planned_day"], None, True)
    if before is None:
        return None
    if group["same_month"]:
        return _month(before.last.year, before.last.month, None, group["same_part"], True)
    if group["next_month"]:
        day = add_months(before.last.replace(day=1), 1)
        return _month(day.year, day.month, None, None, True)
    if group["same_day"]:
        return _Read(before.first, before.last, True)
    if group["next_day"]:
        day = before.last + timedelta(days=1)
        return _Read(day, day, True)
    return None


def _english(group: dict[str, str | None], today: date, before: _Read | None) -> _Read | None:
    name = group["en_month"] or group["en_month_first"]
    if not name:
        return None
    month = _MONTHS_EN[name]
    said = group["en_year"] or group["en_year_first"]
    when = group["en_when"]
    if said:
        year = _named_year(said, today, before)
    elif when == "last":
        year = today.year if month < today.month else today.year - 1
    elif when == "next":
        year = today.year if month > today.month else today.year + 1
    else:
        year = today.year
    part = _EN_PARTS.get(group["en_part"] or "")
    day = group["en_day"] or group["en_day_first"]
    return _month(year, month, day, part, bool(said or when))


def _with_year(
    read: _Read, before: _Read | None, later: int | None, last_day: date, earlier: bool
) -> _Read:
    """The same days in the year that the text around them means, by `last_day` where it can be."""
    if before is not None:
        moved = _in_year(read, before.first.year)
        if moved.last < before.first and not earlier:
            later_on = _in_year(read, before.first.year + 1)
            return later_on if later_on.first <= last_day else moved
        return moved
    if later is not None:
        return _in_year(read, later)
    return read if read.first <= last_day else _in_year(read, read.first.year - 1)


def _coming(read: _Read, since: date) -> _Read:
    """The same days in the year in which they next come after a day."""
    moved = _in_year(read, since.year)
    return moved if moved.last >= since else _in_year(read, since.year + 1)


def _year_after(text: str, rest: list[re.Match[str]], today: date) -> int | None:
    """The year of the next date that has one, for a text that gives the year at its end."""
    for found in rest:
        if found["year"]:
            return _year(found["year"])
        if _is_apart(text, found):
            read = _read(found, today, None)
            return read.first.year if read else None
    return None


def _is_apart(text: str, found: re.Match[str]) -> bool:
    """Whether a year is told for the days before it."""
    if not (found["whole"] or found["short"] or found["relative_year"]):
        return False
    marked = f"{text[: found.start()]}@{text[found.end() :]}"
    return any(m.start() <= found.start() < m.end() for m in _APART.finditer(marked))


def _in_year(read: _Read, year: int) -> _Read:
    first = add_months(read.first, (year - read.first.year) * 12)
    last = add_months(read.last, (year - read.last.year) * 12)
    if read.last.day == calendar.monthrange(read.last.year, read.last.month)[1]:
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return _Read(first, last, True, read.hint)


def _month(
    year: int, month: int, day: str | None, part: str | None, year_said: bool
) -> _Read | None:
    length = calendar.monthrange(year, month)[1]
    if day:
        number = _int(day)
        if not 1 <= number <= length:
            return None
        return _Read(date(year, month, number), date(year, month, number), year_said)
    if part == "最后一天":
        return _Read(date(year, month, length), date(year, month, length), year_said)
    first, last = _PARTS.get(part or "", (1, 31))
    return _Read(date(year, month, first), date(year, month, min(last, length)), year_said)


def _months(year: int, first: int, last: int) -> _Read:
    return _Read(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), True)


def _year(words: str) -> int:
    if words[0] == "二" and len(words) == 2:  # 二三年: digits, not "two or three"
        words = f"二〇{words}"
    number = _int(words)
    return number + 2000 if number < 100 else number


def _int(words: str) -> int:
    if words.isdigit():
        return int(words)
    value = read_number(words).span.exact
    return int(value)  # type: ignore[arg-type]
