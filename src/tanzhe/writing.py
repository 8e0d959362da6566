"""Who writes results to files: records ask here, whoever knows every form says so from above."""

from collections.abc import Callable
from pathlib import Path

Writer = Callable[[object, str | Path, str, str], Path]
_WRITERS: list[Writer] = []


def set_writer(writer: Writer) -> None:
    """Say what writes a result: it is given the result, the file, the language, the register."""
    _WRITERS[:] = [writer]


def written(result: object, path: str | Path, language: str, register: str) -> Path:
    """Write a result; the file."""
    return _WRITERS[0](result, path, language, register)
