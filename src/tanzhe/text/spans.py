"""Passages of a text with their offsets, and choosing among overlapping ones."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A passage: `whole_text[start:end] == text`.

    Attributes:
        start: offset of the first character.
        end: offset after the last character.
        text: the characters themselves.
    """

    start: int
    end: int
    text: str


S = TypeVar("S", bound=Span)


def leftmost_longest(spans: Iterable[S]) -> list[S]:
    """The spans that remain when overlaps go to the leftmost, then to the longest."""
    kept: list[S] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def as_written(spans: Iterable[S], text: str) -> list[S]:
    """Spans of a rewritten text (simplified, half width) with the words of the text itself."""
    return [
        span if span.text == (own := text[span.start : span.end]) else replace(span, text=own)
        for span in spans
    ]


def moved(span: S, start: int, end: int, text: str) -> S:
    """A span at another place of a text."""
    return replace(span, start=start, end=end, text=text[start:end])


def clause_bounds(text: str, start: int, end: int, marks: str = "。！？；\n") -> tuple[int, int]:
    """Start and end of the sentence around a span.

    Example:
        >>> clause_bounds("前句。后句在此。", 4, 5)
        (3, 7)
    """
    first = max((text.rfind(mark, 0, start) for mark in marks), default=-1) + 1
    ends = [at for at in (text.find(mark, end) for mark in marks) if at >= 0]
    return first, min(ends, default=len(text))
