"""`tanzhe power`: generation, consumption and net exchange, and what moved thermal power."""

from pathlib import Path

import click

from tanzhe.api import power
from tanzhe.cli.forms import form_options, target
from tanzhe.cli.options import opened, workspace_option
from tanzhe.cli.progress import Progress


@click.command("power")
@click.argument("region")
@click.option("--since", metavar="YYYY-MM", help="起始月 first month")
@click.option("--until", metavar="YYYY-MM", help="结束月 last month")
@click.option(
    "--as-of",
    metavar="YYYY-MM",
    help="只用到该月为止的数据 as if asked then: no later figures are used",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON 格式 write JSON")
@form_options
@workspace_option
def power_command(
    region: str,
    since: str | None,
    until: str | None,
    as_of: str | None,
    as_json: bool,
    out: Path | None,
    format_: str | None,
    folder: Path | None,
) -> None:
    """火电为何多发少发 Why thermal power moved: tanzhe power 四川."""
    goal = target(out, format_, as_json=as_json)
    with opened(folder) as workspace, Progress() as progress:
        system = power(
            region, since=since, until=until, as_of=as_of, workspace=workspace, progress=progress
        )
    goal.hand_over(system, f"{system.region}_power")
