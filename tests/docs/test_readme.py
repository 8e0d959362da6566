"""The READMEs cannot lie: their Python runs, their output is real, both say the same."""

import contextlib
import io
import re
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from tanzhe.cli.main import cli

ROOT = Path(__file__).parents[2]
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def fences(path: Path, language: str) -> list[str]:
    return [
        body for kind, body in FENCE.findall(path.read_text(encoding="utf-8")) if kind == language
    ]


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_python_prints_what_the_readme_says(path: Path) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(fences(path, "python")[0], {})
    assert said.getvalue() == fences(path, "text")[0]


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_the_park_says_what_the_readme_quotes(path: Path, tmp_path: Path) -> None:
    park = str(tmp_path / "park.xlsx")
    runner = CliRunner()
    assert runner.invoke(cli, ["park", "template", park, "--example"]).exit_code == 0
    said = runner.invoke(cli, ["park", "assess", park]).output.splitlines()
    quoted = fences(path, "text")[1].splitlines()
    assert [line for line in said if line in quoted] == quoted


def test_both_readmes_are_equally_complete() -> None:
    for kind in ("python", "text"):
        assert fences(READMES[0], kind) == fences(READMES[1], kind)
    commands = [
        [line.split("#")[0].strip() for body in fences(path, "sh") for line in body.splitlines()]
        for path in READMES
    ]
    assert commands[0] == commands[1]
    numbers = [set(re.findall(r"\d*\.\d{2,}", p.read_text(encoding="utf-8"))) for p in READMES]
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_the_page_of_breaks_says_what_its_python_gives() -> None:
    lines = fences(ROOT / "docs/turning/breaks.md", "python")[0].strip().splitlines()
    given: dict[str, object] = {}
    exec("\n".join(lines[:-2]), given)
    told, found = lines[-1].removeprefix("# "), repr(eval(lines[-2], given))
    assert OutputChecker().check_output(f"{told}\n", f"{found}\n", ELLIPSIS)


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in ROOT.glob("docs/**/*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_citation_and_ci_name_the_readme() -> None:
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    second = fences(READMES[0], "sh")[1].strip()
    assert second in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
