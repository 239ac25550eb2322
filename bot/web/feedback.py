"""The thumbs up and down as lines of JSON, for whoever improves the answers.

python -m bot.web.feedback
"""

from __future__ import annotations

import json
from dataclasses import asdict

from bot.web.store import Store


def main() -> None:
    """Print all feedback, oldest first."""
    store = Store.as_set()
    store.prepare()
    for each in store.feedback():
        given = {**asdict(each), "given_at": each.given_at.isoformat(timespec="seconds")}
        print(json.dumps(given, ensure_ascii=False))


if __name__ == "__main__":
    main()
