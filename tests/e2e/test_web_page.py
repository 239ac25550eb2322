"""The page, the widget and the reader in a real browser, with a stand-in for Rasa.

What the real assistant says on the page is in test_web_assistant.py.
"""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.kept import Kept
from bot.launch import free_port
from tests.web.browser import Visitor, chromium
from tests.web.cards import CARDS, HOSTILE
from tests.web.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.e2e]
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
BUDGET = 250_000  # bytes over the wire until the page can be used
FIRST_PAINT = 1000  # milliseconds


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A folder that is served as another company's site."""
    folder, port = tmp_path_factory.mktemp("firm"), free_port()
    handler = functools.partial(_Quiet, directory=str(folder))
    site = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield folder, port
    site.shutdown()
    site.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, firm: tuple[Path, int]) -> Iterator[Server]:
    origin = f"http://localhost:{firm[1]}"
    with Server(tmp_path_factory.mktemp("web"), GUANDA_WEB_ORIGINS=origin) as running:
        yield running


@pytest.fixture
def visitor(browser: Any, server: Server) -> Iterator[Visitor]:
    each = Visitor(browser, server.address)
    yield each
    each.close()
    assert each.complaints == []
    assert each.foreign() == []


def phone(browser: Any, server: Server, **options: Any) -> Visitor:
    return Visitor(browser, server.address, **{**PHONE, **options})


def test_question_answer_and_the_way_to_its_source(visitor: Visitor) -> None:
    visitor.go("/")
    answer = visitor.ask("有哪些优惠？")
    assert "主动披露的，不予处罚。" in answer.inner_text()
    assert "现行有效" in answer.inner_text()
    answer.get_by_role("link", name="关于测试的公告").click()
    target = visitor.page.locator(":target")
    target.wait_for()
    assert "超过六个月但在两年以内" in target.inner_text()
    title = visitor.page.locator(".back").bounding_box()
    assert title["y"] >= 0, "one sees which document this is"
    assert title["y"] + title["height"] <= target.bounding_box()["y"] < 800
    visitor.page.go_back()
    visitor.answers.nth(1).wait_for()


def test_decision_over_several_turns(visitor: Visitor) -> None:
    visitor.go("/chat")
    first = visitor.ask("漏缴5万元处罚吗")
    assert "还缺少" in first.inner_text()
    second = visitor.ask("三月份发生的")
    tests = second.locator(".tests li")
    assert [each.inner_text().split("\n")[0][0] for each in tests.all()] == ["✓", "✗"]
    assert "不符合: " in tests.nth(1).text_content()
    assert second.locator("dd").all_inner_texts() == ["5万元", "是"]


def test_suggestion_is_a_button(visitor: Visitor) -> None:
    visitor.go("/chat")
    visitor.ask("优惠")
    visitor.page.get_by_role("button", name="谁发布的？").click()
    visitor.answers.nth(2).wait_for()
    assert visitor.page.locator(".user").last.inner_text().strip().endswith("谁发布的？")
    assert visitor.page.locator(".suggestions").count() == 0, "old suggestions go away"


def test_reload_and_restart_keep_the_conversation(visitor: Visitor, server: Server) -> None:
    visitor.go("/chat")
    visitor.ask("优惠")
    visitor.page.reload()
    visitor.answers.nth(1).wait_for()
    server.stop()
    server.start()
    visitor.page.reload()
    visitor.answers.nth(1).wait_for()
    assert "主动披露的" in visitor.answers.last.inner_text()
    assert visitor.page.locator(".note").count() == 0, "nothing was forgotten"


def test_what_the_assistant_no_longer_knows_is_said(visitor: Visitor, server: Server) -> None:
    visitor.go("/chat")
    visitor.ask("优惠")
    kept = Kept(server.environment["GUANDA_TRACKER_URL"], 30)
    for sender in kept.senders():
        kept.forget(sender)
    visitor.page.reload()
    visitor.answers.nth(1).wait_for()
    assert "请把条件再说一遍" in visitor.page.locator(".note").inner_text()


