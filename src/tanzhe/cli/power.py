"""`tanzhe power`: generation, consumption and net exchange, and what moved thermal power."""

from pathlib import Path

import click

from tanzhe.api.series.power_system import power
from tanzhe.cli.power_trace import trace_command
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.forms import form_options, target
from tanzhe.cli.shared.moment import MOMENT
from tanzhe.cli.shared.options import opened, workspace_option
from tanzhe.cli.shared.progress import Progress

# Its place on the help page.
ON_HELP_PAGE = {"power": 50}

TRACE = "trace"


@click.command("power")
@click.argument("region", metavar="REGION|trace")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--since", type=MOMENT, metavar="YYYY-MM", help="起始月 first month")
@click.option("--until", type=MOMENT, metavar="YYYY-MM", help="结束月 last month")
@click.option(
    "--as-of",
    type=MOMENT,
    metavar="YYYY-MM",
    help="只用到该月为止的数据 as if asked then: no later figures are used",
)
@json_option
@form_options
@workspace_option
@click.pass_context
def power_command(
    context: click.Context,
    region: str,
    files: tuple[Path, ...],
    since: str | None,
    until: str | None,
    as_of: str | None,
    as_json: bool,
    out: Path | None,
    format_: str | None,
    folder: Path | None,
) -> None:
    """火电为何多发少发，电从哪里来 Why thermal power moved: tanzhe power 四川.

    tanzhe power trace 节点.csv 线路.csv：按潮流追溯每个节点的电来自哪些电源。
    tanzhe power trace BUSES LINES traces the power of each bus of a network to its generators.
    """
    if region == TRACE:
        if not files:
            raise click.UsageError("请给出节点表和线路表 Give the tables of buses and lines")
        context.invoke(trace_command, files=files, as_json=as_json)
    if files:
        raise click.UsageError(f"多余的参数 Unexpected argument: {files[0]}")
    goal = target(out, format_, as_json=as_json)
    with opened(folder) as workspace, Progress() as progress:
        system = power(
            region, since=since, until=until, as_of=as_of, workspace=workspace, progress=progress
        )
    goal.hand_over(system, f"{system.region}_power")
