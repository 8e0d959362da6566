"""--as-of: nothing later than the month is used, and that is said."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tanzhe.cli.main import cli


@pytest.mark.parametrize("command", ["episodes", "peak"])
def test_a_command_asked_as_of_a_month_ends_there_and_says_so(command: str, tmp_path: Path) -> None:
    asked = [command, "云南", "cement", "--as-of", "2021-06", "--workspace", str(tmp_path)]
    found = CliRunner().invoke(cli, [*asked, "--json"])
    assert found.exit_code == 0, found.output
    tree = json.loads(found.stdout)
    assert tree["series"]["last"] == "2021-06"
    assert any("按月截断" in note for note in tree["notes"])
    lines = CliRunner().invoke(cli, [*asked, "--lang", "en"]).stdout
    assert "cut at the month" in lines
