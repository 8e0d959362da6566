"""References and footnotes at the end of a report, and the marks that cite them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tanzhe.audits.hosts import media_hosts
from tanzhe.audits.lines.links import links_in
from tanzhe.audits.lines.marks import as_days, bare
from tanzhe.audits.records import Days, Link
from tanzhe.audits.spans import dates_in
from tanzhe.audits.words import said
from tanzhe.text import read_bodies

_CIRCLED = {chr(0x2460 + i): str(i + 1) for i in range(20)}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ENTRY = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:\[\^(?P<foot>[^\]\s]{1,20})\]\s*[:：]"
    r"|[\[［〔【](?:注|参)?(?P<square>\d{1,3})[\]］〕】](?!\()[:：]?|(?P<circle>[①-⑳])"
    r"|(?P<raised>[⁰¹²³⁴-⁹]{1,3})|[(（]?(?P<number>\d{1,3})[.、)）．](?!\d))\s*(?P<rest>\S.*)$"
)
_CITE = re.compile(
    r"\[\^(?P<foot>[^\]\s]{1,20})\](?![:：(])"
    r"|[\[［〔【](?:注|参)?(?P<square>\d{1,3}(?:\s*[,，、;；–—~-]\s*\d{1,3}){0,9})[\]］〕】](?!\()"
    r"|(?P<circle>[①-⑳]+)|(?<![\dmM米²³])(?P<raised>[⁰¹²³⁴-⁹]+(?:[,，˒·][⁰¹²³⁴-⁹]+)*)"
)
_PIECES = re.compile(
    r"[,，;；|｜—]|(?<![A-Z0-9])\.\s|[.。]\s*(?=[^\d\s])|\[[A-Z/]{1,5}\]|[“”\"：:]"
)
MOST_JOINED = 12  # numbers one mark can stand for: [1-12]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One entry of a list of references.

    Attributes:
        mark: what cites it, in plain digits or as the footnote is named; "" when it has none.
        text: the entry without its mark.
        line: counted from 1.
        links: its addresses, each labelled with the publisher the entry names.
    """

    mark: str
    text: str
    line: int
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class References:
    """The entries of a report by mark, and the lines they take up."""

    entries: tuple[Reference, ...]
    lines: frozenset[int]

    @property
    def by_mark(self) -> Mapping[str, Reference]:
        """The entry each mark cites; the first where a mark is given twice."""
        found: dict[str, Reference] = {}
        for entry in self.entries:
            found.setdefault(entry.mark, entry)
        return found


