"""Where a product is made, as a code of ISO 3166."""

from tanzhe.footprints.pact.schema import countries, subdivisions_of_china
from tanzhe.places import find_place

_GLOBAL = ("全球", "global", "world")


def region_code(name: str) -> str:
    """The code of a province, a country, or "" for the world.

    Args:
        name: any name of a Chinese province or of China, or a code of ISO 3166.

    Raises:
        UnknownName: nobody knows it; the message names the nearest.

    Example:
        >>> region_code("云南"), region_code("中国"), region_code("de"), region_code("全球")
        ('CN-YN', 'CN', 'DE', '')
    """
    plain = name.strip()
    if plain.casefold() in _GLOBAL:
        return ""
    code = plain.upper()
    foreign = not code.startswith("CN-") and code[:2] in countries() and code[2:3] in ("", "-")
    if code in subdivisions_of_china() or (foreign and code.isascii()):
        return code
    return find_place(plain).iso
