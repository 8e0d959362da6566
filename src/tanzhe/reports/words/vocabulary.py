"""The words for closed choices, and for common names of quantities, in both languages."""

from functools import cache

from tanzhe import bundled
from tanzhe.errors import Language, Words
from tanzhe.model import Series
from tanzhe.quantity import Unit
from tanzhe.sectors import sector_words

NATION = "CN"


@cache
def _labels() -> dict[str, dict[str, Words]]:
    tree = bundled.tree("tanzhe.reports.registers", "shared/labels.yaml")
    return {
        choice: {str(option): Words(*pair) for option, pair in options.items()}
        for choice, options in tree.items()
    }


def label(choice: str, option: str, language: Language = "zh", *, tone: str = "") -> str:
    """The word for an option of a closed choice, in a tone where it has words of its own.

    Example:
        >>> label("band", "weak"), label("peak", "past_peak", tone="plain")
        ('弱信号', '已经过了最高点')
    """
    own = _labels().get(f"{choice}_{tone}", {}).get(option)
    return (own or _labels()[choice][option]).said(language)


def labelled(choice: str, option: str, language: Language = "zh") -> str:
    """The word for an option where there is one, else the option itself."""
    words = _labels().get(choice, {}).get(option)
    return words.said(language) if words else option


def quantity_name(what: str) -> Words:
    """The name of a quantity; an unknown one stands as it is."""
    return _labels()["quantity"].get(what.strip().casefold(), Words(what, what))


def sector_name(sector: str) -> Words:
    """The name of a sector or product as it stands inside a sentence; a user's own as it is."""
    known = sector_words(sector)
    plain = Words(known.zh, known.en[:1].lower() + known.en[1:])
    return Words(known.zh, _labels()["sector"].get(sector, plain).en)


def source_name(source: str) -> Words:
    """The name of a source of series; a user's file stands as it is."""
    return _labels()["source"].get(source, Words(source, source))


def unit_name(unit: str) -> Words:
    """The name of a unit; an unknown one stands as it is."""
    return _labels()["unit"].get(unit, Words(unit, unit))


def unit_of(series: Series) -> Words:
    """The name of the unit of a series, or that its table states none.

    Example:
        >>> unit_of(Series(region="X", sector="industry", unit="1", frequency="year", source="t",
        ...     periods=("2020",), values=(5.0,), vintage="", sha256="")).en
        '(not stated)'
    """
    return unit_name("unstated" if series.unit == Unit.ONE.text else series.unit)
