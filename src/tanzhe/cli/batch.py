"""`tanzhe batch`: every region and sector at once, as a run on disk."""

import re
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import click

from tanzhe.api.batches.batch import Run, batch, resume
from tanzhe.api.batches.tasks import Ask
from tanzhe.api.batches.team import Team, join
from tanzhe.cli.shared.aligned import aligned, shortened
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.language import of_documents, said
from tanzhe.cli.shared.moment import MOMENT
from tanzhe.cli.shared.options import notice, opened, table_options, workspace_option
from tanzhe.cli.shared.printing import json_text, say
from tanzhe.cli.shared.progress import Progress
from tanzhe.errors import InputError, Words, listed
from tanzhe.runs.executors import EXECUTORS, Executor, executor_of
from tanzhe.runs.folder import MATRIX, read_rows
from tanzhe.runs.words import episode_words, peak_words, series_words
from tanzhe.tables.choices import Choices
from tanzhe.workspace import Workspace

# Its place on the help page.
ON_HELP_PAGE = {"batch": 80}

SHOWN = 40  # rows on a terminal; all are in the matrix
WIDEST = 60  # columns of a cell
WRONG_INPUT, FAULT_OF_OURS = 2, 70
_HEAD = (
    Words("序列", "series"),
    Words("事件数", "episodes"),
    Words("最大的一次", "the largest"),
    Words("达峰判断", "peak"),
)


def _several(words: tuple[str, ...]) -> tuple[str, ...]:
    """Names given one by one or with commas; `all` is all."""
    names = [name.strip() for one in words for name in re.split("[,，、]", one)]
    if any(name.casefold() in ("all", "全部") for name in names):
        return ()
    return tuple(name for name in names if name)


@click.command("batch")
@click.option(
    "--data",
    metavar="SOURCE|FILE|FOLDER",
    help="数据源、表格或表格文件夹，默认内置 source, table or folder of tables",
)
@click.option(
    "--regions", multiple=True, metavar="NAMES", help="地区，可用逗号分隔，默认全部 all if left out"
)
@click.option(
    "--sectors", multiple=True, metavar="NAMES", help="部门或产品，默认全部 sectors or products"
)
@click.option("--since", type=MOMENT, metavar="YYYY-MM", help="起始月 first month")
@click.option("--until", type=MOMENT, metavar="YYYY-MM", help="结束月 last month")
@click.option(
    "--as-of", type=MOMENT, metavar="YYYY-MM", help="只用到该月为止的数据 nothing later is used"
)
@table_options
@click.option(
    "--executor",
    type=click.Choice([*EXECUTORS, Team.name]),
    default="serial",
    show_default=True,
    help="由谁计算；workspace 为共用工作区的各台计算机 who works; workspace: all who --join there",
)
@click.option("--workers", type=click.IntRange(min=1), help="几个进程，默认与处理器数相同 how many")
@click.option("--scheduler", metavar="ADDRESS", help="已有的 Dask 调度器 of a running Dask cluster")
@click.option(
    "--resume",
    "resumed",
    type=click.Path(path_type=Path),
    metavar="RUN",
    help="接着算中断的运行 go on with a run that was interrupted",
)
@click.option(
    "--join", "joined", is_flag=True, help="帮同一工作区里别人的运行 help with the runs of others"
)
@click.option("--stay", is_flag=True, help="与 --join 同用：一直等活 with --join: wait for more")
@click.option("--out", type=click.Path(path_type=Path), help="运行的文件夹 folder of the run")
@json_option
@workspace_option
def batch_command(
    data: str | None,
    regions: tuple[str, ...],
    sectors: tuple[str, ...],
    since: str | None,
    until: str | None,
    as_of: str | None,
    choices: Choices,
    executor: str,
    workers: int | None,
    scheduler: str | None,
    resumed: Path | None,
    joined: bool,
    stay: bool,
    out: Path | None,
    as_json: bool,
    folder: Path | None,
) -> int:
    """成批计算 All regions and sectors at once: tanzhe batch --sectors 工业,电力."""
    if joined:
        return _helped(folder, stay)
    team = executor == Team.name
    by: Executor | Team | None = None if team else executor_of(executor, workers, scheduler)
    if resumed is not None:
        _refuse_more(out, regions, sectors, since, until, as_of, choices)
    with opened(folder, needed=team) as workspace, Progress() as progress:
        if team and workspace is not None:
            by = Team(workspace)
        try:
            if resumed is not None:
                done = resume(
                    resumed, data=data, executor=by, workspace=workspace, progress=progress
                )
            else:
                ask = Ask(
                    data=data, regions=_several(regions), sectors=_several(sectors), since=since,
                    until=until, as_of=as_of, choices=decided(choices),
                )  # fmt: skip
                done = batch(ask, out=out, executor=by, workspace=workspace, progress=progress)
        except KeyboardInterrupt:
            notice(
                "已完成的部分保留在运行文件夹里：同一条命令或 --resume 接着算",
                "What is done is kept: the same command, or --resume, goes on",
            )
            raise
    click.echo(_as_json(done) if as_json else "\n".join(_lines(done)))
    return _told_failures(done)


