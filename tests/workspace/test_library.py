"""Folders are followed, documents corrected and removed, and what rested on them is known."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tanzhe.api.evidence.documents import correct_document, remove_document, search_documents
from tanzhe.errors import InputError
from tanzhe.evidence.finders.folder import add_folder
from tanzhe.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "文件"
    made.mkdir()
    (made / "a.txt").write_text("云南限电", "utf-8")
    (made / "b.txt").write_text("甘肃限电", "utf-8")
    return made


def found(workspace: Workspace, words: str = "限电") -> set[str]:
    return {hit.document.name for hit in workspace.search(words).hits}


def test_a_folder_added_again_replaces_and_removes(workspace: Workspace, folder: Path) -> None:
    first = add_folder(workspace, [folder])
    (folder / "a.txt").write_text("云南限产", "utf-8")
    (folder / "b.txt").unlink()
    (folder / "c.txt").write_text("贵州限电", "utf-8")
    again = add_folder(workspace, [folder])
    assert (again.new, again.replaced, again.vanished) == (("c.txt",), ("a.txt",), ("b.txt",))
    assert found(workspace) == {"c.txt"} and found(workspace, "限产") == {"a.txt"}
    marks = {mark.name: mark for mark in workspace.retired()}
    assert marks["a.txt"].why == "replaced" and marks["a.txt"].successor in again.documents
    assert marks["b.txt"].why == "vanished"
    # Who quoted the former text can still look it up.
    assert {workspace.text_of(one) for one in first.documents} == {"云南限电", "甘肃限电"}
    assert {workspace.bytes_of(one) for one in first.documents} == {
        "云南限电".encode(), "甘肃限电".encode()
    }  # fmt: skip


def test_back_to_the_former_text_is_found_again(workspace: Workspace, folder: Path) -> None:
    for text in ("云南限产", "云南限电", "云南限产", "云南限电"):
        (folder / "a.txt").write_text(text, "utf-8")
        workspace.index()
        add_folder(workspace, [folder])
        assert found(workspace, text[2:]) >= {"a.txt"}
        assert len(workspace) == 2
    assert workspace.search("限电").total == 2


def test_renamed_moved_and_twice_held_files_stay(workspace: Workspace, folder: Path) -> None:
    other = folder.parent / "别处"
    other.mkdir()
    (other / "b.txt").write_text("甘肃限电", "utf-8")
    add_folder(workspace, [folder, other])
    (folder / "a.txt").rename(folder / "新名.txt")
    (folder / "b.txt").unlink()
    again = add_folder(workspace, [folder])
    assert (again.replaced, again.vanished) == ((), ())
    assert len(workspace) == 2


def test_an_empty_folder_removes_nothing(workspace: Workspace, folder: Path) -> None:
    add_folder(workspace, [folder])
    for file in folder.iterdir():
        file.unlink()
    with pytest.raises(InputError):
        add_folder(workspace, [folder])
    assert len(workspace) == 2


def test_a_file_that_cannot_be_read_now_is_not_gone(workspace: Workspace, folder: Path) -> None:
    add_folder(workspace, [folder])
    (folder / "b.txt").write_text("", "utf-8")
    again = add_folder(workspace, [folder])
    assert [one.file for one in again.unread] == ["b.txt"] and again.vanished == ()
    assert found(workspace) == {"a.txt", "b.txt"}


def test_a_file_named_by_itself_is_replaced_by_its_new_text(
    workspace: Workspace, folder: Path
) -> None:
    add_folder(workspace, [folder / "a.txt"])
    add_folder(workspace, [folder / "b.txt"])
    (folder / "a.txt").write_text("云南限产", "utf-8")
    assert add_folder(workspace, [folder / "a.txt"]).replaced != ()
    assert found(workspace) == {"b.txt"}


def test_removed_stays_out_until_it_is_named(workspace: Workspace, folder: Path) -> None:
    (sha256, _) = add_folder(workspace, [folder]).documents
    workspace.note_uses([sha256], "CN-YN industry")
    mark = remove_document(workspace, sha256[:8], words="重复")
    assert (mark.why, mark.words, mark.name) == ("removed", "重复", "a.txt")
    assert [one[11:] for one in mark.used_by] == ["CN-YN industry"]
    assert [one.sha256 for one in workspace.outdated("CN-YN industry")] == [sha256]
    assert found(workspace) == {"b.txt"} and search_documents(workspace, "限电").total == 1
    again = add_folder(workspace, [folder])
    assert [(one.file, "重复" in one.reason) for one in again.unread] == [("a.txt", True)]
    add_folder(workspace, [folder / "a.txt"])
    assert found(workspace) == {"a.txt", "b.txt"} and workspace.retired() == []


def test_corrected_and_erased(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    old, other = add_folder(workspace, [folder]).documents
    right = tmp_path / "right.txt"
    right.write_text("云南限电，更正版", "utf-8")
    mark = correct_document(workspace, "a.txt", right, words="数字有误")
    assert mark.why == "corrected" and mark.successor in workspace and old not in workspace
    with pytest.raises(InputError):
        correct_document(workspace, "right.txt", right)
    remove_document(workspace, other, erase=True)
    assert workspace.text_of(other) is None and workspace.bytes_of(other) is None
    assert workspace.text_of(old) == "云南限电"


@pytest.mark.parametrize("name", ["zzz", "", "0" * 12, "%"])
def test_an_unknown_document_is_refused(workspace: Workspace, folder: Path, name: str) -> None:
    add_folder(workspace, [folder])
    with pytest.raises(InputError):
        remove_document(workspace, name)


def test_two_of_one_name_are_told_apart_by_id(workspace: Workspace, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "a.txt").write_text(f"限电{number}", "utf-8")
        add_folder(workspace, [tmp_path / f"{number}"])
    with pytest.raises(InputError, match="2"):
        remove_document(workspace, "a.txt")


def test_the_last_ones_place_in_the_index_is_not_given_to_another(workspace: Workspace) -> None:
    def put(text: str) -> str:
        return workspace.add(text.encode(), text=text, name=text, media_type="text/plain")

    put("甲限电")
    last = put("乙限电")
    workspace.index()
    workspace.retire(last, why="removed")
    put("丙限产")
    workspace.index()
    assert found(workspace, "限产") == {"丙限产"}
    assert found(workspace) == {"甲限电"} and workspace.search("限电").total == 1


def test_a_name_in_the_encoding_of_an_old_archive_is_read(
    workspace: Workspace, folder: Path
) -> None:
    import os

    raw = os.fsencode(folder) + b"/" + "云南.txt".encode("gbk")
    Path(os.fsdecode(raw)).write_text("限电", "utf-8")
    assert "云南.txt" in add_folder(workspace, [folder]).paths


def test_several_add_files_at_once_and_none_is_lost(place: str | Path, tmp_path: Path) -> None:
    def add(who: int) -> None:
        with Workspace.open(place) as workspace:
            for number in range(8):
                path = tmp_path / f"{who}-{number}.txt"
                path.write_text(f"云南省第{who}号通知第{number}条：限电。", encoding="utf-8")
                add_folder(workspace, [path])

    with Workspace.open(place):
        pass
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))
    with Workspace.open(place) as workspace:
        assert len(workspace.members("")) == 32


def test_a_path_that_a_folder_gives_no_more_leaves_it_alone(workspace: Workspace) -> None:
    workspace.set_members("/f", {"a": "1" * 64, "b": "2" * 64})
    workspace.set_members("/f", {"b": "3" * 64, "c": "4" * 64}, gone=["a"])
    assert workspace.members("/f") == {"b": "3" * 64, "c": "4" * 64}
