"""Sessions, the key they are signed with, limits, origins and anchors."""

import stat
import time
from pathlib import Path

import pytest

from bot import settings
from bot.web import anchors, limits, secret
from bot.web.limits import Limit, network
from bot.web.origins import Origins
from bot.web.sessions import Sessions

KEY = b"k" * 32


def test_token_is_recognised_and_names_the_sender() -> None:
    sessions = Sessions(KEY, 30)
    session = sessions.new()
    assert sessions.read(session.token) == session
    assert session.sender == f"web-{session.id}"
    assert sessions.new().id != session.id


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c", "." * 80, "é" * 70, "\x00"])
def test_what_is_no_token_is_no_session(token: str | None) -> None:
    assert Sessions(KEY, 30).read(token) is None


def test_altered_token_is_no_session() -> None:
    sessions = Sessions(KEY, 30)
    token = sessions.new().token
    for place in (0, 25, len(token) - 5):
        altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert sessions.read(altered) is None
    assert Sessions(b"other" * 8, 30).read(token) is None


def test_token_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions(KEY, 1)
    token = sessions.new().token
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_401)
    assert sessions.read(token) is None
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    assert sessions.read(token) is None, "a token from the future"


def test_key_is_made_once_and_kept_to_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GUANDA_SECRET", raising=False)
    file = tmp_path / "var" / "web-secret"
    key = secret.load(file)
    assert len(key) == 64
    assert secret.load(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["web-secret"]


def test_key_of_the_settings_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANDA_SECRET", "s" * 40)
    assert secret.load(tmp_path / "none") == b"s" * 40
    assert not (tmp_path / "none").exists()


def test_limit_lets_a_burst_through_and_then_so_many_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    limit = Limit(6)
    assert [limit.wait("a") for _ in range(7)] == [0] * 6 + [10]
    assert limit.wait("b") == 0, "others are not kept waiting"
    now[0] += 10
    assert limit.wait("a") == 0
    assert limit.wait("a") == 10


def test_limit_forgets_who_was_silent_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_KEYS", 3)
    limit = Limit(1)
    for key in "abcd":
        limit.wait(key)
    assert limit.wait("a") == 0
    assert limit.wait("d") > 0


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_address_is_counted_by_its_network(address: str, counted: str) -> None:
    assert network(address) == counted


def test_origins_admit_our_own_pages_and_those_allowed() -> None:
    origins = Origins(["https://firm.example"])
    assert origins.admits(None, "bot.example")
    assert origins.admits("https://bot.example", "bot.example")
    assert origins.admits("https://firm.example", "bot.example")
    for other in ("https://evil.example", "null", "https://firm.example.evil.example", "x"):
        assert not origins.admits(other, "bot.example")
    assert Origins(["*"]).admits("https://evil.example", "bot.example")


def test_only_other_origins_are_told_that_they_may_read() -> None:
    origins = Origins(["https://firm.example"])
    allowed = origins.headers("https://firm.example", "bot.example")
    assert allowed["Access-Control-Allow-Origin"] == "https://firm.example"
    assert "Access-Control-Allow-Credentials" not in allowed
    for other in (None, "https://bot.example", "https://evil.example"):
        assert origins.headers(other, "bot.example") == {"Vary": "Origin"}


def test_anchor_is_readable_and_has_no_space() -> None:
    assert anchors.anchor("gacc-2023-127/第一条第（二）项") == "p-第一条第（二）项"
    assert anchors.anchor("d/a b\tc") == "p-a_b_c"
    assert anchors.url("made 1/x") == "/documents/made%201%2Fx"
    assert anchors.url("d", 'd/"><b') == "/documents/d#p-%22%3E%3Cb"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GUANDA_SECRET", "too short"),
        ("GUANDA_WEB_ORIGINS", "www.example.com"),
        ("GUANDA_WEB_ORIGINS", "https://www.example.com/page"),
    ],
)
def test_wrong_setting_is_refused(name: str, value: str) -> None:
    with pytest.raises(settings.SettingError) as caught:
        settings.check({name: value})
    assert "too short" not in str(caught.value), "a secret is not shown"


def test_origins_are_separated_by_spaces_or_commas() -> None:
    both = {"GUANDA_WEB_ORIGINS": "https://a.example, http://b.example:8080"}
    assert settings.WEB_ORIGINS.get(both) == ("https://a.example", "http://b.example:8080")
