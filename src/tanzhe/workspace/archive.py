"""Raw bytes by sha256, written whole or not at all."""

import hashlib
import os
import tempfile
from pathlib import Path


def sha256_of(raw: bytes) -> str:
    """The id of a document: SHA-256 of its bytes."""
    return hashlib.sha256(raw).hexdigest()


class Archive:
    """A folder in which the file of sha256 abcdef… is ab/abcdef….

    Args:
        folder: created when missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path_of(self, sha256: str) -> Path:
        """Where the bytes lie, or would lie."""
        return self.folder / sha256[:2] / sha256

    def put(self, raw: bytes) -> str:
        """Keep bytes and return their sha256; bytes already kept are left alone."""
        sha256 = sha256_of(raw)
        path = self.path_of(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        # A killed run leaves a .part file, never a short file under a full name.
        handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
        return sha256

    def get(self, sha256: str) -> bytes | None:
        """The bytes, or None when they are not kept."""
        path = self.path_of(sha256)
        return path.read_bytes() if path.is_file() else None
