"""Provinces, cities and counties in text, each a span with its code."""

from dataclasses import dataclass

from tanzhe.characters import simplified
from tanzhe.places import provinces
from tanzhe.text.names.gazetteer import Named, named_in, names, short_names, together
from tanzhe.text.spans import Span, as_written, clause_bounds


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceSpan(Span):
    """A place named in a text.

    Attributes:
        code: GB/T 2260 code of the province, city or county, or 000000 for the nation.
        name: full Chinese name, of today where the text has a former one.
        iso: ISO 3166-2 code of the province it lies in, or CN.
    """

    code: str
    name: str
    iso: str


# Letters before a name that make it another word: 黄河南岸, 长江西段.
_NOT_AFTER = {
    "河南": "黄淮渭辽运洛汉",
    "河北": "黄淮渭辽运洛",
    "江西": "长珠",
    "江苏": "长",
    "湖南": "西东太",
    "湖北": "西东太",
    "海南": "上",
    "山东": "泰华恒衡嵩黄",
    "山西": "泰华恒衡嵩黄",
}
_NOT_BEFORE = {
    "河北": "区",
    "江苏": "路",
    "山东": "路",
    "山西": "路",
    "四川": "路",
    "西藏": "路",
    "河南": "路",
    "云南": "路",
    "湖南": "路",
    "福建": "路",
    "广西": "路",
    "北京": "路时",
    "南京": "路",
    "大理": "石",
    "周口": "店",
    "重庆": "路",
    "上海": "路",
    "海南": "藏",
}


def iso_of_code(code: str) -> str:
    """ISO 3166-2 code of the province that a GB/T 2260 code lies in, "" when there is none.

    Example:
        >>> iso_of_code("530300"), iso_of_code("000000"), iso_of_code("99")
        ('CN-YN', 'CN', '')
    """
    if code == "000000":
        return "CN"
    return next((p.iso for p in provinces() if p.adcode[:2] == code[:2]), "")


def _is_place(text: str, start: int, name: str) -> bool:
    before = text[start - 1 : start] if start else ""
    after = text[start + len(name) : start + len(name) + 1]
    if before and before in _NOT_AFTER.get(name, ""):
        return False
    return not (after and after in _NOT_BEFORE.get(name, ""))


def _span(start: int, text: str, place: Named) -> PlaceSpan:
    return PlaceSpan(
        start=start,
        end=start + len(text),
        text=text,
        code=place.code,
        name=place.name,
        iso=place.iso,
    )


def _children(text: str, parent: PlaceSpan) -> list[PlaceSpan]:
    """The city or county whose short name follows its province or city: 甘肃白银, 文山砚山."""
    if parent.code == "000000" or not parent.code.endswith("00"):
        return []
    known = short_names(parent.code)
    for length in range(9, 1, -1):
        name = text[parent.end : parent.end + length]
        if len(name) == length and name in known and not _goes_on(text, parent.end, name):
            child = _span(parent.end, name, known[name])
            return [child, *_children(text, child)]
    return []


def _goes_on(text: str, start: int, name: str) -> bool:
    """Whether the short name is the beginning of a word or of another place's name."""
    after = text[start + len(name) : start + len(name) + 1]
    if name.endswith("化") and after in tuple("工学肥解石"):
        return True
    longer = next(named_in(text[start : start + 12]), (1, ""))
    return longer[0] == 0 and len(longer[1]) > len(name)


def _meant(
    candidates: tuple[Named, ...], text: str, start: int, known: list[PlaceSpan]
) -> Named | None:
    """Which of several places a name means: the one whose city or province the context names.

    The nearest place before it in the sentence decides, then those of the whole sentence, then of
    all before it; where more than one still fits, none is read.
    """
    if len(candidates) == 1:
        return candidates[0]
    first, _ = clause_bounds(text, start, start + 1)
    sentence = [p for p in known if p.start >= first]
    for context in (sentence[-1:], sentence, known):
        for width in (4, 2):
            above = {p.code[:width] for p in context if not p.code[:width].endswith("00")}
            fitting = [c for c in candidates if c.code[:width] in above]
            if len(fitting) == 1:
                return fitting[0]
    return None


def read_places(text: str) -> list[PlaceSpan]:
    """Provinces, cities and counties of a text, in order.

    One-letter short forms (云, 新) do not count, nor names inside other words (黄河南岸, 大理石);
    the place in a body's name does (云南省工业和信息化厅). 川渝 gives two places with one span.
    Short names of counties count straight after their city or province (文山砚山). A name that
    several places bear (朝阳区) is read only where its city or province is named before it.

    Example:
        >>> [(p.text, p.code) for p in read_places("云南省曲靖市与黄河南岸")]
        [('云南省', '530000'), ('曲靖市', '530300')]
    """
    found: list[PlaceSpan] = []
    plain = simplified(text)
    for start, name in named_in(plain):
        if not _is_place(plain, start, name) or (found and start < found[-1].end):
            continue
        as_found = plain[start : start + len(name)]
        if name in together():
            found += [_span(start, as_found, place) for place in together()[name]]
            continue
        place = _meant(names()[name.lower()], plain, start, found)
        if place:
            parent = _span(start, as_found, place)
            found += [parent, *_children(plain, parent)]
    return as_written(found, text)
