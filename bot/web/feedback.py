"""The thumbs up and down as lines of JSON, for whoever improves the answers.

python -m bot.web.feedback
"""

from __future__ import annotations

import json
from dataclasses import asdict

from bot import settings
from bot.web.store import DEFAULT_URL, Store


def main() -> None:
    """Print all feedback, oldest first."""
    store = Store(settings.WEB_STORE_URL.get() or DEFAULT_URL, settings.WEB_KEEP_DAYS.get())
    store.prepare()
    for each in store.feedback():
        given = {**asdict(each), "given_at": each.given_at.isoformat(timespec="seconds")}
        print(json.dumps(given, ensure_ascii=False))


if __name__ == "__main__":
    main()
