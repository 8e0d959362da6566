"""`tanzhe park template`: the workbook that a park fills in."""

from contextlib import nullcontext
from pathlib import Path

import click

from tanzhe.api.parks.office import write_template
from tanzhe.cli.shared.options import opened, workspace_option


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--rules",
    multiple=True,
    metavar="ID|FILE.yaml",
    help="只列这些指标体系的指标，可多次 the indicators of these rule sets alone",
)
@click.option("--example", is_flag=True, help="填好一个虚构园区 filled in for a made-up park")
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 replace an existing file")
@workspace_option
def template(
    out: Path, rules: tuple[str, ...], example: bool, overwrite: bool, folder: Path | None
) -> None:
    """生成填报模板 Write the workbook to fill in: tanzhe park template 填报.xlsx."""
    with opened(folder) if rules else nullcontext() as workspace:
        done = write_template(
            out, rules=rules, example=example, overwrite=overwrite, workspace=workspace
        )
    click.echo(done)
