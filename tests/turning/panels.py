"""Made-up panels with a known truth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Series
from tanzhe.periods import Month, merged_periods, period_days


def months(years: int, first: int = 2018) -> list[str]:
    """Merged months of whole years: 11 a year."""
    return [str(m) for m in merged_periods(Month(first, 1), Month(first + years - 1, 12))]


def series_of(
    daily_logs: NDArray[np.float64],
    *,
    region: str = "CN-YN",
    first: int = 2018,
    unit: str = "MtCO2",
    scale: float = 1.0,
) -> Series:
    """A merged monthly series from logarithms of daily means, whole years of 11 periods."""
    periods = months(len(daily_logs) // 11, first)
    days = np.array([period_days(Month.parse(p), merged=True) for p in periods])
    totals = np.exp(daily_logs) * days * scale
    return Series(
        region=region,
        sector="industry",
        unit=unit,
        frequency="month",
        merged=True,
        periods=tuple(periods),
        values=tuple(None if not np.isfinite(v) else float(v) for v in totals),
        source="made-up",
        vintage="test",
        sha256="0" * 64,
    )


@dataclass(frozen=True)
class Panel:
    """Logs of shape (n_series, n_periods), true step period and sign per series, and noise sd."""

    logs: NDArray[np.float64]
    at: NDArray[np.intp]
    sign: NDArray[np.intp]
    sigma: NDArray[np.float64]

    def series(self, index: int) -> Series:
        """One series with all others as peers."""
        every = [series_of(row, region=f"R{i:02d}") for i, row in enumerate(self.logs)]
        peers = tuple(s for i, s in enumerate(every) if i != index)
        return every[index].model_copy(update={"peers": peers})


def made_up_panel(
    seed: int,
    *,
    rho: float,
    size: float,
    tails: float | None = None,
    n: int = 31,
    years: int = 7,
    seasons: int = 11,
) -> Panel:
    """Provinces with own level, season and noise; one lasting step each of `size` innovations.

    The step lies in the inner 60 % of the periods; size 0 gives a null panel.
    """
    rng = np.random.default_rng(seed)
    periods, burn = seasons * years, 60
    sigma = np.exp(rng.normal(np.log(0.07), 0.5, n))
    shape = (n, periods + burn)
    shocks = rng.normal(size=shape) if tails is None else rng.standard_t(tails, shape)
    if tails is not None:
        shocks /= np.sqrt(tails / (tails - 2))
    noise = np.zeros(shape)
    for t in range(1, shape[1]):
        noise[:, t] = rho * noise[:, t - 1] + shocks[:, t]
    season = np.tile(rng.normal(0, 0.15, (n, seasons)), (1, years))
    logs = rng.normal(0, 1, (n, 1)) + season + noise[:, burn:] * sigma[:, None]
    at = rng.integers(int(0.2 * periods), int(0.8 * periods), n)
    sign = rng.choice([-1, 1], n)
    logs += (np.arange(periods) >= at[:, None]) * (sign * size * sigma)[:, None]
    return Panel(logs, at, sign, sigma)
