"""`tanzhe reproduce`: a run or a report again, byte by byte."""

from pathlib import Path

import click

from tanzhe.api.reports.reproduction import Again, reproduce
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.language import said
from tanzhe.cli.shared.options import opened, workspace_option
from tanzhe.cli.shared.printing import json_text
from tanzhe.cli.shared.progress import Progress
from tanzhe.runs.executors import EXECUTORS, executor_of

# Its place on the help page.
ON_HELP_PAGE = {"reproduce": 110}

SHOWN = 20


@click.command("reproduce")
@click.argument("manifest", type=click.Path(path_type=Path))
@click.option("--data", metavar="FILE|FOLDER", help="数据现在的位置 where the tables lie now")
@click.option(
    "--docs", multiple=True, type=click.Path(path_type=Path), help="文件现在的位置 of the documents"
)
@click.option("--out", type=click.Path(path_type=Path), help="保留结果的文件夹 keep what is made")
@click.option(
    "--executor", type=click.Choice(EXECUTORS), default="serial", help="由谁计算 who works"
)
@click.option("--workers", type=click.IntRange(min=1), help="几个进程 how many")
@json_option
@workspace_option
def reproduce_command(
    manifest: Path,
    data: str | None,
    docs: tuple[Path, ...],
    out: Path | None,
    executor: str,
    workers: int | None,
    as_json: bool,
    folder: Path | None,
) -> int:
    """按清单重做并逐字节核对 Make it again and compare every byte: tanzhe reproduce MANIFEST."""
    by = executor_of(executor, workers)
    with opened(folder) as workspace, Progress() as progress:
        done = reproduce(
            manifest, out=out, data=data, docs=docs, executor=by, workspace=workspace,
            progress=progress,
        )  # fmt: skip
    click.echo(_as_json(done) if as_json else "\n".join(_lines(done)))
    return 0 if done.same else 1


def _as_json(done: Again) -> str:
    tree = {
        "same": done.same,
        "outputs": done.outputs,
        "different": list(done.different),
        "versions": [{"zh": words.zh, "en": words.en} for words in done.versions],
        "superseded": [{"zh": words.zh, "en": words.en} for words in done.superseded],
    }
    return json_text(tree)


def _lines(done: Again) -> list[str]:
    if done.same:
        lines = [
            said(f"{done.outputs} 个结果逐字节相同", f"{done.outputs} outputs: the same bytes")
        ]
    else:
        many = len(done.different)
        lines = [said(f"{many} 个结果不同：", f"{many} outputs differ:")]
        lines += [f"  {name}" for name in done.different[:SHOWN]]
        if many > SHOWN:
            lines.append(said("……其余见 --json", "… the rest with --json"))
    lines += [said(words) for words in done.superseded]
    if done.versions:
        lines.append(said("与当时不同的版本：", "Versions that are not as they were:"))
        lines += [f"  {said(words)}" for words in done.versions]
    return lines