def _mark(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("circle"):
        return _CIRCLED[match["circle"]]
    if groups.get("raised"):
        return match["raised"].translate(_RAISED)
    return str(match["foot"] or match["square"] or groups.get("number") or "")


def _is_heading(text: str) -> bool:
    plain = re.sub(
        r"^(?:[一二三四五六七八九十\d]{1,3}[、.．)）]\s*)|[:：]\s*$", "", bare(text).strip()
    )
    match = said("reference_heading", plain)
    return match is not None and match[0] == plain


def find_references(lines: Sequence[str]) -> References:
    """The list of references of a report, with or without a heading of its own.

    Args:
        lines: from `report_lines`.

    Returns:
        The entries. An entry outside a headed list counts only when its mark stands inside the
        text above; a numbered list of events that nobody cites is no list of references.

    Example:
        >>> found = find_references(["限产[1]。", "", "[1] 通知. https://a.cn/b.html"])
        >>> found.entries[0].mark, sorted(found.lines)
        ('1', [3])
    """
    cited = _cited(lines)
    entries: list[tuple[str, str, int]] = []
    taken: set[int] = set()
    headed = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if _is_heading(line) and _opens_list(lines, number):
            headed = True
            taken.add(number)
            continue
        match = _ENTRY.match(line)
        if headed and re.match(r"\s{0,3}#", line):
            headed = False
        if match and (headed or _stands_alone(match, cited, number)):
            entries.append((_mark(match), match["rest"], number))
        elif headed and entries and entries[-1][2] in taken and _continues(line, lines[number - 2]):
            mark, text, at = entries[-1]
            entries[-1] = (mark, f"{text} {line.strip()}", at)
        elif headed and ("://" in line or "](" in line):
            entries.append(("", re.sub(r"^\s*[-*•]\s+", "", line), number))
        else:
            continue
        taken.add(number)
    return References(
        entries=tuple(_reference(mark, text, line) for mark, text, line in entries),
        lines=frozenset(taken),
    )


def _opens_list(lines: Sequence[str], number: int) -> bool:
    """Whether what follows a heading looks like entries: a mark or an address."""
    after = next((line for line in lines[number : number + 4] if line.strip()), "")
    marked = _ENTRY.match(after)
    return "://" in after or (marked is not None and (not marked["number"] or number > 1))


def _continues(line: str, before: str) -> bool:
    """Whether a line goes on with the entry above: an address alone, or set in."""
    return bool(before.strip()) and (line.strip().startswith("http") or line[:2].isspace())


def _cited(lines: Sequence[str]) -> dict[str, int]:
    """The first line in which each mark stands inside a text, not at its start."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        for match in _CITE.finditer(line):
            if line[: match.start()].strip(" -*•>　"):
                for mark in _marks_of(match):
                    found.setdefault(mark, number)
    return found


def unexplained(lines: Sequence[str], references: References) -> dict[str, int]:
    """Marks that cite no entry of a list whose other marks do, each with its first line."""
    known = references.by_mark
    cited = {m: n for m, n in _cited(lines).items() if n not in references.lines}
    numbered = any(mark.isdecimal() for mark in cited if mark in known)
    return {m: n for m, n in cited.items() if numbered and m.isdecimal() and m not in known}


def _stands_alone(match: re.Match[str], cited: Mapping[str, int], number: int) -> bool:
    """Whether an entry without a heading above is one: its mark is cited before."""
    if match["foot"]:
        return True
    if match["number"]:
        return False
    return cited.get(_mark(match), number) < number and (
        "://" in match["rest"] or bool(match["square"]) or bool(match["raised"])
    )


def _marks_of(match: re.Match[str]) -> list[str]:
    """The marks one citation stands for: [1, 3-5] is four."""
    if match["foot"]:
        return [match["foot"]]
    if match["circle"]:
        return [_CIRCLED[sign] for sign in match["circle"]]
    if match["raised"]:
        return [m.translate(_RAISED) for m in re.split(r"[,，˒·]", match["raised"])]
    marks: list[str] = []
    for part in re.split(r"[,，、;；]", match["square"]):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        marks += [str(n) for n in range(ends[0], min(ends[-1], ends[0] + MOST_JOINED) + 1)]
    return marks


def cited_in(text: str, references: Mapping[str, Reference]) -> tuple[str, list[Reference]]:
    """A text without its marks, and the references they cite, in order.

    Args:
        text: a sentence, field or paragraph.
        references: `References.by_mark`.

    Returns:
        The text without the marks that have an entry; marks nobody explains stay.

    Example:
        >>> one = find_references(["a[1]。", "[1] 通知. https://a.cn/b.html"]).by_mark
        >>> text, found = cited_in("限产[1]。", one)
        >>> text, found[0].links[0].url
        ('限产。', 'https://a.cn/b.html')
    """
    if not references:
        return text, []
    found: list[Reference] = []

    def known(match: re.Match[str]) -> str:
        entries = [references[m] for m in _marks_of(match) if m in references]
        found.extend(entry for entry in entries if entry not in found)
        return "" if entries else match[0]

    return _CITE.sub(known, text), found


def ends_in_citation(text: str, references: Mapping[str, Reference]) -> bool:
    """Whether a sentence carries a mark that a reference explains."""
    return any(m in references for match in _CITE.finditer(text) for m in _marks_of(match))


def _reference(mark: str, text: str, line: int) -> Reference:
    publisher, posted = publisher_in(text), _posted(text)
    links = tuple(
        Link(
            label=publisher or (link.label if "](" in text else ""), url=link.url, line=line,
            broken=link.broken, cited=True, posted=posted,
        )
        for link in links_in(text, line)
    )  # fmt: skip
    return Reference(mark=mark, text=text, line=line, links=links)


def publisher_in(text: str) -> str:
    """The publisher an entry names, "" when none stands for itself between its commas.

    Example:
        >>> publisher_in("关于做好双控工作的通知. 某省发展改革委. 2021-09-12. https://a.cn")
        '某省发展改革委'
    """
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)?", r"\1", text)
    plain = re.sub(r"https?://\S+", " ", bare(plain))
    named: list[str] = []
    for piece in _PIECES.split(plain):
        words = piece.strip(" .。()（）[]《》")
        if not words or len(words) > 60:
            continue
        bodies = read_bodies(words)
        whole = sum(b.end - b.start for b in bodies) >= 0.6 * len(words)
        english = said("government_label", words) and re.fullmatch(r"[A-Za-z&'’ -]+", words)
        if media_hosts(words) or (bodies and whole) or english:
            named.append(words)
    return named[-1] if named else ""


def _posted(text: str) -> Days | None:
    """The day an entry gives for itself: the last full one outside its address and title."""
    plain = re.sub(r"https?://\S+|《[^》]*》|\[\d{4}-\d{1,2}-\d{1,2}\]", " ", text)
    spans = [s for s in dates_in(plain) if s.precision == "day" and s.first_day >= date(1990, 1, 1)]
    return as_days(spans[0]) if spans else None
