"""The card: what its parts look like to those who draw it."""

import datetime

from actions.card import LONGEST_TITLE, card


def test_button_that_is_too_long_says_that_it_goes_on() -> None:
    made = card(
        "clarify", "?", datetime.date(2026, 1, 1), suggestions=[("短", "1"), ("长" * 99, "2")]
    )
    short, long = made["suggestions"]
    assert short == {"title": "短", "payload": "1"}
    assert len(long["title"]) == LONGEST_TITLE
    assert long["title"].endswith("…")
