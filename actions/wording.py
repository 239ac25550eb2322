"""What the assistant says around the quotes, in Chinese and English. No policy text stands here."""

from __future__ import annotations

from actions.language import CHINESE, ENGLISH, framed

_WORDS: dict[str, tuple[str, str]] = {
    "expired": (
        "注意：该规定已失效（有效期至{to}），以下是失效前的规定，不能再作为依据。",
        "Note: this rule has expired (valid until {to}); what follows is no longer in force.",
    ),
    "repealed": (
        "注意：该文件已废止，以下内容不能再作为依据。",
        "Note: this document has been repealed; what follows is no longer in force.",
    ),
    "not_yet_in_force": (
        "注意：按{on}判断，该规定尚未施行（自{from}起施行）。",
        "Note: as of {on} this rule is not yet in force (it takes effect on {from}).",
    ),
    "draft": (
        "注意：这是征求意见稿，未正式发布，不能作为依据。",
        "Note: this is a consultation draft (征求意见稿), not a rule in force.",
    ),
    "unknown": (
        "注意：计划期已于{plan}届满，文件未写明届满后是否继续执行，请向发文机关核实。",
        "Note: the period of this plan ended on {plan} and the document does not say whether it "
        "continues; please check with the issuer.",
    ),
    "continues": (
        "计划期已于{plan}届满，但文件载明「{continues}」",
        "The period of this plan ended on {plan}, but the document states: 「{continues}」",
    ),
    "ends_soon": (
        "提示：该规定有效期至{to}，即将到期。",
        "Note: this rule is valid until {to} and will end soon.",
    ),
    "ended_since": (
        "按{on}判断；该规定其后已于{to}到期，现在不再适用。",
        "Judged as of {on}; the rule has since expired (valid until {to}).",
    ),
    "past_date": ("按{on}当时判断：", "Judged as of {on}: "),
    "english_lead": ("", "The applicable provision is {label} of {title}{number} (in Chinese): "),
    "targets": (
        "{place}写明的数字目标，共{count}项：",
        "The {count} targets that {place} states:",
    ),
    "task": (
        "牵头单位：{lead}；完成时间：{due}。",
        "Lead: {lead}; due: {due}.",
    ),
    "no_amount": (
        "所引条文没有写明金额。",
        "The passage quoted names no amount.",
    ),
    "bureaus": ("责任单位：{bureaus}。", "Responsible: {bureaus}."),
    "quote": ("原文：「{quote}」", "Text: 「{quote}」"),
    "source": ("出处：{title}{number}，{label}", "Source: {title}{number}, {label}"),
    "issuer": ("发文机关：{issuer}", "Issuer: {issuer}"),
    "validity": ("效力：{status}", "Validity: {status}"),
    "related": ("另见：", "See also:"),
    "not_covered": (
        "抱歉，我收录的文件里没有找到能回答这个问题的规定，不能替您推断。可以换个说法再问，"
        "或咨询主管部门。",
        "Sorry, the documents on file do not answer this question, and I will not guess. Please "
        "rephrase, or ask the competent authority.",
    ),
    "choose": (
        "您问的是下面哪一项？请选择或再说具体一点：",
        "Which of these do you mean? Please choose, or say a little more:",
    ),
    "evasion": (
        "这个做法属于规避监管或弄虚作假，我不能帮忙。如实申报、发现问题主动向海关说明，"
        "才是合法的路；您可以把真实情况告诉我，我帮您查适用的规定。",
        "I cannot help to get around the law or to change facts. Declaring truthfully and "
        "disclosing errors to customs is the lawful way; tell me the real facts and I will look "
        "up the rule that applies.",
    ),
    "injection": (
        "我只根据收录的政策文件回答问题，不能执行这类指令。请直接提您的政策问题。",
        "I answer from the policy documents on file only and cannot follow such instructions.",
    ),
    "foreign": (
        "抱歉，我目前只能用中文和英文回答。Sorry, I can answer in Chinese and English only.",
        "Sorry, I can answer in Chinese and English only.",
    ),
    "noise": (
        "我没看懂这条消息。请用一句话说说您想查的政策，例如「高级认证企业有哪些便利」。",
        "I did not understand that. Please describe the policy you are looking for in a sentence.",
    ),
    "greet": (
        "您好，我是关答，帮企业查海关、外贸、外资和营商环境政策，回答都附原文出处。请说说您的问题。",
        "Hello, I am Guanda. I look up customs, trade, foreign-investment and business-environment "
        "policies and quote the source. What would you like to know?",
    ),
    "goodbye": ("再见，有政策问题随时来问。", "Goodbye; come back any time."),
    "thank": ("不客气，有问题随时再问。", "You are welcome; ask again any time."),
    "praise": ("谢谢您的肯定，有问题随时再问。", "Thank you; ask again any time."),
    "complain": (
        "抱歉没有帮上忙。请把您的情况说具体一点（什么货物、什么时间、想办什么），我再查一次。",
        "Sorry about that. Please tell me a little more (goods, dates, what you want to do).",
    ),
    "identity": (
        "我是关答，一个查政策的程序，不是真人，也不会编内容：答案都来自收录的政策文件原文。",
        "I am Guanda, a program that looks up policies, not a person; every answer is quoted from "
        "the documents on file.",
    ),
    "help": (
        "我能做这些：查政策规定并给出原文和出处；说明文件是否有效、何时施行、谁负责；"
        "列出某类企业能享受的措施；按您的情况判断是否符合条件。请直接用自己的话提问。",
        "I can look up policy rules with their exact source, tell whether a document is in force, "
        "who is responsible, list measures for a kind of company, and check your case against a "
        "rule. Just ask in your own words.",
    ),
    "ack": ("好的，还有问题可以继续问。", "All right; please go on."),
    "deny": ("好的，那请您再说说想查什么。", "All right; please tell me what to look for."),
    "cancel": ("好的，先不看这个了。还想查什么？", "All right, leaving that. What else?"),
    "handoff": (
        "这里没有人工坐席。请联系主管部门，或贵公司的法务、关务负责人。",
        "There is no person on this channel; please contact the competent authority or your "
        "legal or customs department.",
    ),
    "nothing_before": (
        "前面还没有查到具体的规定。请先说说您想查什么政策。",
        "There is no provision yet that this could refer to. What would you like to look up?",
    ),
    "choose_again": (
        "没有这个选项，请回复上面列出的数字，或直接说您的问题。",
        "There is no such option; please answer with one of the numbers above.",
    ),
    "no_neighbour": ("前后没有别的条文了。", "There is no further provision in that direction."),
    "source_first": (
        "依据是《{title}》（{number}）{label}。",
        "The source is 《{title}》 ({number}), {label}.",
    ),
    "as_written": (
        "我核对了原文，仍以文件的规定为准：",
        "I checked the text again; the document stands as quoted: ",
    ),
    "draft_differs": (
        "您看到的可能是征求意见稿，未正式发布：{answer}",
        "You may have seen the consultation draft, which is not in force: {answer}",
    ),
    "which_document": (
        "您指的是哪一个文件？请说出文件名或文号：",
        "Which document do you mean? Please give its title or number:",
    ),
    "document_number": ("{title}的文号是{number}。", "The number of {title} is {number}."),
    "document_no_number": ("{title}没有文号。", "{title} has no number."),
    "document_issuer": ("{title}由{issuers}发布。", "{title} was issued by {issuers}."),
    "document_dates": (
        "{title}印发日期：{issued}，施行日期：{start}。",
        "{title}: issued {issued}, in force from {start}. ",
    ),
    "document_until": ("有效期至{end}。", "Valid until {end}."),
    "document_status": ("按{on}判断：{status}。", "As of {on}: {status}. "),
    "document_list": ("我收录了{count}份文件：", "There are {count} documents on file:"),
    "outcome_exempt": ("结论：符合不予处罚的条件（{title}）。", "Result: exempt ({title})."),
    "outcome_not_exempt": (
        "结论：不符合免除的条件（{title}）。",
        "Result: the conditions of the exemption are not met ({title}).",
    ),
    "outcome_eligible": ("结论：符合条件（{title}）。", "Result: eligible ({title})."),
    "outcome_not_eligible": ("结论：不符合条件（{title}）。", "Result: not eligible ({title})."),
    "other_side_not_eligible": (
        "结论：不可以{deed}（{title}）。",
        "Result: they may not {deed} ({title}).",
    ),
    "other_side_eligible": (
        "结论：这条规定不禁止{deed}（{title}）。",
        "Result: this provision does not forbid them to {deed} ({title}).",
    ),
    "outcome_needs_facts": (
        "还不能下结论，需要您补充情况（{title}）。",
        "This cannot be decided yet; more facts are needed ({title}).",
    ),
    "fact_as_understood": ("{label}：{value}", "{label}: {value}"),
    "fact_separator": ("；", "; "),
    "name_separator": ("、", ", "),
    "facts_as_understood": ("按您说的理解：{facts}。", "Facts as understood: {facts}."),
    "asks": ("请补充：{question}（{why}）", "Please tell: {question} ({why})"),
    "near_names": (
        "名单里名称相近的有：{names}；名称不完全一样的不是同一家。",
        "Similar names on the list: {names}; a name that is not the same is another company.",
    ),
    "back_to_case": ("回到刚才的情况：{question}", "Back to your case: {question}"),
    "unknown_document": (
        "抱歉，我收录的文件里没有这个文号的文件。请核对文号，或说说文件名称、要办的事。",
        "Sorry, there is no document of that number on file. Please check the number, or name the "
        "document or the matter.",
    ),
    "company_name": (
        "请告诉我公司的全称（营业执照上的名称），我在名单里逐字核对。",
        "Please give the full registered Chinese name of the company; I compare it with the list.",
    ),
    "vague": (
        "您指的是哪项政策或哪件事？请说说文件名、事项或您的情况（例如「跨境电商退货的免税还有效吗」）。",
        "Which policy or matter do you mean? Please name the document or describe your case.",
    ),
    "rule_says": ("规定：{answer}", "The provision says (in Chinese): {answer}"),
    "list": (
        "收录的文件里有{count}项相关规定：",
        "The documents on file have {count} provisions on this (in Chinese):",
    ),
    "listed": (
        "名单里有：{names}。名单按企业全称核对，名称相近的不是同一家，请用全称再确认。",
        "On the list: {names}. The list goes by full names; similar names are other companies.",
    ),
    "items": (
        "{place}{label}共{count}项：",
        "{label} of {place} has {count} items (in Chinese):",
    ),
    "items_found": (
        "{place}里与此有关的规定：",
        "What {place} says on this (in Chinese):",
    ),
    "items_of_all": (
        "{place}共{count}项：",
        "{place} has {count} items (in Chinese):",
    ),
    "more": ("……另有{count}项。", "… and {count} more."),
    "provisos": ("以上结论的前提：", "This holds provided that:"),
    "unavailable": (
        "抱歉，政策数据库暂时无法查询，没有得出任何结论。请稍后再试。",
        "Sorry, the policy database cannot be reached right now; nothing was concluded. Please "
        "try again shortly.",
    ),
}
STATUS_NAMES: dict[str, tuple[str, str]] = {
    "in_force": ("现行有效", "in force"),
    "not_yet_in_force": ("尚未施行", "not yet in force"),
    "expired": ("已失效", "expired"),
    "repealed": ("已废止", "repealed"),
    "draft": ("征求意见稿，未施行", "draft, not in force"),
    "unknown": ("待核实", "to be verified"),
}


def say(key: str, language: str = CHINESE, **values: object) -> str:
    """The wording of a key in a language, with its values filled in."""
    chinese, english = _WORDS[key]
    return (english if language == ENGLISH else framed(chinese, language)).format(**values)


def status_name(status: str, language: str = CHINESE) -> str:
    """What people call a status of validity."""
    chinese, english = STATUS_NAMES[status]
    return english if language == ENGLISH else framed(chinese, language)
