"""The vector of a message: left by the understanding, taken by the call, known to the action."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa_sdk.events import SlotSet

from bot.action_endpoint import ActionEndpoint
from bot.action_server import threaded_executor
from bot.nlu.intents import NgramIntentClassifier
from policies_db.search.encoded import KEY, Encoded, known, latest

MINE = Encoded("stand-in", "担保多少", np.ones(512, dtype=np.float32))


class StandIn:
    """An encoder that tells what it was asked."""

    name = "stand-in"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return np.full((len(texts), 512), len(texts[0]), dtype=np.float32)


def component(encoder: StandIn | None) -> NgramIntentClassifier:
    config = {**NgramIntentClassifier.get_default_config(), "sentence_weight": 0}
    weights: Any = SimpleNamespace(ranking=lambda text, vector, config: [("greet", 1.0)])
    made = NgramIntentClassifier(config, None, None, weights)
    made._encoder = encoder
    return made


def call(text: str, **more: Any) -> dict[str, Any]:
    endpoint = ActionEndpoint("http://127.0.0.1:1/webhook", timeout=1)
    message = {"text": text, **more}
    return endpoint.call({"tracker": {"sender_id": "a", "latest_message": message}})


def test_a_message_is_encoded_once_and_its_vector_is_not_part_of_it() -> None:
    encoder = StandIn()
    message = Message({TEXT: "擔保多少?"})
    component(encoder).process([message])
    assert encoder.asked == ["担保多少?"]
    assert Encoded.from_json(call("擔保多少?")[KEY]).vector[0] == 5
    assert set(message.as_dict(only_output_properties=True)) == {INTENT, "intent_ranking", TEXT}


def test_without_an_encoder_there_is_no_vector() -> None:
    component(None).process([Message({TEXT: "没有编码器"})])
    assert KEY not in call("没有编码器")


def test_nobody_outside_supplies_a_vector() -> None:
    own = {KEY: MINE.as_json()}
    assert KEY not in call("外来的话", metadata=own, **own)


@pytest.mark.parametrize(("sent", "there"), [(MINE.as_json(), True), ("nonsense", False)])
async def test_an_action_knows_it_while_it_runs_and_no_longer(sent: object, there: bool) -> None:
    async def look(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        found = await asyncio.to_thread(known, MINE.encoder, MINE.text)
        return [SlotSet("known", found is not None)]

    executor = threaded_executor()()
    executor.register_function("action_look", look)
    tracker = {"sender_id": "a"}
    result = await executor.run({"next_action": "action_look", "tracker": tracker, KEY: sent})
    assert result["events"][0]["value"] is there
    assert known(MINE.encoder, MINE.text) is None
    assert latest.of("担保多少") is None
