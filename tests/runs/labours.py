"""What the workers of the tests do; nothing heavy is imported, since each worker imports it."""

import os
from pathlib import Path


def square(number: int) -> int:
    return number * number


def dying_once(folder: str, number: int) -> int:
    """Take the worker away the first time that five is asked for."""
    mark = Path(folder) / "died"
    if number == 5 and not mark.exists():
        mark.touch()
        os._exit(9)
    return number * number


def dying(number: int) -> int:
    os._exit(9)


def raising(number: int) -> int:
    raise ValueError("no worker dies of this")
