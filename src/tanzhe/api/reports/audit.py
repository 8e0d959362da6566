"""The audit of somebody's report, with documents and a series where they are given."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tanzhe.api.series.turning import load, turning_points
from tanzhe.audits.checks.documents import Held
from tanzhe.audits.records import Audit, ReportText
from tanzhe.audits.report import audit_report
from tanzhe.audits.report import read_report as read
from tanzhe.errors import InputError, TanzheError, Words
from tanzhe.evidence.finders.folder import find_files
from tanzhe.faults import fault_of
from tanzhe.model import Progress, TurningPoints, silent
from tanzhe.model.run import dated
from tanzhe.text import read_document
from tanzhe.workspace import Workspace

_READING = Words("读取文档", "Reading documents")


def audit(
    file: str | Path | ReportText,
    *,
    against: str | Path | None = None,
    docs: Sequence[str | Path] = (),
    data: str | Path | None = None,
    workspace: Workspace | None = None,
    today: date | None = None,
    progress: Progress = silent,
) -> Audit:
    """What is wrong and what is right in a report that somebody else wrote.

    Args:
        file: the report, .md, .txt, .html, .docx or .pdf; or one read from text.
        against: another report on the same events.
        docs: folders or files of documents; a cited address is looked up in those that name it.
        data: source or file of the series the report is about, as `load` takes it; region and
            sector are those of the report's title.
        workspace: where results are kept.
        today: for dates in the future, where the report does not say when it was made.
        progress: told how far the work is.

    Returns:
        Items, findings by line, and the checks that were passed.

    Raises:
        InputError: a report that cannot be read, no readable document, or a title that names no
            region and sector for `data`.
    """
    report = file if isinstance(file, ReportText) else read(file)
    held, notes = _held(docs, progress)
    points = _points(report, data, workspace, progress) if data is not None else None
    return dated(
        audit_report(
            report,
            against=read(against) if against is not None else None,
            held=held,
            points=points,
            today=today,
            notes=notes,
        )
    )


def _held(docs: Sequence[str | Path], progress: Progress) -> tuple[list[Held], list[Words]]:
    """The documents, and a note for each file that could not be read."""
    files, faults = find_files(docs)
    held: list[Held] = []
    for number, (path, name) in enumerate(files, 1):
        try:
            held.append(_document(path, name))
        except TanzheError as error:
            faults += error.faults
        progress(_READING, number, len(files))
    if docs and not held:
        raise InputError(
            *(
                faults
                or [fault_of("api.audit.nothing", where="、".join(Path(p).name for p in docs))]
            )
        )
    return held, [Words(f"未读入 {f.said('zh')}", f"not read: {f.said('en')}") for f in faults]


def _document(path: Path, name: str) -> Held:
    document = read_document(path)
    return Held(
        name=name,
        text=document.text,
        title=document.title,
        url=document.url,
        posted=date.fromisoformat(document.posted) if document.posted else None,
    )


def _points(
    report: ReportText, data: str | Path, workspace: Workspace | None, progress: Progress
) -> TurningPoints:
    if report.region is None or report.sector is None:
        raise InputError(fault_of("api.audit.points", where=report.name))
    series = load(report.region, report.sector, data, workspace=workspace)
    return turning_points(series, workspace=workspace, progress=progress)
