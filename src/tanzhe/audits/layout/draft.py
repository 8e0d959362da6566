"""A report while it is read: the open turning point, item and field."""

from tanzhe.audits.lines.headings import Heading
from tanzhe.audits.lines.labels import Labelled
from tanzhe.audits.lines.links import links_in
from tanzhe.audits.lines.marks import bare, confidence_in
from tanzhe.audits.records import Days, Field, Item, Point, ReportText, Role


class Draft:
    """The parts of a report as they open and close.

    Args:
        report: the report that is filled.
    """

    def __init__(self, report: ReportText) -> None:
        self.report = report
        self.point: Point | None = None
        self.item: Item | None = None
        self.field: Field | None = None
        self.started_by = ""  # mark that began the open item
        self.indent = 0  # of that mark
        self.aside = False  # within a section that tells of no events

    @property
    def dated(self) -> bool:
        """Whether the report has turning points with headings."""
        return any(p.heading for p in self.report.points)

    def here(self, number: int) -> Point:
        """The open turning point, or one without a name."""
        if self.point is None:
            self.point = Point(id="", heading="", line=number, days=None)
            self.report.points.append(self.point)
        return self.point

    def begin_point(self, number: int, heading: Heading) -> None:
        """Open a turning point."""
        self.close()
        self.aside = False
        self.point = Point(
            id=_point_id(heading.days, heading.text), heading=heading.text, line=number,
            days=heading.days, confidence=confidence_in(heading.text),
        )  # fmt: skip
        self.report.points.append(self.point)

    def place(self, number: int, heading: Heading) -> None:
        """Put the open item under the turning point it names itself."""
        item = self.item
        if item is None or self.point is None:
            return
        self.point.items = [one for one in self.point.items if one is not item]
        if not self.point.heading and not self.point.items and not self.point.prose:
            self.report.points = [p for p in self.report.points if p is not self.point]
        named = _point_id(heading.days, heading.text)
        self.point = next((p for p in self.report.points if p.id == named), None)
        if self.point is None:
            self.point = Point(id=named, heading=heading.text, line=number, days=heading.days)
            self.report.points.append(self.point)
        self.point.items.append(item)
        item.point, item.last_line = named, number

    def begin_item(self, number: int, title: str, by: str, *, indent: int = 0) -> Item:
        """Open an item of the open turning point."""
        self.close()
        point = self.here(number)
        self.item = Item(id="", point=point.id, title=bare(title), line=number, last_line=number)
        point.items.append(self.item)
        self.started_by, self.indent = by, indent
        return self.item

    def add(self, number: int, label: Labelled, role: Role) -> None:
        """Add a field to the open item."""
        if self.item is None:
            return
        links = links_in(label.value, number)
        self.field = Field(
            label=label.label, role=role, value=label.value, line=number, links=links
        )
        self.item.fields.append(self.field)
        self.item.last_line = number

    def add_text(self, number: int, text: str) -> None:
        """Add text without a label to the open item."""
        self.add(number, Labelled(label="", value=text, role="text", bold=False), "text")

    def go_on(self, number: int, text: str) -> None:
        """A further line of the open field."""
        if self.field is not None and self.item is not None:
            self.field.value = f"{self.field.value}\n{text}".strip()
            self.field.links += links_in(text, number)
            self.item.last_line = number
        elif self.item is not None:
            self.add_text(number, text)

    def say(self, number: int, text: str) -> None:
        """Text beside the items: of the turning point, or set aside."""
        self.close()
        if self.aside or (self.dated and self.point is None):
            self.report.asides.append((number, text))
        else:
            self.here(number).prose.append((number, text))

    def set_aside(self, number: int, text: str) -> None:
        """A heading after which no events are told."""
        self.close()
        self.aside, self.point = True, None
        self.report.asides.append((number, text))

    def close(self) -> None:
        """Close the open item."""
        self.item, self.field, self.started_by, self.indent = None, None, "", 0


def _point_id(days: Days | None, text: str) -> str:
    if days is None:
        return text[:20]
    if days.precision == "day":
        return days.first.isoformat()
    return days.first.isoformat()[:4] if days.precision == "year" else days.first.isoformat()[:7]
