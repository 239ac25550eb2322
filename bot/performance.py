"""Shortcuts around what Rasa 3.6.21 does more than once or more than needed, in one place.

`GUANDA_PATCHES=off` turns all of them off. A test compares the Rasa code that each one replaces
with the code that was read when it was written (`REPLACED`), and fails when that changes.

What each is for, as measured (two cores, light pipeline, see docs/performance.md):

* `check_replies_once`: Rasa builds and checks its own JSON schema anew for each action reply, a
  third to three quarters of a message's time. The checked validator is kept; each reply is still
  validated against it.
* `find_events_by_name`: for each event that it reads back, Rasa walks through all subclasses of
  its event class; a long conversation is read back for each message.
* `bound_conversations`: the cost of a message grows with the conversation, without end, and for
  all users, since there is one event loop. After `MAX_EVENTS` a conversation goes on in a new
  session, which Rasa starts itself, slots carried over, as it does after a long silence.
* `run_graphs_directly`: Rasa has each message's three passes through the model planned by Dask,
  which orders and schedules what is a short chain.
* `know_the_empty_domain`: for each message Rasa builds an empty domain, to compare its own with.
* `copy_nothing_for_debugging`: Rasa copies all events for lines of its debug log, also where that
  is off.
* `list_no_events`: for each call of an action Rasa lists all events of the conversation, of which
  `bot/action_endpoint.py` needs the last only.
* `remember_fitting_rules`: for each prediction Rasa holds all rules against all states; a rule
  looks no further back than it is long, and the last states are of few kinds.
* `encode_ahead`: Rasa understands a message within its event loop, where nothing else goes on
  meanwhile; the sentence encoder is half of that.
* `without_tensorflow`: Rasa imports TensorFlow whatever is configured: seconds of start-up and
  350 MB. Where no configured component uses it, serving goes without.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import importlib.abc
import importlib.machinery
import inspect
import json
import logging
import operator
import sys
from collections.abc import Sequence
from types import ModuleType, SimpleNamespace
from typing import Any

import yaml

# Rasa components that compute with TensorFlow.
NEEDS_TENSORFLOW = frozenset(
    (
        "ConveRTFeaturizer",
        "DIETClassifier",
        "LanguageModelFeaturizer",
        "ResponseSelector",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
    )
)
_TENSORFLOW_PACKAGES = frozenset(("tensorflow", "tensorflow_hub", "tensorflow_text", "keras"))

MAX_EVENTS = 200  # of one session; a turn makes 6 to 12

# What is replaced or relied on, and the fingerprint of its source in Rasa 3.6.21.
REPLACED = {
    "rasa.core.actions.action:RemoteAction._action_call_format": "428795b944f22edb",
    "rasa.core.actions.action:RemoteAction._validate_action_result": "f8cdb4be68123961",
    "rasa.core.actions.action:RemoteAction.action_response_format_spec": "091b74aa3738d126",
    "rasa.core.actions.action:RemoteAction.run": "ccabf6f1160d527a",
    "rasa.core.policies.rule_policy:RulePolicy._get_possible_keys": "2915fd81711e194c",
    "rasa.core.policies.rule_policy:RulePolicy._is_rule_applicable": "64a108b016b46e57",
    "rasa.core.processor:MessageProcessor": "d9c6c4a59a18c2bf",
    "rasa.core.processor:MessageProcessor._has_session_expired": "aa0e659a9cfa1f70",
    "rasa.core.processor:MessageProcessor._update_tracker_session": "b0d44217b5ca28ba",
    "rasa.engine.graph:GraphNode.__call__": "66127a2bfb6fcf1e",
    "rasa.engine.runner.dask:DaskGraphRunner": "78a7d146c5c06d4c",
    "rasa.shared.core.domain:Domain.is_empty": "884be90ef485f1d2",
    "rasa.shared.core.events:Event.resolve_by_type": "b5cf570fa7f286c7",
    "rasa.utils.endpoints:EndpointConfig.request": "ccdb778aed8208e2",
}


def fingerprint(place: str) -> str:
    """First 16 digits of the SHA-256 of the source text of `module:Class.function`."""
    module, _, path = place.partition(":")
    found = operator.attrgetter(path)(importlib.import_module(module))
    return hashlib.sha256(inspect.getsource(found).encode()).hexdigest()[:16]


def apply() -> None:
    """Apply all shortcuts but `without_tensorflow`, which comes before Rasa is imported."""
    check_replies_once()
    find_events_by_name()
    bound_conversations()
    run_graphs_directly()
    know_the_empty_domain()
    copy_nothing_for_debugging()
    list_no_events()
    remember_fitting_rules()
    encode_ahead()


def needs_tensorflow(config: str) -> bool:
    """Whether the text of a config.yml names a component that computes with TensorFlow."""
    parsed = yaml.safe_load(config) or {}
    parts = [*(parsed.get("pipeline") or []), *(parsed.get("policies") or [])]
    names = {str(part.get("name")).rpartition(".")[2] for part in parts}
    return not parts or bool(names & NEEDS_TENSORFLOW)


class _Anything(type):
    """Metaclass of stand-ins: any attribute of one is another, so that class bodies can be read."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)


