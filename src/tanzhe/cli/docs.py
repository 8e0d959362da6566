"""`tanzhe docs`: the user's documents."""

from collections.abc import Iterable
from pathlib import Path

import click
from pydantic import BaseModel

from tanzhe.api.evidence.documents import (
    add_documents,
    check_documents,
    correct_document,
    export_documents,
    list_documents,
    remove_document,
    restore_documents,
    retired_documents,
    search_documents,
)
from tanzhe.cli.shared.aligned import wrapped
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.language import said
from tanzhe.cli.shared.options import kept_workspace_option, workspace_option
from tanzhe.cli.shared.printing import echo_json, say
from tanzhe.cli.shared.progress import Progress
from tanzhe.cli.shared.table import columns_of_terminal
from tanzhe.errors import Words
from tanzhe.evidence.finders.folder import FolderContents
from tanzhe.terms import words_of
from tanzhe.workspace import Hit, Retired, Workspace

# Its place on the help page.
ON_HELP_PAGE = {"docs": 210}

SHORT = 12  # signs of an id that are shown
_MOST_NAMED = 10
_WHY = words_of("cli.docs.why")


@click.group()
def docs() -> None:
    """文件库 Documents: add, search, list, correct, remove, check, restore, export."""


@docs.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@workspace_option
def add(paths: tuple[Path, ...], folder: Path | None) -> None:
    """收入文件 Add files or folders: tanzhe docs add 文件夹.

    同一个文件夹再次收入时，改过的文件取代旧的，已删去的文件移出。

    A folder added again is followed: changed files replace the former ones, files that are gone
    leave the library.
    """
    with Workspace.open(folder) as workspace, Progress() as progress:
        contents = add_documents(workspace, paths, progress=progress)
    for one in contents.unread:
        reason = said(one.reason, one.reason_en)
        _tell(Words(f"未读入：{one.file}", f"Not read: {one.file}"), reason, err=True)
    _told_changes(contents)
    read, new = len(contents.documents), len(contents.new)
    say(
        f"文件库里有这里的 {read} 份，其中新收入 {new} 份；未读入 {len(contents.unread)} 份",
        f"{read} documents from here are in the library, {new} of them new; "
        f"{len(contents.unread)} not read",
    )


def _told_changes(contents: FolderContents) -> None:
    for paths, words in (
        (contents.replaced, Words("改过，已取代旧的", "Changed, the former was replaced")),
        (contents.vanished, Words("已不在文件夹里，移出", "No more in the folder, taken out")),
    ):
        for path in paths[:_MOST_NAMED]:
            _tell(words, path)
        if len(paths) > _MOST_NAMED:
            _tell(words, f"… {len(paths)}")


@docs.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True,
    help="最多列出几份 how many to show",
)  # fmt: skip
@json_option
@kept_workspace_option
def search(words: tuple[str, ...], limit: int, as_json: bool, folder: Path | None) -> None:
    """检索文件 Search the documents: tanzhe docs search 限电 -解除.

    各个词都要有；加引号“”的照原样找；前加减号的词不能有。

    All words must be there; those in quotes “” as they stand; -word must not be there.
    """
    with Workspace.open(folder) as workspace:
        found = search_documents(workspace, " ".join(words), limit)
        held = 0 if found.total else sum(1 for _ in workspace.documents())
    if as_json:
        _json(found.hits)
        return
    for hit in found.hits:
        click.echo("\n".join(_lines(hit)))
    if not found.total:
        none = Words(
            f"没有找到“{' '.join(words)}”：查了库里全部 {held} 份文件",
            f"No document has “{' '.join(words)}”: all {held} of the library were searched",
        )
        say(none)
        return
    about = ("", "") if found.exact else ("约 ", "about ")
    shown = len(found.hits)
    more = (
        (f"，列出最相关的 {shown} 份", f", the best {shown} shown")
        if shown < found.total
        else ("", "")
    )
    say(
        f"共 {about[0]}{found.total} 份文件{more[0]}", f"{about[1]}{found.total} documents{more[1]}"
    )


