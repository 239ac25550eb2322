"""When the stock Rasa that ours is measured against is trained anew."""

from pathlib import Path

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator

from bot import stock
from bot.settings import ROOT

RULE = "rules: [{rule: hello, steps: [{intent: greet}, {action: action_talk}]}]"
FILES = {
    "domain.yml": "version: '3.1'",
    "data/nlu/greet.yml": "nlu: []",
    "data/rules/talk.yml": RULE,
    "config.yml": "language: zh",
    "bot/nlu/intents.py": "",
    "data/notes.txt": "not read by Rasa",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(stock, "ROOT", tmp_path)
    monkeypatch.setattr(stock, "LEARNS_WITH", ("rasa",))
    return tmp_path


def change(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


@pytest.mark.parametrize("name", ["domain.yml", "data/nlu/greet.yml", "data/rules/talk.yml"])
def test_other_data_ask_for_another_model(project: Path, name: str) -> None:
    before = stock.key()
    change(project / name)
    assert stock.key() != before


@pytest.mark.parametrize("name", ["config.yml", "bot/nlu/intents.py", "data/notes.txt"])
def test_what_stock_does_not_learn_from_does_not(project: Path, name: str) -> None:
    before = stock.key()
    change(project / name)
    assert stock.key() == before


def test_another_pipeline_of_its_own_does(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stock.key()
    monkeypatch.setitem(stock.CONFIG, "language", "en")
    assert stock.key() != before


def test_another_version_of_rasa_does(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stock.key()
    monkeypatch.setattr(stock, "version", lambda package: "3.6.22")
    assert stock.key() != before


def test_rasas_own_validation_accepts_the_project() -> None:
    """`rasa train` refuses a project whose domain, slots and forms do not fit together."""
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")]
    )
    validator = Validator.from_importer(importer)
    assert validator.verify_domain_validity()
    assert validator.verify_form_slots()
    assert validator.verify_slot_mappings()
    assert validator.verify_forms_in_stories_rules()
    assert validator.verify_actions_in_stories_rules()
