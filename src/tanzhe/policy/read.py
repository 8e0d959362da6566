"""A document that was read -> what it says as a policy."""

import re
from datetime import date

from tanzhe.model.base import Note
from tanzhe.model.policy import Definition, Goal, PolicyDocument, Stated, Task
from tanzhe.notes import note_of
from tanzhe.policy.frame.citations import find_citations
from tanzhe.policy.frame.colophon import Colophon, meeting_body, read_colophon
from tanzhe.policy.frame.head import HEAD, Head, read_head
from tanzhe.policy.frame.layout import appended_plan, layout
from tanzhe.policy.frame.masthead import Masthead, read_masthead
from tanzhe.policy.frame.status import judge
from tanzhe.policy.outline.annexes import find_annexes, placed
from tanzhe.policy.outline.numbering import accepted
from tanzhe.policy.outline.tree import Part, outline
from tanzhe.policy.outline.view import View, repaired, shown_text
from tanzhe.policy.sentences.clauses import sentence_indicators
from tanzhe.policy.sentences.deadlines import find_deadlines
from tanzhe.policy.sentences.definitions import find_definitions, table_definitions
from tanzhe.policy.sentences.goals import find_goals
from tanzhe.policy.sentences.tabled import table_goals
from tanzhe.policy.sentences.tasks import find_tasks
from tanzhe.policy.sentences.traps import notes_on
from tanzhe.policy.tables.indicators import is_indicator_table, table_indicators
from tanzhe.policy.tables.read import Table, find_tables
from tanzhe.policy.tables.tasks import is_task_table, table_deadlines, table_tasks
from tanzhe.policy.tables.types import find_types
from tanzhe.text import Document, read_dates

_SHORTENED = re.compile(r"等[\d一二三四五六七八九十]*个?(?:部门|单位|部委)$")  # 某委等五部门
_HEADING = re.compile(r"^#{1,3} +[*_]{0,3}(?P<words>[^\n*_]{6,120}?)[*_\s]*$", re.M)
TOP = 6000  # letters of a page in which its heading stands
_LOCAL = re.compile(r"[省市县区州](?!属)")  # 市市场监管局 in a title: the signature says which city


def read_policy(document: Document) -> PolicyDocument:
    r"""Goals, tasks, responsible bodies, indicators and dates of an official document.

    The text may be damaged: lines broken in words, marks left over, brackets missing, page
    numbers inside, tables flattened. Values are repaired; every passage is as in the file.

    Args:
        document: from `tanzhe.text.read_document`.

    Returns:
        A document with `is_policy` False where the file is news, a report or something else;
        parts that can be read are given all the same.

    Example:
        >>> from tanzhe.text import read_bytes
        >>> text = "关于节电的通知\n各市人民政府：\n一、各市要节约用电。\n某省能源局\n2024年5月6日"
        >>> policy = read_policy(read_bytes(text.encode(), "text/plain"))
        >>> policy.status, policy.date, len(policy.tasks)
        ('issued', '2024-05-06', 1)
    """
    source = document.text
    tables = [t for t in find_tables(source) if _is_read(source, t)]
    page = read_masthead(source)
    view = repaired(source, {n for table in tables for n in table.lines}, page.spans)
    if not view.text:
        view, tables, page = repaired(source), [], Masthead()
    return _read(document, view, tables, page)


def _is_read(source: str, table: Table) -> bool:
    """Whether a table is one of indicators, tasks or terms, which are read as tables."""
    if is_indicator_table(table) or is_task_table(table):
        return True
    return next(table_definitions(source, table), None) is not None


