r"""The streams of the command line: UTF-8, and nothing in them that steers a terminal.

Names of files and parks and texts of documents are other people's. What could move the cursor,
colour, hide or turn around text is written as its number, `\u202e`, which is the same character
again for a program that reads JSON.
"""

import contextlib
import io
import os
import sys
from typing import TextIO

from tanzhe.characters import STEERING


def escaped(text: str) -> str:
    r"""A text that a terminal shows as it is.

    Example:
        >>> print(escaped("园区\x1b[31m\u202e"))
        园区\u001b[31m\u202e
    """
    return STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class _Escaping(io.TextIOWrapper):
    """A stream that writes what is given to it escaped."""

    def write(self, text: str, /) -> int:
        super().write(escaped(text))
        return len(text)


def guard_streams() -> None:
    """Write UTF-8 on standard output and error, whatever the locale, and escape it."""
    sys.stdout = _guarded(sys.stdout)
    sys.stderr = _guarded(sys.stderr)


def _guarded(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper) or isinstance(stream, _Escaping):
        return stream  # closed, or somebody else's
    stream.flush()
    lines = stream.line_buffering
    return _Escaping(
        stream.detach(), encoding="utf-8", errors="backslashreplace", line_buffering=lines
    )


def unguarded(stream: TextIO) -> TextIO:
    """The same stream for our own colours and bars; what others named must be escaped first."""
    return _Unguarded(stream) if isinstance(stream, _Escaping) else stream


class _Unguarded(io.TextIOBase, TextIO):
    """Writes past the escaping of a stream."""

    encoding = "utf-8"

    def __init__(self, stream: _Escaping) -> None:
        self._stream = stream

    def write(self, text: str, /) -> int:
        return io.TextIOWrapper.write(self._stream, text)

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()


def give_up_output() -> None:
    """Nobody reads any more, or the disk is full: what is left is thrown away in silence."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(OSError, ValueError):
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def start_in_utf8() -> None:
    """Start again in UTF-8 where the locale knows ASCII only: names of files are not ASCII."""
    if os.name == "posix" and sys.getfilesystemencoding().lower() in _ASCII:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


_ASCII = ("ascii", "us-ascii", "ansi_x3.4-1968", "646")
