"""How a drawn table comes out, and whether that is right."""

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import InputError
from tanzhe.model import Series
from tanzhe.series.behaviour import behaved

EXPECTED = {
    "plain": ("plain", "never_falls"),
    "cumulative": ("cumulative_differenced",),
    "running": ("running_differenced", "register_rolled_over+running_differenced"),
    # A meter that stands high and gains without season looks like steady growth: it is told.
    "running_meter": ("running_differenced", "never_falls"),
    "spread": ("refused: These are", "refused: Months of one year", "refused: the values lie"),
    "drawn": ("refused: the values lie",),
    "copied": ("refused: the same values", "not_measured"),
    "slip": ("refused: about", "another_unit"),
    "january": ("january_in_february", "zeros_not_published+january_in_february"),
    "signs": ("refused: ",),
    "zeros": ("zeros_not_published",),
    "placeholder": ("placeholder",),
}


def table(periods: list[str], values: NDArray[np.float64]) -> Series:
    """A user's table as it is read, before it is judged."""
    frequency = {4: "year", 7: "month", 10: "day"}[len(periods[0])]
    return Series(
        region="X", sector="industry", unit="万吨CO2", frequency=frequency,
        merged=frequency == "month" and not any(p.endswith("-01") for p in periods),
        periods=tuple(periods), values=tuple(None if v != v else v for v in values.tolist()),
        source="t.csv", vintage="", sha256="",
    )  # fmt: skip


def outcome(periods: list[str], values: NDArray[np.float64]) -> str:
    """Codes of the notes, `plain` without any, or the refusal."""
    try:
        notes = behaved(table(periods, values)).notes
    except InputError as error:
        return f"refused: {error.faults[0].what.en}"[:40]
    return "+".join(note.code for note in notes) or "plain"


def right(name: str, what: str) -> bool:
    """Whether a kind came out as it must."""
    return what.startswith(EXPECTED.get(name, EXPECTED[name.split("_")[0]]))
