"""The web channel as any program can call it, in the real Sanic app."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.kept import Kept
from tests.web.server import Reply, Server

FIRM = "https://firm.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("web"), GUANDA_WEB_ORIGINS=FIRM) as running:
        yield running


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    limits = {"GUANDA_WEB_RATE": "3", "GUANDA_WEB_ADDRESS_RATE": "8", "GUANDA_PROXIES": "1"}
    with Server(tmp_path_factory.mktemp("strict"), **limits) as running:
        yield running


class Person:
    """Somebody with a cookie."""

    def __init__(self, server: Server, **headers: str) -> None:
        self.server = server
        self.headers = headers
        self.cookie = ""
        self.number = 0

    def send(self, method: str, path: str, body: Any = None) -> Reply:
        cookie = {"Cookie": self.cookie} if self.cookie else {}
        reply = self.server.request(method, path, body, {**self.headers, **cookie})
        self.cookie = reply.cookie or self.cookie
        return reply

    def say(self, text: Any, **fields: Any) -> Reply:
        self.number += 1
        message = {"key": str(self.number), "text": text, **fields}
        return self.send("POST", "/chat/messages", message)

    def choose(self, turn: Any, choice: Any) -> Reply:
        self.number += 1
        message = {"key": str(self.number), "turn": turn, "choice": choice}
        return self.send("POST", "/chat/messages", message)

    def heard(self) -> dict[str, Any]:
        """What Rasa got from this person."""
        return json.loads(self.say("见到什么").json["turns"][1]["text"])


@pytest.fixture
def person(server: Server) -> Person:
    return Person(server)


def test_answer_comes_with_its_card_which_leads_to_the_reader(person: Person) -> None:
    asked, answered = person.say("有哪些优惠？").json["turns"]
    assert (asked["role"], asked["text"]) == ("user", "有哪些优惠？")
    (citation,) = answered["card"]["citations"]
    assert citation["url"].startswith("/documents/made-1#p-")
    assert person.server.request("GET", citation["url"].partition("#")[0]).status == 200


def test_server_derives_the_sender_and_drops_what_the_client_adds(person: Person) -> None:
    person.say("你好", sender="admin", sender_id="admin", metadata={"slot": 1}, input_channel="x")
    heard = person.heard()
    assert heard["sender"].startswith("web-")
    assert "admin" not in heard["sender"]
    assert heard["metadata"] is None


@pytest.mark.parametrize("typed", ['/inform{"amount": "1"}', "/restart", "\u200b/back"])
def test_no_message_is_a_command(person: Person, typed: str) -> None:
    person.say(typed)
    assert not person.heard()["heard"][0].startswith("/")


def test_suggestion_sends_the_payload_that_the_server_issued(person: Person) -> None:
    turn = person.say("优惠").json["turns"][1]["id"]
    asked, _ = person.choose(turn, 0).json["turns"]
    assert asked["text"] == "有效期到哪天？"
    assert person.heard()["heard"][1] == '/ask_validity{"document": "made-1"}'


def test_no_other_payload_is_taken(person: Person, server: Server) -> None:
    turn = person.say("优惠").json["turns"][1]["id"]
    stranger = Person(server)
    stranger.say("你好")
    assert person.choose(turn, 2).status == 404
    assert person.choose(turn, -1).status == 404
    assert person.choose(turn + 1000, 0).status == 404
    assert stranger.choose(turn, 0).status == 404
    assert person.choose("1", 0).status == 400
    assert person.choose(turn, True).status == 400
    person.send("POST", "/chat/messages", {"key": "p", "payload": "/restart"})
    assert person.heard()["heard"] == ["优惠", "见到什么"]


def test_cookie_is_set_with_the_first_message_only(person: Person) -> None:
    for path in ("/chat", "/documents", "/chat/session", "/embed.js"):
        assert person.send("GET", path).cookie == ""
    first = person.say("你好")
    attributes = set(first.headers["Set-Cookie"].split("; ")[1:])
    assert {"HttpOnly", "SameSite=Strict", "Path=/chat", "Max-Age=2592000"} <= attributes
    assert "Secure" not in attributes, "there is no https here"
    assert person.say("你好").cookie == ""


def test_forged_cookie_starts_another_conversation(person: Person, server: Server) -> None:
    person.say("优惠")
    other = Person(server)
    other.cookie = person.cookie[:-4] + "AAAA"
    assert other.send("GET", "/chat/session").json["turns"] == []
    assert other.say("你好").cookie


def test_same_key_is_answered_once(person: Person) -> None:
    first = person.say("优惠", key="k")
    again = person.say("优惠", key="k")
    assert first.json == again.json
    assert person.heard()["heard"] == ["优惠", "见到什么"]


def test_answer_is_kept_when_the_browser_leaves(person: Person, server: Server) -> None:
    person.say("你好")
    slow = threading.Thread(target=lambda: _leave(server, person.cookie))
    slow.start()
    slow.join()
    turns = person.send("GET", "/chat/session").json["turns"]
    assert [turn["role"] for turn in turns] == ["user", "assistant"] * 2
    assert turns[2]["text"] == "慢，优惠"


def _leave(server: Server, cookie: str) -> None:
    """Ask, and close the connection before there is an answer."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    body = json.dumps({"key": "slow", "text": "慢，优惠"})
    headers = {"Content-Type": "application/json", "Cookie": cookie}
    connection.request("POST", "/chat/messages", body, headers)
    time.sleep(0.4)
    connection.close()


