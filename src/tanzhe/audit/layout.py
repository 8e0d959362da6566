"""Lines become turning points, items and fields, in any layout near the known ones."""

import re
from collections import Counter

from tanzhe.audit.labels import Labelled, read_label, recurring_labels
from tanzhe.audit.links import links_in
from tanzhe.audit.marks import Mark, bare, confidence_in, mark_of, point_days
from tanzhe.audit.records import Days, Field, Item, Layout, Point, ReportText, Role
from tanzhe.audit.sharing import share_links
from tanzhe.audit.subject import region_of, sector_of_title, written_on
from tanzhe.audit.tables import Row, read_table
from tanzhe.audit.words import said
from tanzhe.errors import Words

_LINK_ONLY = re.compile(r"^\s*(?:[-*•]\s+)?(?:\[[^\]]*\]\([^)]*\)?[\s、，,;；]*)+$")
_BOLD_LINE = re.compile(r"\*\*[^*]{4,60}\*\*")  # a title of its own
LONGEST_TITLE = 60
_UNNAMED = re.compile(r"其他|其它|其余|无|备注|[-—–/]+|others?|none|n/?a", re.I)
_CLOSING = re.compile(r"^(?:附[录件注]|说明|备注|总结|小结|结语|结论|数据来源|参考|免责|注[:：])")


