"""The places a name may mean: provinces, cities and counties of mainland China."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tanzhe import bundled
from tanzhe.places import place_of, provinces


@dataclass(frozen=True, slots=True)
class Named:
    """A place: GB/T 2260 code, full name, ISO 3166-2 code of its province."""

    code: str
    name: str
    iso: str


@dataclass(frozen=True, kw_only=True, slots=True)
class City:
    """A prefecture-level division; `ambiguous`: its short name also means something else.

    `hosts`: labels before gov.cn that are its pinyin.
    """

    adcode: str
    zh: str
    zh_full: str
    en: str
    aliases: tuple[str, ...]
    ambiguous: bool
    iso: str
    hosts: tuple[str, ...]


NATION = Named("000000", "中国", "CN")
_NATION_NAMES = ("全国", "我国", "全国各地", "nationwide")
_COUNTY_END = re.compile(r"(?:[\u4e00-\u9fff]{1,9}族)*自治[县旗]$|[县市区旗]$|林区$|特区$")


@cache
def _words(kind: str) -> frozenset[str]:
    """Names of counties that are words too.

    `full` ones count only straight after their city or province; `short` ones not even there
    (云南富民, 广东新兴产业).
    """
    return frozenset(
        row["word"]
        for row in bundled.rows("tanzhe.text.data", "place_words.csv")
        if row["kind"] == kind
    )


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
            hosts=tuple(row["hosts"].split(";")),
        )
        for row in bundled.rows("tanzhe.text.data", "cities.csv")
    )


@cache
def counties() -> tuple[tuple[Named, tuple[str, ...]], ...]:
    """County-level divisions with their former names."""
    by_code = {p.adcode[:2]: p.iso for p in provinces()}
    return tuple(
        (
            Named(row["adcode"], row["zh"], by_code[row["adcode"][:2]]),
            tuple(name for name in row["former"].split(";") if name),
        )
        for row in bundled.rows("tanzhe.text.data", "counties.csv")
    )


@cache
def names() -> dict[str, tuple[Named, ...]]:
    """Name in lower case -> the places it may mean; one of them is meant, if more are given."""
    found: dict[str, tuple[Named, ...]] = {}
    for county, former in counties():
        for name in (county.name, *former):
            if name not in _words("full"):
                found[name] = (*found.get(name, ()), county)
    for city in cities():
        one = (Named(city.adcode, city.zh_full, city.iso),)
        for name in (city.zh_full, city.en, *city.aliases, *(() if city.ambiguous else (city.zh,))):
            found[name.lower()] = found[name.lower()] if _taken(found, name) else one
    for place in provinces():
        one = (Named(place.adcode, place.zh_full, place.iso),)
        for name in (place.zh, place.zh_full, place.en, *(a for a in place.aliases if len(a) > 1)):
            found[name.lower()] = one
    found.update(dict.fromkeys(_NATION_NAMES, (NATION,)))
    found.pop("", None)
    return found


def _taken(found: dict[str, tuple[Named, ...]], name: str) -> bool:
    """A city's alias gives way where a county bears the name now (大理市)."""
    return any(place.name == name for place in found.get(name.lower(), ()))


@cache
def together() -> dict[str, tuple[Named, ...]]:
    """Names of several provinces together: 川渝 means both."""
    found = {}
    for row in bundled.rows("tanzhe.text.data", "combined.csv"):
        members = [place_of(iso) for iso in row["isos"].split(";")]
        found[row["name"]] = tuple(Named(p.adcode, p.zh_full, p.iso) for p in members if p)
    return found


@cache
def _by_start() -> dict[str, list[str]]:
    """Chinese names by their first two characters, longest first."""
    index: dict[str, list[str]] = {}
    for name in sorted({*names(), *together()}, key=len, reverse=True):
        if not name.isascii():
            index.setdefault(name[:2], []).append(name)
    return index


@cache
def _latin() -> re.Pattern[str]:
    ordered = sorted((n for n in names() if n.isascii()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b", re.I)


def named_in(text: str) -> Iterator[tuple[int, str]]:
    """Where names stand in a text, with the name; the longest at each place, not overlapping."""
    latin = {m.start(): m[0] for m in _latin().finditer(text)}
    starts, at = _by_start(), 0
    while at < len(text):
        known = starts.get(text[at : at + 2], ())
        name = latin.get(at) or next((n for n in known if text.startswith(n, at)), None)
        if name:
            yield at, name
        at += len(name) if name else 1


@cache
def short_names(code: str) -> dict[str, Named]:
    """Short names that count straight after a province or city: 甘肃白银, 文山砚山, 唐山路北区."""
    prefix = code.rstrip("0") if code.endswith("00") else code
    prefix = prefix.ljust(2 if code.endswith("0000") else 4, "0")
    found: dict[str, Named] = {}
    for county, former in counties():
        if county.code.startswith(prefix):
            for name in (county.name, *former):
                short = _COUNTY_END.sub("", name)
                if name in _words("full"):
                    found.setdefault(name, county)
                own = code.endswith("0000") and short in names()  # 新疆昌吉 is the prefecture
                if len(short) > 1 and short not in _words("short") and not own:
                    found.setdefault(short, county)
    for city in cities():
        if city.ambiguous and city.adcode.startswith(prefix) and city.adcode != code:
            found[city.zh] = Named(city.adcode, city.zh_full, city.iso)
    return found
