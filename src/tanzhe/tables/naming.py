"""Which place or sector a name speaks of: a column's, a sheet's, a title's."""

import re
import unicodedata
from functools import cache, lru_cache

from tanzhe.errors import UnknownName
from tanzhe.names import folded
from tanzhe.places import find_place, place_of, places
from tanzhe.sectors import Product, Sector, find_sector, products, sector_of, sectors

# 吉林市 is no province; 云南市场 and 云南市县 are of one.
_NO_CITY = r"(?!市(?![场县级州]))"


@lru_cache(maxsize=20_000)
def place_key(name: str) -> str:
    """The ISO code of a place's name, or the name folded where it is nobody's."""
    if not name:
        return ""
    try:
        place = find_place(name)
    except UnknownName:
        return folded(name)
    # 吉林市 is a city of 吉林省; only the municipalities are both.
    city = name.strip().endswith("市") and not place.zh_full.endswith("市")
    return folded(name) if city else place.iso


@lru_cache(maxsize=20_000)
def sector_key(name: str) -> str:
    """The id of a sector or product, or the name folded where it is nobody's."""
    if not name:
        return ""
    try:
        return find_sector(name).id
    except UnknownName:
        return folded(name)


def is_place(name: str) -> bool:
    """Whether a name is a province or the nation, by more than one letter or code."""
    return len(name) > 1 and place_key(name) != folded(name)


def is_sector(name: str) -> bool:
    """Whether a name is a sector or product of the vocabulary."""
    return sector_of(sector_key(name)) is not None


@cache
def _written() -> tuple[tuple[str, str], ...]:
    """Names of two letters or more that a longer text may hold, longest first."""
    found = {n: p.iso for p in places() for n in (p.zh_full, p.zh, p.en) if len(n) > 1}
    # Other names of the nation (national, nationwide) stand in names of offices too.
    found |= {n: p.iso for p in places() if p.iso != "CN" for n in p.aliases if len(n) > 1}
    return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))


def places_in(text: str) -> tuple[str, ...]:
    """ISO codes of the places a text names, each once, without the nation beside a province.

    Example:
        >>> places_in("China: Output: Cement: Yunnan"), places_in("云南省水泥产量"), places_in("x")
        (('CN-YN',), ('CN-YN',), ())
    """
    found: dict[str, None] = {}
    rest = text
    for name, iso in _written():
        if name.isascii():
            if re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", rest, re.I):
                found[iso] = None
                rest = re.sub(re.escape(name), " ", rest, flags=re.I)
        elif re.search(name + _NO_CITY, rest):
            found[iso] = None
            rest = re.sub(name + _NO_CITY, " ", rest)
    provinces = [iso for iso in found if iso != "CN"]
    return tuple(provinces or found)


def place_codes(name: str) -> tuple[str, ...]:
    """The province of a code or letter alone: YN, CN-YN, 滇; believed where many stand together.

    Example:
        >>> place_codes("YN"), place_codes("滇（万吨）"), place_codes("MW")
        (('CN-YN',), ('CN-YN',), ())
    """
    bare = re.sub(r"[(（\[].*", "", name).strip()
    for told in (bare, f"CN-{bare.upper()}"):
        if len(bare) <= 6 and (place := place_of(place_key(told))) is not None:
            return (place.iso,)
    return ()


def without_place(text: str) -> str:
    """A name without the place in it, to compare what is left.

    Example:
        >>> without_place("产量:水泥:云南:当月值"), without_place("云南省")
        ('产量:水泥:当月值', '')
    """
    for name, _ in _written():
        text = (
            re.sub(re.escape(name), "", text, flags=re.I)
            if name.isascii()
            else text.replace(name, "")
        )
    parts = [part for part in re.split(r"\s*[:：/]\s*", text) if part.strip()]
    return ":".join(part.strip() for part in parts).strip(" _-,，")


def plain(text: str) -> str:
    """A text in one width and case, with blanks for underscores."""
    return unicodedata.normalize("NFKC", text).casefold().replace("_", " ")


@cache
def _sector_names() -> tuple[tuple[str, str], ...]:
    entries: tuple[Sector | Product, ...] = (*products(), *sectors())
    found = {
        plain(name): entry.id
        for entry in entries
        for name in (entry.zh, entry.en, *entry.aliases)
        if len(name) > 1
    }
    return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))


def sectors_in(text: str) -> tuple[str, ...]:
    """Ids of the sectors and products a text names, each once.

    Example:
        >>> sectors_in("分省工业碳排放"), sectors_in("粗钢产量(万吨)"), sectors_in("日期")
        (('industry',), ('crude_steel',), ())
    """
    rest, found = plain(text), []
    for name, id in _sector_names():
        ends = (r"(?<![a-z])", r"(?![a-z])") if name.isascii() else ("", "")
        left = re.sub(f"{ends[0]}{re.escape(name)}{ends[1]}", "|", rest)
        if left != rest:
            found.append(id)
            rest = left
    return tuple(dict.fromkeys(found))
