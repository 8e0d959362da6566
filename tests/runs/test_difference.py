"""What moved between two runs is named once, and feed readers get it in forms they read."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

from runs.conftest import city, table
from tanzhe.api.batches.batch import Run, batch
from tanzhe.api.batches.tasks import Ask
from tanzhe.cli.main import cli
from tanzhe.runs.difference import _kind, difference, matched
from tanzhe.runs.difference_page import difference_markdown
from tanzhe.runs.feed import atom, feed, json_feed

ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = "城<b>&\u202e*"


def episode(
    begin: str, depth: float = -20.0, end: str | None = None, **other: Any
) -> dict[str, Any]:
    row = {
        "begin": begin, "begin_first": begin, "begin_last": begin, "end": end, "band": "possible",
        "depth_percent": depth, "shape": "step", "scope": "province",
    }  # fmt: skip
    return {**row, **other}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (episode("2021-03"), episode("2021-03"), None),
        (episode("2021-03"), episode("2021-04"), "moved"),
        (episode("2021-03"), episode("2021-03", end="2022-03"), "moved"),
        (episode("2021-03"), episode("2021-03", depth=-21.5), None),
        (episode("2021-03"), episode("2021-03", depth=-23.0), "resized"),
        (episode("2021-03"), episode("2021-03", band="established", depth=-40), "recertified"),
        (episode("2021-03"), episode("2021-03", shape="slide"), "reshaped"),
    ],
)
def test_what_is_not_as_it_was(before: Any, after: Any, kind: str | None) -> None:
    assert _kind(before, after) == kind


def test_episodes_are_matched_once_by_direction_and_time() -> None:
    first, second = episode("2020-02", end="2020-05"), episode("2021-03")
    nearer, up = episode("2021-04"), episode("2021-03", depth=15.0)
    pairs = matched([first, second], [episode("2020-06", end="2020-09"), nearer, up])
    assert (second, nearer) in pairs and (first, None) in pairs
    assert sum(before is None for before, _ in pairs) == 2 and len(pairs) == 4
    # Of two that overlap with it the nearest begin is the same episode.
    far, near = episode("2019-01", end="2021-12"), episode("2021-02", end="2021-12")
    assert (second, near) in matched([second], [far, near])


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """Two vintages of one table: a fall that is gone, a new one, a city that is new."""
    home = tmp_path_factory.mktemp("pair")
    held = {NASTY: city(0, 0.25), "城1": city(1), "城2": city(2)}
    old = table(home / "2024.csv", held)
    new = table(
        home / "2025.csv", {NASTY: city(0), "城1": city(1, 0.3, 30), "城2": city(2), "城3": city(3)}
    )
    return (
        batch(Ask(data=str(old)), out=home / "old"),
        batch(Ask(data=str(new)), out=home / "new"),
    )


def test_what_moved_between_vintages(pair: tuple[Run, Run]) -> None:
    old, new = pair
    found = difference(old.folder, new.folder)
    told = {(one.kind, one.region) for one in found.changes}
    assert ("gone", NASTY) in told and ("new", "城1") in told and ("series_new", "城3") in told
    assert found.series == 3 and found.inputs == ("2024.csv", "2025.csv")
    assert not any(one.fresh for one in found.changes)  # both tables end in the same month
    back = difference(new.folder, old.folder)
    assert {("new", NASTY), ("gone", "城1"), ("series_gone", "城3")} <= {
        (one.kind, one.region) for one in back.changes
    }
    assert difference(old.folder, old.folder).changes == ()


def test_the_command_in_each_form(pair: tuple[Run, Run]) -> None:
    runs = [str(one.folder) for one in pair]
    for language, words in (("zh", "新出现"), ("en", "new (")):
        said = CliRunner().invoke(cli, ["--lang", language, "diff", *runs])
        assert said.exit_code == 0 and words in said.output, said.output
    tree = json.loads(CliRunner().invoke(cli, ["diff", *runs, "--json"]).stdout)
    assert tree["summary"]["gone"] >= 1 and tree["summary"]["new"] >= 1
    assert all(one["words"] for one in tree["changes"])
    assert (
        CliRunner().invoke(cli, ["diff", *runs, "--check"], standalone_mode=False).return_value == 1
    )
    same = ["diff", runs[0], runs[0], "--check"]
    assert CliRunner().invoke(cli, same, standalone_mode=False).return_value == 0
    page = difference_markdown(difference(*(one.folder for one in pair)), "zh")
    assert "<b>" not in page.replace("\\<b\\>", "") and "# " in page


def test_a_table_is_run_first(pair: tuple[Run, Run], tmp_path: Path) -> None:
    path = table(tmp_path / "mine.csv", {"城2": city(2)})
    said = CliRunner().invoke(
        cli, ["diff", str(path), str(path), "--workspace", str(tmp_path / "space"), "--json"]
    )
    assert said.exit_code == 0 and json.loads(said.stdout)["changes"] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_feeds_are_valid(pair: tuple[Run, Run], language: Any) -> None:
    old, new = pair
    made = feed(new.folder, old.folder, language)
    root = etree.fromstring(atom(made, "https://example.org/a?b=1&c=2").encode())
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    assert root.find(f"{ATOM}link").get("rel") == "self"
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) >= 2
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(ids)) == len(ids) and all(one.startswith("urn:uuid:") for one in ids)
    for one in entries:
        assert one.findtext(f"{ATOM}title") and one.findtext(f"{ATOM}content")
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated")).tzinfo is not None
    tree = json.loads(json_feed(made))
    assert tree["version"] == "https://jsonfeed.org/version/1.1" and tree["title"]
    assert [one["id"] for one in tree["items"]] == ids
    assert all(one["content_text"] for one in tree["items"])
    assert feed(new.folder, old.folder, language) == made


def test_one_run_is_a_feed_too(run: Run, tmp_path: Path) -> None:
    said = CliRunner().invoke(cli, ["feed", str(run.folder), "--out", str(tmp_path)])
    assert said.exit_code == 0
    root = etree.parse(str(tmp_path / "feed.atom")).getroot()
    assert len(root.findall(f"{ATOM}entry")) == run.manifest.outputs.episodes
    assert len(json.loads((tmp_path / "feed.json").read_text("utf-8"))["items"]) > 0