def _read(document: Document, view: View, tables: list[Table], page: Masthead) -> PolicyDocument:
    head = read_head(view, _given_title(view, document, page), page=bool(page.spans))
    colophon = read_colophon(view, head.end)
    stated = bool(page.stated("number"))
    judged = judge(view, head, colophon, accepted(view), document.title, numbered=stated)
    bounds = layout(view, head, colophon)
    roots = outline(view, bounds.start, bounds.end)
    issued = _day(document, colophon, page)
    indicators = tuple(
        one for t in tables if is_indicator_table(t) for one in table_indicators(view.source, t)
    )
    if not indicators:
        indicators = sentence_indicators(view, outline(view))
    annexes = find_annexes(view, bounds.annexes)
    indicators = placed(indicators, annexes)
    definitions = placed(_definitions(view, tables), annexes)
    types = find_types(view, {one.kind for one in indicators if one.kind})
    titles = [head.title.words if head.title else "", head.announced, document.title]
    return PolicyDocument(
        is_policy=judged.status in ("issued", "draft"),
        status=judged.status,
        reason=judged.reason,
        title=head.title or next(iter(page.stated("title")), None),
        document_numbers=head.numbers or page.stated("number"),
        issuers=_issuers(view, head, colophon) or page.issuers(),
        addressees=head.addressees,
        date=issued.isoformat() if issued else None,
        dates=colophon.dates,
        goals=(
            *_goals(view, roots, (bounds.start, bounds.end), colophon, issued, " ".join(titles)),
            *(
                g
                for t in tables
                if is_task_table(t) and not is_indicator_table(t)
                for g in table_goals(view.source, t, issued)
            ),
        ),
        tasks=_tasks(view, find_tasks(view, roots), tables) if judged.status != "news" else (),
        indicators=indicators,
        indicator_types=types,
        definitions=definitions,
        deadlines=(
            *find_deadlines(view, head.end, bounds.end, issued),
            *(d for t in tables if is_task_table(t) for d in table_deadlines(view.source, t)),
        ),
        cited_documents=find_citations(
            view, titles, [n.words for n in head.numbers], head.title_end
        ),
        annexes=annexes,
        notes=(
            *document.notes,
            *notes_on(indicators, definitions, types),
            *_missing(tables, indicators),
        ),
        sha256=document.sha256,
    )


def _goals(
    view: View, roots: list[Part], stretch: tuple[int, int], colophon: Colophon,
    issued: date | None, titles: str,
) -> tuple[Goal, ...]:  # fmt: skip
    """Those of the document; where it states no number, those of the plan it appends too."""
    own = find_goals(view, roots, *stretch, issued, titles)
    appended = appended_plan(view, colophon)
    if appended is None or stretch[1] > appended[0] or any(one.value is not None for one in own):
        return own
    return own + find_goals(view, outline(view, *appended), *appended, issued, titles)


def _definitions(view: View, tables: list[Table]) -> list[Definition]:
    """Those of the text, and those of a table's column of meanings that the text does not give."""
    told = list(find_definitions(view, outline(view, asides=True)))
    named = {one.name for one in told}
    tabled = [one for t in tables for one in table_definitions(view.source, t)]
    told += [one for one in tabled if one.name not in named]
    return sorted(told, key=lambda one: one.span.start)


def _tasks(view: View, listed: tuple[Task, ...], tables: list[Table]) -> tuple[Task, ...]:
    """Tasks of the text; those of a table where it says more: the text then points to it."""
    tabled = tuple(
        t for table in tables if is_task_table(table) for t in table_tasks(view.source, table)
    )
    answered = any(task.responsible_bodies for task in listed)
    return listed if answered or len(listed) > len(tabled) else tabled


def _issuers(view: View, head: Head, colophon: Colophon) -> tuple[Stated, ...]:
    """From the title, where it names them in full; else from the signature."""
    in_full = not any(_SHORTENED.search(one.words) for one in head.issuers)
    in_full = in_full and not any(_LOCAL.match(one.words) for one in head.issuers)
    if head.issuers and (in_full or not colophon.issuers):
        return head.issuers
    if colophon.issuers:
        return colophon.issuers
    met = meeting_body(view)
    return (met,) if met else ()


def _given_title(view: View, document: Document, page: Masthead) -> str:
    """What the page calls the document, where the text has it; else what the file does."""
    stated = page.stated("title")
    found = stated and re.sub(r"\s", "", stated[0].words) in re.sub(r"\s", "", view.text[:HEAD])
    if found and stated:
        return stated[0].words
    heading = None if page.spans == () else _HEADING.search(shown_text(document.text[:TOP]))
    return heading["words"] if heading else document.title


def _day(document: Document, colophon: Colophon, page: Masthead) -> date | None:
    """The day of signing, else of issue or posting; the document's own word before the page's."""
    for kind in ("signed", "issued"):
        for one in colophon.dates:
            if one.kind == kind:
                return date.fromisoformat(one.date)
    for stated in (*page.stated("signed"), *page.stated("posted")):
        for span in read_dates(stated.words)[:1]:
            return span.first_day
    for one in colophon.dates:
        if one.kind == "posted":
            return date.fromisoformat(one.date)
    return date.fromisoformat(document.posted) if document.posted else None


def _missing(tables: list[Table], indicators: tuple[object, ...]) -> list[Note]:
    if indicators or not any(is_indicator_table(t) for t in tables):
        return []
    return [note_of("table_not_read")]
