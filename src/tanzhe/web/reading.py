"""What a series page says beside its pictures, taken from the findings and their report."""

from dataclasses import dataclass
from typing import NamedTuple

from tanzhe.errors import Language
from tanzhe.model import Episode, Evidence, LinkedEvent
from tanzhe.reports.facts.selection import faults, told_episodes
from tanzhe.reports.pages.blocks import Block, Heading, Paragraph, plain
from tanzhe.web.desk import Told

GRADES = ("strong", "medium", "weak")


class Gist(NamedTuple):
    """The finding as a heading, and one paragraph below it, in the words of the report."""

    title: str
    lede: str


def gist(told: Told, language: Language) -> Gist:
    """What the report's title and first paragraph of text say."""
    blocks = told.page("plain", language).blocks
    title = next(plain(one.line) for one in blocks if isinstance(one, Heading))
    # The first paragraph tells source and time of the run; the one after it is the finding.
    paragraphs = [one for one in _before_sections(blocks) if isinstance(one, Paragraph)]
    lede = plain(paragraphs[1].line) if len(paragraphs) > 1 else ""
    return Gist(title, lede)


def _before_sections(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    heads = [at for at, one in enumerate(blocks) if isinstance(one, Heading)]
    return blocks[: heads[1]] if len(heads) > 1 else blocks


@dataclass(frozen=True)
class Row:
    """An episode in the table of a series.

    Attributes:
        number: as its badge shows it; 0 for a fault of the data.
        episode: itself.
        cause: the best event around its start or end, or None.
        searched: whether anybody looked.
    """

    number: int
    episode: Episode
    cause: LinkedEvent | None
    searched: bool


def episodes_of(told: Told, language: Language) -> list[Row]:
    """The episodes by begin, with the best event of each; faults of the data at the end."""
    found = told.findings
    rows = []
    for number, one in enumerate(told_episodes(found.found), 1):
        seen = found.evidence_for(one.id)
        rows.append(Row(number, one, best(seen), seen is not None))
    return [*rows, *(Row(0, one, None, searched=True) for one in faults(found.found))]


def best(seen: Evidence | None) -> LinkedEvent | None:
    """The event that fits best, if any fits."""
    if seen is None:
        return None
    return next((one for one in seen.events if one.link.grade in GRADES), None)
