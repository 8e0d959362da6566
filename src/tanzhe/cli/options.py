"""Options that several commands share."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import click

from tanzhe.errors import InputError
from tanzhe.workspace import Workspace

Command = TypeVar("Command", bound=Callable[..., Any])


def series_options(command: Command) -> Command:
    """REGION SECTOR [--data] [--since] [--until] [--top] [--json] [--workspace]."""
    for decorate in reversed(
        [
            click.argument("region"),
            click.argument("sector"),
            click.option(
                "--data",
                default="nbs-output",
                metavar="SOURCE|FILE",
                show_default=True,
                help="数据源名称，或 CSV/XLSX/Parquet 文件 source or file",
            ),
            click.option("--since", metavar="YYYY-MM", help="起始月 first month"),
            click.option("--until", metavar="YYYY-MM", help="结束月 last month"),
            click.option(
                "--top",
                type=click.IntRange(min=0),
                default=0,
                help="用弱信号补足到 N 个 fill the list with weak signals up to N",
            ),
            click.option("--json", "as_json", is_flag=True, help="输出 JSON"),
            workspace_option,
        ]
    ):
        command = decorate(command)
    return command


def workspace_option(command: Command) -> Command:
    """--workspace DIR."""
    return click.option(
        "--workspace",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        help="项目文件夹 project folder（默认 TANZHE_WORKSPACE 或用户数据目录）",
    )(command)


def rules_option(command: Command) -> Command:
    """--rules ID|FILE.yaml, of the park commands."""
    return click.option(
        "--rules",
        metavar="ID|FILE.yaml",
        help="指标体系，默认按园区所在省份 rule set, by the park's region when left out",
    )(command)


def opened(
    folder: Path | None, *, needed: bool = False
) -> AbstractContextManager[Workspace | None]:
    """The workspace; nothing where it cannot be made and nobody asked for it by name."""
    try:
        return Workspace.open(folder)
    except InputError:
        if needed or folder is not None:
            raise
        return nullcontext(None)
