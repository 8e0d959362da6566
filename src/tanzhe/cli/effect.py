"""`tanzhe effect`: whether an event moved a product, and by how much."""

from functools import partial
from pathlib import Path

import click

from tanzhe.api.series.effects import effect, event_effects
from tanzhe.api.series.turning import load
from tanzhe.cli.shared.aligned import wrapped
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.forms import form_options, target
from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.moment import MOMENT
from tanzhe.cli.shared.options import notice, opened, table_options, workspace_option
from tanzhe.cli.shared.progress import Progress
from tanzhe.cli.shared.table import columns_of_terminal, in_columns
from tanzhe.errors import InputError, Language, Words
from tanzhe.faults import fault_of
from tanzhe.model import EventEffects
from tanzhe.model.effect import EffectSign
from tanzhe.reports.answers.effect import (
    effects_notes,
    effects_rows,
)
from tanzhe.tables.choices import Choices

# Its place on the help page.
ON_HELP_PAGE = {"effect": 60}


@click.command("effect")
@click.argument("region")
@click.argument("sector", required=False, metavar="[SECTOR]")
@click.option("--event", metavar="ID", help="大事记中的编号或名称 id or name in the chronicle")
@click.option(
    "--date", type=MOMENT, metavar="YYYY-MM", help="事件的月份或日期 month or day of the event"
)
@click.option(
    "--until", type=MOMENT, metavar="YYYY-MM", help="事件结束的月份或日期 its last month or day"
)
@click.option("--words", default="", help="事件是什么 what the event was")
@click.option("--sign", type=click.Choice(["down", "up"]), help="预期的方向 direction expected")
@click.option("--all", "everything", is_flag=True, help="测算大事记中的全部事件 every known event")
@click.option(
    "--data",
    default="nbs-output",
    metavar="SOURCE|FILE",
    show_default=True,
    help="数据源名称，或任何表格文件 source or file",
)
@partial(table_options, date="--date-column")
@click.option(
    "--as-of",
    type=MOMENT,
    metavar="YYYY-MM",
    help="只用到该月为止的数据 as if asked then: no later figure is used",
)
@json_option
@form_options
@workspace_option
def effect_command(
    region: str,
    sector: str | None,
    event: str | None,
    date: str | None,
    until: str | None,
    words: str,
    sign: EffectSign | None,
    everything: bool,
    data: str,
    choices: Choices,
    as_of: str | None,
    as_json: bool,
    out: Path | None,
    format_: str | None,
    folder: Path | None,
) -> None:
    """事件的作用 Did it move anything: tanzhe effect 上海 水泥 --date 2022-04 --sign down."""
    goal = target(out, format_, as_json=as_json)
    with opened(folder) as workspace:
        if everything:
            products = None if sector is None else [sector]
            with Progress() as progress:
                table = event_effects(
                    region, products, data=data, choices=choices, as_of=as_of,
                    workspace=workspace, progress=progress,
                )  # fmt: skip
            if goal.form is None and goal.out is None:
                click.echo("\n".join(_table(table, of_documents())))
            else:
                goal.hand_over(table, f"{table.region}_effects")
            return
        if sector is None:
            raise InputError(fault_of("cli.effect.no_sector", where="tanzhe effect REGION SECTOR"))
        series = load(
            region, sector, data, as_of=as_of, workspace=workspace, choices=choices, told=notice
        )
        found = effect(
            series, event=event, date=date, until=until, words=words, sign=sign,
            workspace=workspace,
        )  # fmt: skip
    goal.hand_over(found, f"{found.region}_{found.product}_effect")


def _table(found: EventEffects, language: Language) -> list[str]:
    """The table as wide as the terminal, and what stands below it."""
    most = columns_of_terminal()
    rows = effects_rows(found, language)
    nothing = Words("没有可以测算的事件。", "No event that could be measured.").said(language)
    table = in_columns(rows, most) if len(rows) > 1 else [nothing]
    return [*table, *(line for note in effects_notes(found, language) for line in
                      wrapped(note, most))]  # fmt: skip
