"""Which sources are copies of another: the same words on another host are no second witness."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tanzhe.evidence.events.verify import TextOf
from tanzhe.model import Event, Source
from tanzhe.model.evidence import Tier
from tanzhe.text.files.boilerplate import without_boilerplate

WORDS = 6  # characters or Latin words in a row that are compared
LEAST_SHARED = 20  # runs of words in common; fewer are a title or a name
# A page is a copy when so much of it stands in the original,
MOSTLY_COPIED = 0.5
# or when it holds nearly all of the original and not very much beside it.
WHOLE, BESIDE = 0.8, 0.3
_WORD = re.compile(r"[一-鿿]|[^\W_一-鿿]+")
# Who holds the original: a government before media, those before a page of nobody known.
_ORDER: dict[Tier, int] = {
    "national_government": 0, "provincial_government": 0, "local_government": 0,
    "user": 2, "unknown": 3, "mirror": 4,
}  # fmt: skip


@lru_cache(maxsize=256)
def runs_of_words(text: str) -> frozenset[tuple[str, ...]]:
    r"""All runs of six characters or Latin words of a text, whatever its line ends and marks.

    Example:
        >>> runs_of_words("云南省\n电解铝限电") == runs_of_words("云南省电解铝，限电。")
        True
    """
    words = _WORD.findall(without_boilerplate(text).lower())
    return frozenset(zip(*(words[at:] for at in range(WORDS)), strict=False))


def is_copy(page: str, original: str) -> bool:
    """Whether a page is another's text with small changes, cut short, or with some words around.

    A page that quotes a sentence or two is none.

    Args:
        page: text of the page.
        original: text of the page that came first.
    """
    ours, theirs = runs_of_words(page), runs_of_words(original)
    shared = len(ours & theirs)
    if shared < LEAST_SHARED:
        return False
    of_page, of_original = shared / len(ours), shared / len(theirs)
    return of_page >= MOSTLY_COPIED or (of_original >= WHOLE and of_page >= BESIDE)


def _first_first(source: Source) -> tuple[int, str]:
    return _ORDER.get(source.tier, 1), f"{source.published or 9999} {source.url} {source.path}"


def _is_known(source: Source) -> bool:
    """Whether somebody answers for a page: a government, a medium, a company."""
    return source.tier not in ("user", "unknown", "mirror")


def _copied(source: Source, originals: Iterable[Source], text_of: TextOf) -> str | None:
    """Sha256 of the first original of which a source is a copy, or None."""
    text = text_of(source.sha256) if source.sha256 else None
    for one in originals if text else ():
        first = text_of(one.sha256) if one.sha256 and one != source else None
        if text and first and is_copy(text, first):
            return one.sha256
    return None


def sources_told(
    sources: Sequence[Source], text_of: TextOf, others: Sequence[Source] = ()
) -> tuple[Source, ...]:
    """The sources, each copy with the document that it copies; a copy on an unknown host: mirror.

    Of pages with the same words the one on a government's host is the original, the earliest of
    several; without one the earliest of a known publisher. A government or a medium that prints
    another's text stays what it is, but is no source of its own.

    Args:
        sources: of one event.
        text_of: text of a document by sha256.
        others: known publishers' sources of other events: a clone may tell of the thing otherwise.

    Returns:
        In their order, the copies last.
    """
    originals: list[Source] = []
    told: dict[Source, Source] = {}
    for source in sorted(sources, key=_first_first):
        candidates = originals if _is_known(source) else [*originals, *others]
        first = _copied(source, candidates, text_of)
        told[source] = source if first is None else _copy(source, first)
        if first is None:
            originals.append(source)
    ordered = [told[source] for source in sources]
    return tuple(sorted(ordered, key=lambda one: one.copy_of is not None))


def _copy(source: Source, first: str) -> Source:
    tier = "mirror" if source.tier == "unknown" else source.tier
    return source.model_copy(update={"copy_of": first, "tier": tier})


def with_copies_told(events: Sequence[Event], text_of: TextOf) -> tuple[Event, ...]:
    """The events with the sources of each told apart: originals first, then their copies.

    Args:
        events: each once.
        text_of: text of a document by sha256.
    """
    every = {source for event in events for source in event.sources if source.sha256}
    if len(every) < 2:
        return tuple(events)
    known = sorted(filter(_is_known, every), key=_first_first)
    return tuple(
        event.model_copy(update={"sources": sources_told(event.sources, text_of, known)})
        for event in events
    )
