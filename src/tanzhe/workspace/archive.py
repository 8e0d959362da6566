"""Raw bytes by sha256, written whole or not at all, and verified whenever they are read."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tanzhe.disk import put_whole


def sha256_of(raw: bytes) -> str:
    """The id of a document: SHA-256 of its bytes."""
    return hashlib.sha256(raw).hexdigest()


class Archive:
    """A folder in which the file of sha256 abcdef… is ab/abcdef….

    Args:
        folder: made when the first file is put there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        """Where the bytes lie, or would lie."""
        return self.folder / sha256[:2] / sha256

    def put(self, raw: bytes) -> str:
        """Keep bytes and return their sha256; bytes already kept whole are left alone."""
        sha256 = sha256_of(raw)
        path = self.path_of(sha256)
        if self.get(sha256) is None:
            put_whole(path, raw, private=True)
        return sha256

    def get(self, sha256: str) -> bytes | None:
        """The bytes, or None when they are not kept, or not as they were."""
        path = self.path_of(sha256)
        try:
            raw = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        return raw if sha256_of(raw) == sha256 else None

    def names(self) -> Iterator[str]:
        """The sha256 under which files are kept, whatever they hold."""
        for path in sorted(self.folder.glob("??/" + "?" * 64)):
            if path.is_file():
                yield path.name
