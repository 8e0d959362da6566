"""The site builds without a warning: every link leads somewhere, everything public is named."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tanzhe

ROOT = Path(__file__).parents[2]


def build(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    # Not quiet: a library that is told to be quiet counts no warnings, so nothing would be strict.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config)]
    return subprocess.run(
        [*command, "-d", str(site)], capture_output=True, text=True, timeout=1800, check=False,
        cwd=config.parent, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip


def test_the_site_builds_and_its_reference_is_complete(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    pytest.importorskip("mkdocstrings")
    done = build(ROOT / "mkdocs.yml", tmp_path)
    assert done.returncode == 0, done.stderr
    pages = {path: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html")}
    told = "".join(text for path, text in pages.items() if "reference" in path.parts)
    names = set(re.findall(r'<h2 id="[\w.]*?(\w+)" class="doc', told))
    functions = {name for name in tanzhe.__all__ if name[0].islower()}
    assert functions <= names
    for path, text in pages.items():
        assert not re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="https?://', text), path
    index = pages[tmp_path / "index.html"]
    for place in ("ARCHITECTURE", "CONTRIBUTING", "reference", "parks/assessment"):
        assert f'href="{place}/"' in index


def test_a_link_that_leads_nowhere_fails(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# a\n\n[b](nowhere.md)\n")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: a\ntheme: {name: readthedocs, highlightjs: false}\n")
    done = build(config, tmp_path / "site")
    assert done.returncode != 0 and "nowhere.md" in done.stderr
