"""The audit of a report: read, check, sort."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tanzhe.audits.checks import run_checks
from tanzhe.audits.checks.documents import Held
from tanzhe.audits.layout.read import read_layout
from tanzhe.audits.layout.understanding import LEAST_UNDERSTOOD, notes_of
from tanzhe.audits.lines.source import checked_lines, report_lines
from tanzhe.audits.records import Audit, AuditItem, Item, ReportText, Verdicts
from tanzhe.errors import Words
from tanzhe.model import TurningPoints
from tanzhe.periods import today as beijing_today


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
        today = today or beijing_today()
        run_checks(report, verdicts, other=against, held=held, points=points, today=today)
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
        lines=tuple(report.lines),
    )


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
