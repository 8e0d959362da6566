"""When a PACT footprint may be used."""

from datetime import datetime
from typing import NamedTuple

from tanzhe.footprints.pact.formats import time_of
from tanzhe.footprints.pact.records import ProductFootprint

_YEARS = 3  # from the end of the reference period, where no validity period is stated


class Validity(NamedTuple):
    """From when until when a footprint is valid, UTC."""

    start: datetime
    end: datetime


def validity(one: ProductFootprint) -> Validity | None:
    """The validity period: as stated, else three years from the end of the reference period.

    Reference:
        PACT Technical Specifications 3.0.4, `validityPeriodStart`.
    """
    reference = time_of(one.pcf.referencePeriodEnd)
    start = time_of(one.validityPeriodStart) or reference
    end = time_of(one.validityPeriodEnd)
    if end is None and reference is not None:
        end = _later(reference)
    return Validity(start, end) if start is not None and end is not None else None


def _later(moment: datetime) -> datetime:
    """Three years later; the 29th of February becomes the 28th."""
    try:
        return moment.replace(year=moment.year + _YEARS)
    except ValueError:
        return moment.replace(year=moment.year + _YEARS, day=28)
