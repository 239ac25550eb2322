"""The policy database's content held in memory: read once, and anew when it has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from policies_db import lookup, shelf
from policies_db.engine import engine_for, session_for
from policies_db.models import Base, Build, Document, Point, PointTopic, Provision
from policies_db.settings import today


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(shelf, "UNCHANGED_FOR", 0.0)
    address = f"sqlite:///{tmp_path / 'small.sqlite'}"
    Base.metadata.create_all(engine_for(address))
    with session_for(address) as session, session.begin():
        document = Document(id="one", position=0, title="一号公告", level="city", numbering="none")
        provision = Provision(
            id="one/1", position=0, label="第一条", kind="article", text="三日内。"
        )
        document.provisions = [provision]
        point = Point(
            id=1,
            provision_id="one/1",
            quote="三日内。",
            passage="三日内。",
            answer="三日",
            written=True,
        )
        point.topics = [PointTopic(topic="document")]
        session.add_all([document, point, Build(name="content", value="first")])
    return address


@pytest.fixture
def statements(url: str) -> Iterator[list[str]]:
    said: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(engine_for(url), "before_cursor_execute", note)
    yield said
    event.remove(engine_for(url), "before_cursor_execute", note)


def answer(url: str) -> tuple[str, str]:
    with shelf.reading(url) as session:
        cited = lookup.points(session, [1], today())[0]
        lookup.surroundings(session, cited)
        lookup.provisions_at(session, "one", "第一条")
        return cited.answer, lookup.full_text(session, "one")


def test_what_was_read_costs_no_further_statement(url: str, statements: list[str]) -> None:
    assert answer(url) == ("三日", "三日内。")
    statements.clear()
    assert answer(url) == ("三日", "三日内。")
    assert not [s for s in statements if "FROM build" not in s]


def test_no_transaction_stays_open(url: str) -> None:
    answer(url)
    assert engine_for(url).pool.checkedout() == 0  # type: ignore[attr-defined]


def test_new_content_is_read(url: str) -> None:
    answer(url)
    with session_for(url) as session, session.begin():
        session.get(Point, 1).answer = "五日"
        session.get(Provision, "one/1").text = "五日内。"
        session.get(Build, "content").value = "second"
    assert answer(url) == ("五日", "五日内。")


def test_one_thread_at_a_time_reads_and_may_read_again_meanwhile(url: str) -> None:
    done = threading.Event()
    with shelf.reading(url) as outer:
        with shelf.reading(url) as inner:
            assert inner is outer
        other = threading.Thread(target=lambda: (answer(url), done.set()))
        other.start()
        assert not done.wait(0.1)
    assert done.wait(10)
    other.join()


def test_nothing_is_written_through_it(url: str) -> None:
    def write() -> None:
        with shelf.reading(url) as session:
            session.get(Point, 1).answer = "nine"

    with pytest.raises(RuntimeError, match="reading only"):
        write()
    assert answer(url)[0] == "三日"


def test_after_an_error_it_is_read_anew(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), shelf.reading(url):
        raise ValueError("broken")
    assert answer(url)[0] == "三日"


def test_a_database_that_is_not_there_is_an_error_each_time(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(SQLAlchemyError), shelf.reading(f"sqlite:///{tmp_path / 'none.sqlite'}"):
            pass
