"""A finished page on its way to a renderer: the same for every product."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tanzhe.errors import Language
from tanzhe.reports.facts.tree import Fact, Place
from tanzhe.reports.pages.blocks import Block, Heading, plain
from tanzhe.reports.pages.datatables import DataTable, YearValue

NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a renderer may use.

    Attributes:
        product: which one it is of: report, turns, audit, policy, park, ...
        about: what it is about, for the name of a file, e.g. `CN-YN_industry`.
        language: of the words.
        blocks: what a reader sees, from the title down.
        facts: what its runs say, by id, in both languages.
        places: where facts come from, by id: a row of a table of data, or a passage.
        made: UTC time of the results, ISO 8601; empty where they do not say.
        answer: gives the JSON that the interface promises.
        tables: the data behind it, the main table first.
        values: values by year, for exchange with models.
        scenario: what they rest on, for exchange with models: source and vintage.
        workbook: gives a workbook of the product's own, with formulas; None: one sheet a table.
    """

    product: str
    about: str
    language: Language
    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    made: str
    answer: Callable[[], Mapping[str, object]]
    tables: tuple[DataTable, ...]
    values: tuple[YearValue, ...] = ()
    scenario: str = ""
    workbook: Callable[[], bytes] | None = None

    @property
    def moment(self) -> datetime:
        """When the results were made; the first day that a ZIP file knows where nobody says."""
        return datetime.fromisoformat(self.made) if self.made else NO_DAY

    @property
    def title(self) -> str:
        """Its title as text."""
        first = next(b for b in self.blocks if isinstance(b, Heading) and b.level == 1)
        return plain(first.line)
