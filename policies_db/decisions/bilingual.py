"""The English beside a Chinese text of a rule file: where it is there, it speaks of the same."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any


def english(item: Mapping[str, Any], key: str) -> Any:
    """The English of `key`, which stands under `key` with `_en`; None where neither is there.

    A text has a text, a mapping the same keys, a list as many entries.

    Where it is missing, the Chinese stands in for it.

    Raises:
        ValueError: when it is there alone, or names other facts or figures.
    """
    text, told = item.get(key), item.get(f"{key}_en")
    if not text and not told:
        return None
    if not told:
        return text  # no English yet
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


def fields(text: str) -> set[str]:
    """The facts and figures that a text names in braces."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
