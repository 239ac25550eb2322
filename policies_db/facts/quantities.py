"""Amounts of money, ratios and periods in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from policies_db.decisions import Span
from policies_db.facts.bounds import bounded
from policies_db.facts.mentions import Mention, Reading
from policies_db.facts.numbers import NUMBER, Number, ends, read_number

_BEFORE = 16
_USD = r"美元|美金|美刀|刀|us ?dollars?|dollars?|usd|us\$|\$|bucks"
_YUAN = r"元|块钱|块|人民币|rmb|cny|yuan|¥|￥|renminbi"
_OTHER = r"欧元|欧|港币|港元|日元|英镑|euros?|eur|hkd|jpy|gbp|€|£|hk\$"
_SCALES = [
    ("千万|千w", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("万亿", 10**12),
    (r"亿", 100_000_000),
    (r"万|w(?![a-z])", 10_000),
    (r"billion|bn(?![a-z])|b(?![a-z])", 10**9),
    (r"million|mn(?![a-z])|mil(?![a-z])|m(?![a-z0-9²³])", 10**6),
    (r"thousand|k(?![a-z])", 1000),
]
_SCALE = "|".join(pattern for pattern, _ in _SCALES)
_COUNTED = (
    r"[家户件台吨人票单辆次条亩箱套双瓶批张头尾]|只(?![缴交付纳补退报剩有是够])|平(?:方)?米|标箱|公斤|kg|teu|tons?\b"
    r"|units?\b|pcs|艘|列|部"
)
_AMOUNT = re.compile(
    rf"(?:(?P<before>{_OTHER}|{_USD}|{_YUAN})\s?)?(?P<number>{NUMBER}|half a|半)\s?"
    rf"(?:个(?=亿|w|万|million))?(?P<scale>{_SCALE})?(?P<vague>[多来余几])?\s?"
    rf"(?P<after>(?:{_OTHER}|{_USD}|{_YUAN}))?(?!{_COUNTED})"
)
#: A sum whose currency was said before it: 800,000 yuan was due and we paid 650,000.
_CURRENCY_SAID = re.compile(rf"\d\s?(?:{_YUAN}|{_USD}|{_OTHER})|(?:{_YUAN}|{_USD}|{_OTHER})\s?\d")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_NO_UNIT = re.compile(
    r"\s?(?:[.,;?!]?$|[,;?!]|\.(?!\d)|(?:and|but|instead|in|of|on|to|where|when|while|against|is|was)\b)"
)
_PARTS = re.compile(
    rf"(?P<big>{NUMBER})\s?(?:个)?(?:(?P<unit>亿)(?P<small>{NUMBER})(?P<scale>千万|百万|万"
    rf"|千(?!万))"
    rf"|(?:万|w)(?P<rest>零?{NUMBER})(?P<thousand>千)?(?=元|块|(?<=千)[,。;?!、]|(?<=千)$)"
    # 9万8
    r"|万(?P<digit>[1-9一二三四五六七八九])(?![\d零〇一二三四五六七八九十百千万个%成.多来几年月日号天倍分票批次]))"
)
_RATIO = re.compile(
    rf"(?P<percent>{NUMBER})\s?(?:%|个?百分点|个点(?!位)|percent|per cent|pct)"
    rf"|百分之(?P<hundredths>{NUMBER})"
    rf"|(?P<tenths>{NUMBER})成(?P<more>半|多|[一二三四五六七八九](?!年|个))?(?![功立员交本熟])"
    rf"|(?P<whole>[二两三四五六七八九十]|[1-9]\d?)分之(?P<part>[一二两三四五六七八九]|\d)"
    r"|(?P<half>一半|half(?= of)|半数)|(?P<third>(?:a|one)[ -]third)|(?P<quarter>a quarter"
    r"|one quarter)"
    r"|(?P<twothirds>two[ -]thirds)"
)
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "eighteen": 18, "twenty": 20, "thirty": 30,
}  # fmt: skip
_ENGLISH = "|".join(_WORDS)
_PERIOD = re.compile(
    rf"(?P<years>{NUMBER}|半|{_ENGLISH})\s?(?:个)?(?:周)?(?P<year>年(?!\d{{1,2}}月|初|底|末|中"
    rf"|级|版|度)"
    rf"|[- ]?(?:years?|yrs?))"
    rf"(?:(?P<half>半)|(?P<more>多|几|来)|\s?(?:零|又|,|and)?\s?(?P<months>{NUMBER}|{_ENGLISH})"
    rf"\s?(?:个月"
    rf"|months?))?"
    rf"(?P<and_half> and a half)?(?:(?:零|又|多|,)?(?P<days>{NUMBER})天)?"
    rf"|(?P<month_number>{NUMBER}|半|{_ENGLISH})\s?(?:(?P<half_before>个半(?=个?月))"
    rf"|个(?P<more_before>多)?)?(?:整)?"
    r"(?P<month>(?:个)?(?:自然)?月(?=[^\d份初底末中])(?!\d)|个?自然月|[- ]?months?"
    r"|(?<=个)月|(?<=多)月|(?<=半)月)"
    rf"(?:(?P<month_tail>半|多)|(?:零|又)(?P<month_days>{NUMBER})天)?"
    rf"|(?P<week_number>{NUMBER}|{_ENGLISH})\s?(?P<week>个?多?(?:星期|礼拜)|周(?!年|岁"
    rf"|[一二三四五六日末])|[- ]?weeks?)"
    rf"|(?P<day_number>{NUMBER}|{_ENGLISH})\s?(?P<day>个?(?:工作|自然)?(?:天|日(?!元))"
    rf"|[- ]?(?:working[- ]|business[- ]|calendar[- ])?days?)"
    rf"|(?P<hour_number>{NUMBER}|半|{_ENGLISH})\s?(?P<hour>个?(?P<hour_half>半)?(?:小时|钟头)"
    rf"|[- ]?(?:hours?|hrs?)(?![a-z])|h(?![a-z\d]))(?P<hour_more>半|多)?"
    r"|(?P<english>half (?:a|an) year|a year and a half|one and a half years|a year|half-year)"
    r"|(?P<quarters>[一二两三四1234])个?季度"
    r"|(?P<half_year>大?半年)(?P<half_more>多|左右)?"
)
_FIXED = {
    "half a year": 6, "half an year": 6, "half-year": 6, "a year": 12, "a year and a half": 18,
    "one and a half years": 18,
}  # fmt: skip
#: Periods from so many months on are years of the calendar, or nonsense.
_LONGEST = Decimal(12 * 100)
#: Days by which a period was missed or passed, after it or before it: 半年差一天, 差两天满两年.
_DAYS_BESIDE = re.compile(
    r"(?:的?(?:期限|时限|期))?(?:还|只|就|才|仅)*"
    rf"(?P<sign>差|少|欠|多|过|超过?|晚|迟)了?(?P<days>{NUMBER})天"
)
_DAYS_SHORT = re.compile(
    rf"(?:还|只|就)?差(?:了)?(?P<days>{NUMBER})天(?:才|就|不)?(?:满|到|够|足)?$"
)
#: 晚了一天: by how much, not how long.
_OFF = re.compile(r"(?:晚|迟|超过?|差|多|早|过期|逾期|超期)(?:了|出)?(?:就|才|只|仅)?$")
_AGO = re.compile(r"(?:之|以)?前(?!后|海关|期)|\s?(?:ago|back)\b")


def amounts_in(reading: Reading) -> Iterator[Mention]:
    """Amounts of money: with a currency, or with 万 or 亿."""
    text = reading.text
    for found in _AMOUNT.finditer(text):
        scale, currency = found["scale"], found["after"] or found["before"]
        if not currency and (not scale or re.fullmatch(r"千", scale)) and not _bare(found, text):
            continue
        start, end = found.start(), found.end()
        parts = _PARTS.match(text, found.start("number"))
        if parts:
            number = _in_parts(parts)
            tail = re.compile(rf"(?:{_OTHER}|{_USD}|{_YUAN})").match(text, parts.end())
            end = tail.end() if tail else parts.end()
            currency = (tail.group() if tail else None) or found["before"]
        else:
            number = _scaled(found)
        number, more = bounded(number, text[max(0, start - _BEFORE) : start], text[end : end + 6])
        yield _mention("amount", number, _currency(currency), reading, start, end + more)


def _bare(found: re.Match[str], text: str) -> bool:
    """Whether a number is a sum without its currency, which the text has said before."""
    said = _CURRENCY_SAID.search(text[: found.start()])
    return bool(_GROUPED.fullmatch(found["number"]) and said and _NO_UNIT.match(text, found.end()))


def _in_parts(found: re.Match[str]) -> Number:
    """An amount in two units: 1亿2千万, 100万零1元."""
    small = found["scale"]
    if found["unit"]:
        factor = 10**7 if small == "千" else _factor(small)
    else:
        factor = 1000 if found["thousand"] or found["digit"] else 1
    big = read_number(found["big"]).times(10**8 if found["unit"] else 10**4)
    words = found["small"] or found["digit"] or found["rest"].lstrip("零")
    rest = read_number(words or "零").times(factor)
    (low, high), (more_low, more_high) = ends(big.span), ends(rest.span)
    assert low is not None
    assert high is not None
    return Number(
        Span(
            low + (more_low or 0),
            high + (more_high or 0),
            big.span.open_low or rest.span.open_low,
            big.span.open_high or rest.span.open_high,
        ),
        big.approximate or rest.approximate,
    )


def _scaled(found: re.Match[str]) -> Number:
    words = found["number"]
    if words in ("半", "half a"):
        number = Number(Span.at(Decimal("0.5")))
    elif found["vague"] and words[-1] not in "多来余把几":
        number = read_number(words + found["vague"].replace("几", "多"))
    else:
        number = read_number(words)
    return number.times(_factor(found["scale"]))


def _factor(scale: str | None) -> int:
    if not scale:
        return 1
    return next(factor for pattern, factor in _SCALES if re.match(rf"(?:{pattern})$", scale))


def _currency(words: str | None) -> str:
    if not words:
        return ""
    if re.fullmatch(_OTHER, words):
        return "other"
    return "usd" if re.fullmatch(_USD, words) else "yuan"


def ratios_in(reading: Reading) -> Iterator[Mention]:
    """Ratios, in per cent."""
    text = reading.text
    for found in _RATIO.finditer(text):
        number = _percent(found)
        start, end = found.start(), found.end()
        number, more = bounded(number, text[max(0, start - _BEFORE) : start], text[end : end + 6])
        yield _mention("ratio", number, "%", reading, start, end + more)


def _percent(found: re.Match[str]) -> Number:
    if found["percent"] or found["hundredths"]:
        return read_number(found["percent"] or found["hundredths"])
    if found["tenths"]:
        number, more = read_number(found["tenths"]).times(10), found["more"]
        low = number.span.exact
        if not more or not isinstance(low, Decimal):
            return number
        if more == "多":
            return Number(Span(low, low + 10, True, True), True)
        return Number(Span.at(low + (5 if more == "半" else _value(more))))
    if found["whole"]:
        return Number(Span.at(Decimal(100) * _value(found["part"]) / _value(found["whole"])))
    if found["half"]:
        return Number(Span.at(50))
    if found["twothirds"]:
        return Number(Span.at(Decimal(200) / 3))
    return Number(Span.at(Decimal(100) / (3 if found["third"] else 4)))


def _value(words: str) -> Decimal:
    """The number that words name, or the least that they can mean."""
    value = _number(words).span.low
    assert isinstance(value, Decimal)
    return value


def periods_in(reading: Reading) -> Iterator[Mention]:
    """Periods in months, weeks, days and hours with their part; `ago` where counted back."""
    text = reading.text
    for found in _PERIOD.finditer(text):
        next_day = text[max(0, found.start() - 1) : found.end()] == "第二天"
        if next_day or _is_day_of_month(text, found):
            continue
        number, unit = _period(found)
        if number.span.low is not None and number.span.low >= _LONGEST:  # type: ignore[operator]
            continue
        start, end = found.start(), found.end()
        before = text[max(0, start - _BEFORE) : start]
        if unit == "months":
            number, end = _less_or_more_days(number, before, text, end)
        number, more = bounded(number, before, text[end : end + 6])
        end += more
        ago = _AGO.match(text, end)
        hint = "ago" if ago else "off" if unit == "days" and _OFF.search(before) else ""
        yield _mention("duration", number, unit, reading, start, ago.end() if ago else end, hint)


def _less_or_more_days(number: Number, before: str, text: str, end: int) -> tuple[Number, int]:
    """A period with the days that it is said to be short of or over, and where its words end."""
    after, short = _DAYS_BESIDE.match(text, end), _DAYS_SHORT.search(before)
    found = after or short
    months = number.span.exact
    if found is None or not isinstance(months, Decimal):
        return number, end
    less = short is not None or found.group("sign") in "差少欠"
    days = _value(found["days"]) / 31
    return Number(Span.at(months - days if less else months + days)), after.end() if after else end


def _is_day_of_month(text: str, found: re.Match[str]) -> bool:
    return bool(found["day"] == "日" and re.search(r"月\s?$", text[: found.start()]))


def _period(found: re.Match[str]) -> tuple[Number, str]:
    if found["english"]:
        return Number(Span.at(_FIXED[found["english"]])), "months"
    if found["quarters"]:
        return Number(Span.at(_value(found["quarters"]) * 3)), "months"
    if found["half_year"]:
        return _half_year(found), "months"
    if found["year"]:
        return _years(found), "months"
    if found["month"]:
        return _months(found), "months"
    if found["week"]:
        number = _number(found["week_number"]).times(7)
        low, high = ends(number.span)
        if "多" in found["week"] and low is not None:
            return Number(Span(low, low + 7, True, True), True), "days"
        return Number(Span(low, high), number.approximate), "days"
    if found["hour"]:
        return _hours(found), "hours"
    unit = "working_days" if re.search("工作|working|business", found["day"]) else "days"
    return _number(found["day_number"]), unit


def _half_year(found: re.Match[str]) -> Number:
    if found["half_more"] == "多" or found["half_year"] == "大半年":
        return Number(Span(Decimal(6), Decimal(12), True, True), True)
    return Number(Span.at(6), found["half_more"] == "左右")


def _years(found: re.Match[str]) -> Number:
    if found["years"] == "半":
        number = Number(Span.at(6))
    else:
        number = _number(found["years"])
        low = number.span.low
        if found["years"][-1] in "多余":  # 十多年
            return number.times(12)
        if found["more"] and isinstance(low, Decimal):
            return Number(Span(low, low + 1, True, True), True).times(12)
        number = number.times(12)
    add = Decimal(0)
    if found["half"] or found["and_half"]:
        add = Decimal(6)
    elif found["months"]:
        add = _value(found["months"])
    elif found["more"]:
        return Number(Span(Decimal(6), Decimal(12), True, True), True)
    if found["days"]:
        add += _value(found["days"]) / 31
    low, high = ends(number.span)
    if low is None or high is None:
        return number
    return Number(
        Span(low + add, high + add, number.span.open_low, number.span.open_high),
        number.approximate,
    )


def _months(found: re.Match[str]) -> Number:
    words, days = found["month_number"], found["month_days"]
    half = bool(found["half_before"]) or found["month_tail"] == "半"
    if days and words != "半" and not half:
        return Number(Span.at(_value(words) + _value(days) / 31))
    return _in_halves(words, half, bool(found["more_before"]) or found["month_tail"] == "多")


def _hours(found: re.Match[str]) -> Number:
    half = bool(found["hour_half"]) or found["hour_more"] == "半"
    return _in_halves(found["hour_number"], half, found["hour_more"] == "多")


def _in_halves(words: str, half: bool, more: bool) -> Number:
    """半 of a unit, or so many of it, with half of one or some more: 三个半月, 三个多月."""
    if words == "半":
        return Number(Span.at(Decimal("0.5")))
    if half:
        return Number(Span.at(_value(words) + Decimal("0.5")))
    if more:
        low = _value(words)
        return Number(Span(low, low + 1, True, True), True)
    return _number(words)


def _number(words: str) -> Number:
    if words in _WORDS:
        return Number(Span.at(_WORDS[words]))
    return read_number(words)


def _mention(
    kind: str, number: Number, unit: str, reading: Reading, start: int, end: int, hint: str = ""
) -> Mention:
    before = re.search(
        r"(?:不到|不足|不超过|超过|大概|大约|差不多|刚好|正好|将近|快|约|至少|满)$",
        reading.text[:start],
    )
    first = before.start() if before else start
    words = reading.typed[first:end].strip()
    return Mention(kind, number.span, unit, start, end, words, number.approximate, hint)
