"""What the messaging channels say themselves."""

from __future__ import annotations

from bot.messaging.answer import Option

GREETING = (
    "您好，我是关答，帮企业查海关、外贸、外资和营商环境政策。\n"
    "我能做这些：查规定并给出原文和出处；说明文件是否有效、何时施行、谁负责；"
    "按您的情况判断是否符合条件。\n"
    "请直接用自己的话提问。"
)
EXAMPLES = tuple(
    Option(title, title)
    for title in ("高级认证企业有哪些优惠？", "主动披露怎样免予处罚？", "出口退税要几天？")
)
UNSUPPORTED = "抱歉，我目前只能看懂文字（以及能识别成文字的语音）。请把问题打成文字发给我。"
WAIT = "正在查询，还需要一点时间。请稍后回复任意内容，我就把答案发给您。"
SEARCHING = "正在查询，请稍候……"
MORE = "（未完，回复「继续」看下文）"
# What asks for the rest of an answer.
CONTINUE = frozenset(("继续", "继续看", "更多", "下文", "后面呢", "接着说", "more", "next"))
# What somebody types who was told to type anything.
NUDGES = CONTINUE | frozenset(
    ("好", "好的", "好了吗", "好了没", "嗯", "嗯嗯", "哦", "在吗", "结果", "答案", "ok", "hi", "1")
)


def is_nudge(text: str) -> bool:
    """Whether a message asks for nothing but what is waiting."""
    bare = text.strip(" 。，！？!?,.~～…").lower()
    return not bare or bare in NUDGES


def asks_for_more(text: str) -> bool:
    """Whether a message asks for the rest of an answer."""
    return text.strip(" 。，！？!?,.~～…").lower() in CONTINUE