def _lines(hit: Hit) -> list[str]:
    document = hit.document
    day = f"（{document.published}）" if document.published else ""
    denied = (f"，{hit.denied} 处是否定", f", {hit.denied} denied") if hit.denied else ("", "")
    times = said(f"{hit.count} 处{denied[0]}", f"{hit.count} times{denied[1]}")
    head = f"{document.title or document.name}{day}"
    most = columns_of_terminal()
    lines = wrapped(f"{head}  [{document.sha256[:SHORT]}] {times}", most)
    return [*lines, *(f"    {line}" for line in wrapped(hit.snippet, most - 4))]


@docs.command("list")
@click.option("--removed", is_flag=True, help="列出已移除和更正的 those taken out instead")
@json_option
@kept_workspace_option
def list_(removed: bool, as_json: bool, folder: Path | None) -> None:
    """列出文件 List the documents."""
    with Workspace.open(folder) as workspace:
        gone = retired_documents(workspace) if removed else ()
        held = () if removed else list_documents(workspace)
    if as_json:
        _json((*gone, *held))
        return
    for one in held:
        click.echo(f"{one.sha256[:SHORT]}  {one.name}  {one.title}".rstrip())
    for mark in gone:
        _told_mark(mark)
    count = len(gone) + len(held)
    say(f"共 {count} 份", f"{count} documents")


@docs.command()
@click.argument("id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--why", default="", metavar="TEXT", help="原因 the reason")
@kept_workspace_option
def correct(id: str, file: Path, why: str, folder: Path | None) -> None:
    """用更正后的文件取代一份 Put a corrected file in its place: tanzhe docs correct ID FILE."""
    with Workspace.open(folder) as workspace:
        mark = correct_document(workspace, id, file, words=why)
    _told_mark(mark)


@docs.command()
@click.argument("id")
@click.option("--why", default="", metavar="TEXT", help="原因 the reason")
@click.option(
    "--erase", is_flag=True, help="连文字和原件一起删去，只留记号 delete text and bytes too"
)
@kept_workspace_option
def remove(id: str, why: str, erase: bool, folder: Path | None) -> None:
    """移除一份 Take a document out of the library: tanzhe docs remove ID.

    不再检索到；留下记号、日期和原因，引用过它的报告会列出。

    It is found no more; a mark with day and reason stays, and reports that quoted it are named.
    """
    with Workspace.open(folder) as workspace:
        mark = remove_document(workspace, id, words=why, erase=erase)
    _told_mark(mark)


@docs.command()
@kept_workspace_option
def check(folder: Path | None) -> int:
    """检查存档的原件 Whether the archived originals are whole; exit code 1 where one is not."""
    with Workspace.open(folder) as workspace:
        found = check_documents(workspace)
    for fault in found:
        click.echo(f"[{fault.where}] {said(fault.what)} {said(fault.do)}")
    if not found:
        say("原件都完好", "All originals are whole")
    return 1 if found else 0


@docs.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@kept_workspace_option
def restore(paths: tuple[Path, ...], folder: Path | None) -> None:
    """恢复丢失或被改动的原件 Put originals back: tanzhe docs restore 文件或文件夹.

    只收与存档时完全相同的文件。Only files that are the same to the byte are taken.
    """
    with Workspace.open(folder) as workspace:
        done = restore_documents(workspace, paths)
        left = len(check_documents(workspace))
    for name in done:
        _tell(Words("已恢复", "Put back"), name)
    say(
        f"恢复 {len(done)} 份，还有 {left} 份不完好",
        f"{len(done)} put back; {left} still not whole",
    )


@docs.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@kept_workspace_option
def export(file: Path, folder: Path | None) -> None:
    """导出存档 Write all archived documents: tanzhe docs export 存档.warc.gz."""
    with Workspace.open(folder) as workspace:
        count = export_documents(workspace, file)
    say(f"已导出 {count} 份", f"Exported: {count}")


def _told_mark(mark: Retired) -> None:
    why = _WHY[mark.why]
    reason = f"（{mark.words}）" if mark.words else ""
    click.echo(f"{mark.sha256[:SHORT]}  {mark.name}  {mark.at[:10]} {said(why)}{reason}")
    for one in mark.used_by:
        _tell(
            Words(
                "    这份报告引用过它，应重做",
                "    Quoted by this report, which should be made again",
            ),
            one,
        )


def _tell(words: Words, what: str, *, err: bool = False) -> None:
    click.echo(f"{said(words)}: {what}", err=err)


def _json(found: Iterable[BaseModel]) -> None:
    tree = [one.model_dump() for one in found]
    echo_json(tree)
