"""Each change that users notice is told in a file of its own, and these become the changelog."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHANGES = ROOT / "changes"
TOLD = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]
KINDS = {one["directory"]: one for one in TOLD["type"]}
FILES = sorted(path for path in CHANGES.iterdir() if path.name != "README.md")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_change_is_one_paragraph_of_a_known_kind(path: Path) -> None:
    name, _, rest = path.name.partition(".")
    kind, _, ending = rest.partition(".")
    assert name and kind in KINDS and ending == "md", path.name
    text = path.read_text("utf-8")
    if KINDS[kind]["showcontent"]:
        assert text.strip().endswith((".", "。", ")")) and "\n\n" not in text.strip(), path.name
        assert not text.startswith(("#", "*", "-"))


def test_the_changes_become_the_changelog() -> None:
    pytest.importorskip("towncrier")
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "## 9.9.9" in done.stdout
    for path in FILES:
        first = path.read_text("utf-8").split("\n")[0]
        assert first[:40] in " ".join(done.stdout.split())
    assert TOLD["start_string"] in (ROOT / TOLD["filename"]).read_text("utf-8")
