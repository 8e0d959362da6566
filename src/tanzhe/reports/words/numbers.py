"""The one rule of rounding, and numbers as text.

* Effects: whole percent from 10 %, one decimal below; the ends of an interval like its middle.
* Percentage points: one decimal.
* Amounts: three significant digits; 亿吨 from a hundred million, 万吨 below, Mt in English.
* Probabilities: whole percent, confidence rounded down and chance rounded up, so that neither is
  overstated and no confidence crosses into a higher band; never 0 % or 100 %.
"""

from math import ceil, floor, isfinite, log10
from typing import Literal

from tanzhe.errors import Words
from tanzhe.quantity import Dimension, Unit
from tanzhe.reports.words.vocabulary import unit_name

# Rounding noise of a float that stands for a whole percent (0.29 * 100 = 28.999...).
NOISE = 1e-9
# Longer numbers have their thousands set apart in English.
MANY_DIGITS = 4


def effect_digits(percent: float) -> int:
    """Decimals of an effect in percent."""
    return 0 if abs(percent) >= 10 else 1


def percent_words(percent: float, *, digits: int | None = None, signed: bool = False) -> Words:
    """A percentage; without `signed` its size alone, the words around it say up or down.

    Args:
        percent: the number.
        digits: decimals; those of an effect when left out.
        signed: with + or −, but for nought.
    """
    size = f"{abs(percent):.{effect_digits(percent) if digits is None else digits}f}%"
    sign = ("−" if percent < 0 else "+") if signed and float(size[:-1]) else ""
    return Words(sign + size, sign + size)


def points_words(points: float) -> Words:
    """The size of a contribution in percentage points."""
    size = f"{abs(points):.1f}"
    return Words(f"{size}个百分点", f"{size} percentage points")


# From which size, in the base unit of its dimension, an amount is said in which unit.
_CHINESE = {
    Dimension.CO2: ((1e8, "亿吨"), (1e4, "万吨"), (1.0, "吨")),
    Dimension.MASS: ((1e8, "亿吨"), (1e4, "万吨"), (1.0, "吨")),
    Dimension.ELECTRICITY: ((1e8, "亿千瓦时"), (1e4, "万千瓦时"), (1.0, "千瓦时")),
    Dimension.GLASS_CASE: ((1e8, "亿重量箱"), (1e4, "万重量箱"), (1.0, "重量箱")),
}
_ENGLISH = {
    Dimension.CO2: ((1e5, 1e6, " Mt"), (1.0, 1.0, " t")),
    Dimension.MASS: ((1e5, 1e6, " Mt"), (1.0, 1.0, " t")),
    Dimension.ELECTRICITY: ((1e8, 1e9, " TWh"), (1.0, 1e3, " MWh")),
    Dimension.GLASS_CASE: ((1e5, 1e6, " million weight cases"), (1.0, 1.0, " weight cases")),
}


def three(value: float) -> str:
    """The size of a value with three significant digits, without exponent.

    Example:
        >>> three(8462.0), three(107.04), three(5.5), three(0.03142), three(0.0)
        ('8460', '107', '5.50', '0.0314', '0')
    """
    size = abs(value)
    if size == 0 or not isfinite(size):
        return "0"
    digits = 2 - floor(log10(size))
    return f"{round(size, digits):.{max(0, digits)}f}"


def amount_words(value: float, unit: str) -> Words:
    """The size of an amount in the words of an office; an unknown unit stands as it is.

    Example:
        >>> amount_words(-5.499, "MtCO2"), amount_words(107.04, "MtCO2").zh
        (Words(zh='550万吨', en='5.50 Mt'), '1.07亿吨')
        >>> amount_words(12.0, "GJ").en, amount_words(8000.0, "亿千瓦时").en
        ('12.0 GJ', '800 TWh')
        >>> amount_words(1010.0, "1")
        Words(zh='1010', en='1010')
    """
    if unit == Unit.ONE.text:
        return Words(three(value), three(value))
    known = next((one for one in Unit if one.text == unit), None)
    if known is None or known.dimension not in _CHINESE:
        name = unit_name(unit)
        return Words(f"{three(value)}{name.zh}", f"{three(value)} {name.en}")
    # Rounded first: 9,999.9 of a unit is one of the next.
    size = float(three(value)) * known.size
    chinese, english = _CHINESE[known.dimension], _ENGLISH[known.dimension]
    zh = next((one for one in chinese if size >= one[0]), chinese[-1])
    en = next((one for one in english if size >= one[0]), english[-1])
    number = three(size / en[1])
    if len(number) > MANY_DIGITS and number.isdigit():
        number = f"{int(number):,}"
    return Words(f"{three(size / zh[0])}{zh[1]}", f"{number}{en[2]}")


Likelihood = Literal["certain", "very_likely", "likely", "open", "unlikely", "very_unlikely"]
# From which probability a word is used: the bands told (established from .8, possible from .5)
# keep their borders, the rest is symmetric around one half.
_LIKELIHOODS: tuple[tuple[float, Likelihood], ...] = (
    (0.95, "certain"),
    (0.8, "very_likely"),
    (0.6, "likely"),
    (0.4, "open"),
    (0.2, "unlikely"),
)


def likelihood(probability: float) -> Likelihood:
    """A probability as one of six words.

    Example:
        >>> likelihood(0.97), likelihood(0.5), likelihood(0.1)
        ('certain', 'open', 'very_unlikely')
    """
    return next((word for least, word in _LIKELIHOODS if probability >= least), "very_unlikely")


def confidence_words(probability: float) -> Words:
    """A confidence in whole percent, rounded down.

    Example:
        >>> confidence_words(0.798).zh, confidence_words(0.9999).zh, confidence_words(0.001).zh
        ('79%', '99%以上', '不到1%')
    """
    percent = floor(probability * 100 + NOISE)
    if percent >= 100 or (percent == 99 and probability > 0.99 + NOISE):
        return Words("99%以上", "over 99%")
    return Words("不到1%", "under 1%") if percent < 1 else Words(f"{percent}%", f"{percent}%")


def chance_words(probability: float) -> Words:
    """The probability of a fit by chance in whole percent, rounded up."""
    percent = ceil(probability * 100 - NOISE)
    if probability < 0.01 - NOISE:
        return Words("不到1%", "under 1%")
    return Words("99%以上", "over 99%") if percent >= 100 else Words(f"{percent}%", f"{percent}%")


def share_words(share: float) -> Words:
    """A stated share such as the level of an interval, 0.9 as 90%."""
    text = f"{share * 100:.3g}%"
    return Words(text, text)


def kept_words(share: float) -> Words:
    """How many of a few findings still stood; of few, all is no hundred percent.

    Example:
        >>> kept_words(0.8046).zh, kept_words(1.0).en
        ('有80%', 'all of them')
    """
    if share >= 1:
        return Words("全部", "all of them")
    percent = floor(share * 100 + NOISE)
    return Words(f"有{percent}%", f"{percent}% of them")


def count_words(count: int) -> Words:
    """A count."""
    return Words(f"{count:,}", f"{count:,}")
