"""A workspace is copied, backed up and restored without loss, between both engines, both ways."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tanzhe.api.house.workspaces import (
    backup_workspace,
    check_workspace,
    copy_workspace,
    restore_workspace,
)
from tanzhe.errors import InputError
from tanzhe.workspace import Workspace
from tanzhe.workspace.copying import copy, sums
from tanzhe.workspace.jobs import Jobs
from tanzhe.workspace.reviews import Reviews

LARGE = b"<p>" + "限产".encode() * 40_000


def put(workspace: Workspace, words: str, raw: bytes | None = None) -> str:
    raw = words.encode() if raw is None else raw
    return workspace.add(raw, text=words, name=words[:9], media_type="text/plain", title="题")


def filled(workspace: Workspace) -> None:
    """Something in every table."""
    with workspace.transaction():
        ids = [put(workspace, f"云南限电{n}号", f"限电{n}".encode("gb18030")) for n in range(250)]
        put(workspace, "限产", LARGE)
        put(workspace, "\0限电\x1a0")
        workspace.retire(ids[7], why="removed", words="重复")
        workspace.set_members("/f", {"a": ids[0]})
        workspace.note_uses(ids[:2], "CN-YN industry")
        workspace.store_json("points", "k", "[1]")
    quoted = [{"sha256": ids[0], "first": 0, "last": 4, "text": "云南限电"}]
    Reviews(workspace.db).keep([("e1", "{}", quoted), ("e2", "{}", [])])
    Reviews(workspace.db).decide("e1", "reject", words="不是")
    Jobs(workspace.db).add("run", ["a"])


@pytest.fixture
def other(request: pytest.FixtureRequest, tmp_path: Path, server: Any) -> Any:
    """Where the copy goes: the other engine, and the same."""
    return {"sqlite": tmp_path / "other", "postgresql": server.fresh()}


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_copy_is_the_same_and_goes_on(workspace: Workspace, other: Any, to: str) -> None:
    filled(workspace)
    if workspace.db.engine == "sqlite":
        (workspace.folder / "chronicle").mkdir()
        (workspace.folder / "chronicle" / "a.jsonl").write_text("{}", "utf-8")
    with Workspace.open(other[to]) as target:
        done = copy(workspace, target)
        assert done == sums(workspace) == sums(target)
        assert (done["documents"].rows, done["retired"].rows, done["archive"].rows) == (251, 1, 252)
        assert done["files"].rows == (1 if workspace.db.engine == "sqlite" else 0)
        assert target.search("限电", 999).total == 250 and target.search("限产").total == 1
        assert {target.bytes_of(one.sha256) for one in target.documents()} == {
            workspace.bytes_of(one.sha256) for one in workspace.documents()
        }
        assert check_workspace(target) == ()
        # What is added next takes no number that is taken.
        new = put(target, "贵州限电")
        assert new in target and target.search("贵州").total == 1
        assert Reviews(target.db).decide("e2", "accept").id == 2
    with pytest.raises(InputError, match="not empty"), Workspace.open(other[to]) as target:
        copy(workspace, target)


def test_backed_up_and_brought_back(workspace: Workspace, other: Any, tmp_path: Path) -> None:
    filled(workspace)
    file = tmp_path / "backup.zip"
    done = backup_workspace(workspace, file)
    assert [path.name for path in tmp_path.iterdir() if "tanzhe" in path.name] == []
    with pytest.raises(InputError):
        backup_workspace(workspace, file)
    for place in other.values():
        assert restore_workspace(file, place)[0] == done
        with Workspace.open(place) as target:
            assert {**sums(target), "log": 0} == {**done, "log": 0}
            assert target.search("限电", 999).total == 250


def test_a_damaged_backup_is_refused_whole(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "a") as workspace:
        put(workspace, "限产", LARGE)
        backup_workspace(workspace, tmp_path / "b.zip")
    raw = (tmp_path / "b.zip").read_bytes()
    cases = {"cut": raw[: len(raw) // 2], "none": b"", "text": b"x" * 999}
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(tmp_path / "less.zip", "w") as packed:
        for name, content in parts.items():
            if "archive" not in name:
                packed.writestr(name, content)
    cases["less"] = (tmp_path / "less.zip").read_bytes()
    for name, content in cases.items():
        (tmp_path / f"{name}.zip").write_bytes(content)
        with pytest.raises(InputError):
            restore_workspace(tmp_path / f"{name}.zip", tmp_path / f"to_{name}")
        assert not (tmp_path / f"to_{name}").exists()


def test_what_is_wrong_is_told_and_the_index_made_anew(workspace: Workspace) -> None:
    filled(workspace)
    assert check_workspace(workspace) == ()
    workspace.db.plain(
        "INSERT INTO words (words) VALUES ('delete-all')"
        if workspace.db.engine == "sqlite"
        else "DELETE FROM words"
    )
    workspace.db.run(text("UPDATE passages SET text = '云南限产'"))
    said = " ".join(fault.what.zh for fault in check_workspace(workspace))
    assert "251 份文件检索不到" in said and "引文与文件不符" in said
    assert len(check_workspace(workspace, repair=True)) == 1
    assert workspace.search("限电", 999).total == 250


def test_a_folder_of_other_things_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "a.jpg").write_bytes(b"x")
    with (
        Workspace.open(tmp_path / "w") as workspace,
        pytest.raises(InputError, match=r"(?s)不是空的.*not empty"),
    ):
        copy_workspace(workspace, photos)
    assert [one.name for one in photos.iterdir()] == ["a.jpg"]
