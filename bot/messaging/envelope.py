"""The XML of WeChat and WeCom: one flat element, read with care and written so that it survives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

MAX_SIZE = 65_536  # bytes; what people type takes a few hundred
MAX_DEPTH = 8
MAX_ELEMENTS = 256
# What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class EnvelopeError(Exception):
    """The XML cannot be read, or holds what no honest platform sends."""


def read(xml: bytes) -> dict[str, str]:
    """Text of each child of the root, by its name; of two with one name, the first.

    Refuses document types, entities, other encodings than UTF-8, and what is too large or deep.
    Raises EnvelopeError.
    """
    if len(xml) > MAX_SIZE:
        raise EnvelopeError("too large")
    reader = _Reader()
    try:
        reader.parser.Parse(xml.decode("utf-8"), True)
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise EnvelopeError(f"not XML: {type(error).__name__}") from None
    return reader.fields


class _Reader:
    """Collects the fields while expat reads."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.path: list[str] = []
        self.text: list[str] = []
        self.elements = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.text.append
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        self.elements += 1
        if len(self.path) > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise EnvelopeError("too deep or too many elements")
        if len(self.path) == 1 and name != "xml":
            raise EnvelopeError("not a message")
        if len(self.path) == 2:
            self.text.clear()

    def _end(self, name: str) -> None:
        if len(self.path) == 2:
            self.fields.setdefault(name, "".join(self.text))
        self.path.pop()

    @staticmethod
    def _refuse(*declaration: object) -> None:
        raise EnvelopeError("document types and entities are refused")


def write(fields: Mapping[str, str | int]) -> str:
    """XML with these fields; numbers stand bare, text in CDATA."""
    inside = "".join(
        f"<{name}>{value if isinstance(value, int) else _cdata(value)}</{name}>"
        for name, value in fields.items()
    )
    return f"<xml>{inside}</xml>"


def _cdata(text: str) -> str:
    kept = _FORBIDDEN.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{kept}]]>"
