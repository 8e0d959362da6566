"""`tanzhe audit`: what is wrong and what is right in somebody's report."""

from pathlib import Path

import click

from tanzhe.api.reports.audit import audit as audited
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.forms import form_options, target
from tanzhe.cli.shared.options import opened, workspace_option
from tanzhe.cli.shared.progress import Progress

# Its place on the help page.
ON_HELP_PAGE = {"audit": 120}

FINDING = 1


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--against", type=click.Path(path_type=Path), help="对照的另一份报告 another report to compare"
)
@click.option(
    "--docs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="所引材料的文件夹或文件，可多次 folder or file of cited documents, repeatable",
)
@click.option(
    "--data", metavar="SOURCE|FILE", help="对照的序列 series to compare turning points with"
)
@json_option
@form_options
@workspace_option
@click.pass_context
def audit(
    context: click.Context,
    file: Path,
    against: Path | None,
    docs: tuple[Path, ...],
    data: str | None,
    as_json: bool,
    format_: str | None,
    out: Path | None,
    folder: Path | None,
) -> None:
    """核查别人写的报告 Audit somebody's report: tanzhe audit 报告.md --against 另一份.md."""
    goal = target(out, format_, as_json=as_json)
    with opened(folder) as workspace, Progress() as progress:
        result = audited(
            file, against=against, docs=docs, data=data, workspace=workspace, progress=progress
        )
    goal.hand_over(result, f"{file.stem}_audit", otherwise="md")
    context.exit(FINDING if result.findings or result.understood < 1 else 0)
