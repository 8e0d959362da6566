"""`tanzhe data`: what there is, fetching, checking."""

from pathlib import Path

import click

from tanzhe.api.series.output import output_vintages
from tanzhe.api.series.sources import check_data, fetch_data, known_sources, look_at
from tanzhe.api.series.turning import CARBON_MONITOR, NBS
from tanzhe.cli.output import add, remove, vintage_line
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.options import (
    listing_workspace_option,
    opened,
    table_options,
    workspace_option,
)
from tanzhe.cli.shared.printing import echo_json
from tanzhe.errors import Language
from tanzhe.tables.choices import Choices
from tanzhe.workspace import Workspace

# Its place on the help page.
ON_HELP_PAGE = {"data": 200}


@click.group()
def data() -> None:
    """数据源与表格 Sources and tables: list, fetch, add, remove, look, check."""


data.add_command(add)
data.add_command(remove)


@data.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@listing_workspace_option
def list_(as_json: bool, folder: Path | None) -> None:
    """列出数据源和加入的版本 List the sources, and what was added to the built-in one."""
    sources = known_sources()
    with opened(folder, made=False) as workspace:
        added = output_vintages(workspace) if workspace is not None else ()
    if as_json:
        rows = [
            {"name": s.name, "what": s.what.zh, "coverage": s.coverage.zh, "terms": s.terms.zh,
             "built_in": s.built_in,
             "added": [v.model_dump() for v in added] if s.name == NBS else []} for s in sources
        ]  # fmt: skip
        echo_json(rows)
        return
    for source in sources:
        click.echo(f"{source.name}{'（内置）' if source.built_in else ''}")
        for words in (source.what, source.coverage, source.terms):
            click.echo(f"    {words.zh}\n    {words.en}")
        for vintage in added if source.name == NBS else ():
            click.echo(f"    加入的版本 added: {vintage_line(vintage)}")


@data.command()
@click.argument("source")
@workspace_option
def fetch(source: str, folder: Path | None) -> None:
    """下载数据源 Download a source: tanzhe data fetch carbon-monitor | nbs（未经实测 untried）."""
    with Workspace.open(folder) as workspace:
        path = fetch_data(source, workspace)
    click.echo(path)
    if source != CARBON_MONITOR:
        click.echo(f"延长内置数据 to extend the built-in series: tanzhe data add {path}")


@data.command()
@click.argument("file", type=click.Path(path_type=Path))
@table_options
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@json_option
def look(file: Path, choices: Choices, lang: Language, as_json: bool) -> None:
    """看一张表怎么读 How a table is read, and the options that change it."""
    seen = look_at(file, choices)
    if as_json:
        echo_json(seen.json())
    else:
        click.echo("\n".join(seen.lines(lang)))


@data.command()
@click.argument("source")
@table_options
@click.option("--previous", type=click.Path(path_type=Path), help="旧版本 an earlier vintage")
@json_option
def check(source: str, previous: Path | None, as_json: bool, choices: Choices) -> int:
    """检查数据 Check a file of series; exit code 1 when something is found."""
    found = check_data(source, previous, choices)
    if as_json:
        echo_json([f.model_dump() for f in found])
    else:
        for finding in found:
            click.echo(f"{finding.words.zh}\n    {finding.words.en}")
        click.echo(f"共 {len(found)} 项 findings: {len(found)}")
    return 1 if found else 0
