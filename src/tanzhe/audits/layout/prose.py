"""Running text: paragraphs become claims, each with the citations that stand at its end."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tanzhe.audits.layout.references import Reference, cited_in, ends_in_citation
from tanzhe.audits.lines.labels import read_label
from tanzhe.audits.lines.links import links_in
from tanzhe.audits.lines.marks import bare
from tanzhe.audits.records import Field, Item, Point
from tanzhe.audits.spans import dates_in
from tanzhe.audits.words import said

LONGEST_TITLE = 60
LEAST_CLAIM = 15  # letters: a shorter paragraph tells of no event
_LINK = (
    r"\[[^\[\]\n]{0,200}\]\([^()\s]{0,1000}\)?"
    r"|https?[:：]//[^\s<>()（）\[\]【】《》“”\"，。；、|]{1,1000}"
)
_CITATION = re.compile(
    rf"(?:[（(][^（()）\n]{{0,120}}?)?(?:{_LINK})(?:[^（()）\n]{{0,40}}[)）])?"
    r"|\[\^[^\]\s]{1,20}\]|[\[［〔【](?:注|参)?\d{1,3}(?:\s*[,，、–—~-]\s*\d{1,3}){0,9}[\]］〕】]"
    r"|(?<![\dmM米])[⁰¹²³⁴-⁹]+|(?<=\S)[①-⑳]"
)
_SENTENCE_END = re.compile(r"[。！？；!?]|\.(?=\s+[A-Z“\"(]|\s*$)")
_ENUMERATED = re.compile(r"\s*(?:[一二三四五六七八九]是|其[一二三四五]|首先|其次|此外|另外)")
ANSWER = re.compile(r"^\s*(?:\*\*)?(?:答|A(?:nswer)?)\s*\d{0,2}\s*[:：.](?:\*\*)?\s*")
_BOLD_LEAD = re.compile(
    r"^\*\*(?P<title>[^*]{2,80}?)[.。:：]?\*\*[.。:：]?\s*(?P<rest>\S.*)$", re.S
)


def plain_words(text: str) -> str:
    """A line with links replaced by their words."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)?", r"\1", text)


def claims_in(paragraph: str, references: Mapping[str, Reference]) -> list[str]:
    """A paragraph cut after each citation; what follows the last one stays with it.

    Args:
        paragraph: one line.
        references: entries that marks cite.

    Example:
        >>> claims_in("甲限产（https://a.cn/1.html）。乙停产（https://a.cn/2.html）。", {})
        ['甲限产（https://a.cn/1.html）。', '乙停产（https://a.cn/2.html）。']
    """
    ends: list[int] = []
    cites = [m for m in _CITATION.finditer(paragraph) if _cites(m[0], references)]
    for number, cite in enumerate(cites):
        end = _SENTENCE_END.search(paragraph, cite.end())
        sentence = end.end() if end else len(paragraph)
        following = cites[number + 1].start() if number + 1 < len(cites) else len(paragraph)
        if not paragraph[cite.end() : following].strip(" ，,、和与及and"):
            continue  # two citations of one claim
        ends.append(sentence if sentence <= following else _after(paragraph, cite.end()))
    parts, start = [], 0
    for end_at in ends:
        if end_at > start:
            parts.append(paragraph[start:end_at])
            start = end_at
    rest = paragraph[start:]
    if parts and not any(m.start() >= start for m in cites):
        parts[-1] += rest
    elif rest.strip():
        parts.append(rest)
    return [part.strip() for part in parts if part.strip()]


def _cites(text: str, references: Mapping[str, Reference]) -> bool:
    return "://" in text or "](" in text or ends_in_citation(text, references)


def _after(text: str, at: int) -> int:
    """The end of a citation with the marks that close it."""
    match = re.compile(r"[)）。.，,；;\s]*").match(text, at)
    return match.end() if match else at


def _is_source(text: str) -> bool:
    """Whether a line is nothing but the source of the paragraph above."""
    label = read_label(text.strip())
    words = label.value if label and label.role == "source" else text
    return bool(re.fullmatch(r"\s*(?:[-*•]\s*)?[^。；;]{0,40}?https?://\S+\s*", words)) and (
        words is not text or text.lstrip(" -*•").startswith("http")
    )


def _paragraphs(point: Point) -> Iterator[tuple[int, str]]:
    """Paragraphs of a section; a line of nothing but an address goes to the one above."""
    held: tuple[int, str] | None = None
    for line, text in point.prose:
        if held and _is_source(text):
            held = (held[0], f"{held[1]}\n{text.strip()}")
            continue
        if held:
            yield held
        held = (line, text)
    if held:
        yield held


def read_prose(point: Point, references: Mapping[str, Reference]) -> None:
    """Paragraphs of a section that tell of events become its items.

    A paragraph with a citation tells of one; in a section without lists also one with a number.
    A statement that nothing was found is none.

    Args:
        point: the section; what becomes an item leaves its prose.
        references: entries that marks cite.
    """
    kept: list[tuple[int, str]] = []
    paragraphs = list(_paragraphs(point))
    any_cited = any(_cites(text, references) for _, text in paragraphs)
    all_of_it = not point.items and (any_cited or not point.empty)
    for line, text in paragraphs:
        cited = _cites(text, references)
        told = cited or (
            all_of_it and (re.search(r"\d", text) or _ENUMERATED.match(text) or dates_in(text))
        )
        if not told or len(text) < LEAST_CLAIM or (not cited and said("not_found", text)):
            kept.append((line, text))
            continue
        lead = _BOLD_LEAD.match(text)
        parts = [text] if lead or "\n" in text else claims_in(text, references)
        for part in parts:
            title = lead["title"] if lead else _title(part)
            point.items.append(
                _claim(point, line, title, lead["rest"] if lead else part, loose=not lead)
            )
    point.prose = kept
    point.items.sort(key=lambda item: item.line)


def _title(text: str) -> str:
    words = bare(plain_words(re.sub(r"https?://\S+", "", text)))
    clauses = [c.strip() for c in re.split(r"[。；，,]", words) if c.strip()]
    if len(clauses) > 1 and len(clauses[0]) < LEAST_CLAIM:  # a date alone names nothing
        return f"{clauses[0]}，{clauses[1]}"[:LONGEST_TITLE]
    return (clauses or [""])[0][:LONGEST_TITLE]


def _claim(point: Point, line: int, title: str, text: str, *, loose: bool) -> Item:
    item = Item(id="", point=point.id, title=title, line=line, last_line=line + text.count("\n"))
    item.loose, item.in_prose = loose, True
    links = links_in(text, line)
    said_by = re.search(r"[（(]([^（()）]{2,30})[)）]\s*\n", text)
    if said_by:  # （湖南日报，2020-03-12） above an address in its own line
        label = re.split(r"[，,]", said_by[1])[0]
        links = [replace(link, label=link.label or label) for link in links]
    item.fields = [Field(label="", role="text", value=text, line=line, links=links)]
    return item


def join_references(item: Item, references: Mapping[str, Reference]) -> None:
    """Marks in an item become the addresses of what they cite."""
    item.title, found = cited_in(item.title, references)
    for one in item.fields:
        one.value, cited = cited_in(one.value, references)
        links = [link for entry in (*found, *cited) for link in entry.links]
        one.links += [link for link in links if not any(x is link for x in one.links)]
        found = []
        item.cited = item.cited or bool(cited)
