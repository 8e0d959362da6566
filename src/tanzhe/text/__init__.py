"""Documents and what stands in them: encodings, dates, quantities, places and bodies."""

from tanzhe.text.dates.read import DateSpan, read_dates
from tanzhe.text.files.document import Document
from tanzhe.text.files.reading import (
    LARGEST_FILE,
    MEDIA_TYPES,
    load_bytes,
    read_bytes,
    read_document,
)
from tanzhe.text.names.bodies import BodySpan, read_bodies
from tanzhe.text.names.documents import (
    NumberSpan,
    normal_number,
    read_document_numbers,
    read_titles,
)
from tanzhe.text.names.places import PlaceSpan, iso_of_code, read_places
from tanzhe.text.quantities.read import QuantitySpan, read_quantities
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
