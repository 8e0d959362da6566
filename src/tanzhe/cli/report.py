"""`tanzhe report`: the report on a region and sector."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from tanzhe.api.evidence.online import known_sources
from tanzhe.api.files.forms import form_of
from tanzhe.api.reports.findings import Inquiry, failed_sources, investigate
from tanzhe.api.reports.findings import report as told
from tanzhe.api.reports.polishing import Polisher, polisher
from tanzhe.api.reports.run import keep_manifest, report_ask
from tanzhe.cli.shared.forms import form_options, target
from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.options import Asked, notice, opened, series_options, top_option
from tanzhe.cli.shared.progress import Progress
from tanzhe.errors import InputError, Words, listed
from tanzhe.faults import fault_of
from tanzhe.reports import check_wording
from tanzhe.reports.registers.register import registers
from tanzhe.workspace import Workspace

# Its place on the help page.
ON_HELP_PAGE = {"report": 70}

SOURCE_FAILED = 3


@click.command()
@series_options
@top_option
@click.option(
    "--register",
    default="plain",
    show_default=True,
    help=f"文体 register: {' | '.join(registers())}",
)
@click.option(
    "--docs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="自己的文件夹或文件，可多次 folder or file of documents, repeatable",
)
@click.option(
    "--window", default="-2,3", show_default=True, help="转折点前后几个月 months before,after"
)
@click.option(
    "--find",
    multiple=True,
    metavar="SOURCE",
    help=f"联网来源，可多次 online, repeatable: {' | '.join(known_sources())}",
)
@click.option(
    "--model",
    is_flag=True,
    help="让语言模型提议事件，逐条核对 let a language model propose events (TANZHE_LLM_BASE_URL)",
)
@click.option(
    "--polish",
    is_flag=True,
    help="让语言模型润色，事实不改 let a language model smooth the words (TANZHE_LLM_BASE_URL)",
)
@click.option("--offline", is_flag=True, help="不联网，--find 也不问 open no socket at all")
@form_options
def report(
    asked: Asked,
    top: int,
    as_json: bool,
    folder: Path | None,
    register: str,
    format_: str | None,
    docs: tuple[Path, ...],
    window: str,
    find: tuple[str, ...],
    model: bool,
    polish: bool,
    offline: bool,
    out: Path | None,
) -> int:
    """写出报告 Write the report: tanzhe report 云南 工业 --register formal --format html."""
    lang = of_documents()
    inquiry = Inquiry(
        top=top, docs=docs, window=_months(window), find=find, model=model, offline=offline
    )
    goal = target(out, format_ or (None if out and form_of(out) else "md"), as_json=as_json)
    kind = goal.form or "md"
    check_wording(register, kind, lang)
    with (
        opened(folder, needed=bool(docs or find or model)) as workspace,
        _polisher(workspace, asked=polish, offline=offline) as smooth,
        Progress() as progress,
    ):
        series = asked.load(workspace)
        findings = investigate(
            series, inquiry, workspace=workspace, progress=progress, notice=notice
        )
        content = told(findings, register=register, format=kind, language=lang, polish=smooth)
    own = findings.series
    raw = content if isinstance(content, bytes) else content.encode()
    path = goal.write(raw, f"{own.region}_{own.sector}_{register}")
    if path is not None:
        ask = report_ask(
            asked.region, asked.sector, asked.data, asked.choices, inquiry, since=asked.since,
            until=asked.until, as_of=asked.as_of, polish=polish, register_=register, format_=kind,
            language=lang,
        )  # fmt: skip
        keep_manifest(path, content, ask, findings, data=asked.data, docs=docs)
    if failed := failed_sources(findings, find):
        notice(_unread(failed))
        return SOURCE_FAILED
    return 0


def _unread(sources: Sequence[str]) -> Words:
    names = listed(sources)
    return Words(
        f"来源没有读成：{names.zh}；报告照写，其中注明了这一点",
        f"Sources not read: {names.en}; the report was written all the same and says so",
    )


def _polisher(
    workspace: Workspace | None, *, asked: bool, offline: bool
) -> AbstractContextManager[Polisher | None]:
    if asked and offline:
        notice("离线：--polish 未使用", "Offline: --polish was left out")
    return polisher(workspace, notice) if asked and not offline else nullcontext(None)


def _months(window: str) -> tuple[int, int]:
    try:
        before, after = (int(part) for part in window.split(","))
    except ValueError:
        before, after = 1, 0
    if before > 0 or after < 0:
        raise InputError(fault_of("cli.report.months", window=window, where="--window"))
    return before, after
