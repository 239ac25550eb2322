"""Where a provision stands in the document reader."""

from __future__ import annotations

from urllib.parse import quote

PREFIX = "p-"  # apart from the ids of the page itself


def anchor(provision_id: str) -> str:
    """The id of a provision's element, stable as long as the provision's own id.

    `gacc-2023-127/第一条第（二）项` → `p-第一条第（二）项`. It has no white space, which
    HTML does not allow in an id.
    """
    place = provision_id.partition("/")[2] or provision_id
    return PREFIX + "_".join(place.split())


def url(document_id: str, provision_id: str | None = None) -> str:
    """Path of a document in the reader, at a provision where one is named."""
    path = f"/documents/{quote(document_id, safe='')}"
    return f"{path}#{quote(anchor(provision_id), safe='')}" if provision_id else path
