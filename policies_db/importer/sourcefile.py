"""A document as it is kept in `policies_db/sources`: metadata, the repairs on record, the text.

The file is UTF-8 text: YAML between two `---` lines, then one paragraph a line; the cells of a
table row are parted by tabs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_FENCE = "---\n"


class _Plain(yaml.SafeDumper):
    """Writes repeated values in full: no anchors in a file that people read."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@dataclass
class SourceFile:
    """Metadata (see docs/adding-a-policy.md for the keys), repairs and paragraphs of a document."""

    metadata: dict[str, Any]
    repairs: list[dict[str, Any]]
    paragraphs: list[str]

    @classmethod
    def read(cls, path: Path) -> SourceFile:
        """Read a source file.

        Raises:
            ValueError: when it has no front matter, naming the file.
        """
        _, fence, rest = path.read_text(encoding="utf-8").partition(_FENCE)
        head, end, body = rest.partition("\n" + _FENCE)
        if not fence or not end:
            raise ValueError(f"{path}: no front matter between two '---' lines")
        metadata = yaml.safe_load(head)
        repairs = metadata.pop("repairs", [])
        return cls(metadata, repairs, [line for line in body.split("\n") if line])

    def write(self, path: Path) -> None:
        """Write the file as `read` reads it."""
        head = yaml.dump(
            {**self.metadata, "repairs": self.repairs},
            Dumper=_Plain,
            allow_unicode=True,
            sort_keys=False,
            width=1000,
        )
        text = _FENCE + head + _FENCE + "\n" + "\n".join(self.paragraphs) + "\n"
        path.write_text(text, encoding="utf-8")
