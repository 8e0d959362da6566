"""`tanzhe peak`: whether a region's sector has peaked."""

import json
from pathlib import Path

import click

from tanzhe.api import load, peak
from tanzhe.cli.options import notice, opened, table_options, workspace_option
from tanzhe.errors import Language
from tanzhe.reports.peakpage import peak_answer, peak_lines
from tanzhe.tables import Choices


@click.command("peak")
@click.argument("region")
@click.argument("sector")
@click.option("--data", default="nbs-output", metavar="SOURCE|FILE", show_default=True,
              help="数据源名称或文件 source or file")  # fmt: skip
@table_options
@click.option("--since", metavar="YYYY-MM", help="起始月 first month")
@click.option("--until", metavar="YYYY-MM", help="结束月 last month")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON 格式 write JSON")
@workspace_option
def peak_command(
    region: str,
    sector: str,
    data: str,
    since: str | None,
    until: str | None,
    lang: Language,
    as_json: bool,
    folder: Path | None,
    choices: Choices,
) -> None:
    """达峰判断 Has it peaked: tanzhe peak 江苏 水泥."""
    with opened(folder) as workspace:
        found = peak(
            load(
                region,
                sector,
                data,
                since=since,
                until=until,
                workspace=workspace,
                choices=choices,
                told=notice,
            )
        )
    if not as_json:
        click.echo("\n".join(peak_lines(found, lang)))
        return
    click.echo(json.dumps(peak_answer(found, lang), ensure_ascii=False, indent=2))
