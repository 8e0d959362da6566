"""`tanzhe park`: zero-carbon parks."""

from collections.abc import Sequence
from pathlib import Path

import click

from tanzhe.api.parks.assessment import assess_by, earlier_years
from tanzhe.api.parks.office import check_report_name, write_park_report
from tanzhe.cli.lines.park import judged_summary, park_summary
from tanzhe.cli.park_compare import compare
from tanzhe.cli.park_plan import plan
from tanzhe.cli.park_province import province
from tanzhe.cli.park_template import template
from tanzhe.cli.shared.answers import json_option, refusals_as_json
from tanzhe.cli.shared.forms import file_option
from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.options import opened, several_rules_option, workspace_option
from tanzhe.cli.shared.printing import echo_json
from tanzhe.model.park import Assessment
from tanzhe.parks.assessment.json import assessment_json

# Its place on the help page.
ON_HELP_PAGE = {"park": 140}

NOT_MET = 1


@click.group()
def park() -> None:
    """零碳园区 Zero-carbon parks: assess, template, plan, compare, province."""


@park.command()
@click.argument("input", type=click.Path(path_type=Path))
@several_rules_option
@json_option
@file_option
@click.option(
    "--earlier",
    "before",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="同一园区以前年份的填报表，可多次，报告列出各年 earlier years, for the tables by year",
)
@click.option("--base-year", type=int, metavar="YYYY", help="基准年 year to compare with")
@click.option(
    "--application",
    is_flag=True,
    help="按发改环资〔2025〕910号附件2大纲写申报书草稿 a draft in the outline of annex 2",
)
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 replace an existing file")
@workspace_option
@click.pass_context
def assess(
    context: click.Context,
    input: Path,
    rules: tuple[str, ...],
    as_json: bool,
    out: Path | None,
    before: tuple[Path, ...],
    base_year: int | None,
    application: bool,
    overwrite: bool,
    folder: Path | None,
) -> None:
    """核算并评估一个园区 Account and judge a park: tanzhe park assess 园区.xlsx.

    可用几套指标体系评同一份数据（--rules 写多次），核算相同，结论分列。
    Several --rules judge the same account.

    达到或不适用时退出码为 0，未达到或缺数据无法判断时为 1。
    Exit code 0 when met or no threshold applies, 1 when not met or data are missing.
    """
    with refusals_as_json(context, as_json):
        if out is not None:
            for name in report_names(out, rules):
                check_report_name(name, overwrite=overwrite)
        with opened(folder) as workspace:
            results = assess_by(input, rules, workspace=workspace)
            years = [earlier_years(before, one, workspace=workspace) for one in results]
    if as_json:
        trees = [assessment_json(one, of_documents()) for one in results]
        told = trees[0] if len(trees) == 1 else {"assessments": trees}
        echo_json(told)
    else:
        click.echo("\n\n".join((park_summary(results[0]), *map(judged_summary, results[1:]))))
    if out is not None:
        names = report_names(out, rules)
        for result, earlier, name in zip(results, years, names, strict=True):
            done = write_park_report(
                result,
                name,
                earlier=earlier,
                base_year=base_year,
                application=application,
                overwrite=overwrite,
                language=of_documents(),
            )
            click.echo(done, err=as_json)
    context.exit(max(map(exit_code, results)))


def report_names(out: Path, rules: Sequence[str]) -> list[Path]:
    """The file asked for, or with several rule sets one a set, named after it.

    Example:
        >>> [one.name for one in report_names(Path("a.docx"), ["x", "y"])]
        ['a-x.docx', 'a-y.docx']
    """
    ids = list(dict.fromkeys(Path(one).stem for one in rules))
    return [out] if len(ids) < 2 else [out.with_stem(f"{out.stem}-{id}") for id in ids]


def exit_code(result: Assessment) -> int:
    """0 when met or no threshold applies; 1 when not met, or data are missing to say so."""
    return NOT_MET if result.verdict in ("not_met", "cannot_judge") else 0


for command in (template, plan, compare, province):
    park.add_command(command)
