"""What is said when something goes wrong: messages and exit codes, never a traceback."""

import os
import platform
import re
import secrets
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

from tanzhe.cli.shared.language import chosen, said, split
from tanzhe.cli.shared.printing import say
from tanzhe.errors import Fault, TanzheError, Words, why_not

WRONG_USE = 2
OURS = 70  # a fault of the program: sysexits.h, EX_SOFTWARE
LARGEST_LOG = 1_000_000  # bytes, then it begins anew


def told(error: TanzheError) -> None:
    """Every fault, in the language chosen or once in each."""
    for fault in error.faults:
        _say_fault(fault)


def _say_fault(fault: Fault) -> None:
    place = f"[{fault.where}] " if fault.where else ""
    zh = f"错误：{place}{_sentence(fault.what.zh, '。')}{_sentence(fault.do.zh, '。')}"
    en = f"Error: {place}{_sentence(fault.what.en, '.')} {_sentence(fault.do.en, '.')}"
    say(zh, en, joint="\n", err=True)


def _sentence(text: str, stop: str) -> str:
    """A text with one mark at its end: a question needs no full stop."""
    return text if text.rstrip().endswith(tuple("。？！?!.")) else f"{text}{stop}"


def told_wrong_use(error: click.ClickException) -> None:
    """What is wrong with the way a command was typed."""
    words = wrong_use(error)
    joint = "：" if chosen() == "zh" else ": "
    head = said("用法有误", "Wrong use")
    click.echo(f"{head}{joint}{said(words)}", err=True)
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "tanzhe"
    click.echo(f"{said('查看帮助', 'For help')}{joint}{command} --help", err=True)


_CLICK_SAYS = (
    (r"No such command ['‘](?P<x>.*)['’]\.?(.*)", "没有“{x}”这个命令"),
    (r"No such option:? ['‘]?(?P<x>[^'’ ]*)['’]?(.*)", "没有“{x}”这个选项"),
    (r"Missing (argument|option|parameter):? ['‘](?P<x>.*?)['’](.*)", "缺少 {x}"),
    (r"Missing command\.?", "缺少命令"),
    (r"Got unexpected extra arguments? \((?P<x>.*)\)", "多出来的内容：{x}"),
    (r"Option ['‘](?P<x>.*)['’] requires an argument\.?", "选项 {x} 后面要有一个值"),
    (
        r"Invalid value for ['‘]?(?P<x>.*?)['’]?: ['‘]?(?P<as_typed>.*?)['’]? is not one of "
        r"(?P<z>.*?)\.?",
        "{x} 不能是“{as_typed}”，可写 {z}",
    ),
    (
        r"Invalid value for ['‘]?(?P<x>.*?)['’]?: \w+ ['‘](?P<as_typed>.*)['’] does not exist\.",
        "{x}：没有“{as_typed}”",
    ),
    (
        r"Invalid value for ['‘]?(?P<x>.*?)['’]?: \w+ ['‘](?P<as_typed>.*)['’] is a directory\.",
        "{x}：“{as_typed}”是文件夹，应是文件",
    ),
    (
        r"Invalid value for ['‘]?(?P<x>.*?)['’]?: \w+ ['‘](?P<as_typed>.*)['’] is a file\.",
        "{x}：“{as_typed}”是文件，应是文件夹",
    ),
    (
        r"Invalid value for ['‘]?(?P<x>.*?)['’]?: ['‘](?P<as_typed>.*)['’] is not a valid "
        r"(?:integer|float)(?: range)?\.",
        "{x} 应是数，不是“{as_typed}”",
    ),
    (
        r"Invalid value for ['‘]?(?P<x>.*?)['’]?: (?P<as_typed>.*) is not in the range "
        r"(?P<z>.*?)\.",
        "{x} 不能是 {as_typed}，范围是 {z}",
    ),
    (r"Invalid value for ['‘]?(?P<x>.*?)['’]?: (?P<y>.*)", "{x} 的值不对：{y}"),
    (r"Invalid value: (?P<y>.*)", "值不对：{y}"),
)


def wrong_use(error: click.ClickException) -> Words:
    """Click's message in both languages, as far as it is one that users meet.

    Example:
        >>> wrong_use(click.UsageError("No such command 'turn'.")).zh
        '没有“turn”这个命令'
    """
    message = error.format_message()
    for pattern, chinese in _CLICK_SAYS:
        if (found := re.fullmatch(pattern, message, re.S)) is not None:
            parts = {
                key: value if key == "as_typed" else split(value or "").zh
                for key, value in found.groupdict().items()
            }
            return Words(chinese.format(**parts), split(message).en)
    return split(message)


def told_system(error: OSError) -> None:
    """A file or the disk that does not let us."""
    what, where = why_not(error), str(error.filename or "")
    do = Words(
        "请检查路径、权限和磁盘空间，或换一个位置再试",
        "Check the path, permissions and space on the disk, or use another place",
    )
    _say_fault(Fault(what, do, where=where))


def told_ours(error: Exception, arguments: Sequence[str], folder: Path) -> None:
    """A fault of the program itself: a reference, where the details lie, how to report it."""
    reference = secrets.token_hex(4)
    log = _logged(error, reference, arguments, folder)
    say(
        f"程序内部出错，编号 {reference}。",
        f"An internal error, reference {reference}.",
        joint="\n",
        err=True,
    )
    details = (
        Words(f"详情写在 {log}", f"Details are in {log}")
        if log
        else Words(
            "详情没有地方可写；加 --debug 可看到", "No place for details; --debug shows them"
        )
    )
    do = Words(
        f"{details.zh}。请把编号和这一段（先删去不便公开的内容）告诉维护者；"
        "加 --debug 可直接看到。",
        f"{details.en}. Please tell the maintainers the reference and that part, without what is "
        "private; --debug shows it at once.",
    )
    say(do, joint="\n", err=True)


def _logged(
    error: Exception, reference: str, arguments: Sequence[str], folder: Path
) -> Path | None:
    path = folder / "logs" / "errors.log"
    lines = (
        f"== {reference} {datetime.now(UTC).isoformat(timespec='seconds')}",
        f"tanzhe {version('tanzhe')}, Python {platform.python_version()}, {platform.system()}",
        f"tanzhe {' '.join(arguments)}",
        *traceback.format_exception(error),
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_suffix(".old.log"))
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return path


def trace(error: BaseException) -> None:
    """The traceback, for --debug."""
    traceback.print_exception(error, file=sys.stderr)
