"""What the pages say around the documents, in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Callable

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)
HTML_LANGUAGE = {CHINESE: "zh-CN", ENGLISH: "en"}

_WORDS: dict[str, tuple[str, str]] = {
    "name": ("关答", "Guanda"),
    "tagline": (
        "外贸、海关与外商投资政策问答，每句话都有出处",
        "Trade, customs and investment policy, every answer with its source",
    ),
    "skip": ("跳到正文", "Skip to the content"),
    "menu": ("站内导航", "Site"),
    "chat": ("提问", "Ask"),
    "documents": ("政策文件", "Documents"),
    "other_language": ("English", "中文"),
    "needs_script": (
        "对话需要浏览器启用 JavaScript。政策文件不需要，可以直接查阅：",
        "The conversation needs JavaScript. The documents can be read without it:",
    ),
    "search": ("查找文件和条文", "Search documents and provisions"),
    "search_hint": ("关键词，用空格分开", "Words, separated by spaces"),
    "search_button": ("查找", "Search"),
    "status": ("效力", "Validity"),
    "any_status": ("全部", "all"),
    "on": ("判断日期", "As of"),
    "judge": ("按此日期判断", "Judge for this date"),
    "found": ("找到 {count} 份文件", "{count} documents"),
    "none_found": (
        "没有找到。可以减少关键词，或者换一个说法。",
        "Nothing was found. Try fewer or other words.",
    ),
    "more_found": ("另有 {count} 处", "{count} more places"),
    "undated": ("日期未载明", "no date given"),
    "no_number": ("无文号", "no number"),
    "no_issuer": ("发布机关未载明", "no issuer given"),
    "about": ("文件信息", "About this document"),
    "number": ("文号", "Number"),
    "issuer": ("发布机关", "Issued by"),
    "issued": ("发布日期", "Issued"),
    "from": ("施行日期", "In force from"),
    "to": ("有效期至", "Valid until"),
    "basis": ("施行依据", "Stated by"),
    "plan": ("规划期至", "Plan ends"),
    "level": ("效力级别", "Level"),
    "aliases": ("又称", "Also called"),
    "note": ("说明", "Note"),
    "relations": ("与其他文件的关系", "Relations to other documents"),
    "repealed_by": ("被以下文件废止", "Repealed by"),
    "missing": ("本库未收录的附件", "Annexes that are not on file"),
    "contents": ("目录", "Contents"),
    "text": ("正文", "Text"),
    "bureaus": ("责任单位", "Responsible"),
    "own_validity": ("本条单独规定的有效期", "Validity of its own"),
    "governed_by": ("适用条件见", "Subject to"),
    "table": ("表格", "Table"),
    "repairs": ("对原文版式的修复（{count} 处）", "Repairs of the layout ({count})"),
    "repairs_note": (
        "文字未改动，只整理了排版打断的地方。行号是所收原始文件的行号。",
        "No wording was changed, only what the layout had broken. Lines are those of the original.",
    ),
    "repair": ("修复", "Repair"),
    "lines": ("行", "Lines"),
    "printed": ("原样", "As printed"),
    "why": ("原因", "Why"),
    "back": ("返回文件列表", "Back to all documents"),
    "missing_page": ("没有这份文件", "There is no such document"),
    "error": (
        "政策数据库暂时无法查询，请稍后再试。",
        "The policy database cannot be reached right now. Please try again shortly.",
    ),
    "slow": (
        "请求太频繁，请稍后再试。",
        "Too many requests. Please try again in a while.",
    ),
    "until": ("{start} 至 {end}", "{start} to {end}"),
    "since": ("{start} 起", "from {start}"),
    "up_to": ("至 {end}", "until {end}"),
    "in_force": ("现行有效", "In force"),
    "not_yet_in_force": ("尚未施行", "Not yet in force"),
    "expired": ("已失效", "Expired"),
    "repealed": ("已废止", "Repealed"),
    "draft": ("征求意见稿", "Draft"),
    "unknown": ("效力待核实", "To be verified"),
    "repeals": ("废止", "Repeals"),
    "prevails_over": ("不一致时优先于", "Prevails over"),
    "draft_of": ("是其征求意见稿", "Draft of"),
    "annexed_with": ("同文印发", "Issued together with"),
    "other_copy": ("另有副本", "Other copy"),
    "inverse_repeals": ("被废止于", "Repealed by"),
    "inverse_prevails_over": ("不一致时以其为准", "Yields to"),
    "inverse_draft_of": ("征求意见稿", "Its draft"),
    "inverse_other_copy": ("副本", "Copy"),
    "join": ("接合断行", "joined lines"),
    "move": ("移出误入文字", "moved"),
    "page number": ("删除页码", "page number"),
    "split": ("分开粘连", "split"),
    "strip": ("删除版面文字", "stripped"),
    "table head": ("删除重复表头", "repeated table head"),
}

Say = Callable[..., str]


def sayer(language: str) -> Say:
    """A function that gives the wording of a key in a language; a key without one is itself."""
    column = LANGUAGES.index(language)

    def say(key: str, **values: object) -> str:
        return _WORDS.get(key, (key, key))[column].format(**values)

    return say


def language_of(asked: str | None, accepted: str) -> str:
    """The language asked for, else the first one that the browser accepts and we speak."""
    if asked in LANGUAGES:
        return str(asked)
    for tag in re.findall(r"[A-Za-z]{1,8}(?=[-;,\s]|$)", accepted):
        if tag.lower() in LANGUAGES:
            return str(tag.lower())
    return CHINESE
