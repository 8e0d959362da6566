"""Provinces and prefecture-level cities in text, each a span with its code."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tanzhe.places import place_of, provinces
from tanzhe.text.spans import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceSpan(Span):
    """A place named in a text.

    Attributes:
        code: GB/T 2260 code of the province, the city, or 000000 for the nation.
        name: full Chinese name.
        iso: ISO 3166-2 code of the province it lies in, or CN.
    """

    code: str
    name: str
    iso: str


@dataclass(frozen=True, kw_only=True, slots=True)
class City:
    """A prefecture-level division; `ambiguous`: its short name also means something else."""

    adcode: str
    zh: str
    zh_full: str
    en: str
    aliases: tuple[str, ...]
    ambiguous: bool
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
_NATION = ("全国", "我国", "全国各地", "nationwide")


def iso_of_code(code: str) -> str:
    """ISO 3166-2 code of the province that a GB/T 2260 code lies in, "" when there is none.

    Example:
        >>> iso_of_code("530300"), iso_of_code("000000"), iso_of_code("99")
        ('CN-YN', 'CN', '')
    """
    if code == "000000":
        return "CN"
    return next((p.iso for p in provinces() if p.adcode[:2] == code[:2]), "")


def _rows(name: str) -> list[dict[str, str]]:
    text = files("tanzhe.text.data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def cities() -> tuple[City, ...]:
    """Prefecture-level divisions of mainland China, by GB/T 2260 code."""
    by_code = {p.adcode[:2]: p.iso for p in provinces()}
    return tuple(
        City(
            adcode=row["adcode"],
            zh=row["zh"],
            zh_full=row["zh_full"],
            en=row["en"],
            aliases=tuple(a for a in row["aliases"].split(";") if a),
            ambiguous=row["ambiguous"] == "yes",
            iso=by_code[row["adcode"][:2]],
        )
        for row in _rows("cities.csv")
    )


@cache
def _names() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Name in lower case -> (code, full name, iso) of each place it means."""
    names: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for city in cities():
        one = ((city.adcode, city.zh_full, city.iso),)
        for name in (city.zh_full, city.en, *city.aliases, *(() if city.ambiguous else (city.zh,))):
            names.setdefault(name.lower(), one)
    for place in provinces():
        one = ((place.adcode, place.zh_full, place.iso),)
        long_names = [a for a in place.aliases if len(a) > 1]
        for name in (place.zh, place.zh_full, place.en, *long_names):
            names[name.lower()] = one
    for row in _rows("combined.csv"):
        members = [place_of(iso) for iso in row["isos"].split(";")]
        names[row["name"]] = tuple((p.adcode, p.zh_full, p.iso) for p in members if p)
    names.update(dict.fromkeys(_NATION, (("000000", "中国", "CN"),)))
    names.pop("", None)
    return names


@cache
def _pattern() -> re.Pattern[str]:
    ordered = sorted(_names(), key=len, reverse=True)
    latin = [rf"\b{re.escape(n)}\b" for n in ordered if n.isascii()]
    chinese = [re.escape(n) for n in ordered if not n.isascii()]
    return re.compile("|".join([*chinese, *latin]), re.I)


@cache
def _ambiguous() -> dict[str, tuple[re.Pattern[str], tuple[str, str, str]]]:
    """By province: a short name that counts only straight after it (甘肃白银, 吉林省吉林)."""
    found: dict[str, list[City]] = {}
    for city in cities():
        if city.ambiguous:
            found.setdefault(city.iso, []).append(city)
    return {
        f"{iso}{city.zh}": (re.compile(city.zh), (city.adcode, city.zh_full, city.iso))
        for iso, many in found.items()
        for city in many
    }


def _is_place(text: str, match: re.Match[str]) -> bool:
    name = match[0]
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    after = text[match.end() : match.end() + 1]
    if before and before in _NOT_AFTER.get(name, ""):
        return False
    return not (after and after in _NOT_BEFORE.get(name, ""))


def _after_province(text: str, end: int, iso: str) -> tuple[int, tuple[str, str, str]] | None:
    for key, (pattern, place) in _ambiguous().items():
        if key.startswith(iso) and not _pattern().match(text, end):
            match = pattern.match(text, end)
            if match:
                return match.end(), place
    return None


def read_places(text: str) -> list[PlaceSpan]:
    """Provinces and prefecture-level cities of a text, in order.

    One-letter short forms (云, 新) do not count, nor names inside other words (黄河南岸, 大理石);
    the place in a body's name does (云南省工业和信息化厅). 川渝 gives two places with one span.

    Example:
        >>> [(p.text, p.code) for p in read_places("云南省曲靖市与黄河南岸")]
        [('云南省', '530000'), ('曲靖市', '530300')]
    """
    found: list[PlaceSpan] = []
    for match in _pattern().finditer(text):
        if not _is_place(text, match):
            continue
        places = _names().get(match[0].lower(), ())
        found += [_span(match.start(), match[0], place) for place in places]
        if len(places) == 1 and places[0][0].endswith("0000"):
            more = _after_province(text, match.end(), places[0][2])
            if more:
                found.append(_span(match.end(), text[match.end() : more[0]], more[1]))
    return found


def _span(start: int, text: str, place: tuple[str, str, str]) -> PlaceSpan:
    code, name, iso = place
    return PlaceSpan(start=start, end=start + len(text), text=text, code=code, name=name, iso=iso)
