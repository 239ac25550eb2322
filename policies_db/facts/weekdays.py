"""Working days told by weekdays, of handing in and of the end: 周一交的, 周四才批."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from policies_db.decisions import Span
from policies_db.facts.mentions import Mention, Reading

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {word: number for number, word in enumerate(_ENGLISH)} | {
    word: number
    for number, words in enumerate(("一", "二", "三", "四", "五", "六", "日天"))
    for word in words
}
_WEEKS = {"上上": -2, "上": -1, "last ": -1, "下": 1, "next ": 1, "下下": 2}
_DAY = (
    r"(?P<{0}_week>上上|上|这|本|下下|下|last |this |next |the next )?个?"
    rf"(?:(?:周|星期|礼拜)(?P<{{0}}_chinese>[一二三四五六日天])|(?P<{{0}}_english>{'|'.join(_ENGLISH)}))"
)
_HANDED_IN = r"[交递报送]|提[了的上]|申请|受理|上传|submit|filed?\b|appl|handed"
#: The day of handing in, before its verb or after it in English, and the day of the end.
_FROM_TO = re.compile(
    rf"(?:{_DAY.format('first')}[^。;?!]{{0,14}}?(?:{_HANDED_IN})"
    rf"|(?:{_HANDED_IN})[^。;?!]{{0,24}} on {_DAY.format('after')})"
    rf"[^。;?!]{{0,30}}?(?P<last>{_DAY.format('second')})"
)


def weekdays_in(reading: Reading) -> Iterator[Mention]:
    """Working days after the first weekday up to the second, in weeks without a holiday.

    A mention stands at the second weekday.
    """
    for found in _FROM_TO.finditer(reading.text):
        first = "first" if found["first_chinese"] or found["first_english"] else "after"
        start, end = _day(found, first), _day(found, "second")
        week = found["second_week"]
        if week is None or week.startswith("the"):
            weeks = 1 if end < start or week else 0
        else:
            weeks = _WEEKS.get(week, 0) - _WEEKS.get(found[f"{first}_week"] or "", 0)
        days = weeks * 7 + end - start
        if days >= 0:
            value = Decimal(sum((start + day) % 7 < 5 for day in range(1, days + 1)))
            place = found.start("last"), found.end("last")
            words = reading.typed[slice(*place)]
            yield Mention("duration", Span.at(value), "working_days", *place, words)


def _day(found: re.Match[str], name: str) -> int:
    return _DAYS[found[f"{name}_chinese"] or found[f"{name}_english"]]
