"""A file gets its final name when its bytes are on the disk, and not before."""

import os
import stat
from pathlib import Path

import pytest

from tanzhe.disk import put_whole


def test_bytes_are_on_the_disk_before_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    sync, name = os.fsync, Path.replace

    def synced(handle: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "bytes")
        sync(handle)

    def named(self: Path, target: Path) -> Path:
        seen.append("name")
        return name(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", named)
    put_whole(tmp_path / "a", b"all of it")
    assert seen == ["bytes", "name", "folder"]
    assert (tmp_path / "a").read_bytes() == b"all of it"
