"""Files written whole, after a power cut too; and read up to a limit, regular ones only."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tanzhe.errors import InputError, Words, why_not


def make_private(folder: Path) -> Path:
    """Make a folder that only its owner can look into, with those above it; one there is left."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    return folder


def put_whole(path: Path, content: bytes, *, private: bool = False) -> Path:
    """Write a file beside its place, onto the disk, and then into its place in one step.

    Args:
        path: its place; folders that are missing are made.
        content: all of it.
        private: whether the file, and folders made for it, are for their owner alone.

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
    if private:
        make_private(path.parent)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(_new(part, private=private), "wb") as file:
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


def _new(path: Path, *, private: bool) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, 0o600 if private else 0o666)


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of a regular file that is not too large; pipes and devices are not waited for.

    Args:
        path: the file; one that grows meanwhile is read up to the limit.
        most: bytes it may have.

    Raises:
        OSError: it cannot be opened, is no regular file (ENXIO) or is too large (EFBIG).

    Example:
        >>> read_regular(Path(os.devnull), 10)
        Traceback (most recent call last):
        ...
        OSError: [Errno 6] No such device or address: '/dev/null'
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))
        raw = file.read(most + 1) if about.st_size <= most else b""
        if about.st_size > most or len(raw) > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return raw


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


def read_bounded(path: Path, largest: int, *, where: str, do: Words) -> bytes:
    """The bytes of a file that is not too large.

    Args:
        path: the file.
        largest: most bytes it may have.
        where: what a message calls it.
        do: what a message advises.

    Raises:
        InputError: it is too large or cannot be read.
    """
    try:
        return read_regular(path, largest)
    except OSError as error:
        if error.errno == errno.EFBIG:
            what = Words("文件过大", "The file is too large")
            raise InputError.of(what, do, where=where) from error
        raise InputError.of(why_not(error), do, where=where) from error
