"""Made-up accounts, and the settings that join the assistant to the stand-in."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field


def aes_key() -> str:
    """A key as the console makes them: 43 letters and digits."""
    return base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")


@dataclass
class OfficialAccount:
    """An Official Account as its console shows it."""

    api_base: str
    mode: str = "safe"
    token: str = "guandatoken"
    app_id: str = field(default_factory=lambda: f"wx{secrets.token_hex(8)}")
    secret: str = field(default_factory=lambda: secrets.token_hex(16))
    key: str = field(default_factory=aes_key)
    account: str = "gh_guanda"

    def settings(self) -> dict[str, str]:
        """Environment of an assistant that serves it."""
        return {
            "GUANDA_WECHAT_TOKEN": self.token,
            "GUANDA_WECHAT_APP_ID": self.app_id,
            "GUANDA_WECHAT_APP_SECRET": self.secret,
            "GUANDA_WECHAT_AES_KEY": self.key,
            "GUANDA_WECHAT_MODE": self.mode,
            "GUANDA_WECHAT_API_BASE": self.api_base,
        }


@dataclass
class WeComApp:
    """A WeCom app as its console shows it."""

    api_base: str
    token: str = "guandatoken"
    corp_id: str = field(default_factory=lambda: f"ww{secrets.token_hex(8)}")
    agent_id: str = "1000002"
    secret: str = field(default_factory=lambda: secrets.token_hex(16))
    key: str = field(default_factory=aes_key)

    def settings(self) -> dict[str, str]:
        """Environment of an assistant that serves it."""
        return {
            "GUANDA_WECOM_CORP_ID": self.corp_id,
            "GUANDA_WECOM_AGENT_ID": self.agent_id,
            "GUANDA_WECOM_SECRET": self.secret,
            "GUANDA_WECOM_TOKEN": self.token,
            "GUANDA_WECOM_AES_KEY": self.key,
            "GUANDA_WECOM_API_BASE": self.api_base,
        }


@dataclass
class AiBot:
    """A WeCom AI bot as its console shows it."""

    url: str
    bot_id: str = "aib-guanda"
    secret: str = field(default_factory=lambda: secrets.token_hex(16))

    def settings(self) -> dict[str, str]:
        """Environment of an assistant that serves it."""
        return {
            "GUANDA_WECOM_BOT_ID": self.bot_id,
            "GUANDA_WECOM_BOT_SECRET": self.secret,
            "GUANDA_WECOM_BOT_URL": self.url,
        }