def test_failure_is_said_and_may_be_tried_again(person: Person) -> None:
    text = f"出错{time.time()}"
    failed = person.say(text, key="f")
    assert failed.status == 503
    assert "secret" not in failed.text
    turns = person.send("GET", "/chat/session").json["turns"]
    assert [(turn["role"], turn["key"]) for turn in turns] == [("user", "f")]
    assert person.say(text, key="f").status == 200
    assert len(person.send("GET", "/chat/session").json["turns"]) == 2


def test_forgotten_conversation_is_gone(person: Person, server: Server) -> None:
    person.say("优惠")
    cookie = person.cookie
    kept = Kept(server.environment["GUANDA_TRACKER_URL"], 30)
    sender = person.heard()["sender"]
    assert kept.has(sender)
    gone = person.send("DELETE", "/chat/session")
    assert "Max-Age=0" in gone.headers["Set-Cookie"]
    assert not kept.has(sender), "neither does Rasa know it any more"
    person.cookie = cookie
    assert person.send("GET", "/chat/session").json["turns"] == []


def test_restart_keeps_the_conversation(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        person = Person(server)
        person.say("优惠")
        server.stop()
        server.start()
        session = person.send("GET", "/chat/session").json
        assert [turn["text"] for turn in session["turns"]] == ["优惠", "主动披露的，不予处罚。"]
        assert session["remembered"]


def test_forgotten_facts_are_told(person: Person, server: Server) -> None:
    person.say("优惠")
    kept = Kept(server.environment["GUANDA_TRACKER_URL"], 30)
    for sender in kept.senders():
        kept.forget(sender)
    assert person.send("GET", "/chat/session").json["remembered"] is False
    person.say("你好")
    assert person.send("GET", "/chat/session").json["remembered"]


def test_feedback_is_stored_with_question_card_and_provisions(
    person: Person, server: Server
) -> None:
    turn = person.say("优惠").json["turns"][1]["id"]
    person.send("POST", "/chat/feedback", {"turn": turn, "vote": "up"})
    vote = {"turn": turn, "vote": "down", "comment": "应当\x00引用第三条"}
    assert person.send("POST", "/chat/feedback", vote).status == 200
    with sqlite3.connect(server.folder / "conversations.sqlite") as database:
        (row,) = database.execute(
            "SELECT vote, comment, question, card, provision_ids FROM web_feedback"
            f" WHERE turn_id = {turn}"
        ).fetchall()
    assert row[:3] == ("down", "应当引用第三条", "优惠")
    assert json.loads(row[3])["answer"] == "主动披露的，不予处罚。"
    assert json.loads(row[4]) == ["made-1/第一条第（二）项"]
    assert person.send("GET", "/chat/session").json["turns"][1]["vote"] == "down"


def test_feedback_of_others_is_not_taken(person: Person, server: Server) -> None:
    asked, answered = person.say("优惠").json["turns"]
    stranger = Person(server)
    up = {"turn": answered["id"], "vote": "up"}
    assert stranger.send("POST", "/chat/feedback", up).status == 404
    stranger.say("你好")
    assert stranger.send("POST", "/chat/feedback", up).status == 404
    assert person.send("POST", "/chat/feedback", {**up, "turn": asked["id"]}).status == 404
    assert person.send("POST", "/chat/feedback", {**up, "vote": "9"}).status == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"null",
        b"[]",
        b"[" * 60_000,
        {},
        {"key": "k"},
        {"text": "a"},
        {"key": 1, "text": "a"},
        {"key": "k" * 65, "text": "a"},
        {"key": "k", "text": 5},
        {"key": "k", "text": "  "},
        {"key": "k", "text": "\u200b"},
    ],
    ids=lambda body: str(body)[:30],
)
def test_malformed_message_is_a_clear_400(person: Person, body: Any) -> None:
    reply = person.send("POST", "/chat/messages", body)
    assert reply.status == 400
    assert reply.json["error"]
    assert reply.cookie == ""


