"""A channel is on when its settings are there; else there is one clear line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot import settings
from bot.messaging.settings import configured
from bot.settings import ROOT, SettingError
from tests.standin.accounts import AiBot, OfficialAccount, WeComApp

ACCOUNTS = {
    "bot.channels.wechat.WeChatInput": OfficialAccount("http://127.0.0.1:1"),
    "bot.channels.wecom.WeComInput": WeComApp("http://127.0.0.1:1"),
    "bot.channels.wecom_bot.WeComBotInput": AiBot("ws://127.0.0.1:1"),
}


def test_without_settings_no_channel_is_on() -> None:
    assert configured({}) == dict.fromkeys(ACCOUNTS, False)


@pytest.mark.parametrize("channel", ACCOUNTS)
def test_settings_switch_a_channel_on(channel: str) -> None:
    environ = ACCOUNTS[channel].settings()
    settings.check(environ)
    assert [name for name, is_on in configured(environ).items() if is_on] == [channel]


@pytest.mark.parametrize("channel", ACCOUNTS)
def test_a_missing_one_is_named(channel: str) -> None:
    environ = ACCOUNTS[channel].settings()
    optional = ("_MODE", "_API_BASE", "_URL")
    for name in environ:
        if name.endswith(optional):
            continue
        rest = {key: value for key, value in environ.items() if key != name}
        with pytest.raises(SettingError, match=f"^{name}: missing, but needed beside GUANDA_") as e:
            settings.check(rest)
        assert "\n" not in str(e.value)


def test_plain_mode_needs_no_key() -> None:
    environ = ACCOUNTS["bot.channels.wechat.WeChatInput"].settings()
    del environ["GUANDA_WECHAT_AES_KEY"]
    assert configured({**environ, "GUANDA_WECHAT_MODE": "plain"})["bot.channels.wechat.WeChatInput"]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("GUANDA_WECHAT_TOKEN", "a b-secret", "3 to 32 letters and digits"),
        ("GUANDA_WECHAT_APP_ID", "wx 1", "an AppID such as"),
        ("GUANDA_WECHAT_APP_SECRET", "not secret", "without spaces"),
        ("GUANDA_WECHAT_AES_KEY", "s" * 42, "EncodingAESKey"),
        ("GUANDA_WECHAT_AES_KEY_PREVIOUS", "！" * 43, "EncodingAESKey"),
        ("GUANDA_WECHAT_MODE", "secure", "one of plain, compatible, safe"),
        ("GUANDA_WECHAT_API_BASE", "api.weixin.qq.com", "https:// or http://"),
        ("GUANDA_WECHAT_API_BASE", "https://a/?b=1", "nothing after"),
        ("GUANDA_WECOM_CORP_ID", "w!", "a corp ID"),
        ("GUANDA_WECOM_AGENT_ID", "agent", "a number such as 1000002"),
        ("GUANDA_WECOM_MARKDOWN", "yes", "on or off"),
        ("GUANDA_WECOM_BOT_URL", "https://x", "wss:// or ws://"),
    ],
)
def test_a_malformed_one_is_one_line_without_secrets(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingError) as caught:
        settings.check({name: value})
    line = str(caught.value)
    assert line.startswith(name)
    assert says in line
    assert "\n" not in line
    if any(word in name for word in ("TOKEN", "SECRET", "KEY")):
        assert value not in line


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"GUANDA_WECOM_BOT_ID": "aib-1"}, "GUANDA_WECOM_BOT_SECRET: missing"),
        ({"GUANDA_WECHAT_AES_KEY": "short-and-secret"}, "EncodingAESKey"),
    ],
)
def test_a_start_with_a_wrong_one_ends_in_one_line(settings: dict[str, str], says: str) -> None:
    command = [sys.executable, "-m", "bot", "run"]
    done = subprocess.run(
        command,
        env={**os.environ, **settings},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    (line,) = done.stderr.strip().splitlines()
    assert says in line
    assert "short-and-secret" not in line
