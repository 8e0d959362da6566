"""`tanzhe chronicle list`: wishes are met, lines are readable in both languages."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tanzhe.cli.main import cli
from tanzhe.errors import InputError


def listed(folder: Path, *arguments: str) -> str:
    found = CliRunner().invoke(
        cli, ["chronicle", "list", *arguments, "--workspace", str(folder)], catch_exceptions=False
    )
    assert found.exit_code == 0, found.output
    return found.stdout


def test_each_wish_narrows_the_list(tmp_path: Path) -> None:
    every = json.loads(listed(tmp_path, "--json"))
    assert len(every) == 691
    wishes = {
        ("--region", "云南"): lambda e: "CN-YN" in {p["code"] for p in e["places"]},
        ("--region", "全国"): lambda e: "CN" in {p["code"] for p in e["places"]},
        ("--industry", "水泥"): lambda e: {"cement", "building_materials"} & set(e["industries"]),
        ("--industry", "steel"): lambda e: "steel" in e["industries"],
        ("--kind", "project"): lambda e: e["kind"] == "project",
        ("--reviewed", "facts"): lambda e: e["reviewed"],
        ("--reviewed", "leads"): lambda e: not e["reviewed"],
        ("--until", "2016"): lambda e: e["dates"][0]["date"] <= "2016-12-31",
    }
    for wish, holds in wishes.items():
        found = {e["id"] for e in json.loads(listed(tmp_path, *wish, "--json"))}
        assert found == {e["id"] for e in every if holds(e)}
        assert 0 < len(found) < 691


def test_a_window_holds_what_began_before_and_still_acted(tmp_path: Path) -> None:
    text = listed(
        tmp_path,
        "--region",
        "湖北",
        "--since",
        "2020-03",
        "--until",
        "2020-03",
        "--reviewed",
        "facts",
    )
    assert "2020年1月24日—5月2日  湖北  湖北新冠一级响应  [降]" in text
    assert "2020年1月29日" not in text  # over on 13 February


def test_lines_say_kind_of_date_and_lead_in_one_language(tmp_path: Path) -> None:
    text = listed(tmp_path, "--industry", "cement", "--since", "2014", "--until", "2015")
    assert "2014年11月1日—2015年3月1日（生效）  新疆  新疆首创水泥错峰生产  [降]" in text
    english = CliRunner().invoke(
        cli,
        ["--lang", "en", "chronicle", "list", "--reviewed", "leads", "--workspace", str(tmp_path)],
    )
    assert "lead (not reviewed)" in english.stdout and "线索" not in english.stdout


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (("--region", "云男"), "云南"), (("--industry", "工业"), "是部门，不是行业"),
        (("--since", "去年"), "2021-05-10"), (("--kind", "rumour"), "rumour"),
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_met_is_refused(
    tmp_path: Path, wish: tuple[str, str], said: str
) -> None:
    words = ["chronicle", "list", *wish, "--workspace", str(tmp_path)]
    with pytest.raises((InputError, click.ClickException)) as caught:
        cli.main(words, prog_name="tanzhe", standalone_mode=False)
    assert said in str(caught.value)
