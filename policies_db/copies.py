"""The second copy of 渝府办发〔2022〕107号: where its wording differs from the copy on file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from policies_db.content import SOURCES, compact
from policies_db.importer.catalogue import original_lines
from policies_db.importer.layout import lay_out
from policies_db.importer.sourcefile import SourceFile

#: The original file of the second copy, and the documents that it is a copy of, in its order.
COPY, OF = "001", ("cq-2022-107-trade", "cq-2022-107-fdi")
_CONTEXT = 12


def differences() -> Iterator[str]:
    """Each difference of wording, with what stands before it; brackets and spaces do not count."""
    copy = _plain("".join(p.text for p in lay_out(original_lines(COPY)).paragraphs))
    filed = _plain("".join("".join(SourceFile.read(SOURCES / f"{i}.md").paragraphs) for i in OF))
    matcher = difflib.SequenceMatcher(None, filed, copy, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation != "equal":
            before = filed[max(a - _CONTEXT, 0) : a]
            yield f"…{before}｜文件：{filed[a:b] or '（无）'}｜另一文本：{copy[c:d] or '（无）'}"


def _plain(text: str) -> str:
    return compact(text).translate(str.maketrans("().〔〕[]", "（）．（）（）"))
