"""`tanzhe peak`: whether a region's sector has peaked."""

import json
from pathlib import Path

import click

from tanzhe.api import peak
from tanzhe.cli.language import of_documents
from tanzhe.cli.options import Asked, opened, series_options
from tanzhe.reports.peakpage import peak_answer, peak_lines


@click.command("peak")
@series_options
def peak_command(asked: Asked, as_json: bool, folder: Path | None) -> None:
    """达峰判断 Has it peaked: tanzhe peak 江苏 水泥."""
    with opened(folder) as workspace:
        found = peak(asked.load(workspace))
    if as_json:
        tree = peak_answer(found, of_documents())
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(peak_lines(found, of_documents())))
