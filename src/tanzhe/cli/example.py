"""`tanzhe example`: inputs to try every command on."""

import os
from pathlib import Path

import click

from tanzhe.api.house.example import write_example
from tanzhe.cli.shared.language import said
from tanzhe.cli.shared.printing import say

# Its place on the help page.
ON_HELP_PAGE = {"example": 10}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def example(folder: Path) -> None:
    """写出示例文件 Write small inputs to try every command on: tanzhe example 文件夹."""
    samples = write_example(folder)
    place = os.fspath(folder)
    say(
        f"已写入 {place}，内容都是虚构的。进入这个文件夹（cd {place}），然后可以试：",
        f"Written to {place}, all of it made up. Go there (cd {place}) and try:",
        joint="\n",
    )
    for sample in samples:
        click.echo(f"  {sample.name}  {said(sample.what)}\n      {sample.command}")
