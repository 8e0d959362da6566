"""`tanzhe peak`: whether a region's sector has peaked."""

from pathlib import Path

import click

from tanzhe.api.series.peaks import peak
from tanzhe.cli.shared.forms import form_options, target
from tanzhe.cli.shared.options import Asked, opened, series_options

# Its place on the help page.
ON_HELP_PAGE = {"peak": 30}


@click.command("peak")
@series_options
@form_options
def peak_command(
    asked: Asked, as_json: bool, folder: Path | None, out: Path | None, format_: str | None
) -> None:
    """达峰判断 Has it peaked: tanzhe peak 江苏 水泥."""
    goal = target(out, format_, as_json=as_json)
    with opened(folder) as workspace:
        found = peak(asked.load(workspace))
    goal.hand_over(found, f"{found.series.region}_{found.series.sector}_peak")
