"""`tanzhe episodes`: what happened in a region's sector."""

import json
from pathlib import Path

import click

from tanzhe.api import episodes
from tanzhe.cli.language import of_documents
from tanzhe.cli.options import Asked, opened, series_options
from tanzhe.cli.progress import Progress
from tanzhe.reports.episodepage import episode_lines, episodes_json


@click.command("episodes")
@series_options
def episodes_command(asked: Asked, as_json: bool, folder: Path | None) -> None:
    """发生了什么 What happened: tanzhe episodes 上海 工业."""
    with opened(folder) as workspace, Progress() as progress:
        found = episodes(asked.load(workspace), workspace=workspace, progress=progress)
    if as_json:
        tree = episodes_json(found, of_documents())
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(episode_lines(found, of_documents())))
