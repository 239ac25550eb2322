"""Facts as people type them: several hundred phrasings, each with the span that it means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policies_db.decisions import Span
from policies_db.facts.extraction import facts_in
from policies_db.facts.mentions import Mention, Reading

TODAY = date(2026, 11, 21)

#: What is meant, and ways to type it. A span is written as in mathematics: [low, high).
AMOUNTS = {
    "[800000, 800000]": "80万|80w|80 万|80W|８０万|八十万|0.8百万|800,000元|800000元|RMB 800,000"
    "|rmb800000|人民币80万|80万元|80万块|80万块钱|¥800,000|￥80万|CNY 800000|80万人民币|800k yuan"
    "|800 thousand yuan|0.8 million RMB|捌拾万元|刚好80万|正好八十万|整整80万|80万整|80.0万"
    "|少缴了80万|漏了80万税款|金额是80万",
    "[1000000, 1000000]": "100万|一百万|1百万|1,000,000元|100w|一百万元|1 million yuan|1m RMB"
    "|RMB 1 million"
    "|刚好100万|正好一百万|100万元整",
    "[80000000, 80000000]": "0.8个亿|0.8亿|8000万|八千万|8千万|80 million yuan",
    "[50000000, 50000000]": "半个亿|5000万|五千万|0.5亿",
    "[1200000, 1200000]": "120万|一百二十万|一百二万|1.2百万|1200000元|1.2 million RMB"
    "|壹佰贰拾万元",
    "[120000000, 120000000]": "1.2亿|1亿2千万|一亿二千万|1亿2000万|一点二亿",
    "[23000000, 23000000]": "2300万|两千三百万|二千三百万|2.3千万",
    "[1000001, 1000001]": "100万零1元|1000001元|1,000,001元",
    "[900000, 1100000]": "一百来万|百来万|100来万|大概100万|约100万|100万左右|差不多一百万"
    "|一百万上下|大约100万元"
    "|about 1 million yuan|around RMB 1 million|100万的样子",
    "(500000, 600000)": "五十多万|50多万|50余万|五十余万|五十几万",
    "(100000, 200000)": "十几万|十多万|10多万",
    "[200000, 900000]": "几十万|好几十万",
    "[700000, 800000]": "七八十万",
    "[2000000, 3000000]": "两三百万",
    "[300000, 500000]": "三五十万",
    "[1000000, 10000000)": "上百万",
    "[0, 1000000)": "不到一百万|不到100万|不足100万元|少于100万|低于一百万|100万不到|没到100万"
    "|under 1 million yuan"
    "|less than RMB 1,000,000|below 1m yuan",
    "[0, 1000000]": "不超过100万|100万以内|100万以下|100万元以内|最多100万|一百万以内"
    "|up to 1 million yuan"
    "|no more than RMB 1 million",
    "(1000000, )": "超过100万|100万出头|多于一百万|高于100万|100万开外|over 1 million yuan"
    "|more than RMB 1,000,000",
    "[1000000, )": "100万以上|至少100万|不少于100万|起码100万|不低于一百万"
    "|at least 1 million yuan|100万元以上",
    "[1700000, 2000000)": "将近200万|接近200万|快200万|快到200万了|近两百万|nearly 2 million yuan",
}
DOLLARS = {
    "[26000000, 26000000]": "2600万美元|2600万美金|2600w美元|USD 26 million|US$26 million|$26m"
    "|26 million dollars"
    "|26,000,000美元|两千六百万美元|26 million USD|2600万刀|$26,000,000|usd26m|二千六百万美金",
    "[12000000, 12000000]": "1200万刀|1200万美元|$12m|一千二百万美金|12 million US dollars|12m usd",
    "[100000000, 100000000]": "一个亿美元|1亿美元|1亿美金|100 million dollars",
    "[5000000, 5000000]": "500万美元|五百万美元|5百万美金|$5 million",
    "(10000000, 20000000)": "1000多万美元|一千多万美金",
    "[10000000, )": "1000万美元以上|至少1000万美元",
    "[0, 10000000)": "不到1000万美元|under $10 million|less than 10 million dollars",
}
RATIOS = {
    "[30, 30]": "30%|三成|百分之三十|百分之30|30个点|３０％|30 percent|30 per cent|占三成"
    "|刚好30%|30％",
    "[45, 45]": "45%|四成五|百分之四十五|45 percent",
    "[25, 25]": "25%|两成五|百分之二十五|四分之一|a quarter|二成五|两成半",
    "[28, 28]": "28%|两成八|百分之二十八",
    "[50, 50]": "50%|一半|五成|百分之五十|half of it",
    "[68, 80)": "快八成|将近八成|接近80%|快80%",
    "[0, 30)": "不到三成|不足30%|三成不到|低于30%|under 30%|less than 30 percent",
    "[0, 30]": "30%以下|三成以内|不超过三成|不超过30%|up to 30%",
    "(30, )": "超过30%|三成出头|超过三成|over 30%|more than 30 percent",
    "[80, )": "八成以上|至少80%|80%以上",
    "(30, 40)": "三成多",
    "[27, 33]": "三成左右|大概30%|约30%|差不多三成",
    "[0.5, 0.5]": "0.5%|千分之五的一半也就是0.5%",
}
PERIODS = {
    "[4, 4]": "4个月|四个月|4 months|four months|过了四个月|4个月后",
    "[10, 10]": "十个月|10个月|ten months|10 months later|隔了十个月",
    "[24, 24]": "两年|满两年|2年|24个月|二十四个月|整整两年|刚好两年|two years|24 months|两年整",
    "[15, 15]": "1年零3个月|一年零三个月|15个月|一年三个月|1年3个月|十五个月|1 year and 3 months"
    "|一年又三个月",
    "[18, 18]": "一年半|18个月|1年半|十八个月|a year and a half|eighteen months",
    "[6, 6]": "半年|6个月|六个月|half a year|six months|刚好半年|两个季度|6 months",
    "[3, 3]": "三个月|3个月|一个季度|three months|3 months",
    "[1.5, 1.5]": "一个半月|1个半月",
    "(6, 12)": "半年多|大半年",
    "(12, 24)": "一年多|1年多",
    "(24, 36)": "两年多",
    "(3, 4)": "三个多月|3个多月",
    "[0, 24)": "不到两年|两年不到|不满两年|未满两年|under two years|less than 24 months",
    "[0, 24]": "两年以内|两年内|不超过两年|2年之内|within two years|24个月以内",
    "(24, )": "超过两年|两年出头|more than two years|over 24 months",
    "[12, )": "一年以上|至少一年|at least one year",
    "(6, 24)": "超过六个月不到两年|超过半年但不到两年|半年以上不到两年的时间中超过六个月不到两年",
}
DATES = {
    "2026-07-01..2026-09-30": "上季度|上个季度|last quarter",
    "2026-04-01..2026-06-30": "上上个季度",
    "2025-11-01..2025-11-30": "去年11月|去年十一月|去年11月份|2025年11月|25年11月|2025-11"
    "|2025.11|2025/11|last November"
    "|November last year|November 2025|Nov 2025|in Nov. 2025",
    "2026-10-01..2026-10-31": "上个月|上月|10月|十月份|今年10月|October 2026|last month"
    "|last October",
    "2026-10-21..2026-10-31": "上个月底|上月末|10月底|今年10月下旬|十月底|late October",
    "2026-10-01..2026-10-10": "上个月初|10月初|今年十月上旬|early October",
    "2024-02-01..2024-02-29": "2024年2月|24年2月|二〇二四年二月|2024年2月份|2024-02"
    "|February 2024|Feb 2024",
    "2024-06-28..2024-06-28": "2024年6月28日|2024年6月28号|2024-06-28|2024/6/28|2024.6.28"
    "|24年6月28日|20240628"
    "|June 28, 2024|28 June 2024|June 28th 2024|28th of June 2024|2024年六月二十八日",
    "2024-05-01..2024-05-31": "in May 2024|May 2024|2024年5月|since May 2024",
    "2026-11-20..2026-11-20": "昨天|昨日|yesterday",
    "2026-11-21..2026-11-21": "今天|现在|目前|today|now|right now",
    "2024-01-01..2024-12-31": "2024年|前年|in 2024",
    "2025-01-01..2025-12-31": "去年|last year|2025年",
    "2024-12-01..2024-12-31": "前年年底|2024年底|2024年12月|前年12月",
    "2025-07-01..2025-12-31": "去年下半年|2025年下半年",
    "2025-10-01..2025-12-31": "去年四季度|2025年第四季度|去年4季度",
    "2026-11-09..2026-11-15": "上周|上星期|上周三|last week",
    "2026-12-01..2026-12-31": "下个月|下月|next month",
    "2026-03-01..2026-03-31": "今年3月|3月|三月份|今年三月|in March|this March",
    "2026-08-05..2026-08-05": "8月5号|8月5日|八月五号|今年8月5日|August 5",
}
COMPANIES = {
    "重庆长安汽车股份有限公司": "重庆长安汽车股份有限公司|请问重庆长安汽车股份有限公司在名单上吗"
    "|帮我查一下重庆长安汽车股份有限公司"
    "|我们公司是重庆长安汽车股份有限公司|高资信名单里有没有重庆长安汽车股份有限公司",
    "达丰（重庆）电脑有限公司": "达丰（重庆）电脑有限公司|看看达丰（重庆）电脑有限公司在不在名单",
}
CODES = {
    "AEOCN5003212345": "AEOCN5003212345|编码是AEOCN5003212345对吗|aeocn5003212345|AEOCN 5003212345",
    "RSAEOF123456789012345678901234": "RSAEOF123456789012345678901234"
    "|填RSAEOF123456789012345678901234行不",
    "5003212345": "海关编码5003212345|5003212345",
}


def phrasings(table: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (text, meant) for meant, texts in table.items() for text in texts.split("|") if text.strip()
    ]


def written(span: Span) -> str:
    """A span as in mathematics."""
    low = "" if span.low is None else f"{Decimal(span.low).normalize():f}"  # type: ignore[arg-type]
    high = "" if span.high is None else f"{Decimal(span.high).normalize():f}"  # type: ignore[arg-type]
    left = "(" if span.open_low else "["
    right = ")" if span.open_high or span.high is None else "]"
    return f"{left}{low}, {high}{right}"


def of_kind(text: str, kind: str) -> list[Mention]:
    return [mention for mention in facts_in(text, TODAY) if mention.kind == kind]


@pytest.mark.parametrize(("text", "meant"), phrasings(AMOUNTS))
def test_amounts(text, meant):
    (mention,) = of_kind(text, "amount")
    assert written(mention.value) == meant
    assert mention.unit in ("", "yuan")


@pytest.mark.parametrize(("text", "meant"), phrasings(DOLLARS))
def test_amounts_in_dollars(text, meant):
    (mention,) = of_kind(text, "amount")
    assert (written(mention.value), mention.unit) == (meant, "usd")


@pytest.mark.parametrize(("text", "meant"), phrasings(RATIOS))
def test_ratios(text, meant):
    assert written(of_kind(text, "ratio")[-1].value) == meant


@pytest.mark.parametrize(("text", "meant"), phrasings(PERIODS))
def test_periods(text, meant):
    mention = of_kind(text, "duration")[-1]
    assert (written(mention.value), mention.unit) == (meant, "months")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("转机停留20小时", "[20, 20]"),
        ("停两个半小时", "[2.5, 2.5]"),
        ("经停半个钟头", "[0.5, 0.5]"),
        ("等了一小时半", "[1.5, 1.5]"),
        ("三十多个小时", "(30, 40)"),
        ("不到24小时", "[0, 24)"),
        ("二十四小时以内", "[0, 24]"),
        ("超过240小时", "(240, )"),
        ("a 23-hour layover", "[23, 23]"),
        ("72hrs in the city", "[72, 72]"),
        ("24h内离开", "[0, 24]"),
    ],
)
def test_hours(text, meant):
    (mention,) = of_kind(text, "duration")
    assert (written(mention.value), mention.unit) == (meant, "hours")


@pytest.mark.parametrize(("text", "meant"), phrasings(DATES))
def test_dates(text, meant):
    (mention,) = of_kind(text, "date")
    assert f"{mention.value.low}..{mention.value.high}" == meant


@pytest.mark.parametrize(("text", "meant"), phrasings(COMPANIES))
def test_companies(text, meant):
    assert [mention.value for mention in of_kind(text, "company")] == [meant]


@pytest.mark.parametrize(("text", "meant"), phrasings(CODES))
def test_codes(text, meant):
    assert [mention.value for mention in of_kind(text, "code")] == [meant]


def test_there_are_several_hundred_phrasings():
    tables = (AMOUNTS, DOLLARS, RATIOS, PERIODS, DATES, COMPANIES, CODES)
    assert sum(len(phrasings(table)) for table in tables) >= 300


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2024年2月报关12月披露", ["2024-02-01", "2024-12-01"]),
        ("6月5日报关，2024年6月28日披露", ["2024-06-05", "2024-06-28"]),
        ("2023年11月报关，2月披露", ["2023-11-01", "2024-02-01"]),
        ("今年3月少缴了税，8月自己查出来的", ["2026-03-01", "2026-08-01"]),
        ("去年11月报关，3月披露", ["2025-11-01", "2026-03-01"]),
        ("2024年6月5日报关，同月披露", ["2024-06-05", "2024-06-01"]),
        ("2024年6月5日报关，次月披露", ["2024-06-05", "2024-07-01"]),
        ("2024年6月5日报关，当天披露", ["2024-06-05", "2024-06-05"]),
        ("declared in May 2024, disclosed in June 2024", ["2024-05-01", "2024-06-01"]),
        ("预裁定三月底到期", ["2027-03-21"]),
    ],
)
def test_years_are_carried_between_dates(text, dates):
    assert [str(mention.value.low) for mention in of_kind(text, "date")] == dates


@pytest.mark.parametrize(
    "text",
    ["80万左右", "一百来万", "五十多万", "快八成", "一年多", "大概30%", "about 2 million yuan"],
)
def test_vague_words_are_marked(text):
    (mention,) = facts_in(text, TODAY)
    assert mention.approximate


@pytest.mark.parametrize("text", ["80万", "刚好100万", "三成", "满两年", "2024年2月", "不到一百万"])
def test_exact_words_are_not(text):
    (mention,) = facts_in(text, TODAY)
    assert not mention.approximate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80万，不对，是190万", 1900000),
        ("漏了80万，说错了，120万", 1200000),
        ("少缴60万…更正一下，65万", 650000),
        ("it was 800k yuan, sorry, 900k yuan", 900000),
    ],
)
def test_a_correction_takes_the_first_back(text, value):
    (mention,) = of_kind(text, "amount")
    assert mention.value.exact == value


@pytest.mark.parametrize(
    "text",
    [
        "127号公告", "2023年第127号", "第一条第（二）项", "3万家企业", "100万吨", "2万标箱",
        "107号文",
        "2024年本目录",
        "5月饼", "15条", "六类车", "二手手机", "你好", "may I ask", "I march on", "24小时",
    ],
)  # fmt: skip
def test_what_is_no_amount_date_or_ratio(text):
    assert not [m for m in facts_in(text, TODAY) if m.kind in ("amount", "date", "ratio")]


@pytest.mark.parametrize(
    ("text", "kind"), [("80", "number"), ("八十", "number"), ("万元", "unit"), ("个月", "unit")]
)
def test_parts_typed_alone(text, kind):
    (mention,) = facts_in(text, TODAY)
    assert mention.kind == kind


def test_periods_counted_back_say_so():
    for text in ("8个月前", "14 months ago", "两年之前", "三个多月以前"):
        (mention,) = facts_in(text, TODAY)
        assert mention.hint == "ago"


def test_a_mention_shows_the_words_as_typed():
    text = "主動漏繳九十萬，ＲＭＢ　５００"
    for mention in facts_in(text, TODAY):
        assert mention.text in text
    assert of_kind(text, "amount")[0].value.exact == 900000


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    for mention in facts_in(text, TODAY):
        assert 0 <= mention.start < mention.end <= len(text)
    assert len(Reading.of(text).text) == len(text)


_PIECES = st.sampled_from(
    [
        "零",
        "一",
        "二",
        "两",
        "三",
        "十",
        "百",
        "千",
        "万",
        "亿",
        "几",
        "多",
        "来",
        "半",
        "年",
        "月",
        "日",
        "天",
        "个",
        "成",
        "点",
        "%",
        "上",
        "不到",
        "超过",
        "以内",
        "去年",
        "前",
        "底",
        "初",
        "第",
        "号",
        "元",
        "美元",
        "0",
        "7",
        "12",
        "31",
        "2024",
        ".",
        ",",
        "-",
        "/",
        "$",
        "ago",
        "may",
        "june",
        "last",
        "half",
        "a",
        "year",
        "months",
        "周",
        "季度",
        "分之",
        "百分之",
        "同月",
        "次月",
    ]
)


@settings(max_examples=1500, deadline=None)
@example("零几点零")
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_no_heap_of_figures_breaks_it(text):
    facts_in(text, TODAY)


def test_a_long_text_is_read_quickly():
    import time

    start = time.perf_counter()
    facts_in("2024年2月报关漏缴税款80万元，占应缴税款的三成，" * 4000, TODAY)
    facts_in("一" * 100_000, TODAY)
    facts_in("a " * 50_000, TODAY)
    facts_in("公司" * 50_000, TODAY)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("text", ["年利率几个点", "几天能办好", "最多给几成"])
def test_what_is_asked_for_is_not_told(text: str) -> None:
    assert not facts_in(text, TODAY)


def test_several_that_are_told_are_a_span() -> None:
    (mention,) = facts_in("晚了几天", TODAY)
    assert mention.kind == "duration"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("周一交的，周四才批", 3),
        ("星期五递上去，下周一办好", 1),
        ("周五提交，礼拜二拿到", 2),
        ("上周四报的，这周二才下来", 3),
        ("周三上午交，周三下午就好", 0),
        ("周六申请，周一批了", 1),
        ("submitted on monday, settled on thursday", 3),
    ],
)
def test_weekdays_tell_working_days(text, days):
    told = [m for m in facts_in(text, TODAY) if m.unit == "working_days"]
    assert [m.numbers for m in told] == [(days, days)]


@pytest.mark.parametrize("text", ["周一到周五上班", "上周一晚上交的", "周四开会，周五放假"])
def test_weekdays_that_tell_no_working_days(text):
    assert not [m for m in facts_in(text, TODAY) if m.unit == "working_days"]
