"""Chat as a WeChat user would: `make wechat-sim`, or `make wechat-sim ARGS=--wecom`.

What is typed goes through the real channel, signed and encrypted, and what the user would see comes
back. `/follow`, `/image`, `/voice 文字`, `/click 键` and `/unfollow` play the other things that a
user can do; `/exit` ends it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

from bot import database, launch, model, settings
from bot.processes import Stopped, stoppable
from tests.standin.interface import Sent
from tests.standin.running import Running, running
from tests.standin.sender import Platform, text_fields

USER = "sim-user"
LEAVE = ("/exit", "/quit", "exit", "quit", "退出")
FAILURES = (launch.LaunchError, model.TrainingError, database.DatabaseError)


def fields_of(typed: str, menu: list[dict[str, str]]) -> dict[str, str]:
    """The message or event that somebody means; `menu` is what can be clicked."""
    command, _, rest = typed.partition(" ")
    if typed.isdecimal() and 0 < int(typed) <= len(menu):
        entry = menu[int(typed) - 1]
        return {**text_fields(entry["content"]), "bizmsgmenuid": entry["id"]}
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
    return text_fields(typed)


class Chat:
    """One user's screen."""

    def __init__(self, platform: Platform, world: Running) -> None:
        self.platform = platform
        self.menu: list[dict[str, str]] = []
        world.interface.on_sent = self.show_sent

    async def run(self) -> None:
        """Until the user leaves."""
        print("/follow /image /voice 文字 /click 键 /unfollow，/exit 离开")
        await self.send("/follow")
        while True:
            try:
                typed = (await asyncio.to_thread(input, "\n我> ")).strip()
            except EOFError:
                return
            if typed.lower() in LEAVE:
                return
            if typed:
                await self.send(typed)

    async def send(self, typed: str) -> None:
        """Send it as the platform does, with its repetitions, and show what comes back."""
        fields = fields_of(typed, self.menu)
        self.menu = []
        reply = await self.platform.deliver(USER, fields)
        if reply.text:
            print(f"\n关答> {reply.text}")
        elif not reply.handled:
            print("\n（该公众号提供的服务出现故障，请稍后再试）")
        await asyncio.sleep(1.5)  # what follows a reply

    def show_sent(self, sent: Sent) -> None:
        """A message that was not a reply."""
        print(f"\n关答> {sent.text}")
        for number, entry in enumerate(sent.options, 1):
            print(f"  [{number}] {entry['content']}")
        self.menu = sent.options


async def main(wecom: bool) -> None:
    """Start everything and chat."""
    async with running(lambda text: print(text, file=sys.stderr)) as world:
        account, channel = (world.app, "wecom") if wecom else (world.account, "wechat")
        async with Platform(world.url(channel), account) as platform:
            await Chat(platform, world).run()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="chat through the WeChat channel")
    parser.add_argument("--wecom", action="store_true", help="through the WeCom app's instead")
    given = parser.parse_args()
    settings.check_or_exit()
    try:
        with stoppable(), contextlib.suppress(Stopped):
            asyncio.run(main(given.wecom))
    except FAILURES as error:
        sys.exit(f"guanda: {error}")
