"""What is believed of a number: its usual range, and that its words hold it."""

from collections.abc import Iterator
from functools import cache

from tanzhe.errors import Fault
from tanzhe.faults import fault_of
from tanzhe.rulebook.numerals import says_number
from tanzhe.rulebook.reading import data_folder
from tanzhe.rulebook.strict_yaml import read_yaml


@cache
def plausible_ranges() -> dict[str, tuple[float, float]]:
    """For each unit the lowest and highest value that is believed, from `plausible.yaml`."""
    text = data_folder().joinpath("plausible.yaml").read_text(encoding="utf-8")
    ranges = read_yaml(text, name="plausible.yaml")
    return {unit: (float(low), float(high)) for unit, (low, high) in ranges.items()}


def number_faults(number: float, unit: str, quote: str, where: str) -> Iterator[Fault]:
    """A value off by powers of ten, or words without the number.

    Args:
        number: the value.
        unit: text of a `quantity.Unit`; one without a range of its own is believed.
        quote: the words, or "" when they were not at hand.
        where: for messages.
    """
    low, high = plausible_ranges().get(unit, (float("-inf"), float("inf")))
    if not low <= number <= high:
        yield _implausible(number, unit, (low, high), where)
    if quote and not says_number(quote, number):
        yield not_said(number, where)


def _implausible(number: float, unit: str, bounds: tuple[float, float], where: str) -> Fault:
    """The fault of a number outside its plausible range."""
    low, high = bounds
    return fault_of(
        "rulebook.plausible.implausible", number=number, unit=unit, low=low, high=high, where=where
    )


def not_said(number: float, where: str) -> Fault:
    """The fault of a quote that does not hold its number."""
    return fault_of("rulebook.plausible.not_said", number=number, where=where)
