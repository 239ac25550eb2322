"""Settings: each is declared once, documented, and refused clearly when wrong."""

import re
import subprocess
import sys

import pytest

from bot import settings
from policies_db.settings import Setting

DOCUMENT = (settings.ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(GUANDA_\w+)` \| (.*?) \|", DOCUMENT, re.MULTILINE))


@pytest.mark.parametrize("setting", settings.SETTINGS, ids=lambda setting: setting.name)
def test_each_setting_is_documented_with_its_default(setting: Setting) -> None:
    assert setting.name in ROWS, f"{setting.name} is missing in docs/settings.md"
    if not setting.default.startswith("sqlite:"):
        assert ROWS[setting.name] == (f"`{setting.default}`" if setting.default else "empty")


def test_nothing_is_documented_that_does_not_exist() -> None:
    assert set(ROWS) == {setting.name for setting in settings.SETTINGS}


@pytest.mark.parametrize("setting", settings.SETTINGS, ids=lambda setting: setting.name)
def test_default_can_be_read(setting: Setting) -> None:
    setting.get({})


def test_no_setting_is_read_from_the_code_without_being_declared() -> None:
    known = {setting.name for setting in settings.SETTINGS}
    for folder in ("bot", "actions", "policies_db", "scripts"):
        for path in (settings.ROOT / folder).rglob("*.py"):
            used = set(re.findall(r"GUANDA_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
            assert used <= known, f"{path}: {used - known}"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("GUANDA_PRT", "1", "GUANDA_PRT: there is no such setting (did you mean GUANDA_PORT?)"),
        ("GUANDA_XYZZY", "1", "GUANDA_XYZZY: there is no such setting; docs/settings.md lists"),
        ("GUANDA_PORT", "0", "GUANDA_PORT='0': expected a port from 1 to 65535"),
        ("GUANDA_PORT", "５００５", "expected a port"),
        ("GUANDA_TODAY", "2026-13-01", "expected a date such as 2026-11-21"),
        ("GUANDA_DATABASE_URL", "mysql://x/y", "expected an address that starts with sqlite:///"),
        ("GUANDA_REDIS_URL", "localhost", "expected an address that starts with redis://"),
        ("GUANDA_ENCODER", "yes", "expected auto or off"),
        ("GUANDA_REST", "true", "expected on or off"),
        ("GUANDA_HOST", "a b", "expected a host name"),
        ("GUANDA_LOG_LEVEL", "loud", "expected one of DEBUG"),
    ],
)
def test_wrong_setting_is_one_clear_line(name: str, value: str, says: str) -> None:
    with pytest.raises(settings.SettingError) as caught:
        settings.check({name: value})
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_password_is_not_shown() -> None:
    with pytest.raises(settings.SettingError) as caught:
        settings.check({"GUANDA_DATABASE_URL": "mysql://me:secret@host/db"})
    assert "secret" not in str(caught.value)


def test_empty_variable_counts_as_not_set() -> None:
    assert settings.PORT.get({"GUANDA_PORT": " "}) == 5005


def test_command_line_refuses_with_one_line_and_exit_code_2() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env={"GUANDA_PORT": "many", "PATH": "/usr/bin"},
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "GUANDA_PORT='many'" in done.stderr
