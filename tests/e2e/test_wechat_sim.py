"""`make wechat-sim`: what staff type and see."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.settings import ROOT
from tests.standin.chat import fields_of

TYPED = """\
铁路快通的箱子半路坏了要换柜，先找谁？
/image
/unfollow
/follow
1
高级认证企业有哪些优惠？
/exit
"""


def test_commands_play_what_a_user_can_do() -> None:
    menu = [{"id": "menu-0", "content": "条件"}]
    assert fields_of("/follow", [])["Event"] == "subscribe"
    assert fields_of("/unfollow", [])["Event"] == "unsubscribe"
    assert fields_of("/click ask:退税", [])["EventKey"] == "ask:退税"
    assert fields_of("/image", [])["MsgType"] == "image"
    assert fields_of("/voice 退税", [])["Recognition"] == "退税"
    assert fields_of("/tap 1", menu)["bizmsgmenuid"] == "menu-0"
    assert fields_of("/tap 2", menu)["Content"] == "/tap 2"
    assert fields_of("1", menu)["Content"] == "1", "a number is typed as users type it"


def chat(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.standin", *arguments],
        input=TYPED,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.e2e
@pytest.mark.parametrize(
    "arguments", [(), ("--wecom",), ("--mode=plain", "--unverified")], ids=" ".join
)
def test_staff_see_what_a_user_sees(arguments: tuple[str, ...]) -> None:
    screen = chat(*arguments).split("\n我> ")
    greeting, answer, image, left, back, chosen, typed, _ = screen
    for greeted in (greeting, back):
        assert "我能做这些" in greeted
        assert "回复数字继续：\n1. 高级认证企业有哪些优惠？\n" in greeted
    assert "「" in answer
    assert "出处：《" in answer
    assert "文字" in image
    assert left.rstrip().endswith("（没有回复）")
    assert "关答> （1/" in chosen
    if "--unverified" in arguments:  # what it could not send is read message by message
        assert "关答> （2/" in typed
        assert typed.rstrip().endswith("（未完，回复「继续」看下文）")
        assert "关答> （3/" not in typed
    else:
        assert typed.partition("\n")[2] == chosen.partition("\n")[2], "the number was the question"
