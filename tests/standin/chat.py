"""One user's screen: what is typed goes to the platform, and what the user would see is printed."""

from __future__ import annotations

import asyncio
import sys

from tests.standin.interface import Interface, Sent
from tests.standin.sender import Platform, text_fields

HELP = (
    "/follow 关注  /unfollow 取消关注  /image 发图片  /voice 文字 发语音"
    "  /click 键 点公众号菜单  /tap 序号 点选项  /exit 离开"
)
LEAVE = ("/exit", "/quit", "exit", "quit", "退出")
FOLLOWS = 1.5  # seconds within which the rest of a long answer follows a reply
BROKEN = "（该公众号提供的服务出现故障，请稍后再试）"
SILENT = "（没有回复）"


def fields_of(typed: str, menu: list[dict[str, str]]) -> dict[str, str]:
    """The message or event that somebody means; `menu` is what can be tapped."""
    command, _, rest = typed.partition(" ")
    if command == "/follow":
        return {"MsgType": "event", "Event": "subscribe", "EventKey": ""}
    if command == "/unfollow":
        return {"MsgType": "event", "Event": "unsubscribe", "EventKey": ""}
    if command == "/click":
        return {"MsgType": "event", "Event": "CLICK", "EventKey": rest or "help"}
    if command == "/image":
        return {**text_fields(""), "MsgType": "image"}
    if command == "/voice":
        return {**text_fields(""), "MsgType": "voice", "Recognition": rest}
    if command == "/tap" and rest.isdecimal() and 0 < int(rest) <= len(menu):
        entry = menu[int(rest) - 1]
        return {**text_fields(entry["content"]), "bizmsgmenuid": entry["id"]}
    return text_fields(typed)


class Chat:
    """The conversation of one user with the account."""

    def __init__(self, platform: Platform, interface: Interface, user: str) -> None:
        self.platform = platform
        self.user = user
        self.menu: list[dict[str, str]] = []
        self.later = 0
        interface.on_sent = self.show_sent

    async def run(self) -> None:
        """Follow the account and chat until the user leaves."""
        show(HELP)
        await self.send("/follow")
        while True:
            line = await asyncio.to_thread(read_line)
            typed = "/exit" if line is None else line.strip()
            if typed.lower() in LEAVE:
                return
            if typed:
                await self.send(typed)

    async def send(self, typed: str) -> None:
        """Send it as the platform does, with its repetitions, and show what comes back."""
        fields = fields_of(typed, self.menu)
        before = self.later
        reply = await self.platform.deliver(self.user, fields)
        if reply.text:
            show(f"\n关答> {reply.text}")
        elif not reply.handled:
            show(f"\n{BROKEN}")
        await asyncio.sleep(FOLLOWS)
        if reply.handled and not reply.text and self.later == before:
            show(f"\n{SILENT}")

    def show_sent(self, sent: Sent) -> None:
        """A message that the account sent by itself."""
        self.later += 1
        self.menu = sent.options
        show(f"\n关答> {sent.text}")
        for number, entry in enumerate(sent.options, 1):
            show(f"  [{entry['content']}]  （/tap {number}）")


def read_line() -> str | None:
    """What the user types; None at the end."""
    print("\n我> ", end="", flush=True)
    line = sys.stdin.readline()
    if line and not sys.stdin.isatty():
        show(line.strip())
    return line or None


def show(text: str) -> None:
    """Print at once."""
    print(text, flush=True)
