"""The pages as they come, without a browser: what they say, and what they may never do."""

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from tests.web.cards import HOSTILE
from tests.web.server import Server

PAGES = ("/chat", "/documents", "/documents/made-1", "/documents/bad-1", "/documents/none")
POINT = "p-第一条第（二）项"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("pages")) as running:
        yield running


class Tags(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def read(server: Server, path: str, **headers: str) -> str:
    reply = server.request("GET", path, headers=headers)
    assert reply.status == 200, reply.text
    return reply.text


def test_root_leads_to_the_conversation(server: Server) -> None:
    reply = server.request("GET", "/")
    assert (reply.status, reply.headers["Location"]) == (302, "/chat")


@pytest.mark.parametrize("path", PAGES)
def test_page_has_a_strict_policy_and_nothing_inline(server: Server, path: str) -> None:
    reply = server.request("GET", path)
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    for tag, attributes in Tags(reply.text).found:
        assert tag != "style"
        assert tag != "script" or attributes.get("src", "").startswith("/chat/static/")
        assert not {"style", "onerror", "onclick", "onload"} & set(attributes)
        for name in ("src", "href", "action"):
            assert not re.match(r"\w+:|//", attributes.get(name) or ""), "another host"


@pytest.mark.parametrize("path", PAGES[1:4])
def test_document_pages_need_no_script(server: Server, path: str) -> None:
    assert "<script" not in read(server, path)


def test_hostile_text_is_shown_as_text(server: Server) -> None:
    for path in ("/documents", "/documents/bad-1", f"/documents?q={quote('<img src')}"):
        html = read(server, path)
        tags = {tag for tag, attributes in Tags(html).found}
        assert "script" not in tags
        assert all("onerror" not in attributes for _, attributes in Tags(html).found)
        assert "&lt;img src" in html or "&lt;img</mark>" in html
    assert HOSTILE not in read(server, f"/documents?q={quote(HOSTILE)}")


def test_document_shows_all_that_is_known(server: Server) -> None:
    html = read(server, "/documents/made-1")
    for words in (
        "测试公告〔2024〕1号",
        "测试总署、测试商务部",
        "自发布之日起",
        "1号公告",
        "主动披露报告表",
        "旧公告第9号",
        "关于旧测试的公告",
        "已废止",
        "关于测试的公告（征求意见稿）",
        "责任单位：测试局",
        "2024-01-01 至 2030-12-31「两年以内」",
        "对原文版式的修复（2 处）",
        "— 7 —",
        "文头误入",
    ):
        assert words in html


def test_each_provision_can_be_linked_to(server: Server) -> None:
    ids = [a["id"] for _, a in Tags(read(server, "/documents/made-1")).found if "id" in a]
    assert POINT in ids
    assert "p-附件第1项" in ids
    assert len(ids) == len(set(ids))
    assert not any(re.search(r"\s", each or "") for each in ids)


def test_heading_between_the_rows_of_a_table_is_a_row_of_it(server: Server) -> None:
    html = read(server, "/documents/made-1")
    table = re.search(r"<table>.*?</table>", html, re.DOTALL)
    assert table
    assert table[0].count("<tr") == 4
    assert '<th scope="rowgroup" colspan="3">一、费用</th>' in table[0]


def test_validity_is_judged_for_the_date_asked(server: Server) -> None:
    assert "尚未施行" in read(server, "/documents/made-1?on=2023-06-01")
    assert "现行有效" in read(server, "/documents/old-1?on=2023-06-01")
    assert "已废止" in read(server, "/documents/old-1?on=x")


def test_search_finds_provisions_and_marks_them(server: Server) -> None:
    html = read(server, f"/documents?q={quote('主动披露 两年')}")
    assert "<mark>两年</mark>" in html
    assert f'href="/documents/made-1?lang=zh#{quote(POINT, safe="")}"' in html
    assert "关于旧测试的公告" not in html


def test_search_takes_half_and_full_width_alike(server: Server) -> None:
    assert "<mark>ＡＥＯ</mark>" in read(server, "/documents?q=aeo")


def test_search_by_name_and_validity(server: Server) -> None:
    assert "关于测试的公告" in read(server, f"/documents?q={quote('1号公告')}")
    html = read(server, "/documents?status=repealed")
    assert "关于旧测试的公告" in html
    assert "测试公告〔2024〕1号" not in html
    assert "没有找到" in read(server, f"/documents?q={quote('不存在的词')}")


def test_long_searches_are_cut_and_odd_ones_survive(server: Server) -> None:
    for words in ("a" * 5000, "%", "_", "\\", "\x00", "\udcff".encode("utf-8", "replace").decode()):
        assert server.request("GET", f"/documents?q={quote(words)}").status == 200


def test_unknown_document_is_a_404_page(server: Server) -> None:
    for path in ("/documents/none", f"/documents/{quote(HOSTILE, safe='')}"):
        reply = server.request("GET", path)
        assert reply.status == 404
        assert "没有这份文件" in reply.text
        assert "<script" not in reply.text


@pytest.mark.parametrize(
    ("query", "accepts", "language"),
    [
        ("", "", "zh-CN"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "de,zh-TW;q=0.5", "zh-CN"),
        ("?lang=en", "zh-CN", "en"),
        ("?lang=xx", "fr", "zh-CN"),
    ],
)
def test_language_is_asked_for_or_the_browsers(
    server: Server, query: str, accepts: str, language: str
) -> None:
    html = read(server, f"/documents{query}", **{"Accept-Language": accepts})
    assert f'<html lang="{language}">' in html


def test_other_language_keeps_the_search(server: Server) -> None:
    html = read(server, "/documents?q=aeo&status=in_force")
    assert "?q=aeo&amp;status=in_force&amp;lang=en" in html


def test_files_are_compressed_and_kept_by_browsers(server: Server) -> None:
    html = read(server, "/chat")
    (path,) = re.findall(r'src="(/chat/static/embed.js\?v=\w+)"', html)
    plain = server.request("GET", path)
    packed = server.request("GET", path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == plain.body
    assert "immutable" in packed.headers["Cache-Control"]
    again = server.request("GET", path, headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status == 304


def test_widget_is_asked_for_anew(server: Server) -> None:
    reply = server.request("GET", "/embed.js")
    assert reply.headers["Cache-Control"] == "no-cache"
    assert reply.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert reply.headers["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize("name", ["..%2fpages.py", "%2e%2e/pages.py", "x.js", ".", "embed.js%00"])
def test_only_our_files_are_served(server: Server, name: str) -> None:
    assert server.request("GET", f"/chat/static/{name}").status == 404


def test_unreachable_database_is_said(server: Server, tmp_path) -> None:
    broken = {"GUANDA_DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite'}"}
    (tmp_path / "policies.sqlite").touch()
    with Server(tmp_path, **broken) as other:
        reply = other.request("GET", "/documents")
    assert reply.status == 503
    assert "政策数据库暂时无法查询" in reply.text
