"""Zero-carbon parks on official lists: name, province, scope, period, and where that was read."""

import re
import unicodedata
from functools import cache
from typing import Literal

from pydantic import Field

from tanzhe.errors import InputError
from tanzhe.model import Record
from tanzhe.model.rules import Confidence
from tanzhe.names import folded
from tanzhe.places import find_place, place_of
from tanzhe.rulebook.reading import data_folder, record_or_faults, without_nulls
from tanzhe.rulebook.strict_yaml import read_yaml

_FILE = "zero_carbon_parks.yaml"
Scope = Literal["whole", "part"]
Level = Literal["national", "provincial", "pilot"]
_CORPS = "新疆生产建设兵团"  # no province of its own in ISO 3166-2: its cities lie in CN-XJ
# What people leave out or shorten of an official name; both sides are written the short way.
_SHORT = (
    ("高新技术产业开发区", "高新区"),
    ("高技术产业开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
)
_TAIL = re.compile(r"(国家级|省级)?(零碳|近零碳|低碳)(产业|工业)?园区?(\(?园中园\)?)?$|园中园$")


class RegisteredPark(Record):
    """One park of a list.

    Attributes:
        name: as listed.
        region: ISO 3166-2 code.
        province: as listed.
        city: as listed.
        scope: the whole park or a part of it (园中园), or None where not read.
        start: first year of construction.
        end: last year, or None where not read.
        list: title of the list.
        level: national, provincial, or a pilot of a province.
        number: of the document.
        published: day or month.
        address: of the list, else of a report.
        seen: where it was read.
        confidence: how well it is supported.
    """

    name: str
    region: str
    province: str
    city: str
    scope: Scope | None
    start: int
    end: int | None
    list: str
    level: Level
    number: str
    published: str
    address: str
    seen: str
    confidence: Confidence

    @property
    def places(self) -> tuple[str, str]:
        """The province in Chinese and in English; the corps of Xinjiang says so."""
        place = place_of(self.region)
        english = place.en if place else self.region
        corps = " (Production and Construction Corps)" if self.province == _CORPS else ""
        return self.province, english + corps


class _List(Record):
    title: str
    level: Level
    number: str
    published: str = Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")
    address: str
    seen: str
    confidence: Confidence
    parks: tuple[tuple[str, str, str, Scope | None, int, int | None], ...]


@cache
def registered_parks() -> tuple[RegisteredPark, ...]:
    """All parks, list by list.

    Raises:
        InputError: the packaged file is faulty.

    Example:
        >>> len(registered_parks()), registered_parks()[0].end
        (71, 2028)
    """
    text = data_folder().joinpath(_FILE).read_text(encoding="utf-8")
    tree = without_nulls(read_yaml(text, name=_FILE))
    assert isinstance(tree, dict)  # read_yaml gives nothing else
    found = []
    for key, raw in tree["lists"].items():
        one, faults = record_or_faults(_List, raw, where=f"{_FILE}: {key}")
        if one is None:
            raise InputError(*faults)
        found += [_park(row, one) for row in one.parks]
    return tuple(found)


def _park(row: tuple[str, str, str, Scope | None, int, int | None], of: _List) -> RegisteredPark:
    name, province, city, scope, start, end = row
    return RegisteredPark(
        name=name,
        region="CN-XJ" if province == _CORPS else find_place(province).iso,
        province=province,
        city=city,
        scope=scope,
        start=start,
        end=end,
        list=of.title,
        **of.model_dump(exclude={"title", "parks"}),
    )


def parks_in(region: str | None = None) -> tuple[RegisteredPark, ...]:
    """The parks of a region, or all.

    Args:
        region: 云南, Yunnan, CN-YN, ...

    Raises:
        UnknownName: nobody knows the region.

    Example:
        >>> [one.name for one in parks_in("云南")]
        ['云南大理祥云经济技术开发区', '云南曲靖经济技术开发区']
    """
    if region is None:
        return registered_parks()
    iso = find_place(region).iso
    return tuple(one for one in registered_parks() if iso in ("CN", one.region))


def recognised(name: str, region: str) -> tuple[tuple[RegisteredPark, ...], bool]:
    """The parks of the register that a name means, and whether the name alone is proof.

    Args:
        name: as a park writes it, short forms included.
        region: ISO 3166-2 code; parks of other provinces are never meant.

    Returns:
        Those of that name in full; else those whose short name is its own or ends in it, and
        False; nothing where several different parks would fit.

    Example:
        >>> [one.name for one in recognised("曲靖经开区", "CN-YN")[0]]
        ['云南曲靖经济技术开发区']
        >>> recognised("云南曲靖经济技术开发区", "CN-SC")
        ((), False)
    """
    if len(_brief(name, region)) < _SHORTEST and _full(name, region) == folded(name):
        return (), False  # 经济技术开发区 alone, without the province, names no park
    here = [one for one in registered_parks() if one.region == region]
    exact = tuple(one for one in here if _full(one.name, region) == _full(name, region))
    if exact:
        return exact, True
    short = _brief(name, region)
    near = [one for one in here if _brief(one.name, region) == short]
    if not near and len(short) > _SHORTEST:
        near = [one for one in here if _brief(one.name, region).endswith(short)]
    return (tuple(near), False) if len({one.name for one in near}) == 1 else ((), False)


_SHORTEST = 4  # 经开区 and 高新区 with one character more name no park


def _full(name: str, region: str) -> str:
    """A name without width, brackets, the province before it and 零碳园区 behind it."""
    text = folded(unicodedata.normalize("NFKC", name))
    text = re.sub(r"\([^()]*\)", "", text)
    place = place_of(region)
    for before in (_CORPS, *((place.zh_full, place.zh) if place else ())):
        text = text.removeprefix(before)
    return _TAIL.sub("", text)


def _brief(name: str, region: str) -> str:
    text = _full(name, region)
    for long, short in _SHORT:
        text = text.replace(long, short)
    return re.sub(r"[省市州县区](?=.{3,}$)", "", text)