def test_one_sees_that_an_answer_is_on_its_way(visitor: Visitor) -> None:
    visitor.go("/chat")
    visitor.box.fill("慢慢查优惠")
    visitor.box.press("Enter")
    visitor.page.get_by_role("status").get_by_text("正在查询").wait_for()
    assert visitor.page.locator(".dots").is_visible()
    visitor.answers.nth(1).wait_for()
    assert visitor.page.locator(".dots").count() == 0


def test_badge_tells_validity_in_words_colour_and_dates(visitor: Visitor) -> None:
    visitor.go("/chat")
    colours = {}
    for word, told in (("优惠", "现行有效"), ("过期", "已失效"), ("草案", "征求意见稿")):
        badge = visitor.ask(word).locator(".badge").first
        assert badge.inner_text() == told
        colours[told] = badge.evaluate("badge => getComputedStyle(badge).color")
    assert len(set(colours.values())) == 3
    assert "2024-01-01 至 2025-10-10" in visitor.answers.nth(2).inner_text()


def test_failure_can_be_tried_again(browser: Any, server: Server) -> None:
    visitor = Visitor(browser, server.address)
    visitor.go("/chat")
    visitor.box.fill("出错一次的优惠")
    visitor.box.press("Enter")
    retry = visitor.page.get_by_role("button", name="重试")
    retry.wait_for()
    assert visitor.page.get_by_role("alert").inner_text()
    visitor.page.reload()
    retry.wait_for()
    retry.click()
    visitor.answers.nth(1).wait_for()
    assert "主动披露的" in visitor.answers.last.inner_text()
    assert visitor.page.locator(".user").count() == 1
    visitor.close()


def test_server_that_is_gone_is_said(browser: Any, server: Server) -> None:
    visitor = Visitor(browser, server.address)
    visitor.go("/chat")
    visitor.ask("优惠")
    server.stop()
    visitor.box.fill("清单")
    visitor.box.press("Enter")
    retry = visitor.page.get_by_role("button", name="重试")
    retry.wait_for()
    server.start()
    retry.click()
    visitor.answers.nth(2).wait_for()
    assert "共有六项" in visitor.answers.last.inner_text()
    visitor.close()


def test_feedback_is_given_with_a_comment(visitor: Visitor, server: Server) -> None:
    from bot.web.store import Store

    visitor.go("/chat")
    answer = visitor.ask("过期")
    answer.get_by_role("button", name="没有帮助").click()
    answer.get_by_label("补充说明").fill("应当说明新的规定")
    answer.get_by_role("button", name="提交").click()
    answer.get_by_text("谢谢").wait_for()
    visitor.page.wait_for_timeout(300)
    given = Store(server.environment["GUANDA_TRACKER_URL"], 30).feedback()[-1]
    assert (given.vote, given.comment, given.question) == ("down", "应当说明新的规定", "过期")
    assert given.provision_ids == ["made-1/第一条第（二）项"]
    visitor.page.reload()
    pressed = visitor.answers.nth(1).get_by_role("button", name="没有帮助")
    pressed.wait_for()
    assert pressed.get_attribute("aria-pressed") == "true"


def test_hostile_text_is_shown_as_text(visitor: Visitor) -> None:
    visitor.go("/chat")
    answer = visitor.ask("恶意" + HOSTILE)
    assert answer.inner_text().count(HOSTILE) >= 5
    assert visitor.page.locator(".user").last.inner_text().endswith(HOSTILE)
    assert visitor.page.get_by_role("button", name=HOSTILE).count() == 1
    visitor.go("/documents/bad-1")
    visitor.page.reload()
    visitor.go("/documents")
    assert visitor.page.evaluate("window.broken") is None
    assert visitor.page.locator("main img").count() == 0


def test_long_answers_and_lists_are_folded(visitor: Visitor) -> None:
    visitor.go("/chat")
    answer = visitor.ask("清单")
    assert answer.locator("article.citation:visible").count() == 3
    answer.get_by_text("另有 3 条依据").click()
    assert answer.locator("article.citation:visible").count() == 6
    words = answer.locator("> .words")
    folded = words.bounding_box()["height"]
    answer.get_by_role("button", name="展开全文").click()
    assert words.bounding_box()["height"] > folded


