"""`tanzhe chronicle`: the catalogue of dated events."""

from pathlib import Path
from typing import get_args

import click

from tanzhe.api.evidence.chronicle import Reviewed, chosen_events
from tanzhe.api.evidence.documents import add_chronicle, chronicle_events
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.moment import MOMENT
from tanzhe.cli.shared.options import listing_workspace_option, opened, workspace_option
from tanzhe.cli.shared.printing import echo_json, say
from tanzhe.errors import Words
from tanzhe.model import Event
from tanzhe.model.evidence import EventKind
from tanzhe.places import place_of
from tanzhe.reports.words.dates import event_date_words
from tanzhe.reports.words.vocabulary import label
from tanzhe.terms import words_of
from tanzhe.workspace import Workspace

# Its place on the help page.
ON_HELP_PAGE = {"chronicle": 230}

_MOST_PLACES = 3


@click.group()
def chronicle() -> None:
    """大事记 The catalogue of events: list, add."""


@chronicle.command("list")
@click.option(
    "--region", metavar="REGION", help="只列一个地区；全国为国家层面的记录 only this region"
)
@click.option("--industry", metavar="NAME", help="只列一个行业，如 steel、水泥 only this industry")
@click.option(
    "--since", type=MOMENT, metavar="YYYY-MM", help="此后仍在进行或开始的 in force or begun since"
)
@click.option("--until", type=MOMENT, metavar="YYYY-MM", help="此前开始的 begun until")
@click.option("--kind", type=click.Choice(get_args(EventKind)), help="政策、事件、项目或统计 kind")
@click.option(
    "--reviewed",
    type=click.Choice(get_args(Reviewed)),
    help="只列二次核对的（facts）或线索（leads） checked twice, or leads, only",
)
@json_option
@listing_workspace_option
def list_(
    region: str | None,
    industry: str | None,
    since: str | None,
    until: str | None,
    kind: EventKind | None,
    reviewed: Reviewed | None,
    as_json: bool,
    folder: Path | None,
) -> None:
    """列出记录 List the records: tanzhe chronicle list --region 云南 --industry 电解铝."""
    with opened(folder, made=False) as workspace:
        events = chronicle_events(workspace)
    events = chosen_events(
        events,
        region=region,
        industry=industry,
        since=since,
        until=until,
        kind=kind,
        reviewed=reviewed,
    )
    if as_json:
        echo_json([e.model_dump() for e in events])
        return
    for event in events:
        click.echo(_line(event).said(of_documents()))
    say(f"共 {len(events)} 条", f"records: {len(events)}")


_LEAD = Words("线索（未复核）", "lead (not reviewed)")
_EFFECTS = words_of("cli.chronicle.effects")


def _line(event: Event) -> Words:
    """Date and its kind, place, name, effect; a lead is marked."""
    name = Words(event.name, event.name_en or event.name)
    effect = [_EFFECTS[event.direction]] if event.direction in _EFFECTS else []
    lead = [] if event.reviewed else [_LEAD]
    parts = [_when(event), _places(event), name, *effect, *lead]
    return Words("  ".join(one.zh for one in parts), "  ".join(one.en for one in parts))


def _when(event: Event) -> Words:
    date = event.dates[0]
    day = event_date_words(date)
    if date.kind in ("happened", "unknown"):
        return day
    kind = [label("date_kind", date.kind, language) for language in ("zh", "en")]
    return Words(f"{day.zh}（{kind[0]}）", f"{day.en} ({kind[1]})")


def _places(event: Event) -> Words:
    known = [place for one in event.places if (place := place_of(one.code)) is not None]
    some = known[:_MOST_PLACES]
    zh, en = "、".join(one.zh for one in some), ", ".join(one.en for one in some)
    if len(known) == len(some):
        return Words(zh, en)
    return Words(f"{zh}等{len(known)}地", f"{en} and {len(known) - len(some)} more")


@chronicle.command()
@click.argument("file", type=click.Path(path_type=Path))
@workspace_option
def add(file: Path, folder: Path | None) -> None:
    """加入自己的记录 Add records of your own: tanzhe chronicle add FILE.jsonl."""
    with Workspace.open(folder) as workspace:
        count = add_chronicle(workspace, file)
    click.echo(f"已加入 {count} 条 added: {count}")