def test_size_is_limited(person: Person) -> None:
    assert person.say("税" * 2001).status == 413
    assert person.say("税" * 2000).status == 200
    assert person.send("POST", "/chat/messages", b'"' + b"x" * 70_000 + b'"').status == 413


def test_form_of_another_page_cannot_speak(server: Server) -> None:
    reply = server.request(
        "POST", "/chat/messages", b'{"key": "k", "text": "a"}', {"Content-Type": "text/plain"}
    )
    assert reply.status == 415


def test_other_origin_is_refused(server: Server) -> None:
    stranger = Person(server, Origin="https://evil.example")
    reply = stranger.say("你好")
    assert reply.status == 403
    assert "Access-Control-Allow-Origin" not in reply.headers
    assert stranger.send("OPTIONS", "/chat/messages").headers["Vary"] == "Origin"


def test_admitted_origin_gets_a_token_and_no_cookie(server: Server) -> None:
    page = Person(server, Origin=FIRM)
    preflight = page.send("OPTIONS", "/chat/messages")
    assert preflight.headers["Access-Control-Allow-Origin"] == FIRM
    first = page.say("优惠")
    assert first.headers["Access-Control-Allow-Origin"] == FIRM
    assert first.cookie == ""
    page.headers["Authorization"] = f"Bearer {first.json['token']}"
    assert len(page.send("GET", "/chat/session").json["turns"]) == 2
    assert "token" not in page.say("你好").json


def test_cookie_does_not_count_for_another_origin(person: Person, server: Server) -> None:
    person.say("优惠")
    page = Person(server, Origin=FIRM)
    page.cookie = person.cookie
    assert page.send("GET", "/chat/session").json["turns"] == []


def test_rate_is_limited_per_session(strict: Server) -> None:
    person = Person(strict, **{"X-Forwarded-For": "192.0.2.1"})
    assert [person.say("你好").status for _ in range(4)] == [200, 200, 200, 429]
    assert int(person.say("你好").headers["Retry-After"]) in range(1, 21)


def test_rate_is_limited_per_address_whatever_the_session(strict: Server) -> None:
    one = {"X-Forwarded-For": "192.0.2.2"}
    statuses = [Person(strict, **one).say("你好").status for _ in range(9)]
    assert statuses == [200] * 8 + [429]
    assert Person(strict, **one).send("GET", "/documents").status == 429
    assert Person(strict, **{"X-Forwarded-For": "192.0.2.3"}).say("你好").status == 200


def test_address_that_a_client_claims_is_not_believed(server: Server) -> None:
    """Without a proxy in front, X-Forwarded-For counts for nothing: the server still answers."""
    assert Person(server, **{"X-Forwarded-For": "not an address"}).say("你好").status == 200
