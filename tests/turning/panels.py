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
    rho2: float = 0.0,
    louder: float = 1.0,
    shifting: float = 0.0,
    shared: float = 0.0,
) -> Panel:
    """Provinces with own level, season and noise; one lasting step each of `size` innovations.

    The step lies in the inner 60 % of the periods; size 0 gives a null panel.

    Args:
        seed: of all chance.
        rho: autocorrelation of the noise at lag one.
        size: of the steps, in standard deviations of the innovation.
        tails: degrees of freedom of t innovations; None: normal.
        n: number of provinces.
        years: number of years.
        seasons: periods a year.
        rho2: second coefficient of an AR(2); not what the search assumes.
        louder: factor of the noise in the second half; not what it assumes.
        shifting: share of the season that is redrawn half-way; not what it assumes.
        shared: innovations of a random walk that all provinces follow, in typical innovations.
    """
    rng = np.random.default_rng(seed)
    periods, burn = seasons * years, 60
    sigma = np.exp(rng.normal(np.log(0.07), 0.5, n))
    shape = (n, periods + burn)
    shocks = rng.normal(size=shape) if tails is None else rng.standard_t(tails, shape)
    if tails is not None:
        shocks /= np.sqrt(tails / (tails - 2))
    noise = np.zeros(shape)
    for t in range(2, shape[1]):
        noise[:, t] = rho * noise[:, t - 1] + rho2 * noise[:, t - 2] + shocks[:, t]
    noise[:, burn + periods // 2 :] *= louder
    season = np.tile(rng.normal(0, 0.15, (n, seasons)), (1, years))
    logs = rng.normal(0, 1, (n, 1)) + season + noise[:, burn:] * sigma[:, None]
    at = rng.integers(int(0.2 * periods), int(0.8 * periods), n)
    sign = rng.choice([-1, 1], n)
    logs += (np.arange(periods) >= at[:, None]) * (sign * size * sigma)[:, None]
    half = seasons * (years // 2)
    logs[:, half:] += shifting * np.tile(rng.normal(0, 0.15, (n, seasons)), (1, years - years // 2))
    logs += shared * np.median(sigma) * np.cumsum(rng.normal(size=periods))
    return Panel(logs, at, sign, sigma)
