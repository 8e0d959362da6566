"""The calendar of a series, and the arrays that all rooms count in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]


@dataclass(frozen=True)
class Calendar:
    """Where each period stands in its year.

    Attributes:
        season: tuple of shape (n_periods,), 0 to per_year - 1.
        holiday: tuple of shape (n_periods,), days of the moving holiday beyond the merged period.
        per_year: periods a year: 11 for months with January-February merged, 1 for years.
    """

    season: tuple[int, ...]
    holiday: tuple[float, ...]
    per_year: int

    def __len__(self) -> int:
        return len(self.season)

    @property
    def seasons(self) -> int:
        """Number of seasonal columns: one per period of the year, none for yearly series."""
        return self.per_year if self.per_year > 1 else 0
