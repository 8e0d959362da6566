"""The reference of the Python interface builds without a warning and names everything public."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import tanzhe

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_the_reference_builds_and_is_complete(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    pytest.importorskip("mkdocstrings")
    site = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-f"]
    done = subprocess.run(
        [*command, str(REFERENCE / "mkdocs.yml"), "-d", str(site)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    names = set(re.findall(r'<h2 id="[\w.]*?(\w+)" class="doc', told))
    functions = {name for name in tanzhe.__all__ if name[0].islower()}
    assert functions <= names
    assert not re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="https?://', told)
