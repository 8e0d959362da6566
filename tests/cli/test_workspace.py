"""Which workspace a command works in: a mistyped one is no empty one; and what its log shows."""

import json
import re
from pathlib import Path

import pytest

from cli.asked import tanzhe
from tanzhe.workspace import Workspace
from tanzhe.workspace.log import note

SHOWING = (
    ("docs", "search", "限电"), ("docs", "list"), ("docs", "check"), ("docs", "remove", "a.txt"),
    ("workspace", "log"), ("workspace", "check"), ("workspace", "backup", "b.zip"),
    ("data", "remove", "x"), ("meters", "month"), ("track", "list"),
)  # fmt: skip


@pytest.mark.parametrize("command", SHOWING, ids=" ".join)
def test_a_mistyped_workspace_is_told_and_none_is_made(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for place in (tmp_path / "projcet", photos):
        done = tanzhe(*command, "--workspace", place)
        assert done.returncode == 2
        assert re.search(r"(?s)(projcet|photos).*这里没有工作区.*There is no work", done.stderr)
    assert [one.name for one in tmp_path.iterdir()] == ["photos"] and not any(photos.iterdir())


def test_a_mistyped_variable_is_told_as_well(tmp_path: Path) -> None:
    done = tanzhe("docs", "search", "限电", workspace=tmp_path / "projcet")
    assert done.returncode == 2
    assert re.search(r"(?s)projcet.*这里没有工作区.*There is no workspace", done.stderr)
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    "command",
    [("data", "list"), ("rules", "list"), ("rules", "show", "annex4"), ("chronicle", "list")],
    ids=" ".join,
)
def test_lists_of_what_is_built_in_make_no_workspace(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    place = tmp_path / "projcet"
    done = tanzhe(*command, "--workspace", place)
    assert done.returncode == 0 and done.stdout and not any(tmp_path.iterdir())
    assert f"{place} 没有工作区" in done.stderr and "only what is built in" in done.stderr


def test_a_file_that_is_no_backup_makes_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"x" * 99)
    done = tanzhe("workspace", "restore", tmp_path / "b.zip", "--workspace", tmp_path / "new")
    assert done.returncode == 2 and "不是完整的备份文件" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["b.zip"]


def test_a_refusal_is_json_where_json_was_asked_for(tmp_path: Path) -> None:
    done = tanzhe("docs", "list", "--json", "--workspace", tmp_path / "projcet")
    (error,) = json.loads(done.stdout)["errors"]
    assert done.returncode == 2 and "没有工作区" in str(error)


def test_a_command_that_writes_says_that_it_makes_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("云南限电", encoding="utf-8")
    place = tmp_path / "new"
    first = tanzhe("docs", "add", tmp_path / "a.txt", "--workspace", place)
    assert first.returncode == 0 and "现在新建" in first.stderr and "made now" in first.stderr
    again = tanzhe("docs", "add", tmp_path / "a.txt", "--workspace", place)
    assert again.returncode == 0 and "新建" not in again.stderr
    found = tanzhe("docs", "search", "限电", "--workspace", place)
    assert found.returncode == 0 and "共 1 份文件" in found.stdout


@pytest.mark.parametrize("command", [("docs", "list"), ("turns", "云南", "工业"), ("doctor",)])
def test_a_file_is_no_workspace_in_both_languages(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    done = tanzhe(*command, "--workspace", tmp_path / "notes.txt")
    assert done.returncode == 2
    assert "工作区是文件夹" in done.stderr and "a workspace is a folder" in done.stderr


def test_the_log_has_a_head_and_words_in_the_language_asked_for(tmp_path: Path) -> None:
    sha256 = "ab" * 32
    with Workspace.open(tmp_path) as workspace, workspace.transaction():
        note(workspace.db, "removed", sha256, "重复")
        note(workspace.db, "granted", "zhang", "reviewer")
    head, first, second = tanzhe(
        "workspace", "log", "--lang", "zh", "--workspace", tmp_path
    ).stdout.splitlines()
    assert head.split() == ["时间（UTC）", "谁", "做了什么", "对什么", "原因、角色"]
    assert first.split()[2:] == ["移除", sha256[:12], "重复"]
    assert second.split()[2:] == ["授予角色", "zhang", "reviewer"]
    assert "removed" in tanzhe("workspace", "log", "--lang", "en", "--workspace", tmp_path).stdout
    told = json.loads(tanzhe("workspace", "log", "--json", "--workspace", tmp_path).stdout)
    assert [(one["what"], one["subject"]) for one in told] == [
        ("removed", sha256),
        ("granted", "zhang"),
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("docs", "search", "x", "--limit", "many"), "--limit 应是数，不是“many”"),
        (("docs", "search", "x", "--limit", "0"), "--limit 不能是 0，范围是 x>=1"),
        (("docs", "export", "."), "FILE：“.”是文件夹，应是文件"),
    ],
)
def test_what_click_finds_wrong_is_told_in_chinese(typed: tuple[str, ...], says: str) -> None:
    assert tanzhe(*typed, "--lang", "zh").stderr.splitlines()[0] == f"用法有误：{says}"
