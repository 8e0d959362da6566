"""Government bodies and companies in text, each a span under one name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tanzhe import bundled
from tanzhe.characters import simplified
from tanzhe.text.names.gazetteer import names
from tanzhe.text.spans import Span, as_written, leftmost_longest
from tanzhe.text.tables import either

BodyKind = Literal["government", "company", "association"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BodySpan(Span):
    """A body named in a text.

    Attributes:
        name: the one name for it (国家发改委 is 国家发展改革委), else as found.
        kind: government, company or association.
    """

    name: str
    kind: BodyKind


# Departments of provinces and cities: what is written -> the name results print.
DEPARTMENTS = {
    row["word"]: row["department"] for row in bundled.rows("tanzhe.text.data", "departments.csv")
}
_END = "股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|公司|集团|发电厂|电厂"
_COMPANY = re.compile(rf"[\u4e00-\u9fffA-Za-z（）()·]{{2,24}}?(?:{_END})(?:（集团）|集团|股份)?")
_NOT_COMPANY = re.compile(rf"^(?:.*(?:{either('before_no_company')}))")
_GENERIC = {"公司", "集团", "有限公司", "集团公司", "电厂", "分公司", "总公司", "发电厂"}


@cache
def _aliases() -> dict[str, tuple[str, BodyKind]]:
    table: dict[str, tuple[str, BodyKind]] = {}
    for row in bundled.rows("tanzhe.text.data", "bodies.csv"):
        name = row["name"]
        kind: BodyKind = "government"
        if "协会" in name or "联合会" in name:
            kind = "association"
        elif "电网" in name:
            kind = "company"
        for alias in (name, *(a for a in row["aliases"].split(";") if a)):
            table[alias] = (name, kind)
    return table


@cache
def _known() -> re.Pattern[str]:
    names = sorted(_aliases(), key=len, reverse=True)
    parts = [rf"\b{re.escape(n)}\b" if n.isascii() else re.escape(n) for n in names]
    return re.compile("|".join(parts))


@cache
def _departments() -> re.Pattern[str]:
    return re.compile("|".join(sorted(DEPARTMENTS, key=len, reverse=True)))


_WHERE = ("全省", "自治区", "省", "市")
LONGEST_PLACE = 15  # characters of the longest county's name


def _place_before(text: str, end: int) -> str:
    """The longest name of a province, city or county that ends where a department begins."""
    for length in range(min(LONGEST_PLACE, end), 1, -1):
        word = text[end - length : end]
        if word in names() and word not in ("全国", "我国"):
            return word
    return next((word for word in _WHERE if text.endswith(word, 0, end)), "")


def _local(text: str) -> Iterator[BodySpan]:
    """Departments of provinces, cities and counties."""
    for match in _departments().finditer(text):
        where = _place_before(text, match.start())
        if where:
            start = match.start() - len(where)
            yield BodySpan(
                start=start, end=match.end(), text=text[start : match.end()],
                name=where + DEPARTMENTS[match[0]], kind="government",
            )  # fmt: skip


def _company(match: re.Match[str]) -> BodySpan | None:
    cut = _NOT_COMPANY.match(match[0])
    start = match.start() + (cut.end() if cut else 0)
    name = match.string[start : match.end()]
    if name in _GENERIC or len(name) < 4:
        return None
    return BodySpan(start=start, end=match.end(), text=name, name=name, kind="company")


def read_bodies(text: str) -> list[BodySpan]:
    """Government bodies, associations and companies of a text, in order.

    Example:
        >>> [(b.text, b.name) for b in read_bodies("国家发改委、云南省工信厅通知")]
        [('国家发改委', '国家发展改革委'), ('云南省工信厅', '云南省工业和信息化厅')]
    """
    found: list[BodySpan] = []
    plain = simplified(text)
    for m in _known().finditer(plain):
        name, kind = _aliases()[m[0]]
        found.append(BodySpan(start=m.start(), end=m.end(), text=m[0], name=name, kind=kind))
    found += _local(plain)
    found += [body for m in _COMPANY.finditer(plain) if (body := _company(m))]
    return as_written(leftmost_longest(found), text)