def _stand_in(name: str) -> Any:
    return _Anything(name, (), {"__init__": _refuse, "__class_getitem__": classmethod(_same)})


def _same(cls: type, _: Any) -> type:
    return cls


def _refuse(self: object, *arguments: Any, **options: Any) -> None:
    raise RuntimeError(
        "TensorFlow was left out because config.yml names no component that needs it;"
        " GUANDA_PATCHES=off loads it"
    )


class _StandInModule(ModuleType):
    """A module of which any attribute is a stand-in."""

    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)


class _StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Serves stand-in modules for TensorFlow and its companions."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in _TENSORFLOW_PACKAGES:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def without_tensorflow() -> None:
    """Let `import tensorflow` give stand-ins in this process; call it before Rasa is imported.

    Using one (calling or instantiating it) raises RuntimeError.
    """
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _StandInFinder())


def check_replies_once() -> None:
    """Validate action replies against a schema that is built and checked once."""
    import jsonschema
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    fields = schema["properties"]
    event = fields["events"]["items"]
    apart = kind({**schema, "properties": {**fields, "events": {"type": "array"}}})
    # of the alternatives that an event must fit one of, those that are for events of its name
    named: dict[str, list[Any]] = {}
    for alternative in event["oneOf"]:
        named.setdefault(alternative["properties"]["event"]["const"], []).append(alternative)
    events = {name: kind({**event, "oneOf": fitting}) for name, fitting in named.items()}
    original = RemoteAction._validate_action_result

    def fits(each: Any) -> bool:
        name = each.get("event") if isinstance(each, dict) else None
        return isinstance(name, str) and name in events and bool(events[name].is_valid(each))

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        # a reply that does not fit takes Rasa's own way, with its own message
        quick = apart.is_valid(result) and all(map(fits, result.get("events", ())))
        return quick or original(self, result)

    RemoteAction._validate_action_result = validate


def find_events_by_name() -> None:
    """Remember which class an event's name means."""
    from rasa.shared.core.events import Event

    Event.resolve_by_type = staticmethod(functools.lru_cache(maxsize=100)(Event.resolve_by_type))


def bound_conversations(max_events: int = MAX_EVENTS) -> None:
    """Start a new session after so many events, at twice as many also within a form."""
    from rasa.core.processor import MessageProcessor
    from rasa.shared.core.trackers import DialogueStateTracker

    original = MessageProcessor._has_session_expired

    def expired(self: MessageProcessor, tracker: DialogueStateTracker) -> bool:
        limit = max_events * (2 if tracker.active_loop_name else 1)
        return len(tracker.events) > limit or original(self, tracker)

    MessageProcessor._has_session_expired = expired


