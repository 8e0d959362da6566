"""Options that several commands share."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import click

from tanzhe.api.series.turning import load
from tanzhe.cli.shared.moment import MOMENT
from tanzhe.cli.shared.printing import say
from tanzhe.errors import InputError, Words
from tanzhe.model import Series
from tanzhe.tables.choices import Choices, pairs
from tanzhe.workspace import Workspace
from tanzhe.workspace.engines import is_missing
from tanzhe.workspace.places import default_place, named_place

Command = TypeVar("Command", bound=Callable[..., Any])


class Asked(NamedTuple):
    """The series that a command was asked about.

    Attributes:
        region: as typed.
        sector: as typed.
        data: name of a source, or a file; None: the built-in one.
        since: first month, or None.
        until: last month, or None.
        as_of: last month whose figures and documents are used, or None.
        choices: how to read a table of one's own.
    """

    region: str
    sector: str
    data: str | None
    since: str | None
    until: str | None
    as_of: str | None
    choices: Choices

    def load(self, workspace: Workspace | None) -> Series:
        """The series; how its table was read is told beside the answer.

        Raises:
            InputError: what is wrong, where, and what to do.
        """
        return load(
            self.region,
            self.sector,
            self.data,
            since=self.since,
            until=self.until,
            as_of=self.as_of,
            workspace=workspace,
            choices=self.choices,
            told=notice,
        )


def series_options(command: Command) -> Command:
    """REGION SECTOR [--data ...] [--since] [--until] [--as-of], as one `asked`; [--json] ..."""

    @wraps(command)
    def asking(*args: Any, choices: Choices, **others: Any) -> Any:
        told = {name: others.pop(name) for name in _ASKED}
        return command(*args, asked=Asked(**told, choices=choices), **others)

    decorated: Any = asking
    for decorate in reversed(
        [
            click.argument("region"),
            click.argument("sector"),
            click.option(
                "--data",
                metavar="SOURCE|FILE",
                help="数据源名称或任何表格文件，默认内置 source or file, else built in",
            ),
            table_options,
            click.option("--since", type=MOMENT, metavar="YYYY-MM", help="起始月 first month"),
            click.option("--until", type=MOMENT, metavar="YYYY-MM", help="结束月 last month"),
            click.option(
                "--as-of",
                type=MOMENT,
                metavar="YYYY-MM",
                help="只用到该月为止的数据和文件 as if asked then: nothing later is used",
            ),
            click.option("--json", "as_json", is_flag=True, help="输出 JSON 格式 write JSON"),
            workspace_option,
        ]
    ):
        decorated = decorate(decorated)
    return cast(Command, decorated)


_ASKED = ("region", "sector", "data", "since", "until", "as_of")


def top_option(command: Command) -> Command:
    """--top N, of the commands that list turning points."""
    return click.option(
        "--top",
        type=click.IntRange(min=0),
        default=0,
        help="用弱信号补足到 N 个 fill the list with weak signals up to N",
    )(command)


def table_options(command: Command, *, date: str = "--date") -> Command:
    """How to read a table of one's own; arrives as one argument `choices`.

    Args:
        command: what is decorated.
        date: the option that names the column of dates.
    """

    @wraps(command)
    def decided(*args: Any, where: tuple[str, ...], sum_by: tuple[str, ...], **others: Any) -> Any:
        told = {name: others.pop(name) for name in _PLAIN_CHOICES}
        told["date"] = others.pop("date_column")
        choices = Choices(where=pairs(where), sum_by=sum_by, **told)
        return command(*args, choices=choices, **others)

    options = [
        click.option("--sheet", help="工作表 sheet of a workbook"),
        click.option("--header", type=click.IntRange(min=1), help="表头所在行 line of the header"),
        click.option(date, "date_column", metavar="COLUMN", help="日期列 column of dates"),
        click.option("--column", metavar="COLUMN", help="数值列 column of values"),
        click.option(
            "--where", multiple=True, metavar="COLUMN=VALUE", help="只取这些行，可多次 rows to keep"
        ),
        click.option(
            "--sum-by",
            multiple=True,
            metavar="COLUMN",
            help="按此列相加，可多次 add up over a column",
        ),
        click.option("--unit", help="数值的单位 unit of the values"),
        click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="先日或先月 day first?"),
        click.option("--decimal", type=click.Choice([".", ","]), help="小数点 decimal sign"),
        click.option(
            "--figures",
            type=click.Choice(["level"]),
            help="level：各期数值，不作累计数等处理 each its period's total, as it stands",
        ),
    ]
    for option in reversed(options):
        decided = option(decided)
    return cast(Command, decided)


_PLAIN_CHOICES = ("sheet", "header", "column", "unit", "dates", "decimal", "figures")


def notice(zh: str | Words, en: str = "") -> None:
    """Something to know beside the answer: on standard error, in the language chosen or both."""
    say(zh, en, joint="\n", err=True)


def workspace_option(command: Command) -> Command:
    """--workspace DIR|postgresql://...; that one is made where there is none is said."""
    return _workspace_option(command, _tell_of_new)


