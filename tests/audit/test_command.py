"""The command as a user types it: output and exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.made import text_of
from tanzhe.cli.main import cli
from tanzhe.errors import InputError


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TANZHE_WORKSPACE", str(tmp_path / "space"))
    return tmp_path


def file(folder: Path, text: str, name: str = "r.md") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_nothing_wrong_is_exit_code_0(space: Path) -> None:
    done = CliRunner().invoke(cli, ["audit", file(space, text_of())])
    assert (done.exit_code, "没有发现问题" in done.stdout) == (0, True)
    assert "核对无误的字段" in done.stdout


def test_a_finding_is_exit_code_1(space: Path) -> None:
    done = CliRunner().invoke(cli, ["audit", file(space, text_of(when="2019年1月")), "--json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["summary"]["by_kind"]["date_out_of_window"] == 1


def test_bad_input_is_an_error_of_exit_code_2(space: Path) -> None:
    done = CliRunner().invoke(cli, ["audit", file(space, "")])
    assert isinstance(done.exception, InputError)
    assert done.exception.exit_code == 2


def test_a_page_is_written(space: Path) -> None:
    report = file(space, text_of(when="2019年1月"))
    out = space / "out"
    done = CliRunner().invoke(
        cli, ["audit", report, "--format", "html", "--lang", "en", "--out", str(out)]
    )
    assert done.exit_code == 1
    page = (out / "r_audit.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and "date outside the window" in page
    assert "://" not in page.split("<body>")[0]
