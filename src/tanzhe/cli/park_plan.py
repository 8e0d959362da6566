"""`tanzhe park plan`: the cheapest measures that meet the thresholds."""

from pathlib import Path

import click

from tanzhe.api.parks.plans import plan as planned
from tanzhe.api.parks.plans import plan_template
from tanzhe.cli.lines.plan import plan_summary
from tanzhe.cli.shared.answers import json_option, refusals_as_json
from tanzhe.cli.shared.forms import form_options, target
from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.moment import MOMENT
from tanzhe.cli.shared.options import opened, rules_option, workspace_option
from tanzhe.cli.shared.printing import echo_json
from tanzhe.parks.planning.json import plan_json


@click.command()
@click.argument("input", type=click.Path(path_type=Path))
@click.argument("measures", type=click.Path(path_type=Path), required=False)
@rules_option
@click.option(
    "--by",
    type=MOMENT,
    metavar="YYYY-MM",
    help="措施须在此月前可用，默认为下一次评估 measures must work by then; the next review",
)
@click.option(
    "--guiding", is_flag=True, help="可说明的引导指标也要达到 meet the excusable indicators too"
)
@click.option(
    "--direct-supply",
    is_flag=True,
    help="电力直接供应比例也要达到（原则上）meet the share of direct supply too",
)
@click.option(
    "--template",
    is_flag=True,
    help="输出本园区的措施模板 print a measures file for this park to fill in",
)
@json_option
@form_options
@workspace_option
@click.pass_context
def plan(
    context: click.Context,
    input: Path,
    measures: Path | None,
    rules: str | None,
    by: str | None,
    guiding: bool,
    direct_supply: bool,
    template: bool,
    as_json: bool,
    out: Path | None,
    format_: str | None,
    folder: Path | None,
) -> None:
    """求达标的最低成本措施 The cheapest measures that meet the thresholds.

    先用 --template 得到本园区的模板，填好再求；求不出也是答案（不可行），退出码为 0。
    First get a template with --template, fill it in, then plan. Infeasible is an answer: exit
    code 0.
    """
    goal = target(out, format_, as_json=as_json)
    with refusals_as_json(context, as_json), opened(folder) as workspace:
        if template:
            click.echo(plan_template(input, rules=rules, workspace=workspace))
            return
        if measures is None:
            raise click.UsageError(
                "缺措施文件 MEASURES；用 --template 得到模板 "
                "MEASURES is missing; --template prints one to fill in"
            )
        result = planned(
            input,
            measures,
            rules=rules,
            by=by,
            guiding=guiding,
            direct_supply=direct_supply,
            workspace=workspace,
        )
    if as_json:
        echo_json(plan_json(result, of_documents()))
    elif goal.form is None and goal.out is None:
        click.echo(plan_summary(result))
    else:
        goal.hand_over(result, "plan")
