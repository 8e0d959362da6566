"""`tanzhe meters`: readings of a park added, checked and added up."""

from pathlib import Path
from typing import Any

import click

from tanzhe.api.meters.readings import (
    KINDS_OF_CORRECTION,
    add_messages,
    add_readings,
    check_readings,
    correct,
    firm_months,
    meter_ledger,
    open_store,
    publish_months,
)
from tanzhe.cli.lines.meters import (
    added_lines,
    finding_lines,
    findings_json,
    firm_lines,
    firms_json,
    ledger_json,
    ledger_lines,
)
from tanzhe.cli.meter_hours import hours
from tanzhe.cli.meter_weak import weak
from tanzhe.cli.power_trace import trace_command
from tanzhe.cli.shared.answers import Answer, answers
from tanzhe.cli.shared.language import said
from tanzhe.cli.shared.moment import MOMENT
from tanzhe.cli.shared.options import kept_workspace_option, workspace_option
from tanzhe.cli.shared.printing import json_text, say
from tanzhe.meters.broker import is_address
from tanzhe.meters.rows import Side
from tanzhe.meters.store import Source
from tanzhe.tables.choices import pairs

# Its place on the help page.
ON_HELP_PAGE = {"meters": 150}

FOUND = 1


@click.group()
def meters() -> None:
    """计量表读数 Meters: add, check, month, ledger, hours, weak, trace, correct, publish."""


@meters.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--meter", default="", help="文件没有写明时是哪块表 whose, where a file does not say")
@click.option(
    "--as",
    "names",
    multiple=True,
    metavar="NAME=METER",
    help="文件里的叫法是哪块表，可多次 which meter a name in the file means",
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="清单的哪一列是什么，或全表相同的值，可多次：firm=安装位置 "
    "which column of a list is what, or what it is for all",
)
@click.option(
    "--slots",
    type=click.Choice(["begin", "end"]),
    help="00:00 至 23:45 的列是区间起还是止 what columns from 00:00 to 23:45 are",
)
@click.option(
    "--cells",
    type=click.Choice(["reading", "amount"]),
    help="各月各日的格是期末示数还是当期用量 what cells of months and days are",
)
@click.option(
    "--side",
    type=click.Choice(["primary", "secondary"]),
    help="数值已乘倍率（一次侧）还是未乘 figures after the multiplier, or before it",
)
@click.option("--for", "seconds", type=click.FloatRange(min=0), default=60.0, show_default=True,
              help="听 MQTT 多少秒 how long to listen to MQTT")  # fmt: skip
@click.option(
    "--most", type=click.IntRange(min=1), help="听满多少条为止 stop after so many messages"
)
@answers
@workspace_option
def add(
    files: tuple[str, ...],
    meter: str,
    names: tuple[str, ...],
    fields: tuple[str, ...],
    slots: str | None,
    cells: str | None,
    side: Side | None,
    seconds: float,
    most: int | None,
    folder: Path | None,
) -> Answer:
    """加入计量表清单、读数和账单 Add lists of meters, readings, bills: tanzhe meters add 文件夹.

    读 CSV、XLSX、Parquet、MyEMS 导出、DLMS 与 DL/T 698 冻结、MQTT 消息；同一文件只加入一次，
    有一处错则全部不加入。
    Reads CSV, XLSX, Parquet, MyEMS exports, DLMS and DL/T 698 freezes, MQTT messages; a file is
    added once; where anything is wrong nothing is added.
    """
    store, held = open_store(folder), dict(pairs(names))
    brokers = [one for one in files if is_address(one)]
    others = [one for one in files if not is_address(one)]
    said_of = dict(pairs(fields))
    added = []
    if others:
        added = add_readings(
            store, others, meter=meter, names=held, fields=said_of, slots=slots or "",
            cells=cells or "", side=side or "",
        )  # fmt: skip
    for one in brokers:
        added += add_messages(store, one, seconds=seconds, most=most, side=side or "")
    told = [
        {
            **one._asdict(),
            "form": one.form._asdict(),
            "told": [told._asdict() for told in one.decided],
            "source": _source_as_json(one.source) if one.source else None,
        }
        for one in added
    ]
    nothing = [said("没有收到消息", "Nothing came")]
    return Answer({"added": told}, list(added_lines(added)) or nothing)


