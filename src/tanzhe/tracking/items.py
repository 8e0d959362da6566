"""What stands on the board: tasks, projects, targets, reviews and findings, with their words."""

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from tanzhe.errors import Words
from tanzhe.model import Record
from tanzhe.model.policy import Change
from tanzhe.operators import Operator
from tanzhe.terms import words_of

Kind = Literal["task", "project", "target", "review", "finding"]
Status = Literal["not_started", "in_progress", "to_verify", "done", "paused", "cancelled"]
Rhythm = Literal["", "continuous", "yearly"]
Yearly = Literal["sum", "mean", "last"]

KINDS: Mapping[Kind, Words] = words_of("tracking.items.kinds")
STATUSES: Mapping[Status, Words] = words_of("tracking.items.statuses")
OPEN: tuple[Status, ...] = ("not_started", "in_progress", "to_verify")
# Grounds on which a park leaves a list: the first two show in tasks and projects themselves.
GROUNDS: Mapping[str, Words] = words_of("tracking.items.grounds")
_DAY = re.compile(r"(\d{4})(?:\D+(\d{1,2}))?(?:\D+(\d{1,2}))?\D*")


class Evidence(Record):
    """A document that proves something: its file name, and the SHA-256 of its bytes."""

    name: str
    sha256: str


class Item(Record):
    """One line of the board.

    Attributes:
        id: of the item, stable.
        kind: task, project, target, review or finding.
        number: as the document numbers it.
        title: heading of a task, name of a project, metric of a target.
        text: the clause.
        document: title and number of the document it comes from, or "".
        sha256: of that document's file.
        start_at: where the clause begins in the document as read, or None.
        end_at: where it ends.
        lead: who leads, several joined by 、.
        others: who is responsible or helps.
        implement: who carries it out (具体落实).
        person: who answers for it (责任人).
        start: first day, or None.
        due: last day it may be done, or None.
        due_words: how the document says it.
        rhythm: continuous (持续推进) is never late; yearly repeats.
        progress: percent.
        status: where it stands.
        evidence: what proves it.
        problem: what stands in the way.
        next_step: what comes next.
        remark: anything.
        park: of a project or finding.
        content: of a project.
        investment: of a project, 万元.
        invested: so far, 万元.
        abatement: planned, tCO2 a year.
        abated: reached so far, tCO2 a year.
        ground: of a finding.
        metric: of a target.
        operator: of a target.
        value: of a target, in `unit`; a change in percent where `change` is set.
        unit: of the value.
        change: down or up where the value is a change.
        base_year: from which a change counts.
        by: YYYY or YYYY-MM by which a target is to be reached.
        source: what a target is measured by: a file or source, or "".
        region: of the measured series.
        sector: of the measured series.
        yearly: how periods make the figure of a year.
        indicator: of parks, by which a target is measured: an indicator's id or measure, or
            `parks_met`, how many parks meet their core indicator; "" for a series.
        accounts: files of the parks' years, where an indicator is named.
        updated_by: who changed it last.
        updated_at: when, UTC.
        changes: how often it was changed.
    """

    id: str
    kind: Kind
    number: str = ""
    title: str
    text: str = ""
    document: str = ""
    sha256: str = ""
    start_at: int | None = None
    end_at: int | None = None
    lead: str = ""
    others: str = ""
    implement: str = ""
    person: str = ""
    start: date | None = None
    due: date | None = None
    due_words: str = ""
    rhythm: Rhythm = ""
    progress: float = 0.0
    status: Status = "not_started"
    evidence: tuple[Evidence, ...] = ()
    problem: str = ""
    next_step: str = ""
    remark: str = ""
    park: str = ""
    content: str = ""
    investment: float | None = None
    invested: float | None = None
    abatement: float | None = None
    abated: float | None = None
    ground: str = ""
    metric: str = ""
    operator: Operator | None = None
    value: float | None = None
    unit: str = ""
    change: Change | None = None
    base_year: int | None = None
    by: str = ""
    source: str = ""
    region: str = ""
    sector: str = ""
    yearly: Yearly = "sum"
    indicator: str = ""
    accounts: tuple[str, ...] = ()
    updated_by: str = ""
    updated_at: str = ""
    changes: int = 0


def last_day(text: str) -> date | None:
    """The last day of what a deadline names: a day, a month, a half, or a year (年底).

    Example:
        >>> str(last_day("2026年底")), str(last_day("2027-06")), last_day("持续推进")
        ('2026-12-31', '2027-06-30', None)
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if not month:
        month = 6 if "上半年" in text else 12
    if not 1 <= month <= 12:
        return None
    most = calendar.monthrange(year, month)[1]
    return date(year, month, day or most) if (day or most) <= most else None
