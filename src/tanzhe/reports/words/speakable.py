"""Whether the words of a source can stand in a text of the report's language."""

import re

from tanzhe.errors import Language

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# Signs of units that are written alike in both languages; the digit of CO2 ends the word.
_UNITS = {
    "kW",
    "MW",
    "GW",
    "TW",
    "kWh",
    "MWh",
    "GWh",
    "TWh",
    "kV",
    "kg",
    "kt",
    "Mt",
    "Gt",
    "km",
} | {"CO", "tCO", "MtCO", "GtCO", "tce", "kgce", "Mtce", "PJ", "EJ"}


def is_speakable(what: str, stated: str, language: Language) -> bool:
    """Whether a quantity can be read out in a language.

    Args:
        what: the name of the quantity in that language, or as it was found.
        stated: the number with its unit in the words of the source.
        language: of the text around it.

    Example:
        >>> is_speakable("产能", "203万吨", "zh"), is_speakable("投资", "40 billion yuan", "zh")
        (True, False)
    """
    if language == "en":
        return not _CHINESE.search(what + stated)
    foreign = [word for word in _LATIN_WORD.findall(stated) if word not in _UNITS]
    return bool(_CHINESE.search(what)) and not foreign
