"""Lines below the heading of a turning point become items with fields."""

import re
from collections.abc import Mapping
from dataclasses import replace

from tanzhe.audits.layout.draft import Draft
from tanzhe.audits.layout.prose import ANSWER, LONGEST_TITLE, plain_words
from tanzhe.audits.lines.headings import TURN
from tanzhe.audits.lines.labels import Labelled, read_label
from tanzhe.audits.lines.links import links_in
from tanzhe.audits.lines.marks import Mark, bare
from tanzhe.audits.records import Item, Point, Role
from tanzhe.audits.spans import dates_in
from tanzhe.audits.words import said

_LINK_ONLY = re.compile(
    r"^(?=[^\[]*\[)\s*(?:[-*•]\s+)?(?:\[[^\]\[]*\]\([^)\[]*\)[\s、，,;；]*)*"
    r"(?:\[[^\]\[]*\]\([^)\[]*)?$"  # the last may be cut off
)
_SOURCE = re.compile(r"[（(\[]?\s*(?:信息|资料|数据)?(?:来源|出处|source)\s*[:：].*$", re.I | re.S)
_CLAUSE = re.compile(r"[。；;，,]|\.(?=\s+[A-Z])")
_BOLD_LINE = re.compile(r"\*\*[^*]{4,60}\*\*")  # a title of its own
LEADS = 4  # letters before the words that say when a report was made: 1. 数据截至
_BOLD_LEAD = re.compile(r"\*\*(.+?)\*\*\s*[:：，,。.]?\s*(.*)$")