def run_graphs_directly() -> None:
    """Run the nodes of a graph as they are needed, each once."""
    import rasa.engine.runner.dask as runner

    def get(graph: dict[str, Any], targets: list[str]) -> list[Any]:
        done: dict[str, Any] = {}

        def result(name: str) -> Any:
            if name not in graph:
                return name  # as Dask does; the node says that it is missing
            if name not in done:
                node, *needed = graph[name]
                # what goes into the graph is (its name, itself)
                done[name] = node(*map(result, needed)) if callable(node) else graph[name]
            return done[name]

        return [result(target) for target in targets]

    runner.dask = SimpleNamespace(get=get)


def know_the_empty_domain() -> None:
    """Compare a domain with the empty one without building that each time."""
    from rasa.shared.core.domain import Domain

    empty = Domain.empty().as_dict()

    def is_empty(self: Domain) -> bool:
        return bool(self.as_dict() == empty)

    Domain.is_empty = is_empty


def copy_nothing_for_debugging() -> None:
    """Let the processor, which copies for its debug log only, copy nothing while that is off."""
    import rasa.core.processor as processor

    if not logging.getLogger(processor.__name__).isEnabledFor(logging.DEBUG):
        processor.copy = SimpleNamespace(deepcopy=lambda events: events)


def list_no_events() -> None:
    """Call actions with the last message or reply as the only event of the conversation so far."""
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import BotUttered, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

    original = RemoteAction._action_call_format

    class Brief:
        """A tracker that tells of the last event only."""

        def __init__(self, tracker: DialogueStateTracker) -> None:
            self.tracker = tracker
            self.sender_id = tracker.sender_id

        def current_state(self, _: EventVerbosity) -> dict[str, Any]:
            events = reversed(self.tracker.events)
            last = next((e for e in events if isinstance(e, (BotUttered, UserUttered))), None)
            state = self.tracker.current_state(EventVerbosity.NONE)
            return {**state, "events": [last.as_dict()] if last else []}

    def call(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        return original(self, Brief(tracker), domain)

    RemoteAction._action_call_format = call


def remember_fitting_rules(most: int = 1000) -> None:
    """Remember which rules fit the last states, as many of these as the longest rule has."""
    from rasa.core.policies.rule_policy import RulePolicy

    original = RulePolicy._get_possible_keys

    def possible(self: RulePolicy, lookup: dict[str, str], states: list[Any]) -> set[str]:
        known: dict[int, tuple[int, dict[str, set[str]]]] = vars(self).setdefault("fitting", {})
        if id(lookup) not in known:
            longest = max((len(self._rule_key_to_state(rule)) for rule in lookup), default=0)
            known[id(lookup)] = longest, {}
        longest, fitting = known[id(lookup)]
        last = states[-longest:] if longest else []
        kind = json.dumps(last, sort_keys=True)
        if kind not in fitting:
            if len(fitting) >= most:
                fitting.clear()
            fitting[kind] = original(self, lookup, last)
        return set(fitting[kind])

    RulePolicy._get_possible_keys = possible


def encode_ahead() -> None:
    """Encode messages in a thread, together with others that wait, before they are understood."""
    from rasa.core.channels.channel import UserMessage
    from rasa.core.processor import MessageProcessor

    from bot.nlu.ahead import Ahead
    from policies_db.search import load_encoder
    from policies_db.settings import encoder

    found = load_encoder(encoder())
    if found is None:
        return
    ahead = Ahead(found)
    original = MessageProcessor.parse_message

    async def parse(
        self: MessageProcessor, message: UserMessage, *arguments: Any, **options: Any
    ) -> dict[str, Any]:
        await ahead.encode(message.text or "")
        return await original(self, message, *arguments, **options)

    MessageProcessor.parse_message = parse