def test_answer_is_copied_with_its_source(visitor: Visitor) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.go("/chat")
    answer = visitor.ask("优惠")
    answer.get_by_role("button", name="复制").click()
    answer.get_by_text("已复制").wait_for()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    for words in (
        "主动披露的，不予处罚。",
        "「超过六个月",
        "《关于测试的公告》",
        "现行有效",
        "/documents/made-1#",
    ):
        assert words in copied


def test_new_conversation_forgets_the_old_one(visitor: Visitor) -> None:
    from playwright.sync_api import expect

    visitor.go("/chat")
    visitor.ask("优惠")
    visitor.page.get_by_role("button", name="新对话").click()
    # a locator, since polling a script is an eval, which the page forbids
    expect(visitor.page.locator("guanda-chat .turn")).to_have_count(1)
    visitor.page.reload()
    visitor.page.wait_for_timeout(300)
    assert visitor.answers.count() == 1


def test_everything_can_be_done_with_the_keyboard(visitor: Visitor) -> None:
    visitor.go("/chat")
    keyboard = visitor.page.keyboard
    keyboard.press("Tab")
    assert "跳到正文" in _focused(visitor)
    for _ in range(9):
        keyboard.press("Tab")
        if _focused(visitor) == "输入问题":
            break
    keyboard.type("优惠")
    keyboard.press("Shift+Enter")
    keyboard.press("Backspace")
    keyboard.press("Enter")
    visitor.answers.nth(1).wait_for()
    assert _focused(visitor) == "输入问题", "one can go on typing"
    keyboard.press("Shift+Tab")
    assert "谁发布的" in _focused(visitor), "the suggestions come before the box"
    keyboard.press("Enter")
    visitor.answers.nth(2).wait_for()


def test_keyboard_opens_quotes_votes_and_leads_to_the_source(visitor: Visitor) -> None:
    visitor.go("/chat")
    answer = visitor.ask("比较")
    assert answer.locator("details[open]").count() == 1
    for wanted in ("没有帮助", "条文原文", "关于测试的公告"):
        for _ in range(9):
            visitor.page.keyboard.press("Shift+Tab")
            if wanted in _focused(visitor):
                break
        else:
            raise AssertionError(f"{wanted} is not reached")
        visitor.page.keyboard.press("Enter")
        if wanted == "没有帮助":
            answer.get_by_label("补充说明").wait_for()
        if wanted == "条文原文":
            assert answer.locator("details[open]").count() == 2
    visitor.page.locator(":target").wait_for()


def _focused(visitor: Visitor) -> str:
    return visitor.page.evaluate(
        """() => {
            let at = document.activeElement;
            while (at && at.shadowRoot) at = at.shadowRoot.activeElement;
            return at ? at.getAttribute('aria-label') || at.textContent : '';
        }"""
    )


def test_enter_that_ends_a_word_does_not_send(visitor: Visitor) -> None:
    visitor.go("/chat")
    visitor.box.fill("优惠")
    visitor.box.evaluate(
        """box => box.dispatchEvent(
            new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true})
        )"""
    )
    assert visitor.box.input_value() == "优惠"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("shape", ["desktop", "phone"])
def test_axe_finds_nothing(browser: Any, server: Server, scheme: str, shape: str) -> None:
    options = {"color_scheme": scheme, **(PHONE if shape == "phone" else {})}
    visitor = Visitor(browser, server.address, **options)
    visitor.go("/chat")
    for word in CARDS:
        visitor.ask(word)
    visitor.page.get_by_role("button", name="没有帮助").first.click()
    for details in visitor.page.locator("guanda-chat details:not([open]) > summary:visible").all():
        details.click()
    assert visitor.violations() == []
    for path in ("/documents?q=测试", "/documents/made-1#p-第一条第（二）项", "/documents/none"):
        visitor.go(path)
        for summary in visitor.page.locator("summary").all():
            summary.click()
        assert visitor.violations() == [], path
    visitor.close()


