"""Documents and what stands in them: encodings, dates, quantities, places and bodies."""

from tanzhe.text.bodies import BodySpan, read_bodies
from tanzhe.text.dates import DateSpan, read_dates
from tanzhe.text.document import Document
from tanzhe.text.numbers import NumberSpan, normal_number, read_document_numbers, read_titles
from tanzhe.text.places import PlaceSpan, iso_of_code, read_places
from tanzhe.text.quantities import QuantitySpan, read_quantities
from tanzhe.text.reading import LARGEST_FILE, MEDIA_TYPES, load_bytes, read_bytes, read_document
from tanzhe.text.spans import Span, clause_bounds

__all__ = [
    "LARGEST_FILE",
    "MEDIA_TYPES",
    "BodySpan",
    "DateSpan",
    "Document",
    "NumberSpan",
    "PlaceSpan",
    "QuantitySpan",
    "Span",
    "clause_bounds",
    "iso_of_code",
    "load_bytes",
    "normal_number",
    "read_bodies",
    "read_bytes",
    "read_dates",
    "read_document",
    "read_document_numbers",
    "read_places",
    "read_quantities",
    "read_titles",
]