class Body:
    """Reads lines that stand in a section into the draft.

    Args:
        draft: the report while it is read.
        roles: roles of labels of this report that no table holds.
        bullets: labels of bullets that are fields, with their roles.
        listed: lines of bullets with labels nobody knows among those of fields, with their roles.

    Long because each kind of line has its own short reader, and all write into one draft.
    """

    def __init__(
        self,
        draft: Draft,
        roles: Mapping[str, Role],
        bullets: Mapping[str, Role],
        listed: Mapping[int, Role],
    ) -> None:
        self.draft = draft
        self.roles = roles
        self.bullets = bullets
        self.listed = listed
        self.blank = True

    def heading(self, number: int, mark: Mark) -> None:
        """A heading below that of a turning point opens an item."""
        label = read_label(mark.text, self.roles)
        title = label.value if label and label.role == "name" else bare(mark.text)
        title = re.sub(r"^(?:\d{1,2}(?:\.\d{1,2})*[.、)]?|[（(]\S{1,2}[)）])\s*(?=\D)", "", title)
        self.draft.begin_item(number, title, "heading")

    def begins_item(self, mark: Mark) -> bool:
        """Whether a line may open an item of a report without turning points."""
        label = read_label(mark.text, self.roles)
        day = said("report_day", mark.text)
        if (day and (day.start() <= LEADS or mark.kind != "number")) or re.search(
            r"共.{0,8}\d+.{0,3}[个项]", mark.text
        ):
            return False
        return mark.kind == "number" or bool(label and label.role == "name")

    def awaits(self, number: int) -> bool:
        """Whether the line above is a label without its value."""
        field = self.draft.field
        return field is not None and not field.value and field.line == number - 1

    def line(self, number: int, mark: Mark) -> None:
        """One line that is no heading, row or rule."""
        if answer := ANSWER.match(mark.text):
            mark = replace(mark, text=mark.text[answer.end() :])
        draft, label = self.draft, read_label(mark.text, self.roles)
        if label and not label.role and not label.label[0].isalnum() and len(label.label) == 1:
            mark = replace(mark, kind="bullet", text=label.value)  # a picture as a bullet
            label = read_label(mark.text, self.roles)
        if label and mark.kind == "bullet" and not label.bold and label.label in self.bullets:
            role = self.bullets[label.label]
            self._labelled(number, replace(label, role=role), replace(mark, kind="plain"))
            return
        item = draft.item
        if item and label and number in self.listed and draft.started_by != "bullet":
            draft.add(number, label, self.listed[number])
            return
        if said("not_found", mark.text) and not (label and label.role) and _says_empty(mark):
            draft.close()
            draft.here(number).empty = True
            draft.here(number).prose.append((number, bare(mark.text)))
        elif _LINK_ONLY.match(mark.text) and not self._nested(mark):
            draft.here(number).links += links_in(mark.text, number)
        elif not label and mark.kind == "plain" and draft.point and _BOLD_LINE.fullmatch(mark.text):
            draft.begin_item(number, bare(mark.text), "heading")
        elif label and self._is_field(label, mark):
            self._labelled(number, label, mark)
        elif mark.kind in ("number", "bullet") and not self._nested(mark):
            self._listed(number, mark, label)
        elif item and label and label.bold and self.blank and _is_labelled(item):
            draft.add(number, label, "other")
        elif item and (self._nested(mark) or not self.blank or self._goes_on(mark)):
            draft.go_on(number, mark.text)
        else:
            draft.say(number, mark.text)

    def _goes_on(self, mark: Mark) -> bool:
        """Whether a line after a blank one still belongs to the open item."""
        return mark.kind != "plain" or self.draft.started_by == "heading"

    def _nested(self, mark: Mark) -> bool:
        """Whether a line stands inside the open item: two further in than the item's own mark."""
        return self.draft.item is not None and mark.indent >= self.draft.indent + 2

    def _is_field(self, label: Labelled, mark: Mark) -> bool:
        item, by = self.draft.item, self.draft.started_by
        if label.role is None:
            nested = mark.kind == "bullet" and self._nested(mark)
            plain = mark.kind == "plain" and label.bold and not self.blank
            return bool(
                item and label.bold and (nested or (plain and by in ("number", "heading", "name")))
            )
        if label.role == "point" or (by == mark.kind == "bullet" and not self._nested(mark)):
            return False
        if mark.kind == "number" and not self._nested(mark) and label.role != "name":
            return bool(item and by in ("heading", "name"))
        if label.role == "name":
            return True
        return item is not None or label.bold or mark.kind == "plain"

    def _labelled(self, number: int, label: Labelled, mark: Mark) -> None:
        draft, role = self.draft, label.role or "other"
        if role == "name" and (draft.item is None or draft.item.title):
            begun = draft.started_by
            draft.begin_item(number, label.value, "number" if mark.kind == "number" else "name")
            if begun == "heading" and mark.kind != "number":
                draft.started_by = "name"
        elif draft.item is None and role == "source" and mark.kind == "plain":
            prose = draft.here(number).prose
            if prose and not self.blank:
                prose.append((number, mark.text))  # of the paragraph above
            else:
                draft.here(number).links += links_in(mark.text, number)  # of the whole section
            return
        elif draft.item is None:
            draft.begin_item(number, _headed(draft.point), "name")
        if role == "name" and draft.item:
            draft.item.title = bare(label.value)
        draft.add(number, label, role)

    def _listed(self, number: int, mark: Mark, label: Labelled | None) -> None:
        """A numbered line or bullet opens an item."""
        if label and (label.bold or label.role):
            item = self.draft.begin_item(number, label.value, mark.kind, indent=mark.indent)
            item.category = label.label
            self.draft.add(number, label, "name")
            return
        bold = _BOLD_LEAD.match(mark.text)
        named = True
        if bold:
            title, rest = bold[1], bold[2]
        elif (
            re.match(r"(?:(?!\. )[^：:。，]){2,24}[：:]\s*\S", mark.text)
            and "//" not in mark.text[:40]
        ):
            title, rest = re.split(r"[：:]", mark.text, maxsplit=1)
        else:
            words = bare(plain_words(mark.text))
            title = _name(words)
            rest = mark.text if len(title) < len(bare(mark.text)) else ""
            named = mark.kind == "number"
        item = self.draft.begin_item(
            number, bare(title)[:LONGEST_TITLE], mark.kind, indent=mark.indent
        )
        item.loose = not named
        if rest.strip():
            self.draft.add_text(number, rest)


def _name(words: str) -> str:
    """The first clause; where that is a date alone, which names nothing, the one behind it."""
    words = rest = _SOURCE.sub("", words).strip() or words
    for span in dates_in(words, None)[:1]:
        if not words[: span.start].strip(" On"):
            rest = re.sub(r"^(?:\s*[（(][^）)]*[）)])?[起间，,、\s]*", "", words[span.end :])
    clause, *_ = _CLAUSE.split(words, maxsplit=1)
    dated = len(words) - len(rest) >= len(clause)
    return (_CLAUSE.split(rest, maxsplit=1)[0] if dated else "").strip() or clause


def _headed(point: Point | None) -> str:
    """The event a heading names beside its date (一、2021年10月 煤炭保供), for its first item."""
    if point is None or point.items or point.days is None:
        return ""
    words = point.heading.replace(point.days.text, "", 1)
    words = re.sub(r"^[\s:：，,、—–-]+|[（(].*$", "", bare(words)).strip()
    return "" if len(words) < 2 or TURN.search(words) else words


def _says_empty(mark: Mark) -> bool:
    """“Nothing found” as a statement about the search, not inside an event."""
    match = said("not_found", mark.text)
    short = len(mark.text) <= 60 or (match is not None and match.start() <= 12)
    return short and not links_in(mark.text, 0)


def _is_labelled(item: Item) -> bool:
    return any(f.role not in ("text", "name") for f in item.fields)
