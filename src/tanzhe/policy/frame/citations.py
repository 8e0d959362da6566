"""Other documents that a document names, with their numbers."""

import re

from tanzhe.model.policy import CitedDocument
from tanzhe.policy.bodies.names import run_of_bodies
from tanzhe.policy.outline.view import View
from tanzhe.text import normal_number, read_document_numbers

_TITLE = re.compile(r"《(?P<inner>(?:[^《》]|《[^《》]{1,90}》){2,160})》")
# 我部组织编制了《甲》，现印发给你们: 甲 is what this document issues.
_ISSUED = re.compile(
    r"(?:制定|编制|制订|修订|起草|形成)了?《(?P<inner>[^《》]{2,100})》(?:（[^（）]{1,40}）)*"
    r"[^。《]{0,40}。?[^。《]{0,20}(?:现(?:将其)?予?(?:以)?(?:印发|发布|公布)|予以(?:印发|发布|公布))"
)
_STANDARD = re.compile(
    r"(?:GB|HJ|DA|DB|JB|YB|NB|CJ|SL|LY|NY|SH|HG|HAF|HAD|ISO|IEC|T/|QX|JT"
    r"|CH)[/A-Z\d.\s]{0,10}\s?\d{2,6}(?:[.\d]*)(?:[-—–]\d{2,4})?"
)
_DECREE = re.compile(
    r"[\u4e00-\u9fff]{2,24}(?:令|公告)(?:[（(]?\d{4}年?[）)]?)?第?\d{1,4}号"
    r"|第\d{1,4}号(?:令|公告)?|\d{4}年第\d{1,3}号"
)
_SHORT = re.compile(r"(?:以下|下)?(?:统称|简称|合称)(?:为)?[“\"]?$")


def _plain(title: str) -> str:
    """Letters and digits alone: dashes, quotes and brackets are printed in many ways."""
    return re.sub(r"\W", "", title)


def _bare(key: str) -> str:
    """A title without years and what says how far it has come."""
    return re.sub(r"(?:征求意见稿|送审稿|草案|试行|暂行|20\d\d年?20\d\d年?)+$", "", key)


def _spaced(name: str) -> str:
    """A title with a blank between the bodies that issued it."""
    at = name.find("关于")
    names = run_of_bodies(name, 0, at) if 6 < at < 200 else []
    return " ".join(n.text for n in names) + name[at:] if len(names) > 1 else name


def _number_after(text: str, at: int) -> tuple[str | None, int]:
    """The number in the bracket after a title."""
    bracket = re.compile(
        r"[（(](?P<inner>[^（）()]{3,80}(?:[（(][^（）()]*[）)][^（）()]*)?)[）)]?"
    ).match(text, at)
    if not bracket:
        return None, at
    inner = bracket["inner"]
    numbers = read_document_numbers(inner)
    if numbers:
        return numbers[0].number, bracket.end()
    for pattern in (_STANDARD, _DECREE):
        found = pattern.search(inner)
        if found:
            return found[0].strip(), bracket.end()
    return None, at


def find_citations(
    view: View, own: list[str], own_numbers: list[str], start: int
) -> tuple[CitedDocument, ...]:
    """Documents named by title or number, in order, each once; its own title is not cited.

    Args:
        view: the repaired text.
        own: titles of the document itself and of what it issues.
        own_numbers: its own numbers.
        start: offset after the title.
    """
    mine = {_plain(title) for title in own if title}
    for title in own:  # 关于印发《甲》《乙》的通知 issues both
        if re.search(r"印发|发布|公布|颁布|征求|修订|批准", title):
            mine |= {_plain(m["inner"]) for m in _TITLE.finditer(title)}
    mine |= {_plain(m["inner"]) for m in _ISSUED.finditer(view.text[:6000])}
    shorts: set[str] = set()
    found: dict[str, CitedDocument] = {}
    covered: list[tuple[int, int]] = []
    for match in _TITLE.finditer(view.text):
        name = match["inner"]
        key = _plain(name)
        number, end = _number_after(view.text, match.end())
        covered.append((match.start(), max(end, match.end())))
        if _SHORT.search(view.text[max(0, match.start() - 8) : match.start()]):
            shorts.add(key)
            continue
        its_own = key in mine or any(_bare(key) == _bare(m) for m in mine)
        if key in shorts or (its_own and (number is None or number in own_numbers)):
            continue
        held = found.get(key)
        if held is None or (number and not held.number):
            found[key] = CitedDocument(
                title=_spaced(name),
                number=number,
                span=view.passage(match.start(), max(end, match.end())),
            )
    for one in _bare_numbers(view, covered, {normal_number(n) for n in own_numbers}, start):
        if not any(c.number and normal_number(c.number) == one.number for c in found.values()):
            found.setdefault(f"number {one.number}", one)
    return tuple(sorted(found.values(), key=lambda c: c.span.start))


def _bare_numbers(
    view: View, covered: list[tuple[int, int]], own: set[str], start: int
) -> list[CitedDocument]:
    """Numbers without a title beside them: 按照国发〔2021〕23号文件要求."""
    return [
        CitedDocument(title="", number=n.number, span=view.passage(n.start, n.end))
        for n in read_document_numbers(view.text)
        if n.start >= start
        and not any(a <= n.start < b for a, b in covered)
        and not any(
            normal_number(n.number).endswith(o) or o.endswith(normal_number(n.number)) for o in own
        )
    ]
