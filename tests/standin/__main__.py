"""Chat as a WeChat user would: `make wechat-sim`, or `make wechat-sim ARGS=--wecom`.

It makes a throw-away account, starts the assistant for it, and plays the platform: what is typed is
signed, encrypted and posted to the web hook, repeated as the platform repeats it, and what the user
would see comes back. Accounts in the environment are not touched.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import secrets
import sys

from bot import database, launch, model, settings
from bot.messaging.settings import MODES
from bot.processes import Stopped, stoppable
from tests.standin.chat import Chat
from tests.standin.running import running
from tests.standin.sender import Platform

FAILURES = (launch.LaunchError, model.TrainingError, database.DatabaseError)


def report(text: str) -> None:
    """Progress, beside the conversation."""
    print(text, file=sys.stderr, flush=True)


async def main(wecom: bool, mode: str, unverified: bool) -> None:
    """Start everything and chat."""
    async with running(report, mode) as world:
        world.interface.right = not unverified
        account, channel = (world.app, "wecom") if wecom else (world.account, "wechat")
        async with Platform(world.url(channel), account) as platform:
            await Chat(platform, world.interface, f"sim-{secrets.token_hex(4)}").run()


def parser() -> argparse.ArgumentParser:
    """The options."""
    options = argparse.ArgumentParser(
        prog="make wechat-sim", description="chat through the real WeChat channel; ARGS='…'"
    )
    options.add_argument("--wecom", action="store_true", help="a WeCom app instead")
    options.add_argument("--mode", choices=MODES, default="safe", help="encryption of the account")
    options.add_argument(
        "--unverified", action="store_true", help="an account without the customer-service right"
    )
    return options


if __name__ == "__main__":
    given = parser().parse_args()
    settings.check_or_exit()
    try:
        with stoppable(), contextlib.suppress(Stopped):
            asyncio.run(main(given.wecom, given.mode, given.unverified))
    except FAILURES as error:
        sys.exit(f"guanda: {error}")
