"""The audit of a report: read, check, sort."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tanzhe.audits.checks.against import check_against
from tanzhe.audits.checks.arithmetic import check_arithmetic
from tanzhe.audits.checks.consistency import check_consistency
from tanzhe.audits.checks.dates import check_dates
from tanzhe.audits.checks.documents import Held, check_documents
from tanzhe.audits.checks.fields import check_fields
from tanzhe.audits.checks.publishers import check_publishers
from tanzhe.audits.checks.repeats import check_repeats
from tanzhe.audits.checks.scope import check_scope
from tanzhe.audits.checks.series import check_series
from tanzhe.audits.checks.stages import check_stages
from tanzhe.audits.checks.structure import check_structure
from tanzhe.audits.checks.targets import check_targets
from tanzhe.audits.checks.urls import check_urls
from tanzhe.audits.layout.read import read_layout
from tanzhe.audits.layout.understanding import LEAST_UNDERSTOOD, notes_of
from tanzhe.audits.lines.source import checked_lines, report_lines
from tanzhe.audits.records import Audit, AuditItem, Item, ReportText, Verdicts
from tanzhe.errors import Words
from tanzhe.model import TurningPoints


def read_report(path: str | Path) -> ReportText:
    """A report file as turning points, items and fields.

    Args:
        path: .md, .txt, .html, .docx or .pdf.

    Raises:
        InputError: missing, empty, binary, too large, or of an unknown kind.
    """
    path = Path(path)
    return read_layout(path.name, report_lines(path))


def read_report_text(text: str, name: str) -> ReportText:
    """A report that is at hand as text or Markdown.

    Args:
        text: of the report.
        name: what messages call it.

    Raises:
        InputError: empty, or too long.
    """
    return read_layout(name, checked_lines(Path(name), text))


def audit_report(
    report: ReportText,
    *,
    against: ReportText | None = None,
    held: Sequence[Held] = (),
    points: TurningPoints | None = None,
    today: date | None = None,
    notes: Sequence[Words] = (),
) -> Audit:
    r"""What is wrong and what is right in a report.

    Args:
        report: from `read_report`.
        against: another report on the same events.
        held: documents at hand; without them no source is looked into.
        points: turning points of the series the report is about.
        today: for dates in the future, where the report does not say when it was made.
        notes: what changes how the result should be read.

    Returns:
        Findings by line; the same report always gives the same findings.

    Example:
        >>> from tanzhe.audits.layout.read import read_layout
        >>> text = "# 甲\n\n## 转折点：2021年9月\n\n未找到相关政策。"
        >>> audit_report(read_layout("a.md", text.splitlines())).findings
        ()
    """
    verdicts = Verdicts()
    unread = notes_of(report)
    if report.understood >= LEAST_UNDERSTOOD:
        _check(report, against, held, points, today or date.today(), verdicts)
    wrong = {(f.item, f.line, f.field) for f in verdicts.findings}
    return Audit(
        name=report.name,
        title=report.title,
        layout=report.layout,
        items=tuple(_row(item) for item in report.items),
        findings=tuple(sorted(verdicts.findings, key=lambda f: (f.line, f.kind))),
        passed=tuple(p for p in verdicts.passed if (p.item, p.line, p.field) not in wrong),
        notes=(*notes, *unread),
        understood=report.understood,
    )


def _check(
    report: ReportText,
    against: ReportText | None,
    held: Sequence[Held],
    points: TurningPoints | None,
    today: date,
    verdicts: Verdicts,
) -> None:
    check_structure(report, verdicts)
    check_dates(report, verdicts, today)
    check_urls(report, verdicts)
    check_publishers(report, verdicts)
    check_fields(report, verdicts)
    check_stages(report, verdicts)
    check_targets(report, verdicts)
    check_consistency(report, verdicts)
    check_arithmetic(report, verdicts)
    check_repeats(report, verdicts)
    check_scope(report, verdicts)
    if against is not None:
        check_against(report, against, verdicts)
    if held:
        check_documents(report, held, verdicts)
    if points is not None:
        check_series(report, points, verdicts)


def _row(item: Item) -> AuditItem:
    fields: dict[str, str] = {}
    for one in item.fields:
        label = one.label or "正文"
        fields[label] = f"{fields[label]}\n{one.value}" if label in fields else one.value
    links = [x.url for x in item.links if not any(x.url in v for v in fields.values())]
    if links:
        fields.setdefault("链接", " ".join(links))
    return AuditItem(
        id=item.id, turning_point=item.point, title=item.title, line=item.line, fields=fields
    )