def _source_as_json(source: Source) -> dict[str, Any]:
    """With what was decided as one text of both languages, as programs have read it so far."""
    told = [one.zh if one.zh == one.en else f"{one.zh} {one.en}" for one in source.told]
    return {**source.model_dump(exclude={"told"}), "told": told}


@meters.command()
@click.argument("months", nargs=-1, type=MOMENT, metavar="[YYYY-MM|YYYY]...")
@click.option("--all", "every", is_flag=True, help="提示也列出 list the notes too")
@answers
@kept_workspace_option
def check(months: tuple[str, ...], every: bool, folder: Path | None) -> Answer:
    """检查读数 What is wrong with readings: tanzhe meters check 2025-03.

    有问题时退出码为 1 Exit code 1 where a fault is found.
    """
    found = check_readings(open_store(folder), months)
    faulty = any(one.level == "fault" for one in found)
    return Answer(findings_json(found), finding_lines(found, every=every), FOUND * faulty)


@meters.command()
@click.argument("months", nargs=-1, type=MOMENT, metavar="[YYYY-MM|YYYY]...")
@answers
@kept_workspace_option
def month(months: tuple[str, ...], folder: Path | None) -> Answer:
    """各企业各月用量 What each firm used, month by month: tanzhe meters month 2025-03."""
    found = firm_months(open_store(folder), months)
    return Answer(firms_json(found), firm_lines(found))


@meters.command()
@click.argument("year", type=click.IntRange(2000, 2100))
@click.option(
    "--park",
    type=click.Path(path_type=Path),
    help="园区填报表，取名称、系数和没有计量的部分 the park's file: name, coefficient, the rest",
)
@click.option(
    "--factor-set",
    help="天然气参数用哪一套 set of parameters of natural gas, e.g. national_database",
)
@click.option(
    "--by-firm",
    is_flag=True,
    help="每家企业一行，合计等于总表 a row a firm, adding up to the meter",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE.json",
    help="写成 park assess 可读的文件 write the file that park assess reads",
)
@answers
@kept_workspace_option
def ledger(
    year: int,
    park: Path | None,
    factor_set: str | None,
    by_firm: bool,
    out: Path | None,
    folder: Path | None,
) -> Answer:
    """由计量得到台账 The ledgers of a year from meters: tanzhe meters ledger 2025."""
    made = meter_ledger(open_store(folder), year, park, factor_set=factor_set, by_firm=by_firm)
    lines = list(ledger_lines(made.rows))
    if out is not None:
        out.write_text(f"{json_text(made.tree)}\n", encoding="utf-8")
        lines.append(said(f"已写入 {out}", f"Written to {out}"))
    return Answer(ledger_json(made), lines)


@meters.command(name="correct")
@click.argument("meter")
@click.option("--from", "begin", required=True, help="起 first instant, 2025-03-01 00:15")
@click.option("--to", "end", required=True, help="止 last instant")
@click.option("--kind", required=True, type=click.Choice(KINDS_OF_CORRECTION), help="做什么 what")
@click.option("--value", type=float, help="数值 the value")
@click.option("--who", required=True, help="谁决定的 who decided")
@click.option("--why", required=True, help="理由 the reason")
@click.option("--document", default="", help="凭证 what proves it")
@kept_workspace_option
def correct_command(
    meter: str,
    begin: str,
    end: str,
    kind: str,
    value: float | None,
    who: str,
    why: str,
    document: str,
    folder: Path | None,
) -> None:
    """登记更正，原始读数不变 Record a correction; readings stay as they are."""
    row = correct(
        open_store(folder),
        meter,
        begin,
        end,
        kind,
        value=value,
        who=who,
        why=why,
        document=document,
    )
    say(f"已登记：{row.meter} {row.kind}", f"Recorded: {row.meter} {row.kind}")


@meters.command(name="publish")
@click.argument("address")
@click.argument("months", nargs=-1, type=MOMENT, metavar="[YYYY-MM|YYYY]...")
@kept_workspace_option
def publish_command(address: str, months: tuple[str, ...], folder: Path | None) -> None:
    """各月电量写入 PostgreSQL Months into a database: tanzhe meters publish postgresql://主机/库."""
    count = publish_months(open_store(folder), address, months)
    say(f"已写入 {count} 行", f"{count} rows written")


meters.add_command(hours)
meters.add_command(weak)
meters.add_command(trace_command)
