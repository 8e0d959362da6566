"""`tanzhe turns`: the turning points of a region and sector."""

from pathlib import Path

import click

from tanzhe.api.series._growing import Growing
from tanzhe.api.series.turning import turning_points
from tanzhe.cli.shared.forms import form_options, target
from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.options import Asked, opened, series_options, top_option
from tanzhe.cli.shared.progress import Progress
from tanzhe.reports.answers.turns import turns_lines

# Its place on the help page.
ON_HELP_PAGE = {"turns": 20}


@click.command()
@series_options
@top_option
@form_options
def turns(
    asked: Asked,
    top: int,
    as_json: bool,
    out: Path | None,
    format_: str | None,
    folder: Path | None,
) -> None:
    """列出转折点 List the turning points: tanzhe turns 云南 工业."""
    goal = target(out, format_, as_json=as_json)
    with opened(folder) as workspace, Progress() as progress:
        series = asked.load(workspace)
        points = turning_points(series, top=top, workspace=workspace, progress=Growing(progress))
    if goal.form is None and goal.out is None:
        click.echo("\n".join(turns_lines(points, of_documents(), top=top)))
    else:
        goal.hand_over(points, f"{series.region}_{series.sector}_turns")
