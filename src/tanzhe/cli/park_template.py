"""`tanzhe park template`: the workbook that a park fills in."""

from pathlib import Path

import click

from tanzhe.api.park_office import write_template


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--example", is_flag=True, help="填好一个虚构园区 filled in for a made-up park")
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 replace an existing file")
def template(out: Path, example: bool, overwrite: bool) -> None:
    """生成填报模板 Write the workbook to fill in: tanzhe park template 填报.xlsx."""
    click.echo(write_template(out, example=example, overwrite=overwrite))
