"""Which files a client may have read."""

import os
from pathlib import Path

import pytest

from tanzhe.errors import InputError
from tanzhe.mcp.allowed import Allowed


def test_only_plain_files_below_a_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "inside"
    (inside / "deep").mkdir(parents=True)
    outside.mkdir()
    good = inside / "deep" / "a.md"
    for file in (good, outside / "b.md"):
        file.write_text("x", encoding="utf-8")
    (inside / "link").symlink_to(outside)
    if hasattr(os, "mkfifo"):
        os.mkfifo(inside / "pipe")
    allowed = Allowed([inside])
    assert allowed.file("deep/a.md") == allowed.file(str(good)) == good.resolve()
    for bad in (
        "", ".", "deep", "pipe", "link/b.md", "../inside/b.md", str(outside / "b.md"), "/",
        "deep/../deep/a.md", "a\0b", "none.md", "x" * 5000, f"{inside}/../inside/b.md",
    ):  # fmt: skip
        with pytest.raises(InputError):
            allowed.file(bad)


def test_a_folder_reached_by_a_link_of_the_users_own_is_theirs(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").write_text("x", encoding="utf-8")
    (tmp_path / "named").symlink_to(tmp_path / "real")
    allowed = Allowed([tmp_path / "named"])
    assert allowed.file(str(tmp_path / "named" / "a.md")).read_text(encoding="utf-8") == "x"


def test_nothing_is_read_unless_a_folder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="--allow"):
        Allowed().file(str(file))
    with pytest.raises(InputError, match="no such folder"):
        Allowed([file])
