"""The whole of an assessment in a word, why in another, and what leaves it open."""

from typing import Literal

from tanzhe.model.base import Record

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
