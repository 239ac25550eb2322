"""Settings of the messaging channels, and which channels they switch on.

A channel is on when its settings are there. Some but not all of them, or one that cannot be read,
is an error at start; the value of a secret is never shown.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from policies_db.settings import Setting, SettingError

T_co = TypeVar("T_co", covariant=True)

MODES = ("plain", "compatible", "safe")


@dataclass(frozen=True)
class Secret(Setting[T_co]):
    """A setting whose value is not to be seen."""

    def get(self, environ: Mapping[str, str] | None = None) -> T_co:
        """Value in force; raises SettingError without the value."""
        environ = os.environ if environ is None else environ
        text = environ.get(self.name, "").strip() or self.default
        try:
            return self.parse(text)
        except ValueError as error:
            shown = f"{self.name} (value not shown, {len(text)} characters)"
            raise SettingError(f"{shown}: expected {error}") from None


def _matching(pattern: str, what: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text and not re.fullmatch(pattern, text):
            raise ValueError(what)
        return text

    return parse


def _aes_key(text: str) -> bytes:
    if not text:
        return b""
    try:
        key = base64.b64decode(text + "=", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(text) != 43 or len(key) != 32:
        raise ValueError("the 43 letters and digits of the console's EncodingAESKey")
    return key


def _mode(text: str) -> str:
    if text not in MODES:
        raise ValueError("one of " + ", ".join(MODES))
    return text


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("on or off")
    return text == "on"


def _address(*kinds: str) -> Callable[[str], str]:
    starts = " or ".join(f"{kind}://" for kind in kinds)
    return _matching(rf"({'|'.join(kinds)})://[^\s/?#@]+", f"{starts} and a host, nothing after")


_token = _matching(r"[A-Za-z0-9_-]{3,32}", "3 to 32 letters and digits, as in the console")
_secret = _matching(r"[!-~]{6,512}", "the console's secret, without spaces")

WECHAT_TOKEN = Secret(
    "GUANDA_WECHAT_TOKEN", "Token (令牌) of the Official Account's server.", "", _token
)
WECHAT_APP_ID = Setting(
    "GUANDA_WECHAT_APP_ID",
    "AppID of the Official Account.",
    "",
    _matching(r"[A-Za-z0-9_-]{6,64}", "an AppID such as wx0123456789abcdef"),
)
WECHAT_APP_SECRET = Secret(
    "GUANDA_WECHAT_APP_SECRET", "AppSecret of the Official Account.", "", _secret
)
WECHAT_AES_KEY = Secret(
    "GUANDA_WECHAT_AES_KEY",
    "EncodingAESKey of the Official Account; not needed in plain mode.",
    "",
    _aes_key,
)
WECHAT_AES_KEY_PREVIOUS = Secret(
    "GUANDA_WECHAT_AES_KEY_PREVIOUS",
    "The EncodingAESKey before the present one, for as long as the platform may still use it.",
    "",
    _aes_key,
)
WECHAT_MODE = Setting(
    "GUANDA_WECHAT_MODE",
    "Encryption as chosen in the console: plain, compatible or safe.",
    "safe",
    _mode,
)
WECHAT_API_BASE = Setting(
    "GUANDA_WECHAT_API_BASE",
    "Address of the Official Account's interface.",
    "https://api.weixin.qq.com",
    _address("https", "http"),
)
WECOM_CORP_ID = Setting(
    "GUANDA_WECOM_CORP_ID",
    "Corp ID (企业ID) of the enterprise in WeCom.",
    "",
    _matching(r"[A-Za-z0-9_-]{4,64}", "a corp ID such as ww0123456789abcdef"),
)
WECOM_AGENT_ID = Setting(
    "GUANDA_WECOM_AGENT_ID",
    "AgentId of the WeCom app.",
    "",
    _matching(r"[0-9]{1,12}", "a number such as 1000002"),
)
WECOM_SECRET = Secret("GUANDA_WECOM_SECRET", "Secret of the WeCom app.", "", _secret)
WECOM_TOKEN = Secret("GUANDA_WECOM_TOKEN", "Token of the WeCom app's 接收消息.", "", _token)
WECOM_AES_KEY = Secret(
    "GUANDA_WECOM_AES_KEY", "EncodingAESKey of the WeCom app's 接收消息.", "", _aes_key
)
WECOM_AES_KEY_PREVIOUS = Secret(
    "GUANDA_WECOM_AES_KEY_PREVIOUS",
    "The EncodingAESKey before the present one, for as long as the platform may still use it.",
    "",
    _aes_key,
)
WECOM_API_BASE = Setting(
    "GUANDA_WECOM_API_BASE",
    "Address of WeCom's interface.",
    "https://qyapi.weixin.qq.com",
    _address("https", "http"),
)
WECOM_MARKDOWN = Setting(
    "GUANDA_WECOM_MARKDOWN",
    "Answers of the WeCom app in markdown, which only the WeCom client shows (not WeChat): on or"
    " off.",
    "off",
    _switch,
)
WECOM_BOT_ID = Setting(
    "GUANDA_WECOM_BOT_ID",
    "Bot ID of the WeCom AI bot.",
    "",
    _matching(r"[!-~]{4,128}", "the console's Bot ID, without spaces"),
)
WECOM_BOT_SECRET = Secret(
    "GUANDA_WECOM_BOT_SECRET", "Secret of the WeCom AI bot's long connection.", "", _secret
)
WECOM_BOT_URL = Setting(
    "GUANDA_WECOM_BOT_URL",
    "Address of the WeCom AI bot's long connection.",
    "wss://openws.work.weixin.qq.com",
    _matching(r"wss?://[^\s?#@]+", "an address that starts with wss:// or ws://"),
)

SETTINGS: tuple[Setting[object], ...] = (
    WECHAT_TOKEN,
    WECHAT_APP_ID,
    WECHAT_APP_SECRET,
    WECHAT_AES_KEY,
    WECHAT_AES_KEY_PREVIOUS,
    WECHAT_MODE,
    WECHAT_API_BASE,
    WECOM_CORP_ID,
    WECOM_AGENT_ID,
    WECOM_SECRET,
    WECOM_TOKEN,
    WECOM_AES_KEY,
    WECOM_AES_KEY_PREVIOUS,
    WECOM_API_BASE,
    WECOM_MARKDOWN,
    WECOM_BOT_ID,
    WECOM_BOT_SECRET,
    WECOM_BOT_URL,
)

# What each channel's class in credentials.yml cannot do without.
_NEEDED: dict[str, tuple[Setting[object], ...]] = {
    "bot.channels.wechat.WeChatInput": (
        WECHAT_TOKEN,
        WECHAT_APP_ID,
        WECHAT_APP_SECRET,
        WECHAT_AES_KEY,
    ),
    "bot.channels.wecom.WeComInput": (
        WECOM_CORP_ID,
        WECOM_AGENT_ID,
        WECOM_SECRET,
        WECOM_TOKEN,
        WECOM_AES_KEY,
    ),
    "bot.channels.wecom_bot.WeComBotInput": (WECOM_BOT_ID, WECOM_BOT_SECRET),
}


def configured(environ: Mapping[str, str] | None = None) -> dict[str, bool]:
    """Class of each messaging channel, and whether its settings switch it on.

    Raises SettingError where some of them are missing or one cannot be read.
    """
    return {channel: _is_on(needed, environ) for channel, needed in _NEEDED.items()}


def _is_on(needed: tuple[Setting[object], ...], environ: Mapping[str, str] | None) -> bool:
    if WECHAT_AES_KEY in needed and WECHAT_MODE.get(environ) == "plain":
        needed = tuple(setting for setting in needed if setting is not WECHAT_AES_KEY)
    given = [setting for setting in needed if setting.get(environ)]
    missing = [setting.name for setting in needed if setting not in given]
    if given and missing:
        names = ", ".join(missing)
        raise SettingError(f"{names}: missing, but needed beside {given[0].name}")
    return bool(given)
