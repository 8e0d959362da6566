"""Documents and what stands in them: encodings, dates, quantities, places and bodies."""

from tanzhe.text.dates import DateSpan, read_dates
from tanzhe.text.quantities import QuantitySpan, read_quantities

__all__ = ["DateSpan", "QuantitySpan", "read_dates", "read_quantities"]
