"""Provinces: GB/T 2260 code, ISO 3166-2, Chinese and English names, aliases."""

from dataclasses import dataclass
from functools import cache

from tanzhe import bundled
from tanzhe.errors import Words
from tanzhe.names import find_name, folded


@dataclass(frozen=True, kw_only=True)
class Place:
    """A province, or the nation.

    Attributes:
        adcode: six-digit code of GB/T 2260, `000000` for the nation.
        iso: ISO 3166-2 code, `CN` for the nation.
        zh: short Chinese name (云南).
        zh_full: full Chinese name (云南省).
        en: English name.
        letter: one-character short form used on number plates (滇).
        aliases: other names in use.
        region: large region (西南), empty for the nation.
    """

    adcode: str
    iso: str
    zh: str
    zh_full: str
    en: str
    letter: str
    aliases: tuple[str, ...]
    region: str

    @property
    def names(self) -> tuple[str, ...]:
        """All names, most exact first."""
        return (self.iso, self.adcode, self.zh, self.zh_full, self.en, self.letter, *self.aliases)


@cache
def places() -> tuple[Place, ...]:
    """The nation and the 31 provinces, by GB/T 2260 code."""
    return tuple(
        Place(
            adcode=row["adcode"],
            iso=row["iso"],
            zh=row["zh"],
            zh_full=row["zh_full"],
            en=row["en"],
            letter=row["letter"],
            aliases=tuple(a for a in row["aliases"].split(";") if a),
            region=row["region"],
        )
        for row in bundled.rows("tanzhe.data", "provinces.csv")
    )


def provinces() -> tuple[Place, ...]:
    """The 31 provinces of mainland China, by GB/T 2260 code."""
    return tuple(p for p in places() if p.iso != "CN")


@cache
def _by_iso() -> dict[str, Place]:
    return {p.iso: p for p in places()}


# What English and romanised names of provinces end with: Nei Mongol Zizhiqu, Shanghai Shi.
_KINDS = ("province", "sheng", "municipality", "shi", "autonomousregion", "zizhiqu")


@cache
def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for place in places():
        for name in place.names:
            index.setdefault(folded(name), place.zh)
        index.setdefault(folded(place.en) + "province", place.zh)
    return index


def _bare(name: str) -> str:
    """An English or romanised name without the word for what it is: Nei Mongol Zizhiqu."""
    whole = folded(name)
    stems = [whole.removesuffix(kind) for kind in _KINDS if whole.endswith(kind)]
    known = (stem for stem in stems if len(stem) > 3 and stem.isascii() and stem in _index())
    return name if whole in _index() else next(known, name)


def find_place(name: str) -> Place:
    """The place a user means by 云南, 云南省, Yunnan, 530000, CN-YN or 滇.

    Args:
        name: any usual name or code; width, case and spaces do not matter.

    Raises:
        UnknownName: with the nearest names.

    Example:
        >>> find_place("滇").iso, find_place("Inner Mongolia").zh, find_place("530000").en
        ('CN-YN', '内蒙古', 'Yunnan')
    """
    kind = Words("地区", "region")
    english = {place.zh: place.en for place in places()}
    zh = find_name(
        _bare(name), _index(), kind=kind, examples="云南, Yunnan, CN-YN", english=english
    )
    return next(place for place in places() if place.zh == zh)


def place_in_front(text: str) -> Place | None:
    """The province whose Chinese name a text begins with: of 云南省曲靖市 Yunnan.

    Example:
        >>> place_in_front("云南省曲靖市").iso, place_in_front("曲靖市") is None
        ('CN-YN', True)
    """
    return next((place for place in provinces() if text.startswith(place.zh)), None)


def province_of(text: str) -> Place:
    """The province that a region's name begins with, or the place it names.

    Raises:
        UnknownName: with the nearest names.

    Example:
        >>> province_of("云南省曲靖市").iso, province_of("530000").iso
        ('CN-YN', 'CN-YN')
    """
    return place_in_front(text) or find_place(text)


def place_of(iso: str) -> Place | None:
    """The place of an ISO 3166-2 code, or None for a user's own region."""
    return _by_iso().get(iso)


def region_words(region: str) -> Words:
    """The name of a region by its code; a user's own region keeps its name.

    Example:
        >>> region_words("CN-YN"), region_words("三号厂区")
        (Words(zh='云南', en='Yunnan'), Words(zh='三号厂区', en='三号厂区'))
    """
    place = place_of(region)
    return Words(place.zh, place.en) if place else Words(region, region)


@cache
def _borders() -> dict[str, tuple[str, ...]]:
    rows = bundled.rows("tanzhe.data", "borders.csv")
    return {row["iso"]: tuple(row["neighbours"].split(";")) for row in rows}


def neighbours(iso: str) -> tuple[str, ...]:
    """Codes of the provinces that border on one; of Hainan the one across the strait.

    Example:
        >>> neighbours("CN-SH")
        ('CN-JS', 'CN-ZJ')
    """
    return _borders().get(iso, ())
