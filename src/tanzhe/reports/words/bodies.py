"""The names of bodies in English: ministries, departments of provinces and cities, large firms."""

from functools import cache

from tanzhe import bundled
from tanzhe.errors import Words
from tanzhe.places import provinces


@cache
def _names() -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = bundled.tree(
        "tanzhe.reports.registers", "shared/bodies.yaml"
    )
    return names


@cache
def _places() -> list[tuple[str, str]]:
    """Provinces by full and short name, longest first, with their English names."""
    names = {place.zh_full: place.en for place in provinces()}
    names |= {place.zh: place.en for place in provinces()}
    names |= _names()["cities"]
    return sorted(names.items(), key=lambda pair: -len(pair[0]))


def body_name(name: str) -> Words:
    """The name of a body or publisher; what has no English name stands as it is.

    Example:
        >>> body_name("云南省发展和改革委员会").en
        'Yunnan Development and Reform Commission'
        >>> body_name("财新网（转载）").en, body_name("Reuters").en, body_name("某某公司").en
        ('Caixin (repost)', 'Reuters', '某某公司')
    """
    return Words(name, _english(name))


def _english(name: str) -> str:
    known = _names()
    for mark, words in known["marks"].items():
        if name.endswith(mark) and name != mark:
            return f"{_english(name.removesuffix(mark))} {words}"
    if name in known["whole"]:
        return known["whole"][name]
    for place, english in _places():
        rest = name.removeprefix(place)
        if rest != name and rest in known["of_places"]:
            return f"{english} {known['of_places'][rest]}"
    return name
