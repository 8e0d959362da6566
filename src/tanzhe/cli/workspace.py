"""`tanzhe workspace`: versions, backups, copies, roles, and whether all of it is whole."""

import re
from collections.abc import Mapping
from pathlib import Path

import click

from tanzhe.api.house.workspaces import (
    backup_workspace,
    check_workspace,
    copy_workspace,
    grant_role,
    restore_workspace,
    workspace_log,
    workspace_version,
)
from tanzhe.cli.shared.aligned import aligned
from tanzhe.cli.shared.language import said
from tanzhe.cli.shared.options import (
    examined_workspace_option,
    kept_workspace_option,
)
from tanzhe.cli.shared.printing import echo_json, say
from tanzhe.errors import Words
from tanzhe.workspace import Workspace
from tanzhe.workspace.copying import Sum
from tanzhe.workspace.log import Entry
from tanzhe.workspace.roles import ROLES, Role

# Its place on the help page.
ON_HELP_PAGE = {"workspace": 220}

NOBODY = "none"
SHORT = 12  # signs of an id that are shown
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HEAD = (
    Words("时间（UTC）", "time (UTC)"),
    Words("谁", "who"),
    Words("做了什么", "did what"),
    Words("对什么", "to what"),
    Words("原因、角色", "reason, role"),
)
_DONE = {
    "removed": Words("移除", "removed"),
    "corrected": Words("更正", "corrected"),
    "replaced": Words("被改过的文件取代", "replaced by a changed file"),
    "vanished": Words("文件夹里已经没有", "gone from its folder"),
    "erased": Words("删去文字和原件", "text and bytes deleted"),
    "restored": Words("恢复原件", "original put back"),
    "copied": Words("复制自", "copied from"),
    "brought back": Words("从备份恢复", "brought back from"),
    "granted": Words("授予角色", "role given"),
}


@click.group()
def workspace() -> None:
    """工作区 The workspace: upgrade, backup, restore, copy, check, grant, log."""


@workspace.command()
@kept_workspace_option
def upgrade(folder: Path | None) -> None:
    """升级到本版本 Bring it to this version: a copy is kept in `backups` first.

    打开工作区时也会自动升级。Opening it does the same.
    """
    with Workspace.open(folder) as opened:
        version = workspace_version(opened)
        where = opened.db.where
    say(f"{where}：第 {version} 版", f"{where}: version {version}")


@workspace.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@kept_workspace_option
def backup(file: Path, folder: Path | None) -> None:
    """备份成一个文件 Write all of it into one file: tanzhe workspace backup 备份.zip."""
    with Workspace.open(folder) as opened:
        done = backup_workspace(opened, file)
    _told(done, Words(f"已备份到 {file}", f"Backed up to {file}"))


@workspace.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@examined_workspace_option
def restore(file: Path, folder: Path | None) -> None:
    """从备份恢复 Bring it back into an empty one: tanzhe workspace restore 备份.zip."""
    done, where = restore_workspace(file, folder)
    _told(done, Words(f"已恢复到 {where}", f"Brought back to {where}"))


@workspace.command()
@click.argument("target")
@kept_workspace_option
def copy(target: str, folder: Path | None) -> None:
    """复制到空的文件夹或数据库 Copy it to an empty folder or database, and compare both."""
    with Workspace.open(folder) as opened:
        done = copy_workspace(opened, target)
    _told(done, Words("已复制并核对", "Copied and compared"))


@workspace.command()
@click.option("--repair", is_flag=True, help="先重建检索索引 make the index of words anew first")
@kept_workspace_option
def check(repair: bool, folder: Path | None) -> int:
    """检查是否完好 Whether it is whole: database, archive, index, quotations.

    有问题时退出码为 1。The exit code is 1 where something is wrong.
    """
    with Workspace.open(folder) as opened:
        found = check_workspace(opened, repair=repair)
    for fault in found:
        click.echo(f"[{fault.where}] {said(fault.what)} {said(fault.do)}")
    if not found:
        say("完好", "All is well")
    return 1 if found else 0


@workspace.command()
@click.argument("user")
@click.argument("role", type=click.Choice([*ROLES, NOBODY]))
@kept_workspace_option
def grant(user: str, role: str, folder: Path | None) -> None:
    """授予角色 Give a user of the server a role: tanzhe workspace grant 用户 reviewer.

    reader 只读；reviewer 还可收入文件、复核；administrator 还可移除和更正。由数据库执行。

    A reader reads; a reviewer also adds and reviews; an administrator also takes out. The database
    itself enforces it.
    """
    given: Role | None = next((one for one in ROLES if one == role), None)
    with Workspace.open(folder) as opened:
        grant_role(opened, user, given)
    say(f"{user}：{role}", f"{user}: {role}")


@workspace.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON 格式 write JSON")
@kept_workspace_option
def log(as_json: bool, folder: Path | None) -> None:
    """谁在何时做了什么 Who did what, and when: it can only grow."""
    with Workspace.open(folder) as opened:
        done = workspace_log(opened)
    if as_json:
        echo_json([one.model_dump() for one in done])
    elif not done:
        say("还没有记录", "Nothing is logged yet")
    else:
        rows = [tuple(said(one) for one in _HEAD), *map(_row, done)]
        click.echo("\n".join(aligned(rows)))


def _row(one: Entry) -> tuple[str, ...]:
    what = _DONE.get(one.what)
    subject = one.subject[:SHORT] if _SHA256.fullmatch(one.subject) else one.subject
    return one.at, one.by, one.what if what is None else said(what), subject, one.words


def _told(done: Mapping[str, Sum], words: Words) -> None:
    for name, one in done.items():
        if one.rows:
            click.echo(f"{name:10}{one.rows:>10}  {one.sha256[:16]}")
    say(words)
