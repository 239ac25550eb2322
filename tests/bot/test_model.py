"""When a model is made anew, and when it is reused."""

import subprocess
from pathlib import Path

import pytest

from bot import model

CONFIG = """
pipeline:
  - name: JiebaTokenizer
  - name: bot.nlu.facts.FactExtractor
    lexicon: words/facts.txt
policies: [{name: RulePolicy}]
"""
FILES = {
    "config.yml": CONFIG,
    "domain.yml": "version: '3.1'",
    "data/nlu/greet.yml": "nlu: []",
    "requirements/runtime.txt": "rasa==3.6.21",
    "words/facts.txt": "滞报金",
    "bot/__init__.py": "",
    "bot/nlu/__init__.py": "",
    "bot/nlu/facts.py": "from bot.nlu import units\nfrom . import numbers\n",
    "bot/nlu/units.py": "from policies_db.text import fold\n",
    "bot/nlu/numbers.py": "import re\n",
    "bot/shell.py": "print('not part of the model')",
    "policies_db/__init__.py": "",
    "policies_db/text.py": "def fold(): ...",
}
SHAPES = [name for name in FILES if name != "bot/shell.py"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(model, "ROOT", tmp_path)
    monkeypatch.setattr(model, "MODELS", tmp_path / "models")
    return tmp_path


def test_inputs_are_what_the_configuration_reaches(project: Path) -> None:
    found = {path.relative_to(project).as_posix() for path in model.inputs()}
    assert found == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_a_change_of_content_asks_for_a_new_model(project: Path, name: str) -> None:
    before = model.key()
    path = project / name
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert model.key() != before


def test_other_changes_do_not(project: Path) -> None:
    before = model.key()
    (project / "bot" / "shell.py").write_text("print('changed')", encoding="utf-8")
    (project / "config.yml").touch()
    assert model.key() == before


def test_model_of_the_same_content_is_reused(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model.processes, "run", lambda *_: pytest.fail("trained again"))
    (project / "models").mkdir()
    path = project / "models" / f"guanda-{model.key()}.tar.gz"
    path.touch()
    said: list[str] = []
    assert model.ensure(said.append) == path
    assert "up to date" in said[0]


def test_failed_training_is_one_line_and_leaves_no_model(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model.processes, "run", lambda *_: False)
    monkeypatch.setattr(model, "VAR", project / "var")
    with pytest.raises(model.TrainingError) as caught:
        model.ensure(lambda _: None)
    assert "\n" not in str(caught.value)
    assert not list(project.glob("models/*"))


def test_git_ignores_models() -> None:
    done = subprocess.run(
        ["git", "check-ignore", "-q", "models/guanda-0.tar.gz"],
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.returncode == 0
