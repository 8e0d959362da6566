"""`tanzhe effect` as a user types it."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tanzhe.cli.main import cli
from tanzhe.cli.shared.aligned import width
from tanzhe.cli.shared.failure import wrong_use
from tanzhe.errors import InputError

ONE = ("effect", "上海", "水泥", "--date", "2022-04", "--until", "2022-05", "--sign", "down")


@pytest.fixture(autouse=True)
def _own_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANZHE_WORKSPACE", str(tmp_path))


def test_one_event_in_both_languages_and_as_json() -> None:
    said = CliRunner().invoke(cli, [*ONE, "--words", "封控", "--lang", "zh"]).stdout
    assert said.splitlines()[1] == "事件：封控（2022年4月—5月），预期下降。"
    assert "判断：有作用" in said and "万吨" in said
    english = CliRunner().invoke(cli, [*ONE, "--lang", "en"]).stdout
    assert "Verdict: an effect" in english
    tree = json.loads(CliRunner().invoke(cli, [*ONE, "--json"]).stdout)
    assert tree["verdict"] == "effect" and tree["product"] == "cement"
    assert set(tree) >= {"event", "region", "window", "effect", "p_value", "donors", "checks"}
    assert all({"name", "passed", "says"} == set(check) for check in tree["checks"])


def test_the_table_of_a_province_fits_the_terminal() -> None:
    done = CliRunner().invoke(cli, ["effect", "上海", "水泥", "--all", "--lang", "zh"])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert max(width(line) for line in lines) <= 80
    assert any(line.startswith("共测算") for line in lines)
    tree = json.loads(CliRunner().invoke(cli, ["effect", "上海", "水泥", "--all", "--json"]).stdout)
    assert tree["region"] == "CN-SH" and tree["by_chance"] >= 0


@pytest.mark.parametrize(
    "typed",
    [
        ("effect", "云南"),
        ("effect", "云南", "水泥"),
        ("effect", "云南", "水泥", "--date", "2021-05", "--event", "x"),
        ("effect", "云南", "水泥", "--date", "2021-09", "--until", "2021-05"),
        ("effect", "云南", "水泥", "--event", "no-such-event"),
    ],
)
def test_what_is_not_asked_clearly_is_refused(typed: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli, list(typed))
    assert isinstance(done.exception, InputError)


def test_as_of_a_month_later_figures_are_not_used() -> None:
    done = CliRunner().invoke(cli, [*ONE, "--as-of", "2022-05", "--json"])
    tree = json.loads(done.stdout)
    assert tree["series"]["last"] == "2022-05" and tree["after"] is None


@pytest.mark.parametrize("date", ["2022年4月", "2022/4", "202204", "2022.4"])
def test_dates_as_people_type_them(date: str) -> None:
    plain = json.loads(CliRunner().invoke(cli, [*ONE, "--json"]).stdout)
    typed = json.loads(CliRunner().invoke(cli, [*ONE[:4], date, *ONE[5:], "--json"]).stdout)
    del plain["manifest"], typed["manifest"]  # the time of the run
    assert typed == plain


def test_a_choice_that_is_none_is_told_with_what_may_be_written() -> None:
    run = CliRunner().invoke(cli, [*ONE[:-1], "下降", "--lang", "zh"])
    assert run.exit_code == 2
    with pytest.raises(click.ClickException) as caught:
        cli.main([*ONE[:-1], "下降"], standalone_mode=False)
    assert wrong_use(caught.value).zh == "--sign 不能是“下降”，可写 'down', 'up'"
