"""The page with the real assistant behind it: real model, real actions, real documents."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.launch import Assistant, free_port
from tests.web.browser import Visitor, chromium

pytestmark = [pytest.mark.slow, pytest.mark.e2e]


class Running:
    """The assistant with its conversations in a folder; it can be stopped and started again."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        patch.setenv("GUANDA_TRACKER_URL", f"sqlite:///{folder / 'conversations.sqlite'}")
        patch.setenv("GUANDA_TODAY", "2025-09-01")
        patch.setenv("GUANDA_ACTION_TIMEOUT", "60")  # a first answer on a busy machine takes long
        self.ports = free_port(), free_port()
        self.assistant: Assistant | None = None

    def start(self) -> None:
        self.assistant = Assistant(print, "127.0.0.1", *self.ports)
        self.assistant.__enter__()
        self.assistant.start()

    def stop(self) -> None:
        if self.assistant:
            self.assistant.__exit__(None, None, None)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ports[0]}"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with pytest.MonkeyPatch.context() as patch:
        each = Running(tmp_path_factory.mktemp("assistant"), patch)
        try:
            each.start()
            yield each
        finally:
            each.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture
def visitor(browser: Any, running: Running) -> Iterator[Visitor]:
    each = Visitor(browser, running.address)
    yield each
    each.close()
    assert each.complaints == []
    assert each.foreign() == []


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_answer_leads_to_the_provision_that_it_quotes(visitor: Visitor) -> None:
    visitor.go("/")
    answer = visitor.ask("预裁定展期要提前多久申请？")
    citation = answer.locator(".citation").first
    citation.locator("details:not([open]) > summary").evaluate_all("all => all.map(e => e.click())")
    quote = without_space(citation.locator("blockquote").inner_text())
    citation.get_by_role("link").click()
    target = visitor.page.locator(":target")
    target.wait_for()
    assert quote[:20] in without_space(target.inner_text())
    assert visitor.violations() == []


def test_decision_goes_on_after_a_restart(visitor: Visitor, running: Running) -> None:
    visitor.go("/chat")
    first = visitor.ask("我们漏缴了税款，现在主动披露，会被处罚吗？")
    assert first.locator(".outcome").inner_text() == "还需要补充信息"
    running.stop()
    running.start()
    visitor.page.reload()
    visitor.answers.nth(1).wait_for()
    assert visitor.page.locator(".note").count() == 0, "nothing was forgotten"
    last = visitor.ask("2025年6月1日报关的，准备9月1日向海关披露")
    assert last.locator(".outcome").inner_text() == "不予处罚"
    assert last.locator(".tests .met").count() > 0
    assert not re.search(r"[a-z]+_[a-z]+", last.locator("dl").inner_text()), "facts have names"
    assert visitor.violations() == []


def test_decision_quotes_first_what_decides(visitor: Visitor) -> None:
    visitor.go("/chat")
    answer = visitor.ask(
        "我们2025年6月1日报关的货物漏缴税款5万元，准备9月1日主动披露，会被处罚吗？"
    )
    assert answer.locator(".tests .not_met").count() == 0, "no exception applies"
    assert answer.locator(".tests .met").count() >= 3
    assert "第一条第（一）项" in answer.locator(".citation").first.inner_text()


@pytest.mark.quiet
def test_first_visit_is_small_and_quick(visitor: Visitor) -> None:
    painted, received = visitor.first_visit("/")
    assert painted < 1000
    assert received < 250_000


def test_what_is_not_in_the_documents_is_said(visitor: Visitor) -> None:
    visitor.go("/chat")
    answer = visitor.ask("明天重庆的天气怎么样？")
    assert answer.locator(".citation").count() == 0


def test_every_document_can_be_read(visitor: Visitor) -> None:
    visitor.go("/documents")
    links = visitor.page.locator(".documents h2 a")
    assert links.count() == 35
    for path in [link.get_attribute("href") for link in links.all()]:
        visitor.go(path)
        assert visitor.page.locator("[id^='p-']").count() > 0
    assert visitor.violations() == []
