"""What an official document says: goals, tasks, indicators and dates, each with its passage."""

from typing import Literal

from tanzhe.model.base import Note, Record, Result
from tanzhe.model.evidence import DateKind, Precision
from tanzhe.model.rules import Duty
from tanzhe.operators import Operator

PolicyStatus = Literal["issued", "draft", "news", "other"]
Role = Literal["牵头", "负责", "配合", "具体落实"]
Change = Literal["down", "up"]
DeadlineKind = Literal["effective", "expires", "review", "report", "comment", "completion"]


class Passage(Record):
    """Words of a document as read: `document_text[start:end] == text`."""

    start: int
    end: int
    text: str


class Stated(Record):
    """A name as repaired (line breaks, marks and stray blanks taken out), and where it stands."""

    words: str
    span: Passage


class PolicyDate(Record):
    """A date the document gives of itself; `until` is the last day, inclusive."""

    kind: DateKind
    date: str
    until: str | None = None
    precision: Precision
    span: Passage


class Goal(Record):
    """Something to be reached, usually by a year.

    Attributes:
        metric: what is measured, or the whole clause where nothing is.
        operator: how it compares with the value; None: reached as it stands, or no number.
        value: the number in `unit`; the lower end of a range.
        high: upper end of a range, or None.
        unit: normal form, e.g. %, 吨标准煤, 个.
        about: True for 左右 and 约.
        change: down or up where the value is a change, not a level.
        counting: 新增, 年均, 每年 or 累计 where the value is an addition, a pace or a sum over the
            years, not the level reached; "" otherwise.
        base_year: the year a change is counted from, or None.
        by_year: the year it is to be reached by, or None.
        by: the same as YYYY, or as YYYY-MM where a month, half or quarter is named.
        span: the clause; its text is the quote.
    """

    metric: str
    operator: Operator | None = None
    value: float | None = None
    high: float | None = None
    unit: str = ""
    about: bool = False
    change: Change | None = None
    counting: str = ""
    base_year: int | None = None
    by_year: int | None = None
    by: str | None = None
    span: Passage


class ResponsibleBody(Record):
    """A body that answers for a task, as stated, and in which role."""

    name: str
    role: Role
    span: Passage


class Task(Record):
    """One numbered task.

    Attributes:
        number: as stated, e.g. （一）.
        heading: its heading or first clause, repaired.
        section: heading of the section it stands in, "" when there is none.
        text: the whole item, repaired.
        responsible_bodies: in the order of the document.
        span: the whole item.
    """

    number: str
    heading: str
    section: str = ""
    text: str
    responsible_bodies: tuple[ResponsibleBody, ...] = ()
    span: Passage


class Annex(Record):
    """An annex: its number and title as stated, and its whole text."""

    name: str
    span: Passage


class PolicyIndicator(Record):
    """One threshold of an indicator table, or of a list of conditions where there is no table.

    An indicator in two tiers, or for two years, gives two.

    Attributes:
        kind: type as the table states it (核心指标, 约束性), "" when it has none.
        name: as stated, repaired.
        operator: how a value compares with the threshold; None where the requirement is no number.
        value: the number in `unit`; for `at_least_level` the level.
        high: upper end of a range, or None.
        unit: normal form; "" for a bare number.
        condition: for whom the row holds, "" for all.
        change: down or up where the value is a change.
        by_year: year of the column, or None.
        attribute: 约束性 or 预期性 where the table has both a type and an attribute.
        note: the row's remark, "" when there is none.
        requirement: the cell as repaired.
        span: the requirement cell.
        name_span: where the name stands.
        annex: name of the annex it stands in, "" for the document itself.
    """

    kind: str
    name: str
    operator: Operator | None
    value: float | None
    high: float | None = None
    unit: str = ""
    condition: str = ""
    change: Change | None = None
    by_year: int | None = None
    attribute: str = ""
    note: str = ""
    requirement: str
    span: Passage
    name_span: Passage
    annex: str = ""


class IndicatorType(Record):
    """A type of indicators and whether a park may explain instead of reaching it."""

    name: str
    duty: Duty | None
    text: str
    span: Passage


class Definition(Record):
    """What the document means by a name; `annex` is the annex that says so, "" for itself."""

    name: str
    text: str
    span: Passage
    annex: str = ""


class Deadline(Record):
    """A day or rhythm by which something is due, or from or until which the document holds.

    Attributes:
        kind: entry into force, expiry, review, report, end of comments, or completion.
        date: first day, YYYY-MM-DD, or None for a rhythm or a day that depends on another.
        until: last day of a period, or None.
        when: the words that say when.
        consequence: what follows from a review, "" when nothing is said.
        span: the sentence.
    """

    kind: DeadlineKind
    date: str | None = None
    until: str | None = None
    when: str
    consequence: str = ""
    span: Passage


class CitedDocument(Record):
    """Another document that this one names: title without 《》 ("" when only numbered), number."""

    title: str
    number: str | None = None
    span: Passage


class PolicyDocument(Result):
    """An official document, read.

    Attributes:
        is_policy: whether it is a policy: issued, or a draft of one.
        status: issued, draft for comment, news about a policy, or something else.
        reason: why the status was given, in Chinese and English.
        title: of the document itself, "" when none was found.
        document_numbers: its own, not those it cites.
        issuers: bodies that issued it.
        addressees: bodies it is addressed to.
        date: day it was signed, else issued or posted; YYYY-MM-DD or None.
        dates: all dates it gives of itself.
        goals: what is to be reached.
        tasks: numbered tasks.
        indicators: thresholds of its tables, else of its lists of conditions.
        indicator_types: types of indicators, where the document explains them.
        definitions: of terms.
        deadlines: entry into force, expiry, reviews, reports, comments, completion.
        cited_documents: other documents.
        annexes: what is appended to it; their tasks and goals are not its own.
        notes: traps of the wording, and what could not be read.
        sha256: of the file that was read.
    """

    is_policy: bool
    status: PolicyStatus
    reason: Note
    title: Stated | None
    document_numbers: tuple[Stated, ...] = ()
    issuers: tuple[Stated, ...] = ()
    addressees: tuple[Stated, ...] = ()
    date: str | None = None
    dates: tuple[PolicyDate, ...] = ()
    goals: tuple[Goal, ...] = ()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[PolicyIndicator, ...] = ()
    indicator_types: tuple[IndicatorType, ...] = ()
    definitions: tuple[Definition, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    cited_documents: tuple[CitedDocument, ...] = ()
    annexes: tuple[Annex, ...] = ()
    notes: tuple[Note, ...] = ()
    sha256: str
