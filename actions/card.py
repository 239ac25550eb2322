"""The card of the contract and the plain text that says the same to people."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from actions.language import CHINESE, ENGLISH, framed, words_in
from actions.wording import say, status_name
from policies_db.lookup import Cited

#: A rule in force that ends within so many days says so first.
ENDS_SOON_DAYS = 90
LONGEST_TITLE = 48  # characters on a button
Card = dict[str, Any]


def citation(cited: Cited) -> dict[str, Any]:
    """A citation as the contract describes it."""
    standing = cited.standing
    return {
        "document_id": cited.document_id,
        "provision_id": cited.provision_id,
        "title": cited.title,
        "number": cited.number,
        "issuer": cited.issuer,
        "issued_on": _iso(cited.issued_on),
        "article": cited.label,
        "quote": cited.quote,
        "effective_from": _iso(standing.effective_from),
        "effective_to": _iso(standing.effective_to),
        "status": standing.status,
    }


def _title(text: str) -> str:
    """What stands on a button."""
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"


def card(
    kind: str,
    answer: str,
    as_of: datetime.date,
    citations: Sequence[Cited] = (),
    suggestions: Sequence[tuple[str, str]] = (),
    decision: dict[str, Any] | None = None,
) -> Card:
    """A card; suggestions are (title, what is sent when chosen)."""
    made: Card = {
        "type": "policy_answer",
        "version": 1,
        "kind": kind,
        "answer": answer,
        "as_of": as_of.isoformat(),
        "citations": [citation(cited) for cited in citations],
    }
    if suggestions:
        made["suggestions"] = [{"title": _title(t), "payload": p} for t, p in suggestions[:6]]
    if decision is not None:
        made["decision"] = decision
    return made


def warning(cited: Cited, language: str = CHINESE) -> str:
    """What must be said first of a rule that is not simply in force; empty where it is."""
    standing = cited.standing
    values = {
        "on": spoken_date(standing.on, language),
        "from": spoken_date(standing.effective_from, language),
        "to": spoken_date(standing.effective_to, language),
        "plan": spoken_date(standing.plan_ended, language),
        "continues": standing.continues,
    }
    if standing.status == "in_force":
        if standing.plan_ended:
            return say("continues", language, **values)
        return say("ends_soon", language, **values) if standing.ends_within(ENDS_SOON_DAYS) else ""
    if standing.status == "unknown" and not standing.plan_ended:
        return ""
    return say(standing.status, language, **values)


def source_lines(cited: Cited, language: str = CHINESE) -> list[str]:
    """The quote, where it stands, who issued it and whether it is valid, a line each."""
    validity = status_name(cited.standing.status, language)
    dates = period(cited, language)
    lines = [
        say("quote", language, quote=cited.quote),
        say("source", language, title=titled(cited), number=numbered(cited), label=cited.label),
    ]
    if cited.issuer:
        lines.append(say("issuer", language, issuer=cited.issuer))
    lines.append(say("validity", language, status=f"{validity}{dates}"))
    return lines


def plain_text(
    answer: str, citations: Sequence[Cited], language: str = CHINESE, related_from: int = 1
) -> str:
    """The answer, then the sources; those from `related_from` on are named as related only."""
    lines = [answer]
    for cited in citations[:related_from]:
        lines += ["", *source_lines(cited, language)]
    if citations[related_from:]:
        lines += ["", say("related", language)]
        lines += [
            f"· {titled(cited)}{numbered(cited)}，{cited.label}：「{cited.quote}」"
            for cited in citations[related_from:]
        ]
    return "\n".join(lines)


def titled(cited: Cited) -> str:
    """The title in title marks, unless it is an announcement's own name."""
    return cited.title if cited.title.startswith("海关总署") else f"《{cited.title}》"


def numbered(cited: Cited) -> str:
    """The number in brackets, unless it is part of the title or there is none."""
    return f"（{cited.number}）" if cited.number and cited.number not in cited.title else ""


def period(cited: Cited, language: str = CHINESE) -> str:
    """The days of validity in brackets."""
    first, last = cited.standing.effective_from, cited.standing.effective_to
    if first is None or cited.standing.status == "draft":
        return ""
    if language == ENGLISH:
        return f" ({first} to {last})" if last else f" (from {first})"
    return f"（{first} 至 {last}）" if last else f"（{first} 起）"


def spoken_date(day: datetime.date | None, language: str = CHINESE) -> str:
    """A date as people write it: 2025年10月10日, 10 October 2025; empty where there is none."""
    return words_in(language).point("date", day) if day else ""


def framed_answer(cited: Cited, language: str) -> str:
    """The answer line of a provision in the framing of a language."""
    if language == ENGLISH:
        lead = say(
            "english_lead", language, label=cited.label, title=titled(cited), number=numbered(cited)
        )
        return lead + cited.answer
    return framed(cited.answer, language)


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
