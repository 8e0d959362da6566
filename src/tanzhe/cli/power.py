"""`tanzhe power`: generation, consumption and net exchange, and what moved thermal power."""

import json
from pathlib import Path

import click

from tanzhe.api import power
from tanzhe.cli.aligned import aligned
from tanzhe.cli.language import of_documents
from tanzhe.cli.options import opened, workspace_option
from tanzhe.cli.progress import Progress
from tanzhe.reports.json import power_json
from tanzhe.reports.powerpage import power_lines, power_table, power_title


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
@workspace_option
def power_command(
    region: str,
    since: str | None,
    until: str | None,
    as_of: str | None,
    as_json: bool,
    folder: Path | None,
) -> None:
    """火电为何多发少发 Why thermal power moved: tanzhe power 四川."""
    with opened(folder) as workspace, Progress() as progress:
        system = power(
            region, since=since, until=until, as_of=as_of, workspace=workspace, progress=progress
        )
    language = of_documents()
    if as_json:
        click.echo(json.dumps(power_json(system, language), ensure_ascii=False, indent=2))
        return
    table = power_table(system, language)
    numbers = range(1, len(table[0]) - 1)
    click.echo("\n".join(
        [power_title(system).said(language), *aligned(table, right=numbers),
         *power_lines(system, language)]
    ))  # fmt: skip
