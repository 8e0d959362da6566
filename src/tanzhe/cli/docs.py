"""`tanzhe docs`: the user's documents."""

import json
from pathlib import Path

import click

from tanzhe.api.documents import add_documents, export_documents, search_documents
from tanzhe.cli.options import workspace_option
from tanzhe.cli.progress import Progress
from tanzhe.workspace import Workspace


@click.group()
def docs() -> None:
    """文件库 Documents: add, search, export."""


@docs.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@workspace_option
def add(paths: tuple[Path, ...], folder: Path | None) -> None:
    """收入文件 Add files or folders: tanzhe docs add 文件夹."""
    with Workspace.open(folder) as workspace, Progress() as progress:
        contents = add_documents(workspace, paths, progress=progress)
    for one in contents.unread:
        click.echo(f"未读入 not read: [{one.file}] {one.reason} {one.reason_en}", err=True)
    read, unread = len(contents.documents), len(contents.unread)
    click.echo(f"已收入 {read} 份，未读入 {unread} 份 added: {read}, not read: {unread}")


@docs.command()
@click.argument("words")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@workspace_option
def search(words: str, limit: int, as_json: bool, folder: Path | None) -> None:
    """检索文件 Search the documents: tanzhe docs search 限电."""
    with Workspace.open(folder) as workspace:
        hits = search_documents(workspace, words, limit)
    if as_json:
        click.echo(json.dumps([h.model_dump() for h in hits], ensure_ascii=False, indent=2))
        return
    for hit in hits:
        click.echo(f"{hit.document.title or hit.document.name}\n    {hit.snippet}")
    click.echo(f"共 {len(hits)} 处 hits: {len(hits)}")


@docs.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@workspace_option
def export(file: Path, folder: Path | None) -> None:
    """导出存档 Write all archived documents: tanzhe docs export 存档.warc.gz."""
    with Workspace.open(folder) as workspace:
        count = export_documents(workspace, file)
    click.echo(f"已导出 {count} 份 exported: {count}")