def _helped(folder: Path | None, stay: bool) -> int:
    """Work on the runs that others have begun."""
    with Workspace.open(folder) as workspace:
        done = join(workspace, stay=stay, told=notice)
    say(f"完成任务 {done} 个", f"Tasks done here: {done}")
    return 0


def decided(choices: Choices) -> dict[str, Any]:
    """The decisions that were made about a table, as a manifest keeps them."""
    return {name: value for name, value in asdict(choices).items() if value}


def _refuse_more(*given: object) -> None:
    if any(given[:-1]) or decided(given[-1]):  # type: ignore[arg-type]
        what = Words("--resume 的设置取自运行本身", "--resume takes the settings of the run itself")
        do = Words("请只写 --resume、--executor、--workers", "Give --resume, --executor, --workers")
        raise InputError.of(what, do, where="--resume")


def _lines(done: Run) -> list[str]:
    language = of_documents()
    held = done.manifest.outputs
    assert held is not None
    rows = [tuple(words.said(language) for words in _HEAD)]
    joined: dict[str, None] = {}
    for row in islice(read_rows(done.folder, "series"), SHOWN):
        if "years_joined" in row["notes"]:
            joined[row["source_name"]] = None
        largest = episode_words(row).said(language) if row["begin"] else "—"
        if row["status"] != "done":
            largest = shortened(row[f"why_{language}"].splitlines()[0], WIDEST)
        count = str(row["episodes"]) if row["status"] == "done" else "—"
        rows.append(
            (series_words(row).said(language), count, largest, peak_words(row).said(language))
        )
    lines = aligned(rows, right=[1])
    if held.series > SHOWN:
        more = held.series - SHOWN
        lines.append(said(f"…… 其余 {more} 个见 {MATRIX}", f"… {more} more in {MATRIX}"))
    lines.append(
        said(
            f"序列 {held.series} 个，不能判断 {held.refused} 个，事件 {held.episodes} 个",
            f"Series: {held.series}, not judged: {held.refused}, episodes: {held.episodes}",
        )
    )
    if joined:
        names = listed(joined)
        lines.append(said(f"一年一个文件，已按年合并：{names.zh}", f"Years joined: {names.en}"))
    return [*lines, str(done.folder)]


def _as_json(done: Run) -> str:
    tree = {
        "run": str(done.folder),
        "manifest": done.manifest.model_dump(mode="json"),
        "series": list(read_rows(done.folder, "series")),
        "episodes": list(read_rows(done.folder, "episodes")),
    }
    return json_text(tree)


def _told_failures(done: Run) -> int:
    held = done.manifest.outputs
    assert held is not None
    failed = held.failed
    if held.refused == held.series:
        notice(
            f"没有一个序列能够判断，原因见 {MATRIX} 的 why 列",
            f"Not one series could be judged: see column why of {MATRIX}",
        )
        return WRONG_INPUT
    if not failed:
        return 0
    notice(
        f"{failed} 个序列遇到程序错误，原因见 {MATRIX} 的 why 列；请告诉维护者",
        f"{failed} series met a fault of the program: column why of {MATRIX}; please report it",
    )
    return FAULT_OF_OURS
