"""A question's vector from another process: used for that very text, and for no other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from policies_db.search import encoder as encoders
from policies_db.search.encoded import Encoded, Latest, given, known

VECTOR = np.arange(encoders.SIZE, dtype=np.float32) / 7
MINE = Encoded("use", "担保多少", VECTOR)


def test_the_way_changes_no_bit_of_it() -> None:
    back = Encoded.from_json(json.loads(json.dumps(MINE.as_json())))
    assert back is not None
    assert (back.encoder, back.text) == ("use", "担保多少")
    assert back.vector.tobytes() == VECTOR.tobytes()


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "vector",
        {},
        {**MINE.as_json(), "vector": None},
        {**MINE.as_json(), "vector": "no base64 at all"},
        {**MINE.as_json(), "vector": "AAA="},
        {**MINE.as_json(), "text": 3},
        Encoded("use", "担保多少", np.full(encoders.SIZE, np.nan)).as_json(),
    ],
)
def test_anything_else_is_no_vector(value: object) -> None:
    assert Encoded.from_json(value) is None


def test_it_is_for_that_text_and_that_encoder_within_the_block() -> None:
    assert known("use", "担保多少") is None
    with given(MINE):
        assert known("use", "担保多少") is VECTOR
        assert known("use", "担保 多少") is None
        assert known("use-2", "担保多少") is None
        with given(None):
            assert known("use", "担保多少") is None
    assert known("use", "担保多少") is None


async def test_one_message_does_not_know_the_vector_of_another() -> None:
    async def look(encoded: Encoded | None) -> bool:
        with given(encoded):
            await asyncio.sleep(0.01)
            return await asyncio.to_thread(lambda: known("use", "担保多少") is not None)

    assert await asyncio.gather(look(MINE), look(None), look(MINE)) == [True, False, True]


def test_the_oldest_vectors_go() -> None:
    kept = Latest(most=2)
    for text in "abac":
        kept.add(Encoded("use", text, VECTOR))
    assert [text for text in "abc" if kept.of(text)] == ["a", "c"]


class Counting:
    """Stands for the model, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.append(list(texts))
        return np.zeros((len(texts), encoders.SIZE), dtype=np.float32)


@pytest.fixture
def encoder() -> Iterator[encoders.UseEncoder]:
    made = encoders.UseEncoder.__new__(encoders.UseEncoder)
    made.name, made._model = "use", Counting()
    with given(MINE):
        yield made


@pytest.mark.parametrize("texts", [["别的"], ["先问 担保多少"], ["担保多少", "担保多少"]])
def test_other_texts_are_encoded(encoder: encoders.UseEncoder, texts: list[str]) -> None:
    assert not encoder.encode(texts).any()
    assert encoder._model.asked == [texts]


def test_that_text_is_not_encoded_again(encoder: encoders.UseEncoder) -> None:
    assert (encoder.encode(["担保多少"]) == VECTOR).all()
    assert encoder._model.asked == []


def test_a_vector_of_another_size_is_not_used(encoder: encoders.UseEncoder) -> None:
    with given(Encoded("use", "担保多少", VECTOR[:3])):
        assert encoder.encode(["担保多少"]).shape == (1, encoders.SIZE)
    assert encoder._model.asked == [["担保多少"]]