class _Reader:
    """The state while reading a report from top to bottom."""

    def __init__(self, name: str, lines: list[str]) -> None:
        self.report = ReportText(name=name, title="", layout="empty", lines=lines)
        self.point: Point | None = None
        self.item: Item | None = None
        self.field: Field | None = None
        self.level = 0  # heading level of turning points
        self.styles: Counter[str] = Counter()
        self.blank = True
        self.rows: list[tuple[int, str]] = []
        self.roles = recurring_labels(lines)
        self.started_by = ""  # mark that began the open item
        self.indent = 0  # of that mark

    def read(self) -> ReportText:
        for number, line in enumerate(self.report.lines, 1):
            mark = mark_of(line)
            if mark.kind != "row" and self.rows:
                self._table()
            self._line(number, mark)
            self.blank = mark.kind in ("blank", "rule")
        if self.rows:
            self._table()
        return self._finished()

    # --- lines -----------------------------------------------------------------------------
    def _line(self, number: int, mark: Mark) -> None:
        if mark.kind == "blank":
            return
        if mark.kind == "rule":
            self._close()
            return
        if mark.kind == "row":
            self.rows.append((number, mark.text))
            return
        first = not self.report.title and self.point is None
        is_point, days = point_days(mark, first_line=first, alone=self.blank)
        if is_point and mark.kind == "plain" and self._awaits(number):
            is_point = False  # the value of the label above
        deeper = mark.kind == "heading" and self.level and mark.level > self.level
        if is_point and not deeper:
            self._begin_point(number, mark, days)
        elif first:
            self.report.title = bare(mark.text)
            self.report.head.append((number, mark.text))
        elif mark.kind == "heading":
            self._heading(number, mark)
        elif self.point is None and not self._begins_item(mark):
            self.report.head.append((number, mark.text))
        else:
            self._body(number, mark)

    def _nested(self, mark: Mark) -> bool:
        """Whether a line stands inside the open item: two further in than the item's own mark."""
        return self.item is not None and mark.indent >= self.indent + 2

    def _awaits(self, number: int) -> bool:
        """Whether the line above is a label without its value."""
        return self.field is not None and not self.field.value and self.field.line == number - 1

    def _heading(self, number: int, mark: Mark) -> None:
        self._close()
        text = bare(mark.text)
        if self.point is None or _CLOSING.match(text):
            self.report.head.append((number, mark.text))
        elif mark.level > self.level or not self.level:
            label = read_label(mark.text, self.roles)
            title = label.value if label and label.role == "name" else text
            self._begin_item(number, re.sub(r"^\d{1,2}[.、)]\s*", "", title), "heading")
        else:
            self.point = None
            self.report.head.append((number, mark.text))

    def _begins_item(self, mark: Mark) -> bool:
        """Whether a line may open an item of a report without turning points."""
        label = read_label(mark.text, self.roles)
        if said("report_day", mark.text) or re.search(r"共.{0,8}\d+.{0,3}[个项]", mark.text):
            return False
        return mark.kind == "number" or bool(label and label.role == "name")

    def _body(self, number: int, mark: Mark) -> None:
        label = read_label(mark.text, self.roles)
        if said("not_found", mark.text) and not (label and label.role) and self._says_empty(mark):
            self._close()
            self._here(number).empty = True
            self._here(number).prose.append((number, bare(mark.text)))
        elif _LINK_ONLY.match(mark.text) and not self._nested(mark):
            self._here(number).links += links_in(mark.text, number)
        elif not label and mark.kind == "plain" and self.point and _BOLD_LINE.fullmatch(mark.text):
            self._begin_item(number, bare(mark.text), "heading")
        elif label and self._is_field(label, mark):
            self._labelled(number, label, mark)
        elif mark.kind in ("number", "bullet") and not self._nested(mark):
            self._begin_listed(number, mark, label)
        elif self.item and (self._nested(mark) or not self.blank or mark.kind != "plain"):
            self._continue(number, mark.text)
        elif self.item and label and label.bold and self._is_labelled(self.item):
            self._add(number, label, "other")
        else:
            self._close()
            self._here(number).prose.append((number, mark.text))

    def _says_empty(self, mark: Mark) -> bool:
        """“Nothing found” as a statement about the search, not inside an event."""
        match = said("not_found", mark.text)
        short = len(mark.text) <= 60 or (match is not None and match.start() <= 12)
        return short and not links_in(mark.text, 0)

    def _is_labelled(self, item: Item) -> bool:
        return sum(1 for f in item.fields if f.role not in ("text", "name")) >= 1

    def _is_field(self, label: Labelled, mark: Mark) -> bool:
        if label.role is None:
            nested = mark.kind == "bullet" and self._nested(mark)
            plain = mark.kind == "plain" and label.bold and not self.blank
            begun = self.started_by in ("number", "heading", "name")
            return bool(self.item and label.bold and (nested or (plain and begun)))
        if label.role == "point" or (
            self.started_by == mark.kind == "bullet" and not self._nested(mark)
        ):
            return False
        if mark.kind == "number" and not self._nested(mark) and label.role != "name":
            return bool(self.item and self.started_by in ("heading", "name"))
        if label.role == "name":
            return True
        return self.item is not None or label.bold or mark.kind == "plain"

    def _labelled(self, number: int, label: Labelled, mark: Mark) -> None:
        role = label.role or "other"
        if role == "name" and (self.item is None or self.item.title):
            begun = self.started_by
            self._begin_item(number, label.value, "number" if mark.kind == "number" else "name")
            if begun == "heading" and mark.kind != "number":
                self.started_by = "name"
        elif self.item is None:
            self._begin_item(number, "", "name")
        if role == "name" and self.item:
            self.item.title = bare(label.value)
        self._add(number, label, role)

    def _begin_listed(self, number: int, mark: Mark, label: Labelled | None) -> None:
        """A numbered line or bullet that opens an item."""
        if label and (label.bold or label.role):
            self._begin_item(number, bare(label.value), mark.kind)
            self.indent = mark.indent
            if self.item:
                self.item.category = label.label
            self._add(number, label, "name")
            return
        bold = re.match(r"\*\*(.+?)\*\*\s*[:：，,。]?\s*(.*)$", mark.text)
        if bold:
            title, rest = bold[1], bold[2]
        elif re.match(r"[^：:。，]{2,24}[：:]\s*\S", mark.text) and "//" not in mark.text[:40]:
            title, rest = re.split(r"[：:]", mark.text, maxsplit=1)
        else:
            title, rest = re.split(r"[。；;，,]", bare(_plain_words(mark.text)), maxsplit=1)[0], ""
            rest = mark.text if len(title) < len(bare(mark.text)) else ""
        self._begin_item(number, bare(title)[:LONGEST_TITLE], mark.kind)
        self.indent = mark.indent
        if rest.strip():
            self._text(number, rest)

    def _continue(self, number: int, text: str) -> None:
        if self.field is not None and self.item is not None:
            self.field.value = f"{self.field.value}\n{text}".strip()
            self.field.links += links_in(text, number)
            self.item.last_line = number
        elif self.item is not None:
            self._text(number, text)

    def _text(self, number: int, text: str) -> None:
        self._add(number, Labelled(label="", value=text, role="text", bold=False), "text")

    # --- structure -------------------------------------------------------------------------
    def _here(self, number: int) -> Point:
        if self.point is None:
            self.point = Point(id="", heading="", line=number, days=None)
            self.report.points.append(self.point)
        return self.point

    def _begin_point(self, number: int, mark: Mark, days: Days | None) -> None:
        self._close()
        if mark.kind == "heading" and not self.level:
            self.level = mark.level
        text = bare(mark.text)
        self.point = Point(
            id=_point_id(days, text), heading=text, line=number, days=days,
            confidence=confidence_in(text),
        )  # fmt: skip
        self.report.points.append(self.point)

    def _begin_item(self, number: int, title: str, by: str) -> None:
        self._close()
        point = self._here(number)
        at = f"{point.id or '0'}/{len(point.items) + 1}"
        self.item = Item(id=at, point=point.id, title=bare(title), line=number, last_line=number)
        point.items.append(self.item)
        self.started_by = by

    def _add(self, number: int, label: Labelled, role: Role) -> None:
        if self.item is None:
            return
        links = links_in(label.value, number)
        self.field = Field(
            label=label.label, role=role, value=label.value, line=number, links=links
        )
        self.item.fields.append(self.field)
        self.item.last_line = number

    def _close(self) -> None:
        self.item, self.field, self.started_by, self.indent = None, None, "", 0

    def _table(self) -> None:
        rows, self.rows = self.rows, []
        self._close()
        for row in read_table(rows):
            self._row(row)
        self._close()

    def _row(self, row: Row) -> None:
        at = next((value for _, role, value in row.cells if role == "point" and value), "")
        if at and (self.point is None or bare(at) != self.point.heading):
            mark = Mark(kind="heading", text=f"转折点：{bare(at)}", level=9)
            _, days = point_days(mark, first_line=False, alone=True)
            self._begin_point(row.line, Mark(kind="plain", text=bare(at)), days)
        title = next((value for _, role, value in row.cells if role == "name"), "")
        unnamed = not title or bool(_UNNAMED.fullmatch(title))
        if said("not_found", title) or (
            unnamed and any(said("not_found", v) for *_, v in row.cells)
        ):
            self._here(row.line).empty = True
            self._here(row.line).prose.append((row.line, title))
            return
        self._begin_item(row.line, _plain_words(title), "row")
        for label, role, value in row.cells:
            if role != "point":
                self._add(row.line, Labelled(label=label, value=value, role=role, bold=False), role)
        self.styles["table"] += 1

    def _finished(self) -> ReportText:
        for point in self.report.points:
            for item in point.items:
                self._settle(item)
            if not point.items and not point.empty:
                _prose_items(point)
                point.empty = _says_nothing(point)
            _same_ids(point)
            share_links(point)
        self.report.layout = self._layout()
        named = " ".join([self.report.title, *(text for _, text in self.report.head[:6])])
        self.report.region = region_of(named, self.report.items)
        self.report.sector = sector_of_title(named)
        self.report.written = written_on(self.report)
        return self.report

    def _settle(self, item: Item) -> None:
        """A bold start without further labels is a title with its text, not a label."""
        labelled = [f for f in item.fields if f.role not in ("name", "text")]
        if item.category and not labelled:
            item.title, first = item.category, item.fields[0]
            first.role, first.label = "text", ""
            item.category = ""
        elif item.category and not item.title:
            item.title, item.category = item.category, ""
        self.styles["labelled" if labelled else "bullets"] += 1
        item.links = [link for one in item.fields for link in one.links]

    def _layout(self) -> Layout:
        if not self.report.items:
            return "empty"
        if any(i.category == "prose" for i in self.report.items):
            for item in self.report.items:
                item.category = "" if item.category == "prose" else item.category
            return "prose"
        if self.styles["table"]:
            return "table"
        return "labelled" if self.styles["labelled"] >= self.styles["bullets"] else "bullets"


