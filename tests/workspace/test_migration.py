"""Workspaces that older versions made are taken over whole, after a backup."""

import gzip
import shutil
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect

from tanzhe.errors import InputError, WorkspaceError
from tanzhe.workspace import Workspace
from tanzhe.workspace.archive import sha256_of
from tanzhe.workspace.schema import VERSION, metadata

OLD = Path(__file__).with_name("old")
TEXTS = [f"云南省第{n}号文：电解铝企业限电，CO₂减排。" for n in range(12)]
RAWS = [text.encode("gb18030" if n % 2 else "utf-8") for n, text in enumerate(TEXTS)]
LARGE = ("<p>" + "限产" * 100).encode() + b" " * 140_000


def put_file(folder: Path, raw: bytes) -> None:
    path = folder / "archive" / sha256_of(raw)[:2] / sha256_of(raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


@pytest.fixture(params=[1, 2, 3])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[int, Path]:
    """A workspace of an older version, as it lay on the disk."""
    folder = tmp_path / "space"
    folder.mkdir()
    packed = (OLD / f"version_{request.param}.sqlite.gz").read_bytes()
    (folder / "index.sqlite").write_bytes(gzip.decompress(packed))
    for raw in (*RAWS, LARGE) if request.param == 1 else (LARGE,):
        put_file(folder, raw)
    return request.param, folder


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    db = sqlite3.connect(path)
    found = db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
    db.close()
    return found


def test_nothing_is_lost(old: tuple[int, Path]) -> None:
    version, folder = old
    index = folder / "index.sqlite"
    kept = ["documents", "cache"]
    kept += {1: [], 2: ["raws"], 3: ["raws", "retired", "folders", "uses"]}[version]
    before = {table: rows(index, table) for table in kept}
    assert len(before["documents"]) == (12 if version == 3 else 13)
    for _ in range(2):
        with Workspace.open(folder) as workspace:
            assert {workspace.bytes_of(sha256_of(raw)) for raw in (*RAWS, LARGE)} == {*RAWS, LARGE}
            gone = 1 if version == 3 else 0
            assert workspace.search("限电", 99).total == 12 - gone
            assert workspace.search("CO2").total == 12 - gone
            assert workspace.search("限产").total == 1
            assert workspace.fetch_json("points", "k") == "[1]"
            if version == 3:
                (mark,) = workspace.retired()
                assert (mark.words, mark.sha256) == ("重复", sha256_of(RAWS[3]))
                assert workspace.members("/f") == {"a": sha256_of(RAWS[0])}
                assert len(workspace.retired()) == 1
    assert {table: rows(index, table) for table in kept} == before
    (backup,) = (folder / "backups").iterdir()
    assert backup.name.startswith(f"index-v{version}-")
    assert {table: rows(backup, table) for table in kept} == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600 == stat.S_IMODE(index.stat().st_mode)


def test_an_upgraded_workspace_has_the_tables_of_a_new_one(
    old: tuple[int, Path], tmp_path: Path
) -> None:
    def tables(folder: Path) -> dict[str, object]:
        with Workspace.open(folder) as workspace:
            seen = inspect(workspace.db.connection)
            return {
                name: [(one["name"], str(one["type"])) for one in seen.get_columns(name)]
                for name in metadata.tables
            }

    assert tables(old[1]) == tables(tmp_path / "new")
    assert rows(old[1] / "index.sqlite", "alembic_version, meta")[0][0] == VERSION


def test_several_that_open_an_old_one_at_once_upgrade_it_once(old: tuple[int, Path]) -> None:
    faults: list[BaseException] = []

    def look() -> None:
        try:
            with Workspace.open(old[1]) as workspace:
                assert workspace.search("限电").total >= 11
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == [] and len(list((old[1] / "backups").iterdir())) == 1


def test_without_a_backup_nothing_is_changed(
    old: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (old[1] / "index.sqlite").read_bytes()
    (old[1] / "backups").write_text("in the way")
    with pytest.raises(WorkspaceError) as refused:
        Workspace.open(old[1])
    (fault,) = refused.value.faults
    assert fault.what.zh == "升级工作区之前的备份没有写成：路径中有一段不是文件夹"
    assert rows(old[1] / "index.sqlite", "meta") == [("schema_version", str(old[0]))]
    assert len((old[1] / "index.sqlite").read_bytes()) == len(before)


def test_a_failure_halfway_leaves_the_old_version(
    old: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise RuntimeError

    monkeypatch.setattr("tanzhe.workspace.migration.index_all", fails)
    with pytest.raises(RuntimeError):
        Workspace.open(old[1])
    monkeypatch.undo()
    assert rows(old[1] / "index.sqlite", "meta") == [("schema_version", str(old[0]))]
    with Workspace.open(old[1]) as workspace:
        assert workspace.search("限电").total >= 11


@pytest.mark.parametrize("table", ["alembic_version", "meta"])
def test_a_newer_workspace_is_left_as_it_is(tmp_path: Path, table: str) -> None:
    Workspace.open(tmp_path).close()
    index = tmp_path / "index.sqlite"
    db = sqlite3.connect(index)
    if table == "meta":  # as a version without Alembic would have left it
        db.execute("DROP TABLE alembic_version")
        db.execute("UPDATE meta SET value = '99'")
    else:
        db.execute("UPDATE alembic_version SET version_num = '0099'")
    db.commit()
    db.close()
    with pytest.raises(InputError, match="99"):
        Workspace.open(tmp_path)
    assert not (tmp_path / "backups").exists()


def test_an_old_program_refuses_a_workspace_of_this_version(tmp_path: Path) -> None:
    Workspace.open(tmp_path).close()
    assert rows(tmp_path / "index.sqlite", "meta") == [("schema_version", str(int(VERSION)))]


def test_a_copy_of_the_folder_is_the_workspace(old: tuple[int, Path], tmp_path: Path) -> None:
    Workspace.open(old[1]).close()
    shutil.copytree(old[1], tmp_path / "copy")
    with Workspace.open(tmp_path / "copy") as workspace:
        assert workspace.search("限电").total >= 11
