"""The REST channel in the real Sanic app, with a stand-in for the agent behind it."""

import asyncio
import http.client
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import rasa.core.run
from rasa.core.channels.channel import UserMessage

from bot import serve
from bot.channels.rest import RestInput
from bot.launch import free_port

WEBHOOK = "/webhooks/rest/webhook"


class Agent:
    """Answers with what it was given; some messages make it fail or stay silent."""

    def __init__(self) -> None:
        self.seen: list[UserMessage] = []

    async def handle_message(self, message: UserMessage) -> None:
        self.seen.append(message)
        if message.text == "boom":
            raise RuntimeError("a secret inside")
        if message.text != "silence":
            await message.output_channel.send_text_message(message.sender_id, "好的")
            await message.output_channel.send_custom_json(message.sender_id, {"kind": "rule"})


class Server:
    """The app under test in a thread of its own: its agent, and requests to it.

    Sanic can build one app in a process, so all tests share it.
    """

    def __init__(self, channel: RestInput) -> None:
        self.channel = channel
        self.app = rasa.core.run.configure_app([channel], cors=None, enable_api=False)
        serve.harden(self.app)
        self.agent = self.app.ctx.agent = Agent()
        self.port = free_port()
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        assert ready.wait(20)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)
        starting = self.app.create_server("127.0.0.1", self.port, return_asyncio_server=True)
        server = self.loop.run_until_complete(starting)
        self.loop.run_until_complete(server.startup())
        ready.set()
        self.loop.run_forever()
        server.server.close()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)

    def request(
        self, method: str, path: str, data: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Status, content type and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, data, headers or {})
            reply = connection.getresponse()
            return reply.status, reply.headers["Content-Type"], reply.read().decode()
        finally:
            connection.close()

    def post(self, body: Any, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        status, _, text = self.request("POST", WEBHOOK, data, headers)
        return status, json.loads(text)

    def ask(self, message: Any, **fields: Any) -> tuple[int, Any]:
        return self.post({"sender": "me", "message": message, **fields})


@pytest.fixture(scope="module")
def open_server() -> Iterator[Server]:
    server = Server(RestInput(max_message=50, token=""))
    yield server
    server.stop()


@pytest.fixture
def server(open_server: Server) -> Server:
    open_server.agent.seen.clear()
    return open_server


@pytest.fixture
def guarded(server: Server) -> Iterator[Server]:
    server.channel.token = "secret"
    yield server
    server.channel.token = ""


def test_request_and_reply_have_rasas_shape(server: Server) -> None:
    assert server.ask("退税要几天") == (
        200,
        [
            {"recipient_id": "me", "text": "好的"},
            {"recipient_id": "me", "custom": {"kind": "rule"}},
        ],
    )


def test_caller_cannot_set_metadata_or_channel(server: Server) -> None:
    server.ask("退税", metadata={"slot": 1}, input_channel="wechat")
    (message,) = server.agent.seen
    assert (message.metadata, message.input_channel) == (None, "rest")


def test_without_a_sender_each_request_is_a_conversation_of_its_own(server: Server) -> None:
    server.post({"message": "一"})
    server.post({"message": "二"})
    first, second = (message.sender_id for message in server.agent.seen)
    assert first != second
    assert "default" not in (first, second)


@pytest.mark.parametrize(
    "typed",
    ['/inform{"amount": "1"}', "/restart", "/session_start", "\x00/restart", "\u200b/back", "//x"],
)
def test_no_message_is_a_command(server: Server, typed: str) -> None:
    status, _ = server.ask(typed)
    assert status == 200
    assert not server.agent.seen[0].text.startswith("/")


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\x00\x01", "\u200b"])
def test_empty_message_is_answered_with_a_card(server: Server, typed: str) -> None:
    status, messages = server.ask(typed)
    assert status == 200
    assert not server.agent.seen
    assert messages[-1]["custom"]["kind"] == "clarify"
    assert messages[-1]["custom"]["citations"] == []


def test_long_message_is_answered_with_a_card(server: Server) -> None:
    status, messages = server.ask("税" * 51)
    assert status == 200
    assert not server.agent.seen
    assert "50" in messages[-1]["custom"]["answer"]


@pytest.mark.parametrize("typed", ["boom", "silence"])
def test_failure_is_said_and_tells_nothing_of_the_inside(server: Server, typed: str) -> None:
    status, messages = server.ask(typed)
    assert status == 200
    assert messages[-1]["custom"]["kind"] == "refusal"
    assert "secret" not in str(messages)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"{",
        b"\xff\xfe",
        b'{"message": "\xe7\xa8"}',
        b"null",
        b"[]",
        b'"text"',
        b"1" * 5000,
        b"[" * 100_000,
        {"sender": "me"},
        {"message": None},
        {"message": 5},
        {"message": ["a"]},
        {"message": {"text": "a"}},
        {"message": "a", "sender": 5},
        {"message": "a", "sender": ["x"]},
        {"message": "a", "sender": ""},
        {"message": "a", "sender": "a\x00b"},
        {"message": "a", "sender": "\ud800"},
        {"message": "a", "sender": "s" * 201},
    ],
    ids=lambda body: str(body)[:40],
)
def test_malformed_request_is_a_clear_4xx(server: Server, body: Any) -> None:
    status, reply = server.post(body)
    assert status == 400
    assert set(reply) == {"error"}
    assert not server.agent.seen


def test_lone_surrogate_in_a_message_is_dropped(server: Server) -> None:
    status, _ = server.post(b'{"sender": "me", "message": "\\ud800ok"}')
    assert status == 200
    assert server.agent.seen[0].text == "ok"


def test_huge_body_is_refused(server: Server) -> None:
    data = b'{"message": "' + b"x" * serve.MAX_BODY + b'"}'
    status, _, _ = server.request("POST", WEBHOOK, data)
    assert status == 413


@pytest.mark.parametrize(
    ("path", "expected"), [("/%3Cscript%3Ealert(1)%3C/script%3E", 404), (WEBHOOK, 405)]
)
def test_error_pages_are_json(server: Server, path: str, expected: int) -> None:
    status, kind, _ = server.request("GET", path)
    assert (status, kind) == (expected, "application/json")


@pytest.mark.parametrize(
    ("typed", "last"), [("退税", "rule"), ("boom", "refusal"), ("", "clarify")]
)
def test_stream_answers_line_by_line_and_ends(server: Server, typed: str, last: str) -> None:
    data = json.dumps({"sender": "me", "message": typed}).encode()
    status, _, text = server.request("POST", WEBHOOK + "?stream=true", data)
    assert status == 200
    assert [json.loads(line) for line in text.splitlines()][-1]["custom"]["kind"] == last


def test_token_is_asked_for(guarded: Server) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "secret"}):
        status, _ = guarded.post({"message": "退税"}, headers)
        assert status == 401
    assert not guarded.agent.seen
    status, _ = guarded.post({"message": "退税"}, {"Authorization": "Bearer secret"})
    assert status == 200
