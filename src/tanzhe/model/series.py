"""An emission series as every package sees it."""

from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from tanzhe.model.base import Note, Record

Frequency = Literal["day", "month", "year"]
# A quarter without a positive figure at the end is a stop; one or two months are a late figure or
# an overhaul (China publishes January and February together, a month late).
STOP_MONTHS = 3


class Part(Record):
    """One product's share of a series: emissions over the same periods as the series.

    Attributes:
        product: product id, e.g. `cement`.
        values: emissions in the unit of the series, one per period; None: not published.
        factor: emissions per unit of output, or None where the part is not an activity estimate.
        factor_unit: e.g. `tCO2/t`.
        factor_source: the document the factor comes from.
    """

    product: str
    values: tuple[float | None, ...]
    factor: float | None = None
    factor_unit: str | None = None
    factor_source: str | None = None


class Series(Record):
    """One region's and sector's emissions (or one product's output) over time.

    Attributes:
        region: ISO 3166-2 code (`CN-YN`), `CN`, or the user's own name for a city or park.
        sector: sector id (`industry`) or product id (`cement`).
        unit: unit of `values`, a total over each period (MtCO2, 万吨, ...).
        frequency: day, month or year.
        merged: True when January and February are one period, written YYYY-02: 11 a year.
        periods: ascending and without holes; YYYY-MM-DD, YYYY-MM or YYYY by frequency.
        values: one per period; None means not published, never zero.
        source: `nbs-output`, `carbon-monitor` or the user's file name.
        vintage: when the source was taken or what it calls itself.
        sha256: of the bytes the series was read from.
        provisional_from: first period that the source is known to revise, or None.
        as_of: last month whose figures and documents may be used, YYYY-MM, or None: all.
        notes: what a reader must know.
        parts: products that add up to `values` wherever `values` is not None; may be empty.
        peers: the same sector of the other regions of the same source; may be empty.
        companions: other products of the same region and source, which tell faults of this one.
        reference: the same quantity from a second source, or None; used only to find defects.
    """

    region: str
    sector: str
    unit: str
    frequency: Frequency
    merged: bool = False
    periods: tuple[str, ...]
    values: tuple[float | None, ...]
    source: str
    vintage: str
    sha256: str
    provisional_from: str | None = None
    as_of: str | None = None
    notes: tuple[Note, ...] = ()
    parts: tuple[Part, ...] = ()
    peers: "tuple[Series, ...]" = Field(default=(), exclude=True, repr=False)
    companions: "tuple[Series, ...]" = Field(default=(), exclude=True, repr=False)
    reference: "Series | None" = Field(default=None, exclude=True, repr=False)

    @model_validator(mode="after")
    def _lengths_agree(self) -> Self:
        for name, values in [("values", self.values)] + [(p.product, p.values) for p in self.parts]:
            if len(values) != len(self.periods):
                raise ValueError(f"{name}: {len(values)} values for {len(self.periods)} periods")
        if list(self.periods) != sorted(set(self.periods)):
            raise ValueError("periods must ascend and not repeat")
        return self

    def __len__(self) -> int:
        return len(self.periods)

    @property
    def array(self) -> NDArray[np.float64]:
        """Values as an array of shape (n_periods,), NaN where not published."""
        return np.array([np.nan if v is None else v for v in self.values], dtype=np.float64)

    @property
    def stopped_since(self) -> str | None:
        """First month of a stop: zeros or no figures for the last `STOP_MONTHS` months and more.

        None for days and years, for a series without any positive value, and where no stop is.
        """
        held = np.flatnonzero(self.array > 0)
        if self.frequency != "month" or not held.size:
            return None
        gone = self.periods[held[-1] + 1 :]
        months = sum(2 if self.merged and one.endswith("-02") else 1 for one in gone)
        if months < STOP_MONTHS:
            return None
        return f"{gone[0][:4]}-01" if self.merged and gone[0].endswith("-02") else gone[0]
