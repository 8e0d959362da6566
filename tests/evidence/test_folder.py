"""The user's folder: everything readable is read, everything else is named."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evidence.conftest import MakeFound, Write
from tanzhe.errors import InputError, Words
from tanzhe.evidence.finders.find import FolderFinder
from tanzhe.evidence.finders.folder import add_folder
from tanzhe.evidence.gather import gather
from tanzhe.workspace import Workspace


def test_readable_documents_are_kept_and_the_others_named(
    write: Write, workspace: Workspace
) -> None:
    folder = write("a.txt", "云南限电")
    write("sub/b.md", "# 甘肃限产")
    write(".hidden/c.txt", "隐藏")
    write(".d.txt", "隐藏")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "e.xlsx").write_bytes(b"PK")
    contents = add_folder(workspace, [folder])
    assert contents.paths == ("a.txt", "sub/b.md")
    assert len(workspace) == 2
    assert [(one.file, one.kind) for one in contents.unread] == [
        ("e.xlsx", "InputError"), ("scan.pdf", "InputError")
    ]  # fmt: skip
    assert all(one.reason and one.reason_en and one.address is None for one in contents.unread)


def test_a_folder_without_readable_documents_is_refused_with_reasons(
    write: Write, workspace: Workspace
) -> None:
    folder = write("a.txt", "")
    write("b.pdf", "no pdf")
    with pytest.raises(InputError) as caught:
        add_folder(workspace, [folder])
    assert sorted(fault.where for fault in caught.value.faults) == ["a.txt", "b.pdf"]
    assert len(workspace) == 0


def test_an_empty_and_a_missing_folder_are_refused(tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "missing"):
        with pytest.raises(InputError) as caught:
            add_folder(workspace, [tmp_path / name])
        assert caught.value.faults[0].where == name


def test_again_reads_nothing_anew_and_progress_is_told(write: Write, workspace: Workspace) -> None:
    told: list[tuple[int, int]] = []

    def progress(what: Words, done: int, total: int) -> None:
        told.append((done, total))

    folder = write("a.txt", "云南限电")
    write("b.txt", "云南限电")
    first = add_folder(workspace, [folder], progress)
    assert told == [(1, 2), (2, 2)]
    assert len(first.documents) == 1
    again = add_folder(workspace, [folder])
    assert again == first.model_copy(update={"new": ()}) and first.new == ("a.txt",)


def test_what_could_not_be_read_is_part_of_what_was_searched(
    write: Write, workspace: Workspace, make_found: MakeFound
) -> None:
    folder = write("a.txt", "云南限电")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    points = make_found(("2021-05", "2021-05"), ("2021-09", "2021-09"))
    for one in gather(points, [FolderFinder(workspace, [folder])]):
        unread = one.searched.unread
        assert [(gone.file, gone.address) for gone in unread] == [("scan.pdf", None)]
        assert unread[0].reason


def test_events_of_elsewhere_stay_small_and_those_at_home_whole(
    write: Write, workspace: Workspace, make_found: MakeFound
) -> None:
    folder = write("a.txt", "2021年5月10日起，云南省对电解铝企业限电10%。")
    write("b.txt", "2021年5月11日起，甘肃省对钢铁企业限电20%。")
    finder = FolderFinder(workspace, [folder])
    (found,) = gather(make_found(("2021-05", "2021-05")), [finder])
    assert [one.event.places[0].name for one in found.events] == ["云南省"]
    assert found.events[0].event.quotes and found.events[0].event.quantities
    (there,) = gather(make_found(("2021-05", "2021-05"), region="CN-GS"), [finder])
    assert there.events[0].event.quotes and there.events[0].event.quantities


DEEP = 1200


@contextmanager
def deep_folder(home: Path) -> Iterator[None]:
    """Folders in folders, more than a path can name; taken away again from the bottom."""
    with contextlib.chdir(home):
        for _ in range(DEEP):
            Path("abcd").mkdir()
            os.chdir("abcd")
    try:
        yield
    finally:
        with contextlib.chdir(home):
            for _ in range(DEEP):
                os.chdir("abcd")
            for _ in range(DEEP):
                os.chdir("..")
                Path("abcd").rmdir()


@pytest.mark.skipif(os.name != "posix", reason="pipes and links")
def test_one_bad_entry_loses_nobody(tmp_path: Path) -> None:
    """Pipes, links that lead out or in a circle, a folder 1,200 deep: named, the rest is read."""
    home, outside = tmp_path / "docs", tmp_path / "outside"
    home.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("不在文件夹里的文件。" * 5, "utf-8")
    (home / "a.txt").write_text("2021年5月云南省限电。" * 5, "utf-8")
    (home / "within.txt").symlink_to(home / "a.txt")
    (home / "out.txt").symlink_to(outside / "secret.txt")
    (home / "outfolder").symlink_to(outside)
    (home / "circle").symlink_to(home / "circle")
    os.mkfifo(home / "pipe.txt")
    (home / "deep").mkdir()
    with deep_folder(home / "deep"), Workspace.open(tmp_path / "space") as workspace:
        found = add_folder(workspace, [home])
        assert found.paths == ("a.txt",) and len(workspace) == 1
        names = {one.file for one in found.unread}
    assert {"out.txt", "outfolder", "circle", "pipe.txt"} <= names
    assert not any("secret" in str(name) for name in names)
