"""`tanzhe chronicle`: the catalogue of dated events."""

import json
from pathlib import Path

import click

from tanzhe.api.documents import add_chronicle, chronicle_events
from tanzhe.cli.options import opened, workspace_option
from tanzhe.places import find_place
from tanzhe.workspace import Workspace


@click.group()
def chronicle() -> None:
    """大事记 The catalogue of events: list, add."""


@chronicle.command("list")
@click.option("--region", help="只列一个地区 only this region")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON 格式 write JSON")
@workspace_option
def list_(region: str | None, as_json: bool, folder: Path | None) -> None:
    """列出记录 List the records."""
    with opened(folder) as workspace:
        events = chronicle_events(workspace)
    if region is not None:
        code = find_place(region).iso
        events = tuple(e for e in events if any(p.code == code for p in e.places))
    if as_json:
        click.echo(json.dumps([e.model_dump() for e in events], ensure_ascii=False, indent=2))
        return
    for event in events:
        where = "、".join(place.name for place in event.places)
        lead = "" if event.reviewed else "  线索（未复核）"
        click.echo(f"{event.dates[0].date}  {where}  {event.name}{lead}")
    click.echo(f"共 {len(events)} 条 records: {len(events)}")


@chronicle.command()
@click.argument("file", type=click.Path(path_type=Path))
@workspace_option
def add(file: Path, folder: Path | None) -> None:
    """加入自己的记录 Add records of your own: tanzhe chronicle add FILE.jsonl."""
    with Workspace.open(folder) as workspace:
        count = add_chronicle(workspace, file)
    click.echo(f"已加入 {count} 条 added: {count}")
