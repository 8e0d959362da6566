"""Files are read up to a size, and written whole or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tanzhe.api.files.handed import write_report, write_whole
from tanzhe.disk import read_bounded
from tanzhe.errors import InputError, Words

DO = Words("请检查", "Check it")


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"12345")
    assert read_bounded(path, 5, where="a.json", do=DO) == b"12345"
    with pytest.raises(InputError) as refused:
        read_bounded(path, 4, where="a.json", do=DO)
    (fault,) = refused.value.faults
    assert (fault.what.zh, fault.where, fault.do) == ("文件过大", "a.json", DO)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_bounded(tmp_path / "none", 5, where="none", do=DO)
    assert refused.value.faults[0].where == "none"


@pytest.mark.parametrize(
    "write",
    [
        lambda folder: write_whole(folder / "a.txt", b"new"),
        lambda folder: write_report("new", folder, "a.txt"),
    ],
    ids=["whole", "report"],
)
def test_nothing_is_left_where_nothing_can_be_written(
    write: Callable[[Path], Path], tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file where a folder should be", "utf-8")
    with pytest.raises(InputError, match="无法写入"):
        write(taken)
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(InputError, match="无法写入"):
        write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "taken"]
    (tmp_path / "a.txt").rmdir()
    assert write(tmp_path).read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "taken"]
