"""Documents and what stands in them: encodings, dates, quantities, places and bodies."""

from tanzhe.text.bodies import BodySpan, read_bodies
from tanzhe.text.dates import DateSpan, read_dates
from tanzhe.text.numbers import NumberSpan, normal_number, read_document_numbers, read_titles
from tanzhe.text.places import PlaceSpan, read_places
from tanzhe.text.quantities import QuantitySpan, read_quantities
from tanzhe.text.spans import Span, clause_bounds

__all__ = [
    "BodySpan",
    "DateSpan",
    "NumberSpan",
    "PlaceSpan",
    "QuantitySpan",
    "Span",
    "clause_bounds",
    "normal_number",
    "read_bodies",
    "read_dates",
    "read_document_numbers",
    "read_places",
    "read_quantities",
    "read_titles",
]
