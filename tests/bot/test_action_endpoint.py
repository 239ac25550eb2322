"""The line to the action server: what the user is told when it is cut."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import numpy as np
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.action_endpoint import ActionEndpoint, unavailable
from bot.launch import free_port
from policies_db.search.encoded import KEY, Encoded, latest

OK = {"events": [], "responses": [{"text": "好的"}]}
CALL = {"next_action": "action_answer"}
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ActionServer:
    """A stand-in whose answer can be changed."""

    def __init__(self) -> None:
        self.answer: Answer = self.fine
        self.calls = 0

    @staticmethod
    async def fine(request: web.Request) -> web.Response:
        return web.json_response(OK)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        return await self.answer(request)


@pytest.fixture
def actions() -> ActionServer:
    return ActionServer()


@pytest_asyncio.fixture
async def endpoint(actions: ActionServer) -> AsyncIterator[ActionEndpoint]:
    app = web.Application()
    app.router.add_post("/webhook", actions.handle)
    server = TestServer(app)
    await server.start_server()
    line = ActionEndpoint.of(EndpointConfig(str(server.make_url("/webhook"))), timeout=1)
    yield line
    await line.close()
    await server.close()


async def test_reply_is_handed_on_over_one_connection(
    endpoint: ActionEndpoint, actions: ActionServer
) -> None:
    peers = set()

    async def note(request: web.Request) -> web.Response:
        peers.add(request.transport.get_extra_info("peername"))
        return await actions.fine(request)

    actions.answer = note
    for _ in range(3):
        assert await endpoint.request(json=CALL, method="post", timeout=300) == OK
    assert len(peers) == 1


async def test_errors_and_delays_become_a_plain_word_and_the_next_call_works(
    endpoint: ActionEndpoint, actions: ActionServer
) -> None:
    async def fails(request: web.Request) -> web.Response:
        return web.json_response({"error": "a secret"}, status=500)

    async def hangs(request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return await actions.fine(request)

    async def babbles(request: web.Request) -> web.Response:
        return web.Response(text="{", content_type="application/json")

    for trouble in (fails, hangs, babbles):
        actions.answer = trouble
        reply = await endpoint.request(json=CALL)
        assert reply["responses"][0]["custom"]["kind"] == "refusal"
        assert "secret" not in str(reply)
        actions.answer = actions.fine
        assert await endpoint.request(json=CALL) == OK


async def test_rejection_is_rasas_own_business(
    endpoint: ActionEndpoint, actions: ActionServer
) -> None:
    async def rejects(request: web.Request) -> web.Response:
        return web.json_response({"action_name": "action_answer"}, status=400)

    actions.answer = rejects
    with pytest.raises(ClientResponseError):
        await endpoint.request(json=CALL)


async def test_a_form_is_not_asked_about_a_message_that_was_answered(
    endpoint: ActionEndpoint, actions: ActionServer
) -> None:
    answered = [{"event": "user"}, {"event": "bot"}, {"event": "slot"}]
    for events, calls in ((answered, 0), ([*answered, {"event": "user"}, {"event": "slot"}], 1)):
        actions.calls = 0
        body = {"next_action": "validate_a_form", "tracker": {"events": events}}
        reply = await endpoint.request(json=body)
        assert reply == (OK if calls else {"events": [], "responses": []})
        await endpoint.request(json={**body, "next_action": "action_answer"})
        assert actions.calls == calls + 1


async def test_connection_that_was_closed_meanwhile_is_opened_again(
    endpoint: ActionEndpoint, actions: ActionServer
) -> None:
    async def hangs_up_once(request: web.Request) -> web.Response:
        if actions.calls == 1:
            request.transport.close()
        return await actions.fine(request)

    actions.answer = hangs_up_once
    assert await endpoint.request(json=CALL) == OK


async def test_no_server_at_all_is_said_at_once() -> None:
    line = ActionEndpoint(f"http://127.0.0.1:{free_port()}/webhook", timeout=15)
    started = asyncio.get_running_loop().time()
    reply = await line.request(json=CALL)
    await line.close()
    assert asyncio.get_running_loop().time() - started < 1
    card = reply["responses"][0]["custom"]
    assert card["answer"] == reply["responses"][0]["text"]
    assert (card["type"], card["version"], card["citations"]) == ("policy_answer", 1, [])


@pytest.mark.parametrize("action", ["action_session_start", "validate_slots"])
def test_actions_around_a_message_fail_in_silence(action: str) -> None:
    assert unavailable(action) == {"events": [], "responses": []}


async def test_it_waits_until_the_server_answers() -> None:
    port = free_port()
    endpoint = ActionEndpoint(f"http://127.0.0.1:{port}/webhook", 5)
    waiting = asyncio.create_task(endpoint.wait(10))
    await asyncio.sleep(0.5)
    assert not waiting.done()
    app = web.Application()
    app.router.add_get("/health", ActionServer.fine)
    server = TestServer(app, port=port)
    await server.start_server()
    assert await waiting
    await server.close()
    assert not await endpoint.wait(0.3)
    await endpoint.close()


def said(text: str | None, **more: object) -> dict[str, object]:
    events = [{"event": "user", "text": "早"}]
    return {"tracker": {"latest_message": {"text": text}, "events": events}, **more}


@pytest.fixture
def line() -> ActionEndpoint:
    return ActionEndpoint("http://127.0.0.1:1/webhook", timeout=1)


def test_the_vector_of_the_message_goes_with_the_call(line: ActionEndpoint) -> None:
    encoded = Encoded("use", "低压接电几天", np.ones(512, dtype=np.float32))
    latest.add(encoded)
    assert line.call(said("低壓接電幾天"))[KEY] == encoded.as_json()  # the same when normalised
    for text in ("低压接电几天呢", None):
        assert KEY not in line.call(said(text))


def test_earlier_events_are_not_sent_unless_told_to(line: ActionEndpoint) -> None:
    body = said("早")
    whole = ActionEndpoint("http://127.0.0.1:1/webhook", timeout=1, whole=True)
    assert line.call(body)["tracker"] == {"latest_message": {"text": "早"}, "events": []}
    assert whole.call(body) == body
    assert body == said("早")
