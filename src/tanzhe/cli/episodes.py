"""`tanzhe episodes`: what happened in a region's sector."""

from pathlib import Path

import click

from tanzhe.api.series.episode import episodes
from tanzhe.cli.shared.forms import form_options, target
from tanzhe.cli.shared.options import Asked, opened, series_options
from tanzhe.cli.shared.progress import Progress

# Its place on the help page.
ON_HELP_PAGE = {"episodes": 40}


@click.command("episodes")
@series_options
@form_options
def episodes_command(
    asked: Asked, as_json: bool, folder: Path | None, out: Path | None, format_: str | None
) -> None:
    """发生了什么 What happened: tanzhe episodes 上海 工业."""
    goal = target(out, format_, as_json=as_json)
    with opened(folder) as workspace, Progress() as progress:
        found = episodes(asked.load(workspace), workspace=workspace, progress=progress)
    goal.hand_over(found, f"{found.series.region}_{found.series.sector}_episodes")
