"""`tanzhe turns`: the turning points of a region and sector."""

import json
from pathlib import Path

import click

from tanzhe.api import turning_points
from tanzhe.api._growing import Growing
from tanzhe.cli.language import of_documents
from tanzhe.cli.options import Asked, opened, series_options, top_option
from tanzhe.cli.progress import Progress
from tanzhe.reports import turns_json
from tanzhe.reports.turnspage import turns_lines


@click.command()
@series_options
@top_option
def turns(asked: Asked, top: int, as_json: bool, folder: Path | None) -> None:
    """列出转折点 List the turning points: tanzhe turns 云南 工业."""
    with opened(folder) as workspace, Progress() as progress:
        series = asked.load(workspace)
        points = turning_points(series, top=top, workspace=workspace, progress=Growing(progress))
    if as_json:
        tree = turns_json(points, of_documents())
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(turns_lines(points, of_documents(), top=top)))
