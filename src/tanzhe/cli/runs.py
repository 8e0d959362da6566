"""`tanzhe diff` and `tanzhe feed`: what moved between runs, and what is new, for a feed reader."""

from pathlib import Path

import click

from tanzhe.api.batches.batch import batch
from tanzhe.api.batches.tasks import Ask
from tanzhe.api.files.handed import write_report
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.options import opened, workspace_option
from tanzhe.cli.shared.printing import echo_json
from tanzhe.cli.shared.progress import Progress
from tanzhe.runs.difference import difference
from tanzhe.runs.difference_page import difference_json, difference_lines, difference_markdown
from tanzhe.runs.feed import atom, feed, json_feed
from tanzhe.runs.manifest import FILE

# Its place on the help page.
ON_HELP_PAGE = {"diff": 90, "feed": 100}

SHOWN = 20  # changes of a kind on a terminal
MOVED = 1


@click.command("diff")
@click.argument("before", metavar="RUN")
@click.argument("after", metavar="RUN")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "md", "json"]),
    default="text",
    show_default=True,
    help="格式 format",
)
@json_option
@click.option("--check", is_flag=True, help="有变化时以 1 退出 exit code 1 when something moved")
@workspace_option
def diff_command(
    before: str, after: str, format_: str, as_json: bool, check: bool, folder: Path | None
) -> int:
    """两次运行之间变了什么 What moved between two runs: tanzhe diff RUN RUN.

    RUN 是运行文件夹，也可以是一张表、一个文件夹的表或数据源：会先成批计算。

    A RUN is the folder of one, or a table, a folder of tables or a source, which is run first.
    """
    with opened(folder) as workspace, Progress() as progress:
        runs = []
        for one in (before, after):
            path = Path(one)
            if not (path / FILE).is_file() and path.name != FILE:
                ask = Ask(data=one)
                path = batch(ask, workspace=workspace, progress=progress).folder
            runs.append(path.parent if path.name == FILE else path)
    found = difference(*runs)
    language = of_documents()
    if as_json or format_ == "json":
        tree = difference_json(found, language)
        echo_json(tree)
    elif format_ == "md":
        click.echo(difference_markdown(found, language), nl=False)
    else:
        click.echo("\n".join(difference_lines(found, language, SHOWN)))
    return MOVED if check and found.changes else 0


@click.command("feed")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("newer", required=False, type=click.Path(path_type=Path), metavar="[RUN]")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["atom", "json"]),
    default="atom",
    show_default=True,
    help="格式 format",
)
@click.option("--url", "address", help="订阅地址 address under which it will be fetched")
@click.option(
    "--out", type=click.Path(path_type=Path), help="写入 feed.atom 和 feed.json 的文件夹 write both"
)
def feed_command(
    run: Path, newer: Path | None, format_: str, address: str | None, out: Path | None
) -> None:
    """新的和改变的事件，供订阅 New and changed episodes for feed readers: tanzhe feed RUN [RUN].

    只给一个 RUN 时列出全部事件；给出旧、新两个时只列变化。

    Of one RUN all episodes are listed; of an older and a newer one what changed.
    """
    made = feed(newer or run, run if newer is not None else None, of_documents())
    if out is None:
        click.echo(atom(made, address) if format_ == "atom" else json_feed(made, address), nl=False)
        return
    base = None if address is None else address.rstrip("/")
    named = {"feed.atom": atom, "feed.json": json_feed}
    for name, form in named.items():
        text = form(made, None if base is None else f"{base}/{name}")
        click.echo(write_report(text, out, name))
