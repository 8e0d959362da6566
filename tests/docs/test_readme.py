"""The READMEs cannot lie: their Python runs, their output is real, both say the same."""

import contextlib
import io
import re
import shlex
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from tanzhe.api.reports.audit import audit
from tanzhe.api.house.example import write_example
from tanzhe.api.reports.policy import read_policy
from tanzhe.api.series.turning import load, turning_points
from tanzhe.cli.main import cli
from tanzhe.errors import InputError
from tanzhe.policy.json import policy_json

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


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to begin in, with one workspace for both languages."""
    return tmp_path_factory.mktemp("newcomer")


# These say what they find by their exit code.
FINDS = ("tanzhe audit", "tanzhe park assess", "tanzhe meters check")


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_every_command_runs_as_printed(
    path: Path, newcomer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    language = "zh" if path.name == "README.zh.md" else "en"
    monkeypatch.setenv("TANZHE_WORKSPACE", str(newcomer / "workspace"))
    monkeypatch.setenv("TANZHE_LANG", language)
    (newcomer / language).mkdir()
    monkeypatch.chdir(newcomer / language)
    lines = [line for body in fences(path, "sh") for line in body.splitlines()]
    typed = [line.split("#")[0].strip() for line in lines]
    assert typed.index("tanzhe example example && cd example") < typed.index("tanzhe data list")
    for command in typed:
        if not command.startswith("tanzhe ") or "--find" in command:
            continue
        # These wait for a client or a browser: tests/mcp_server, tests/web.
        if command.startswith(("tanzhe mcp", "tanzhe serve")):
            continue
        own, _, then = command.partition(" && ")
        done = CliRunner().invoke(cli, shlex.split(own)[1:])
        allowed = (0, 1) if own.startswith(FINDS) else (0,)
        assert done.exit_code in allowed, f"{own}: {done.output} {done.exception!r}"
        assert done.stdout.strip(), own
        if then:
            monkeypatch.chdir(then.removeprefix("cd "))


def test_every_command_of_the_example_is_in_the_readme_and_nothing_is_overwritten(
    tmp_path: Path,
) -> None:
    made = write_example(tmp_path / "a")
    before = {file: file.read_bytes() for file in (tmp_path / "a").rglob("*") if file.is_file()}
    with pytest.raises(InputError) as caught:
        write_example(tmp_path / "a")
    assert len(caught.value.faults) == len(made)
    assert before == {file: file.read_bytes() for file in before}
    text = READMES[0].read_text(encoding="utf-8")
    for sample in made:
        assert (tmp_path / "a" / sample.name).exists()
        assert sample.name.split(".")[0] in text and sample.name in sample.command
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "notice.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError):
        write_example(tmp_path / "b")
    assert [one.name for one in (tmp_path / "b").iterdir()] == ["notice.txt"]
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError):
        write_example(tmp_path / "file" / "c")


def test_the_example_holds_what_it_promises(tmp_path: Path) -> None:
    write_example(tmp_path)
    points = turning_points(load("示例市", "工业", tmp_path / "mine.xlsx"))
    (found,) = points.of_scope("province")
    assert (found.date, found.kind, found.band) == ("2021-09", "step", "established")
    low, high = found.effect.percent_interval
    assert low < -20 < high  # what was put in
    result = audit(tmp_path / "their_report.md")
    assert {one.kind for one in result.findings} >= {
        "duplicate_item", "date_implausible", "publisher_type_overclaim",
    }  # fmt: skip
    read = read_policy(tmp_path / "notice.docx")
    assert policy_json(read)["document_numbers"] == ["示发改环资〔2026〕18号"]
    assert len(read_policy(tmp_path / "notice.txt").tasks) == len(read.tasks) == 4


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
