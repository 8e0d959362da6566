"""The fixed basket: which products make up a series, so that none enters or leaves in its midst.

A product that starts, ends or is not published for a while would make a step in the total. So the
basket is chosen once for the whole span, nothing is filled in, and what is left out is named.

    enters         published in every period, running in every year
    enters         a material product (from 5 % of the emissions) with a short gap (to 5 % of the
                   periods): the total of the gap's periods is not published
    stays out      everything else that is published at all: longer gaps, a small product with any
                   gap (losing it costs less than losing the month), a start or an end in the span
    is absent      never published in the span
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MATERIAL = 0.05
LONGEST_GAP = 0.05
# A year below this share of the product's largest year: it started, ended or was recorded anew.
RUNNING = 0.02


class Choice(NamedTuple):
    """What enters and what stays out, arrays of shape (n_products, n_units)."""

    enters: NDArray[np.bool_]
    left_out: NDArray[np.bool_]


def running(values: NDArray[np.float64], years: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Whether every year's mean is at least 2 % of the largest year's, shape values.shape[:-1]."""
    known = np.isfinite(values)
    filled = np.where(known, values, 0.0)
    starts = np.flatnonzero(np.diff(years, prepend=years[0] - 1))
    totals = np.add.reduceat(filled, starts, axis=-1)
    counts = np.add.reduceat(known, starts, axis=-1)
    means = totals / np.maximum(counts, 1)
    smallest = np.where(counts > 0, means, np.inf).min(axis=-1)
    whole: NDArray[np.bool_] = smallest >= RUNNING * means.max(axis=-1)
    return whole


def choose(
    values: NDArray[np.float64], years: NDArray[np.int_], ends: NDArray[np.int_] | None = None
) -> Choice:
    """The basket of each unit.

    Args:
        values: emissions, shape (n_products, n_units, n_periods), NaN where not published.
        years: calendar year of each period.
        ends: how many of the periods a unit is judged by, shape (n_units,); it has nothing
            beyond. None: all of them.

    Example:
        >>> steady, ending = np.ones(22), np.r_[np.ones(11), np.full(11, np.nan)]
        >>> years = np.repeat([2020, 2021], 11)
        >>> choose(np.array([[steady], [ending]]), years).enters.ravel().tolist()
        [True, False]
    """
    known = np.isfinite(values)
    count = known.sum(axis=-1)
    means = np.where(known, values, 0.0).sum(axis=-1) / np.maximum(count, 1)
    shares = means / np.maximum(means.sum(axis=0), np.finfo(float).tiny)
    whole = np.full(values.shape[1], values.shape[-1]) if ends is None else ends
    gaps = whole - count
    short = (gaps <= LONGEST_GAP * whole) & (shares >= MATERIAL)
    enters = (count > 0) & running(values, years) & ((gaps == 0) | short)
    return Choice(enters, (count > 0) & ~enters)
