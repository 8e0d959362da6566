"""A works that opened within the data, or figures that begin there: judged from then on."""

import numpy as np

from tanzhe.model import Note, Series
from tanzhe.model.series import STOP_MONTHS
from tanzhe.series.behaviour.judged import ZEROS
from tanzhe.series.span import sliced

STARTED = "started"
# As with a stop, a quarter of zeros is none of production; one or two months are a late figure.
DAYS_A_MONTH = 30


def from_opening(series: Series) -> Series:
    """The series from its first positive figure on, where it opens with zeros.

    Args:
        series: of a table, its zeros left empty with a note (`behaved`).

    Returns:
        Series, peers and companions from then on, with a note that names it; the series itself
        where it does not open with zeros for a quarter (of days or months) or a year.

    Example:
        >>> s = Series(region="X", sector="y", unit="t", frequency="year", source="t.csv",
        ...     vintage="", sha256="", periods=("2019", "2020"), values=(None, 3.0),
        ...     notes=(Note(code=ZEROS, zh="零", en="zero"),))
        >>> from_opening(s).periods, from_opening(s).notes[0].code
        (('2020',), 'started')
    """
    held = np.flatnonzero(series.array > 0)
    if (
        ZEROS not in {note.code for note in series.notes}
        or not held.size
        or held[0] < _least(series)
    ):
        return series
    opened = sliced(series, series.periods[held[0]], series.periods[-1])
    gaps = np.isnan(opened.array).any()
    notes = tuple(note for note in series.notes if gaps or note.code != ZEROS)
    return opened.model_copy(update={"notes": (_started(opened), *notes)})


def _least(series: Series) -> int:
    months = {"year": 1, "month": STOP_MONTHS, "day": STOP_MONTHS * DAYS_A_MONTH}
    return months[series.frequency]


def _started(series: Series) -> Note:
    first = series.periods[0]
    chinese = "".join(
        f"{int(n)}{mark}" for n, mark in zip(first.split("-"), "年月日", strict=False)
    )
    return Note(
        code=STARTED,
        zh=f"{chinese}以前数值为零，按尚未投产或尚未统计处理，从{chinese}起判断。",
        en=f"Zero before {first}: not in operation or not recorded yet; judged from {first} on.",
    )
