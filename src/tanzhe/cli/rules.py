"""`tanzhe rules`: official rules and numbers, and confirming a draft of them."""

from pathlib import Path

import click
from pydantic import BaseModel

from tanzhe.api.rules.registers import list_parks
from tanzhe.api.rules.rulebook import Registered, confirm_rules, list_rules, read_draft, show_rule
from tanzhe.cli.lines.register import document_lines, park_lines, standard_lines
from tanzhe.cli.lines.rules import list_lines, measure_lines, set_lines, table_lines, value_lines
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.moment import MOMENT
from tanzhe.cli.shared.options import listing_workspace_option, opened, workspace_option
from tanzhe.cli.shared.printing import json_text
from tanzhe.errors import InputError
from tanzhe.faults import fault_of
from tanzhe.model.rules import ResolvedValue, RuleSet
from tanzhe.periods import today
from tanzhe.rulebook import Table
from tanzhe.rulebook.documents import RuleDocument
from tanzhe.rulebook.energy_standards import EnergyStandard
from tanzhe.workspace import Workspace

# Its place on the help page.
ON_HELP_PAGE = {"rules": 190}


@click.group()
def rules() -> None:
    """规则库 The rulebook: list, show, confirm, parks."""


@rules.command("list")
@click.option("--measures", is_flag=True, help="列出指标所看的量 the vocabulary of measures")
@json_option
@listing_workspace_option
def list_(measures: bool, as_json: bool, folder: Path | None) -> None:
    """列出指标体系和数表 List rule sets and tables of numbers."""
    if measures:
        _print(measure_lines())
        return
    with opened(folder, made=False) as workspace:
        found = list_rules(workspace)
    if as_json:
        click.echo(_json(found))
        return
    _print(list_lines(found))


@rules.command()
@click.argument("id")
@click.option("--year", type=int, help="用于哪一年，默认今年 year it is used for")
@click.option(
    "--known-on", type=MOMENT, metavar="YYYY-MM-DD", help="只看这一天已公布的 published by this day"
)
@json_option
@listing_workspace_option
def show(
    id: str, year: int | None, known_on: str | None, as_json: bool, folder: Path | None
) -> None:
    """显示一个指标体系、数表或数值 Show a rule set, table or value: tanzhe rules show annex4."""
    with opened(folder, made=False) as workspace:
        when = today().year if year is None else year
        found = show_rule(id, year=when, known_on=known_on, workspace=workspace)
    if as_json:
        click.echo(_json(found))
    elif isinstance(found, RuleSet):
        _print(set_lines(found))
    elif isinstance(found, ResolvedValue):
        _print(value_lines(found))
    else:
        _print(_listed(found))


def _listed(found: tuple[Table, ...] | Registered) -> list[str]:
    tables = tuple(one for one in found if isinstance(one, Table))
    documents = tuple(one for one in found if isinstance(one, RuleDocument))
    standards = tuple(one for one in found if isinstance(one, EnergyStandard))
    return [*table_lines(tables), *document_lines(documents), *standard_lines(standards)]


@rules.command()
@click.argument("region", required=False)
@json_option
def parks(region: str | None, as_json: bool) -> None:
    """列出名单上的零碳园区 The zero-carbon parks on official lists: tanzhe rules parks 云南."""
    found = list_parks(region)
    if as_json:
        click.echo(_json(found))
        return
    _print(park_lines(found))


@rules.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", metavar="NAME", help="复核人姓名 who compared it with the document")
@click.option("--on", type=MOMENT, metavar="YYYY-MM-DD", help="复核日期，默认今天 day")
@click.option("--yes", is_flag=True, help="不再询问 do not ask; needs --by")
@workspace_option
def confirm(file: Path, by: str | None, on: str | None, yes: bool, folder: Path | None) -> None:
    """复核指标体系草案并启用 Confirm a draft: tanzhe rules confirm 草案.yaml --by 张三."""
    if yes and by is None:
        raise InputError(fault_of("cli.rules.no_name", where="--by"))
    with Workspace.open(folder) as workspace:
        draft = read_draft(file, workspace)
        _print(set_lines(draft.rule_set))
        if not draft.compared:
            click.echo("提示：原文不在文件库中，引文没有由程序比对，请逐条对照原文。")
        for said in draft.remarks:
            click.echo(f"请看 note: {said.zh} {said.en}")
        name = by or click.prompt("复核人姓名 Your name")
        if not yes:
            click.confirm("以上各条都已与原文核对 All compared with the document", abort=True)
        day = on or today().isoformat()
        path = confirm_rules(draft.rule_set, workspace, by=name, on=day)
    click.echo(f"已启用 {draft.rule_set.id}，复核人 {name}，{day} confirmed: {path}")
    click.echo(f"用法 use: tanzhe park assess 文件 --rules {draft.rule_set.id}")


def _print(lines: list[str]) -> None:
    click.echo("\n".join(lines))


def _json(found: BaseModel | tuple[BaseModel, ...]) -> str:
    tree = [one.model_dump() for one in found] if isinstance(found, tuple) else found.model_dump()
    return json_text(tree)