def test_phone_and_zoom_need_no_sideways_scrolling(browser: Any, server: Server) -> None:
    # 200% zoom of a 1280 × 800 window is a window of 640 × 400
    for size in ({"width": 320, "height": 560}, {"width": 640, "height": 400}):
        visitor = Visitor(browser, server.address, viewport=size)
        visitor.go("/chat")
        visitor.ask("清单")
        visitor.ask("三月")
        assert visitor.box.is_visible()
        for path in ("/chat", "/documents", "/documents/made-1"):
            visitor.go(path)
            width = visitor.page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], path
        visitor.close()


def test_reader_works_without_script(browser: Any, server: Server) -> None:
    visitor = Visitor(browser, server.address, java_script_enabled=False)
    visitor.go("/chat")
    visitor.page.get_by_role("main").get_by_role("link", name="政策文件").click()
    visitor.page.get_by_label("查找文件和条文").fill("主动披露 两年")
    visitor.page.get_by_role("button", name="查找").click()
    visitor.page.get_by_role("link", name="第一条第（二）项").click()
    assert "不予处罚" in visitor.page.locator(":target").inner_text()
    visitor.page.get_by_text("对原文版式的修复").click()
    assert visitor.page.get_by_text("文头误入").is_visible()
    visitor.close()


def test_reader_can_be_printed(visitor: Visitor) -> None:
    visitor.go("/documents/made-1")
    visitor.page.emulate_media(media="print")
    assert not visitor.page.get_by_role("navigation").first.is_visible()
    assert visitor.page.get_by_text("超过六个月").first.is_visible()
    assert len(visitor.page.pdf()) > 1000


def test_widget_on_the_page_of_a_firm(browser: Any, server: Server, firm: tuple[Path, int]) -> None:
    folder, port = firm
    script = f'<script src="{server.address}/embed.js" data-lang="en"></script>'
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="en"><title>Firm</title><link rel="icon" href="data:,">'
        f"<main><h1>Firm</h1></main>{script}",
        encoding="utf-8",
    )
    visitor = Visitor(browser, f"http://localhost:{port}", locale="en-US")
    visitor.go("/index.html")
    opener = visitor.page.get_by_role("button", name="Open the policy assistant")
    opener.click()
    box = visitor.page.get_by_role("textbox", name="Your question")
    box.fill("优惠")
    box.press("Enter")
    visitor.answers.nth(1).wait_for()
    link = visitor.answers.nth(1).get_by_role("link")
    assert link.get_attribute("href").startswith(f"{server.address}/documents/made-1#")
    assert link.get_attribute("target") == "_blank"
    assert visitor.violations() == []
    visitor.page.keyboard.press("Escape")
    assert opener.get_attribute("aria-expanded") == "false"
    visitor.page.reload()
    opener.click()
    visitor.answers.nth(1).wait_for()
    assert visitor.context.cookies() == []
    assert visitor.complaints == []
    visitor.close()


def test_widget_is_refused_on_other_pages(
    browser: Any, server: Server, firm: tuple[Path, int]
) -> None:
    folder, port = firm
    (folder / "other.html").write_text(f'<script src="{server.address}/embed.js"></script>')
    visitor = Visitor(browser, f"http://127.0.0.1:{port}")
    visitor.go("/other.html")
    visitor.page.get_by_role("button", name="打开政策助手").click()
    visitor.box.fill("优惠")
    visitor.box.press("Enter")
    visitor.page.get_by_role("alert").wait_for()
    assert visitor.answers.count() == 1
    visitor.close()


def test_english_by_browser_language(browser: Any, server: Server) -> None:
    visitor = Visitor(browser, server.address, locale="en-GB")
    visitor.go("/chat")
    visitor.page.get_by_role("textbox", name="Your question").wait_for()
    visitor.page.get_by_role("link", name="Documents").click()
    assert "In force" in visitor.page.locator(".badge").first.inner_text()
    visitor.page.get_by_role("link", name="中文").click()
    assert "现行有效" in visitor.page.locator(".badge").first.inner_text()
    visitor.close()


@pytest.mark.quiet
def test_first_visit_is_small_and_quick(visitor: Visitor) -> None:
    painted, received = visitor.first_visit("/")
    assert painted < FIRST_PAINT
    assert 5_000 < received < BUDGET
