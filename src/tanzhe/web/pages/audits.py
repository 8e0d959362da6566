"""Somebody's report, its text with what is wrong beside the line."""

from collections import Counter
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Form, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.reports.audit import audit
from tanzhe.api.series.turning import NBS
from tanzhe.audits.records import Audit, Finding, Passed, ReportText, Severity
from tanzhe.audits.report import read_report
from tanzhe.errors import Language, Words
from tanzhe.model import Progress
from tanzhe.reports.products.auditreport import kind_words, unmarked
from tanzhe.web.inbox import Held, Inbox
from tanzhe.web.jobs import Job
from tanzhe.web.pages import Page
from tanzhe.web.twins import Files, Made, makers_of
from tanzhe.web.view import Ask, Asking

router = APIRouter()
PAGE = Page(router=router, nav=Words("核查", "Audit"), home="/audits", order=60)
SEVERITIES: dict[Severity, tuple[str, Words]] = {
    "error": ("bad", Words("错误", "Errors")),
    "warning": ("warn", Words("存疑", "Doubtful")),
    "note": ("none", Words("提示", "Notes")),
}
SUFFIXES = ".md,.txt,.html,.htm,.docx,.pdf,.csv,.tsv"


class Judged(NamedTuple):
    """A report with what the audit says of it."""

    report: ReportText
    result: Audit


class Line(NamedTuple):
    """A line of the report with what stands beside it.

    Attributes:
        number: from 1.
        text: as read, without the marks of Markdown.
        heading: whether it was marked as one.
        findings: of the severities shown.
        passed: checks that came out right.
        worst: severity of the worst finding, or "".
    """

    number: int
    text: str
    heading: bool
    findings: tuple[Finding, ...]
    passed: tuple[Passed, ...]
    worst: str


def kind_name(kind: str, language: Language) -> str:
    """What a kind of finding is called."""
    return kind_words(kind).said(language)


def _inbox(ask: Ask) -> Inbox:
    return ask.inbox("audits")


@router.get("/audits")
async def front(ask: Asking) -> Response:
    """Where a report is dropped, and those that were."""
    held = _inbox(ask).all()
    title = Words("核查过的报告", "Reports audited")
    return ask.page(
        "audits/front.html", Files("audits", title, held), current="/audits", held=held,
        suffixes=SUFFIXES,
    )  # fmt: skip


@router.post("/audits")
async def drop(
    ask: Asking,
    file: UploadFile,
    against: UploadFile | None = None,
    docs: list[UploadFile] | None = None,
    data: Annotated[bool, Form()] = False,
) -> Response:
    """Keep the report and what it is held against; then its audit."""
    inbox = _inbox(ask)
    held = await inbox.put(file)
    other = await inbox.put(against) if against is not None and against.filename else None
    cited = [await inbox.put(one) for one in docs or () if one.filename]
    return RedirectResponse(
        ask.link(
            "/audits", held.id, against=other.id if other else None,
            docs=",".join(one.id for one in cited), data=NBS if data else None,
        ),
        303,
    )  # fmt: skip


@router.get("/audits/{id}")
async def page(
    ask: Asking,
    id: str,
    severity: Severity | None = None,
    against: Annotated[str | None, Query(max_length=16)] = None,
    docs: Annotated[str, Query(max_length=4000)] = "",
    data: Annotated[str | None, Query(pattern=f"^{NBS}$")] = None,
) -> Response:
    """The text, its findings in the margin."""
    inbox = _inbox(ask)
    held = inbox.of(id)
    other = inbox.of(against) if against else None
    cited = [inbox.of(one) for one in docs.split(",") if one]
    judged = await ask.ready(_job(ask, held, other, cited, data))
    result = judged.result
    counts = Counter(one.severity for one in result.findings)
    lines = _lines(judged, severity)
    return ask.page(
        "audits/page.html", twin(held, result), current="/audits", held=held, result=result,
        lines=lines, counts=counts, severities=SEVERITIES, severity=severity, against=other,
        worst=_worst(result), kind_name=kind_name, cited=cited,
        places=[line.number for line in lines if line.findings],
    )  # fmt: skip


@router.post("/audits/{id}/drop")
async def forget(ask: Asking, id: str) -> Response:
    """Throw the file away."""
    _inbox(ask).drop(id)
    return RedirectResponse(ask.link("/audits"), 303)


def _job(
    ask: Ask, held: Held, other: Held | None, cited: list[Held], data: str | None
) -> Job[Judged]:
    workspace = ask.desk.workspace

    def work(progress: Progress) -> Judged:
        report = read_report(held.path)
        result = audit(
            report, against=other.path if other else None, docs=[one.path for one in cited],
            data=data, workspace=workspace, progress=progress,
        )  # fmt: skip
        return Judged(report, result)

    key = ("audit", held.id, other.id if other else None, tuple(one.id for one in cited), data)
    title = Words(f"核查 {held.name}", f"Audit of {held.name}")
    return ask.work(key, title, work, quick=data is None)


def twin(held: Held, result: Audit) -> Made:
    """An audit in its other forms."""
    return Made(f"{held.path.stem}_audit", makers_of(result))


def _lines(judged: Judged, severity: Severity | None) -> list[Line]:
    findings: dict[int, list[Finding]] = {}
    for found in judged.result.findings:
        if severity in (None, found.severity):
            findings.setdefault(found.line, []).append(found)
    passed: dict[int, list[Passed]] = {}
    for check in judged.result.passed:
        passed.setdefault(check.line, []).append(check)
    order = list(SEVERITIES)
    lines = []
    for number, text in enumerate(judged.report.lines, 1):
        own = sorted(findings.get(number, ()), key=lambda one: order.index(one.severity))
        right = tuple(dict.fromkeys(passed.get(number, ()))) if severity is None else ()
        shown, heading = unmarked(text)
        worst = own[0].severity if own else ""
        lines.append(Line(number, shown, heading, tuple(own), right, worst))
    return lines


def _worst(result: Audit) -> Finding | None:
    """What a reader must know first."""
    order = list(SEVERITIES)
    return min(result.findings, key=lambda one: (order.index(one.severity), one.line), default=None)
