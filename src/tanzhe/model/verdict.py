"""The whole of an assessment in a word, why in another, and what leaves it open."""

from typing import Literal

from tanzhe.model.base import Record
from tanzhe.model.told import Told

Bound = Literal["at_least", "at_most", "open"]
Verdict = Literal["met", "not_met", "cannot_judge", "not_applicable"]
DoubtReason = Literal["unexplained_negative_term", "implausible_value"]
VerdictReason = Literal[
    DoubtReason,
    "core_not_met",
    "indicator_not_met",
    "data_missing",
    "reading_undefined",
    "below_threshold",
    "outside_tiers",
]


class UnknownFigure(Record):
    """A figure the park does not know: its row is left out, and totals become bounds.

    Attributes:
        row: ledger-row id.
        field: of the row, e.g. `kwh`.
        what: the row and the figure.
        source: the term of the method it belongs to.
        tco2: 1 where the row would have added CO2, -1 where it would have taken off, else 0.
        tce: likewise for energy.
        firm: whose it is, or "".
    """

    row: str
    field: str
    what: Told
    source: str
    tco2: int
    tce: int
    firm: str = ""


class Doubt(Record):
    """Why the core indicator cannot be judged though all rows were read: the rows, and what to do.

    Attributes:
        reason: what is taken off and nothing explains, or a number no park can have.
        rows: ledger-row ids.
        zh: one sentence.
        en: the same.
    """

    reason: DoubtReason
    rows: tuple[str, ...]
    zh: str
    en: str
