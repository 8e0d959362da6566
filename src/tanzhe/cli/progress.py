"""Progress on stderr for work that takes over a second."""

import sys
import time
from types import TracebackType
from typing import Self

from tanzhe.errors import Words

AFTER = 1.0
EVERY = 0.2
EVERY_IN_LOG = 5.0


class Progress:
    """A line on stderr with what is done and the time left; erased at the end.

    Said only after a second, and on a terminal often, in a log file seldom.
    """

    def __init__(self) -> None:
        self._start = self._stage_start = time.monotonic()
        self._said = 0.0
        self._stage = ""
        self._width = 0
        self._terminal = sys.stderr.isatty()

    def __call__(self, what: Words, done: int, total: int) -> None:
        """Say how far the work is."""
        now = time.monotonic()
        if what.zh != self._stage:
            self._stage, self._stage_start = what.zh, now
        pause = EVERY if self._terminal else EVERY_IN_LOG
        if now - self._start < AFTER or now - self._said < pause:
            return
        self._said = now
        line = f"{what.zh} {what.en} {done}" + (f"/{total}" if total else "")
        left = self._left(now, done, total)
        self._write(line + (f" · 约剩 {left:.0f} 秒 s left" if left is not None else ""))

    def _left(self, now: float, done: int, total: int) -> float | None:
        if not total or not done:
            return None
        return (now - self._stage_start) / done * (total - done)

    def _write(self, line: str) -> None:
        if self._terminal:
            sys.stderr.write("\r\x1b[K" + line)
            self._width = len(line)
        else:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._width:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
