"""The built widget: made from these sources, small, and calling nobody."""

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

from bot.settings import ROOT
from tests.web.browser import needed

FRONTEND = ROOT / "bot" / "web" / "frontend"
BUNDLE = ROOT / "bot" / "web" / "static" / "embed.js"


def test_bundle_is_what_the_sources_build(tmp_path: Path) -> None:
    built = FRONTEND / "node_modules" / "esbuild"
    needed("npm ci in bot/web/frontend", shutil.which("node") is not None and built.exists())
    made = tmp_path / "embed.js"
    subprocess.run(["node", "build.mjs", str(made)], cwd=FRONTEND, check=True, capture_output=True)
    assert made.read_bytes() == BUNDLE.read_bytes(), "run `npm run build` in bot/web/frontend"


def test_bundle_is_small_and_names_no_host() -> None:
    script = BUNDLE.read_text(encoding="utf-8")
    assert len(gzip.compress(script.encode())) < 20_000
    assert set(re.findall(r"\w+://[^\"'`\s]+", script)) == {"http://www.w3.org/2000/svg"}
    for word in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert word not in script


def test_lock_file_names_no_registry() -> None:
    lock = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "http" not in lock
    package = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package, "nothing of others is in the bundle"
    assert all(re.fullmatch(r"[\d.]+", version) for version in package["devDependencies"].values())
