"""The readers of `tanzhe.text`, which read a sentence once however often it is asked for.

Extraction reads a sentence, verification reads it anew, and one sentence may hold several events.
The readers are pure: the same words give the same spans.
"""

from datetime import date
from functools import lru_cache

from tanzhe.text import (
    BodySpan,
    DateSpan,
    NumberSpan,
    PlaceSpan,
    QuantitySpan,
    Span,
    read_bodies,
    read_dates,
    read_document_numbers,
    read_places,
    read_quantities,
    read_titles,
)

SENTENCES = 512  # of each kind that are kept: those of a long document
TEXTS = 8  # whole documents


@lru_cache(SENTENCES)
def dates_in(sentence: str, reference: date | None) -> tuple[DateSpan, ...]:
    """The dates of a sentence."""
    return tuple(read_dates(sentence, reference))


@lru_cache(SENTENCES)
def quantities_in(sentence: str, reference: date | None) -> tuple[QuantitySpan, ...]:
    """The numbers of a sentence."""
    return tuple(read_quantities(sentence, reference))


@lru_cache(SENTENCES)
def places_in(words: str) -> tuple[PlaceSpan, ...]:
    """The places of a sentence or of a quote."""
    return tuple(read_places(words))


@lru_cache(SENTENCES)
def bodies_in(words: str) -> tuple[BodySpan, ...]:
    """The bodies of a sentence or of a quote."""
    return tuple(read_bodies(words))


@lru_cache(SENTENCES)
def titles_in(sentence: str) -> tuple[Span, ...]:
    """The 《titles》 of a sentence."""
    return tuple(read_titles(sentence))


@lru_cache(TEXTS)
def document_numbers_in(text: str) -> tuple[NumberSpan, ...]:
    """The document numbers of a whole text."""
    return tuple(read_document_numbers(text))
