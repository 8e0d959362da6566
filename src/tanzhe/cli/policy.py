"""`tanzhe policy`: what an official document says."""

from pathlib import Path

import click

from tanzhe.api.reports.policy import read_policy, write_draft_rules
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.forms import form_options, target

# Its place on the help page.
ON_HELP_PAGE = {"policy": 130}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.option(
    "--rules-out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.yaml",
    help="把指标表写成待复核的指标体系草案 write the indicators as a draft rule set",
)
@form_options
def policy(
    file: Path, as_json: bool, rules_out: Path | None, out: Path | None, format_: str | None
) -> None:
    """读政策文件 Read an official document: tanzhe policy 方案.docx --rules-out 草案.yaml."""
    goal = target(out, format_, as_json=as_json)
    found = read_policy(file)
    if rules_out is not None:
        write_draft_rules(found, rules_out)
    goal.hand_over(found, f"{file.stem}_policy")
    if rules_out is not None:
        say = f"指标体系草案已写入 draft written: {rules_out}；请用 tanzhe rules confirm 复核"
        click.echo(say, err=True)
