"""Files written whole: no half of one is ever seen under its name, not after a power cut either."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def put_whole(path: Path, content: bytes) -> Path:
    """Write a file beside its place, onto the disk, and then into its place in one step.

    Args:
        path: its place; folders that are missing are made.
        content: all of it.

    Returns:
        The path.

    Raises:
        OSError: the folder cannot be written or the disk is full; nothing was left behind.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     put_whole(Path(folder) / "a" / "b.txt", b"whole").read_bytes()
        b'whole'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    settle(path.parent)
    return path


def settle(folder: Path) -> None:
    """Bring the names in a folder onto the disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold a lock file for as long as the block lasts; a killed process holds it no more.

    Args:
        path: the lock file, made when missing.

    Returns:
        Whether it was free; nothing is waited for.
    """
    with path.open("a+b") as file:
        yield _taken(file.fileno())


def _taken(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