def _plain_words(text: str) -> str:
    """A line with links replaced by their words."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)?", r"\1", text)


def _point_id(days: Days | None, text: str) -> str:
    if days is None:
        return text[:20]
    if days.precision == "day":
        return days.first.isoformat()
    return days.first.isoformat()[:4] if days.precision == "year" else days.first.isoformat()[:7]


def _says_nothing(point: Point) -> bool:
    """Nothing but one short sentence of denial under a heading, in whatever words."""
    words = [text for _, text in point.prose]
    return (
        not point.items
        and len(words) == 1
        and bool(
            len(words[0]) <= 60 and re.search(r"没|未|无|空|缺|\bno\b|none|nothing", words[0], re.I)
        )
    )


def _prose_items(point: Point) -> None:
    """Paragraphs that tell of events, where a report has neither lists nor labels."""
    for line, text in point.prose:
        if len(text) < 15 or not re.search(r"\d", text):
            continue
        title = re.split(r"[。；，,]", bare(_plain_words(text)), maxsplit=1)[0][:LONGEST_TITLE]
        item = Item(
            id=f"{point.id or '0'}/{len(point.items) + 1}", point=point.id, title=title, line=line,
            last_line=line, category="prose",
        )  # fmt: skip
        links = links_in(text, line)
        item.fields = [Field(label="", role="text", value=text, line=line, links=links)]
        item.links = links
        point.items.append(item)
    if point.items:
        point.prose = []


def _same_ids(point: Point) -> None:
    for number, item in enumerate(point.items, 1):
        item.id = f"{point.id or '0'}/{number}"


def read_layout(name: str, lines: list[str]) -> ReportText:
    """A report as turning points, items and fields.

    Args:
        name: file name, for explanations.
        lines: from `report_lines`.

    Returns:
        What could be read; text that is no report gives no items.
    """
    report = _Reader(name, lines).read()
    if not report.items and not report.points:
        report.odd.append(
            (
                1,
                Words(
                    "没有读到转折点，也没有读到条目", "no turning point and no item could be read"
                ),
            )
        )
    return report
