"""January empty beside a February that holds both months."""

import numpy as np

from tanzhe.model import Series
from tanzhe.notes import note_of
from tanzhe.series.behaviour.figures import Figures

MERGED = note_of("january_in_february")


def with_january(figures: Figures) -> Series:
    """The series with January and February as one where Januaries are empty.

    Where every January is empty, February holds both: the custom of the statistics office, and
    where it is not so all years are off alike and nothing turns. Where some are, a February stands
    for both where it is nearer to the sum of the two in other years than to February alone, each
    measured by the months after it; a February that stands alone leaves its period empty.
    """
    series = figures.series
    if series.frequency != "month" or series.merged:
        return series
    value = dict(zip(series.periods, series.values, strict=True))
    years = sorted({p[:4] for p in series.periods if p.endswith("-02") and value[p] is not None})
    empty = [y for y in years if f"{y}-01" in value and value[f"{y}-01"] is None]
    if not empty:
        return series
    full = [y for y in years if value.get(f"{y}-01") is not None]
    held = {y: value[f"{y}-02"] for y in empty if not full or _holds_both(value, y, full)}
    if not held:
        return series
    both = {y: _sum(value, y) for y in full} | held
    kept = [p for p in series.periods if not p.endswith("-01")]
    return series.model_copy(
        update={
            "merged": True,
            "periods": tuple(kept),
            "values": tuple(both.get(p[:4]) if p.endswith("-02") else value[p] for p in kept),
            "notes": (*series.notes, MERGED),
        }
    )


def _sum(value: dict[str, float | None], year: str) -> float:
    return (value[f"{year}-01"] or 0.0) + (value[f"{year}-02"] or 0.0)


def _after(value: dict[str, float | None], year: str) -> float:
    """The typical month from March to May."""
    months = [value.get(f"{year}-{m:02d}") for m in (3, 4, 5)]
    known = [v for v in months if v]
    return float(np.median(known)) if known else float("nan")


def _holds_both(value: dict[str, float | None], year: str, full: list[str]) -> bool:
    alone = [(value[f"{y}-02"] or 0.0) / _after(value, y) for y in full]
    added = [_sum(value, y) / _after(value, y) for y in full]
    own = (value[f"{year}-02"] or 0.0) / _after(value, year)
    known = np.isfinite(alone) & np.isfinite(added)
    if not known.any() or not np.isfinite(own) or own <= 0:
        return False
    middle = np.sqrt(np.median(np.array(alone)[known]) * np.median(np.array(added)[known]))
    return bool(own > middle)
