"""`tanzhe track`: tasks, projects and targets of official documents followed up."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tanzhe.api.board.board_files import import_files
from tanzhe.api.board.tracking import (
    KINDS,
    add_item,
    join_parks,
    join_target,
    midterm,
    open_board,
    set_item,
    write_board,
    write_midterm,
)
from tanzhe.cli.lines.board import (
    board_lines,
    history_lines,
    imported_lines,
    review_lines,
    target_lines,
)
from tanzhe.cli.shared.answers import Answer, answers, json_option, refusals_as_json
from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.options import kept_workspace_option, opened, workspace_option
from tanzhe.cli.shared.printing import echo_json, say
from tanzhe.model.told import said_in
from tanzhe.periods import today
from tanzhe.tracking.items import GROUNDS, STATUSES

# Its place on the help page.
ON_HELP_PAGE = {"track": 160}

BEHIND = 1
who_option = click.option("--who", required=True, help="谁做的改动 who does it")
day_option = click.option(
    "--today", "day", type=click.DateTime(["%Y-%m-%d"]), help="按哪一天判断 the day it speaks of"
)
_TEXTS = {
    "lead": "牵头单位 who leads",
    "others": "责任、配合单位 who is responsible or helps",
    "implement": "具体落实 who carries it out",
    "person": "责任人 who answers for it",
    "start": "开始日期 first day",
    "due": "完成时限 day it is due",
    "rhythm": "continuous 持续推进，yearly 每年 continuous, or every year",
    "problem": "存在问题 what stands in the way",
    "next-step": "下一步 what comes next",
    "remark": "备注 remark",
    "park": "园区 the park",
    "content": "建设内容 what is built",
    "metric": "目标的指标 what a target measures",
    "operator": "目标的比较 <=, >= how a target compares",
    "unit": "目标的单位 unit of a target",
    "change": "目标是变化时 down 或 up where a target is a change",
    "by": "目标年份 YYYY year of a target",
}
_NUMBERS = {
    "progress": "进度 % progress in percent",
    "investment": "总投资 万元 investment in 10,000 yuan",
    "invested": "已完成投资 万元 invested so far",
    "abatement": "年减排量 tCO2 planned abatement a year",
    "abated": "已实现年减排量 tCO2 abatement reached",
    "value": "目标值 value of a target",
    "base-year": "目标的基准年 base year of a target",
}


def fields_options(command: Any) -> Any:
    """An option for each field a person may set."""
    for name, text in reversed(_NUMBERS.items()):
        kind = int if name == "base-year" else float
        command = click.option(f"--{name}", type=kind, help=text)(command)
    for name, text in reversed(_TEXTS.items()):
        command = click.option(f"--{name}", help=text)(command)
    return command


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in fields.items() if value is not None}
    return {
        name: (value or None) if name in ("start", "due") else value for name, value in told.items()
    }


@click.group()
def track() -> None:
    """任务和项目台账 Tasks, projects and targets: import, list, show, set, add, join, report."""


@track.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@who_option
@click.option("--why", default="", help="改动的理由 the reason of changes")
@day_option
@answers
@workspace_option
def import_command(
    files: tuple[Path, ...], who: str, why: str, day: datetime | None, folder: Path | None
) -> Answer:
    """读入政策文件、园区项目或改过的台账 Import: tanzhe track import 方案.docx --who 张三.

    再读一次不会重复。A file read again adds nothing twice.
    """
    with opened(folder) as workspace:
        when = day.date() if day else None
        found = import_files(open_board(folder), files, who, why=why, day=when, workspace=workspace)
    done = [(file.name, one) for file, one in zip(files, found, strict=True)]
    trees = [
        {"file": name, "new": [item.id for item in one.new], "known": one.known,
         "changed": [item.id for item in one.changed],
         "told": one.told._asdict() if one.told else None}
        for name, one in done
    ]  # fmt: skip
    return Answer({"imported": trees}, imported_lines(done))


@track.command(name="list")
@click.option("--kind", type=click.Choice(list(KINDS)), help="只列一类 one kind alone")
@click.option("--park", help="只列一个园区 of one park")
@click.option("--overdue", is_flag=True, help="只列逾期的 what is overdue alone")
@day_option
@answers
@kept_workspace_option
def list_command(
    kind: str | None, park: str | None, overdue: bool, day: datetime | None, folder: Path | None
) -> Answer:
    """列出台账 The board: tanzhe track list --overdue."""
    from tanzhe.tracking.lights import is_overdue, light

    when = day.date() if day else today()
    items = [
        one
        for one in open_board(folder).items().values()
        if (kind is None or one.kind == kind)
        and (park is None or one.park == park)
        and (not overdue or is_overdue(one, when))
    ]
    trees = [{**one.model_dump(mode="json"), "light": light(one, when)} for one in items]
    return Answer({"items": trees}, board_lines(items, when))


@track.command()
@click.argument("id")
@answers
@kept_workspace_option
def show(id: str, folder: Path | None) -> Answer:
    """一项的全部内容和改动记录 An item and its whole history: tanzhe track show 2025-987-01."""
    board = open_board(folder)
    events = board.events_of(id)
    item = board.items()[id]
    told = {"item": item.model_dump(mode="json"), "history": [e.model_dump() for e in events]}
    return Answer(told, history_lines(item, events))


@track.command(name="set")
@click.argument("id")
@who_option
@click.option("--status", type=click.Choice(list(STATUSES)), help="状态 where it stands")
@click.option("--title", help="名称 title")
@fields_options
@click.option(
    "--evidence", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="佐证材料，可多次 what proves it",
)  # fmt: skip
@click.option("--why", default="", help="理由 the reason")
@answers
@kept_workspace_option
def set_command(
    id: str, who: str, evidence: tuple[Path, ...], why: str, folder: Path | None, **fields: Any
) -> Answer:
    """改一项，记下谁改的 Change an item: tanzhe track set 2025-987-01 --who 张三 --progress 40."""
    item = set_item(open_board(folder), id, who, _given(fields), evidence=evidence, why=why)
    return Answer(item.model_dump(mode="json"), board_lines([item], today()))


@track.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("title")
@who_option
@click.option("--ground", type=click.Choice(list(GROUNDS)), help="问题事实的情形 of a finding")
@fields_options
@answers
@workspace_option
def add(kind: Any, title: str, who: str, folder: Path | None, **fields: Any) -> Answer:
    """手工加一项 Add an item: tanzhe track add project 屋顶光伏 --park 甲园 --who 张三."""
    item = add_item(open_board(folder), kind, title, who, _given(fields))
    return Answer(item.model_dump(mode="json"), board_lines([item], today()))


@track.command()
@click.argument("id")
@click.argument("region", required=False)
@click.argument("sector", required=False)
@who_option
@click.option("--data", default="", metavar="SOURCE|FILE", help="数据源或表格 source or file")
@click.option(
    "--yearly", type=click.Choice(["sum", "mean", "last"]), default="sum", show_default=True,
    help="各期怎样合成一年 how periods make a year",
)  # fmt: skip
@click.option(
    "--indicator", metavar="ID",
    help="园区的指标，parks_met 为达标园区数 an indicator of a park, parks_met: how many meet it",
)  # fmt: skip
@click.option(
    "--account", "accounts", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="园区某一年的填报表，可多次 a year of a park, may be repeated",
)  # fmt: skip
@answers
@workspace_option
def join(
    id: str,
    region: str | None,
    sector: str | None,
    who: str,
    data: str,
    yearly: str,
    indicator: str | None,
    accounts: tuple[Path, ...],
    folder: Path | None,
) -> Answer:
    """把目标对接实测数据或园区指标 Join a target: tanzhe track join ID 云南 工业 --who 张三.

    园区指标：--indicator emission_per_energy --account 2024.xlsx --account 2025.xlsx
    An indicator of a park over its years: --indicator and --account.
    """
    series = region is not None and sector is not None
    if series == bool(indicator) or bool(indicator) != bool(accounts):
        raise click.UsageError(
            "请给出地区和产品，或 --indicator 和 --account "
            "Give a region and a sector, or --indicator with --account"
        )
    with opened(folder) as workspace:
        board = open_board(folder)
        if indicator:
            found = join_parks(
                board, id, who, indicator=indicator, accounts=accounts, workspace=workspace
            )
        else:
            found = join_target(
                board, id, who, region=region or "", sector=sector or "", source=data,
                yearly=yearly, workspace=workspace,
            )  # fmt: skip
    return Answer(_joined_json(found), target_lines([found]))


@track.command()
@click.argument("parks", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE.docx|.pdf|.html|...",
    help="中期评估报告 the mid-term report",
)  # fmt: skip
@click.option("--xlsx", type=click.Path(path_type=Path), help="台账写成 Excel board as a workbook")
@click.option("--ics", type=click.Path(path_type=Path), help="时限写成日历 days as a calendar")
@click.option("--feed", type=click.Path(path_type=Path), help="提醒写成 Atom reminders as a feed")
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 replace an existing file")
@day_option
@json_option
@kept_workspace_option
@click.pass_context
def report(
    context: click.Context,
    parks: tuple[Path, ...],
    out: Path | None,
    xlsx: Path | None,
    ics: Path | None,
    feed: Path | None,
    overwrite: bool,
    day: datetime | None,
    as_json: bool,
    folder: Path | None,
) -> None:
    """中期评估：风险、缺的材料、目标 Mid-term: tanzhe track report 甲.xlsx --out 报告.docx.

    有园区有风险时退出码为 1 Exit code 1 where a park is at risk.
    """
    when = day.date() if day else today()
    written = []
    with refusals_as_json(context, as_json), opened(folder) as workspace:
        board = open_board(folder)
        found = midterm(board, parks, day=when, workspace=workspace)
        if out is not None:
            language = of_documents()
            written.append(write_midterm(found, out, language=language, overwrite=overwrite))
        for name in (xlsx, ics, feed):
            if name is not None:
                language = of_documents()
                done = write_board(board, name, day=when, language=language, overwrite=overwrite)
                written.append(done)
    if as_json:
        told = {
            "today": str(found.today),
            "review": {"due": str(found.due) if found.due else None, "name": found.name},
            "parks": [
                {
                    "name": one.name,
                    "risk": one.risk.said(of_documents()),
                    "state": one.state.model_dump() if one.state else None,
                    "expected": one.expected.model_dump() if one.expected else None,
                    "works": {**one.works._asdict(), "late": [x.id for x in one.works.late]},
                    "grounds": {g.name: [f.said(of_documents()) for f in g.facts]
                                for g in one.grounds},
                    "missing": [words.said(of_documents()) for words in one.missing],
                }
                for one in found.parks
            ],
            "overdue": [one.id for one in found.overdue],
            "targets": [_joined_json(one) for one in found.aims],
            "written": [str(one) for one in written],
        }  # fmt: skip
        tree = said_in(told, of_documents())
        echo_json(tree)
    else:
        click.echo("\n".join(review_lines(found)))
        if found.aims:
            click.echo("\n".join(["", *target_lines(found.aims)]))
        for one in written:
            say(f"已写入 {one}", f"Written to {one}")
    context.exit(BEHIND if any(one.risk.en != "normal" for one in found.parks) else 0)


def _joined_json(one: Any) -> dict[str, Any]:
    return {
        "id": one.item.id, "title": one.item.title, "wanted": one.wanted, "unit": one.item.unit,
        "by": one.item.by, "outlook": one.outlook, "probability": one.probability,
        "now": one.now, "until": one.until, "how": one.how.said(of_documents()),
    }  # fmt: skip
