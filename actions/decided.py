"""A decision in words: what the card and the plain text say of it, in the person's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.card import framed_answer
from actions.language import ENGLISH, TRADITIONAL, framed
from actions.wording import say
from policies_db.decisions import Decision, Rule
from policies_db.lookup import Cited


def in_script(made: Decision, rule: Rule, language: str) -> Decision:
    """A decision in traditional characters, where the person writes them.

    What the person gave as a text, such as the name of a company, stays as it was typed.
    """
    if language != TRADITIONAL:
        return made
    typed = [f.value for f in made.facts if rule.facts[f.name].type == "text"]

    def told(text: str) -> str:
        for index, name in enumerate(typed):
            text = text.replace(name, f"\x00{index}\x00")
        text = framed(text, language)
        for index, name in enumerate(typed):
            text = text.replace(f"\x00{index}\x00", name)
        return text

    return replace(
        made,
        facts=tuple(replace(f, label=told(f.label), value=told(f.value)) for f in made.facts),
        missing=tuple(replace(m, question=told(m.question), why=told(m.why)) for m in made.missing),
        reasons=tuple(told(reason) for reason in made.reasons),
        notes=tuple(told(note) for note in made.notes),
        cases=tuple(replace(case, text=told(case.text)) for case in made.cases),
        provisos=tuple(replace(case, text=told(case.text)) for case in made.provisos),
        deed=told(made.deed),
    )


def title_of(rule: Rule, language: str) -> str:
    """What a rule is called in a language."""
    return rule.title_en if language == ENGLISH else framed(rule.title, language)


def told(made: Decision, rule: Rule, cited: Sequence[Cited], language: str, said: str) -> str:
    """The outcome first, then the facts as understood, each test, and what is still asked.

    Where nothing can be concluded yet, the rule itself (`said`) comes first.
    """
    lines = [*made.notes] if made.status != "in_force" else []
    if made.outcome == "needs_facts":
        lines.append(said)
    lines.append(_outcome(made, title_of(rule, language), language))
    if made.reasons:
        lines.append(made.reasons[-1])
    if made.facts:
        facts = say("fact_separator", language).join(
            say("fact_as_understood", language, label=fact.label, value=fact.value)
            for fact in made.facts
        )
        lines.append(say("facts_as_understood", language, facts=facts))
    lines += [f"· {reason}" for reason in made.reasons[:-1]]
    if made.status == "in_force":
        lines += made.notes
    lines += [f"· {case.text}" for case in made.cases]
    if made.provisos:
        lines.append(say("provisos", language))
        lines += [f"· {proviso.text}" for proviso in made.provisos]
    if made.missing:
        first = made.missing[0]
        lines.append(say("asks", language, question=first.question, why=first.why))
    elif cited and language == ENGLISH:
        lines.append(framed_answer(cited[0], language))
    return "\n".join(dict.fromkeys(line for line in [*lines, said] if line))


def _outcome(made: Decision, title: str, language: str) -> str:
    if made.deed and made.outcome != "needs_facts":
        return say(f"other_side_{made.outcome}", language, deed=made.deed, title=title)
    return say(f"outcome_{made.outcome}", language, title=title)


def in_card(made: Decision) -> dict[str, Any]:
    """The part of the card that is for programs."""
    return {
        "rule": made.rule_id,
        "outcome": made.outcome,
        "facts": {fact.name: fact.value for fact in made.facts},
        "missing": [missing.name for missing in made.missing],
        "reasons": list(made.reasons),
    }