def kept_workspace_option(command: Command) -> Command:
    """The same for commands that only show what is kept: a mistyped folder is no empty one."""
    return _workspace_option(command, _refuse_missing)


def listing_workspace_option(command: Command) -> Command:
    """The same for commands that list what is built in too: without a workspace that is all."""
    return _workspace_option(command, _tell_of_none)


def examined_workspace_option(command: Command) -> Command:
    """The same for a command that tells itself what is there."""
    return _workspace_option(command, _refuse_file)


def _workspace_option(command: Command, look: Callable[[Path | None], None]) -> Command:
    @wraps(command)
    def looked(*args: Any, folder: Path | None, **others: Any) -> Any:
        if others.get("as_json"):
            from tanzhe.cli.shared.answers import refusals_as_json

            with refusals_as_json(click.get_current_context(), wanted=True):
                look(folder)
        else:
            look(folder)
        return command(*args, folder=folder, **others)

    return cast(
        Command,
        click.option(
            "--workspace",
            "folder",
            type=click.Path(path_type=Path),
            metavar="DIR|postgresql://…",
            help="项目文件夹或数据库，默认 TANZHE_WORKSPACE 或用户数据目录 "
            "project folder or database",
        )(looked),
    )


def _refuse_file(place: Path | None) -> None:
    if place is not None and place.exists() and not place.is_dir():
        what = Words("这是文件，工作区是文件夹", "This is a file; a workspace is a folder")
        do = Words("请给出文件夹，或 postgresql://…", "Give a folder, or postgresql://…")
        raise InputError.of(what, do, where=str(place))


def _refuse_missing(folder: Path | None) -> None:
    _refuse_file(folder)
    place = folder or named_place()
    if place is not None and is_missing(place):
        what = Words("这里没有工作区", "There is no workspace here")
        do = Words(
            "请核对路径；要新建一个，先收入文件：tanzhe docs add 文件 --workspace 文件夹",
            "Check the path; adding documents makes one: tanzhe docs add FILE --workspace FOLDER",
        )
        raise InputError.of(what, do, where=str(place))


def _tell_of_none(folder: Path | None) -> None:
    _refuse_file(folder)
    place = folder or named_place()
    if place is not None and is_missing(place):
        notice(
            f"提示：{place} 没有工作区，只有内置的内容",
            f"Note: there is no workspace at {place}; only what is built in is here",
        )


def _tell_of_new(place: Path | None) -> None:
    _refuse_file(place)
    if place is not None and is_missing(place):
        notice(
            f"提示：{place} 还没有工作区，现在新建",
            f"Note: there is no workspace at {place} yet; it is made now",
        )


def rules_option(command: Command) -> Command:
    """--rules ID|FILE.yaml, of the park commands."""
    return click.option(
        "--rules",
        metavar="ID|FILE.yaml",
        help="指标体系，默认按园区所在省份 rule set, by the park's region when left out",
    )(command)


def several_rules_option(command: Command) -> Command:
    """--rules ID|FILE.yaml, as often as there are rule sets to judge by."""
    return click.option(
        "--rules",
        multiple=True,
        metavar="ID|FILE.yaml",
        help="指标体系，可多次，默认按园区所在省份 rule sets, by the park's region when left out",
    )(command)


def opened(
    folder: Path | None, *, needed: bool = False, made: bool = True
) -> AbstractContextManager[Workspace | None]:
    """The workspace; nothing where it cannot be made and nobody asked for it by name.

    Args:
        folder: as typed.
        needed: refuse where it cannot be made, even if nobody named it.
        made: make it where there is none; else there is nothing.
    """
    if not made and is_missing(folder or default_place()):
        return nullcontext(None)
    try:
        return Workspace.open(folder)
    except InputError as error:
        if needed or folder is not None:
            raise
        why = error.faults[0]
        notice(
            f"提示：{why.what.zh}（{why.where}）；结果照算，只是不保存",
            f"Note: {why.what.en} ({why.where}); results are not kept",
        )
        return nullcontext(None)
