"""`tanzhe park`: zero-carbon parks."""

import json
from pathlib import Path

import click

from tanzhe.api.park_office import check_report_name, write_park_report
from tanzhe.api.parks import assess as assessed
from tanzhe.cli.options import opened, rules_option, workspace_option
from tanzhe.cli.park_compare import compare
from tanzhe.cli.park_plan import plan
from tanzhe.cli.park_summary import park_summary
from tanzhe.cli.park_template import template
from tanzhe.cli.refusal import refusals_as_json
from tanzhe.model.park import Assessment
from tanzhe.parks import assessment_json

NOT_MET = 1


@click.group()
def park() -> None:
    """零碳园区 Zero-carbon parks: assess, template, plan, compare."""


@park.command()
@click.argument("input", type=click.Path(path_type=Path))
@rules_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON 格式 write JSON")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE.docx|.xlsx|.html",
    help="另写成 Word 报告、Excel 结果或网页 write a Word report, workbook or page too",
)
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 replace an existing file")
@workspace_option
@click.pass_context
def assess(
    context: click.Context,
    input: Path,
    rules: str | None,
    as_json: bool,
    out: Path | None,
    overwrite: bool,
    folder: Path | None,
) -> None:
    """核算并评估一个园区 Account and judge a park: tanzhe park assess 园区.xlsx.

    达到或不适用时退出码为 0，未达到或缺数据无法判断时为 1。
    Exit code 0 when met or no threshold applies, 1 when not met or data are missing.
    """
    with refusals_as_json(context, as_json):
        if out is not None:
            check_report_name(out, overwrite=overwrite)
        with opened(folder) as workspace:
            result = assessed(input, rules=rules, workspace=workspace)
    if as_json:
        click.echo(json.dumps(assessment_json(result), ensure_ascii=False, indent=2))
    else:
        click.echo(park_summary(result))
    if out is not None:
        click.echo(write_park_report(result, out, overwrite=overwrite), err=as_json)
    context.exit(exit_code(result))


def exit_code(result: Assessment) -> int:
    """0 when met or no threshold applies; 1 when not met, or data are missing to say so."""
    return NOT_MET if result.verdict in ("not_met", "cannot_judge") else 0


for command in (template, plan, compare):
    park.add_command(command)
