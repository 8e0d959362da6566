"""What was typed, before any command looks at it."""

import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tanzhe.errors import Fault, Words, refuse
from tanzhe.faults import fault_of

_KINDS = (
    (stat.S_ISFIFO, Words("管道", "a pipe")),
    (stat.S_ISSOCK, Words("套接字", "a socket")),
    (stat.S_ISCHR, Words("设备", "a device")),
    (stat.S_ISBLK, Words("设备", "a device")),
)


def readable(argument: str) -> str:
    """An argument without the one sign that no name may have, shown as its number."""
    return argument.replace("\0", "\\0")


def refuse_special_files(arguments: Sequence[str]) -> None:
    """Refuse pipes and devices, whose reading may never end, wherever a file may be named.

    Raises:
        InputError: names each of them.
    """
    refuse(_faults(arguments))


def _faults(arguments: Iterable[str]) -> Iterator[Fault]:
    for argument in arguments:
        value = argument.partition("=")[2] if argument.startswith("--") else argument
        try:
            mode = Path(value).stat().st_mode
        except (OSError, ValueError):
            continue
        for is_one, words in _KINDS:
            if is_one(mode):
                yield fault_of("cli.arguments.faults", words=words, where=value)
