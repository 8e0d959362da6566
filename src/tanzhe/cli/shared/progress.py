"""Progress on stderr for work that takes over a second."""

import sys
import time
from typing import TYPE_CHECKING, Self

from tanzhe.cli.shared.language import said
from tanzhe.cli.shared.terminal import escaped, unguarded
from tanzhe.errors import Words

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

AFTER = 1.0
EVERY_IN_LOG = 5.0
# Before so much of a stage is done, or so many seconds have passed, what is left is a guess.
FIRST_SHARE, FIRST_SECONDS = 0.02, 1.0


class Progress:
    """What is being done, how far it is, and the time left: a bar that is erased at the end.

    Said only after a second; on a terminal as a bar, in a log file as a line now and then.
    """

    def __init__(self) -> None:
        self._start = self._stage_start = time.monotonic()
        self._said = 0.0
        self._stage: Words | None = None
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __call__(self, what: Words, done: int, total: int) -> None:
        """Say how far the work is."""
        now = time.monotonic()
        if what != self._stage:
            self._stage, self._stage_start = what, now
        if now - self._start < AFTER or sys.stderr is None:
            return
        if self._terminal:
            self._draw(what, done, total, self._left(now, done, total))
        elif now - self._said >= EVERY_IN_LOG:
            self._said = now
            sys.stderr.write(log_line(what, done, total, self._left(now, done, total)) + "\n")
            sys.stderr.flush()

    def _left(self, now: float, done: int, total: int) -> float | None:
        """Seconds, or None where it is too early to say or everything is done."""
        spent = now - self._stage_start
        if not total or done >= total or done < FIRST_SHARE * total or spent < FIRST_SECONDS:
            return None
        return spent / done * (total - done)

    def _draw(self, what: Words, done: int, total: int, left: float | None) -> None:
        if self._bar is None:
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task("", total=None, left="")
        assert self._task is not None
        self._bar.update(
            self._task,
            description=escaped(said(what)),
            completed=done,
            total=total or None,
            left=time_left(left) if left is not None else "",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _bar() -> "Bar":
    from rich.console import Console  # loaded only where there is a bar to draw
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TextColumn("{task.percentage:>3.0f}%", markup=False),
        TextColumn("{task.fields[left]}", markup=False),
        console=Console(file=unguarded(sys.stderr), highlight=False),
        transient=True,
        refresh_per_second=5,
        redirect_stdout=False,
        redirect_stderr=False,
    )


def log_line(what: Words, done: int, total: int, left: float | None) -> str:
    """A line for a log: the stage, how far it is, and the time left.

    Example:
        >>> log_line(Words("读取文档", "Reading documents"), 20, 80, 18.2)
        '读取文档 Reading documents 25% · 约剩 18 秒 about 18 s left'
    """
    share = f" {100 * done // total}%" if total else f" {done}"
    return f"{said(what)}{share}" + (f" · {time_left(left)}" if left is not None else "")


def time_left(seconds: float) -> str:
    """The time left, in the language chosen.

    Example:
        >>> time_left(18.2), time_left(200)
        ('约剩 18 秒 about 18 s left', '约剩 3 分钟 about 3 min left')
    """
    if seconds < 90:
        return said(f"约剩 {seconds:.0f} 秒", f"about {seconds:.0f} s left")
    minutes = round(seconds / 60)
    return said(f"约剩 {minutes} 分钟", f"about {minutes} min left")
