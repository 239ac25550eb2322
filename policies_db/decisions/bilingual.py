"""The English beside a Chinese text of a rule file: it must be there, and speak of the same."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any


def english(item: Mapping[str, Any], key: str) -> Any:
    """The English of `key`, which stands under `key` with `_en`; None where neither is there.

    A text has a text, a mapping the same keys, a list as many entries.

    Raises:
        ValueError: when it is missing, is there alone, or names other facts or figures.
    """
    text, told = item.get(key), item.get(f"{key}_en")
    if not text and not told:
        return None
    if not told:
        raise ValueError(f"no `{key}_en`, the English of `{key}`")
    if not text:
        raise ValueError(f"`{key}_en` stands without `{key}`")
    if isinstance(text, Mapping):
        if set(text) != set(told):
            raise ValueError(f"`{key}_en` has not the keys of `{key}`")
    elif isinstance(text, list):
        if len(text) != len(told):
            raise ValueError(f"`{key}_en` has not as many entries as `{key}`")
    elif fields(text) != fields(told):
        both = " and ".join(", ".join(sorted(fields(each))) or "nothing" for each in (told, text))
        raise ValueError(f"`{key}_en` and `{key}` name different values: {both}")
    return told


def check_reason(item: Mapping[str, Any]) -> None:
    """That the English tells why a fact is asked for, and does not ask twice.

    Raises:
        ValueError: when it only repeats the question.
    """
    if item.get("why_en") and item["why_en"] == item.get("ask_en"):
        raise ValueError("`why_en` only repeats `ask_en`")


def fields(text: str) -> set[str]:
    """The facts and figures that a text names in braces."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
