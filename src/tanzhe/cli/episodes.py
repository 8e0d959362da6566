"""`tanzhe episodes`: what happened in a region's sector."""

import json
from pathlib import Path

import click

from tanzhe.api import episodes, load
from tanzhe.cli.options import opened, workspace_option
from tanzhe.errors import Language
from tanzhe.reports.episodepage import episode_lines, episodes_json


@click.command("episodes")
@click.argument("region")
@click.argument("sector")
@click.option("--data", default="nbs-output", metavar="SOURCE|FILE", show_default=True,
              help="数据源名称或文件 source or file")  # fmt: skip
@click.option("--since", metavar="YYYY-MM", help="起始月 first month")
@click.option("--until", metavar="YYYY-MM", help="结束月 last month")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@workspace_option
def episodes_command(
    region: str,
    sector: str,
    data: str,
    since: str | None,
    until: str | None,
    lang: Language,
    as_json: bool,
    folder: Path | None,
) -> None:
    """发生了什么 What happened: tanzhe episodes 上海 工业."""
    with opened(folder) as workspace:
        series = load(region, sector, data, since=since, until=until, workspace=workspace)
        found = episodes(series, workspace=workspace)
    if as_json:
        click.echo(json.dumps(episodes_json(found, lang), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(episode_lines(found, lang)))
