"""`tanzhe park compare`: a province's parks side by side, or one park over the years."""

from pathlib import Path

import click

from tanzhe.api.parks.comparisons import compare as compared
from tanzhe.cli.lines.comparison import compare_summary
from tanzhe.cli.shared.answers import json_option, refusals_as_json
from tanzhe.cli.shared.forms import form_options, target
from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.options import opened, rules_option, workspace_option
from tanzhe.cli.shared.printing import echo_json
from tanzhe.parks.compare import comparison_json


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@rules_option
@json_option
@form_options
@workspace_option
@click.pass_context
def compare(
    context: click.Context,
    inputs: tuple[Path, ...],
    rules: str | None,
    as_json: bool,
    out: Path | None,
    format_: str | None,
    folder: Path | None,
) -> None:
    """并列比较园区或年份 Compare parks or years: tanzhe park compare 甲.xlsx 乙.json.

    谁达到核心指标、谁缺数据、谁在评估时有风险、各有哪些项目。有一个文件读不了就整体拒绝，
    所有问题一次列出。One faulty file refuses the whole, with every fault at once.
    """
    goal = target(out, format_, as_json=as_json)
    with refusals_as_json(context, as_json), opened(folder) as workspace:
        result = compared(inputs, rules=rules, workspace=workspace)
    if as_json:
        echo_json(comparison_json(result, of_documents()))
    elif goal.form is None and goal.out is None:
        click.echo(compare_summary(result))
    else:
        goal.hand_over(result, "compare")
