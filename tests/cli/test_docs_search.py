"""`tanzhe docs search` where nothing is found says how much was searched."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tanzhe.cli.main import cli


def test_nothing_found_says_how_much_was_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANZHE_WORKSPACE", str(tmp_path / "work"))
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in (("a.txt", "云南省有序用电方案\n2021年9月10日"), ("b.txt", "贵州省水泥简报")):
        (folder / name).write_text(text, encoding="utf-8")
    run = CliRunner()
    assert run.invoke(cli, ["docs", "add", str(folder)]).exit_code == 0
    none = run.invoke(cli, ["docs", "search", "碳税", "--lang", "zh"])
    assert (none.exit_code, none.stdout) == (0, "没有找到“碳税”：查了库里全部 2 份文件\n")
    assert "共 1 份文件" in run.invoke(cli, ["docs", "search", "水泥", "--lang", "zh"]).stdout
