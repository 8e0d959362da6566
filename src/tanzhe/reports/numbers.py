"""The one rule of rounding, and numbers as text.

* Effects: whole percent from 10 %, one decimal below; the ends of an interval like its middle.
* Percentage points: one decimal.
* Amounts of CO2: two significant digits, 万吨 in Chinese and Mt in English.
* Probabilities: whole percent, confidence rounded down and chance rounded up, so that neither is
  overstated and no confidence crosses into a higher band; never 0 % or 100 %.
"""

from math import ceil, floor, isfinite, log10

from tanzhe.errors import Words
from tanzhe.quantity import Quantity, Unit

# Rounding noise of a float that stands for a whole percent (0.29 * 100 = 28.999...).
NOISE = 1e-9


def effect_digits(percent: float) -> int:
    """Decimals of an effect in percent."""
    return 0 if abs(percent) >= 10 else 1


def percent_words(percent: float, *, digits: int, signed: bool = False) -> Words:
    """A percentage; without `signed` its size alone, the words around it say up or down."""
    size = f"{abs(percent):.{digits}f}%"
    sign = ("−" if percent < 0 else "+") if signed and float(size[:-1]) else ""
    return Words(sign + size, sign + size)


def points_words(points: float) -> Words:
    """The size of a contribution in percentage points."""
    size = f"{abs(points):.1f}"
    return Words(f"{size}个百分点", f"{size} percentage points")


def significant(value: float) -> str:
    """The size of a value with two significant digits, without exponent.

    Example:
        >>> significant(314.2), significant(3.14), significant(0.0314), significant(0)
        ('310', '3.1', '0.031', '0')
    """
    size = abs(value)
    if size == 0 or not isfinite(size):
        return "0"
    digits = 1 - floor(log10(size))
    return f"{round(size, digits):.{max(0, digits)}f}"


def amount_words(mt: float) -> Words:
    """The size of an amount of CO2 given in Mt."""
    wan = Quantity(mt, Unit.MT_CO2).to(Unit.WAN_T_CO2).value
    return Words(f"{significant(wan)}万吨", f"{significant(mt)} Mt")


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


def count_words(count: int) -> Words:
    """A count."""
    return Words(f"{count:,}", f"{count:,}")
