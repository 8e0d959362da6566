"""Made-up tables of every kind of figures: true monthly totals, and what is not.

Each function draws periods and values of one table; the same seed gives the same table. Names
begin with what must come out: `plain_` (left alone) or the code of the note or of the refusal.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Drawn = tuple[list[str], Floats]
Draw = Callable[[np.random.Generator], Drawn]

N = 60
MONTHS = [f"{2018 + i // 12}-{i % 12 + 1:02d}" for i in range(N)]
MERGED = [p for p in MONTHS if not p.endswith("-01")]
DAYS = [str(date(2019, 1, 1) + timedelta(i)) for i in range(1200)]


def rounded(values: Floats, digits: int | None = None) -> Floats:
    """About four digits, as tables print them."""
    size = int(np.log10(np.nanmax(values)))
    return np.round(values, max(0, 3 - size) if digits is None else digits)


def totals(rng: np.random.Generator, level: float = 0, **other: float) -> Floats:
    """Sixty monthly totals: season, noise, slow growth and one true step."""
    noise = other.get("noise", float(rng.choice([0.02, 0.05, 0.1])))
    size = other.get("season", float(rng.choice([0.05, 0.15, 0.4])))
    wave = np.sin(2 * np.pi * (np.arange(12) + rng.uniform(0, 12)) / 12)
    season = np.tile(np.exp(size * wave + rng.normal(0, size / 2, 12)), 5)
    growth = np.exp(rng.normal(0, 0.04) / 12 * np.arange(N))
    out = (level or 10 ** rng.uniform(0.5, 4)) * season * growth * np.exp(rng.normal(0, noise, N))
    out[int(rng.integers(15, 45)) :] *= np.exp(other.get("step", float(rng.choice([-0.3, 0.2]))))
    return np.asarray(out)


def to_date(periods: list[str], values: Floats, first_month: int = 1) -> Floats:
    out, total = [], 0.0
    for period, value in zip(periods, values.tolist(), strict=True):
        starts = period[5:7] == f"{first_month:02d}" and period[8:] in ("", "01")
        total = value if starts else total + value
        out.append(total)
    return np.array(out)


def annual(rng: np.random.Generator, level: float = 1000, size: float = 0.1) -> Floats:
    return level * np.exp(np.cumsum(rng.normal(0, size, 6)))


def merged(values: Floats) -> Floats:
    return np.array([values[i] + (values[i - 1] if i % 12 == 1 else 0) for i in range(N) if i % 12])


def plain_totals(rng: np.random.Generator) -> Drawn:
    return MONTHS, rounded(totals(rng))


def plain_noisy(rng: np.random.Generator) -> Drawn:
    return MONTHS, rounded(totals(rng, noise=0.3))


def plain_strong_season(rng: np.random.Generator) -> Drawn:
    return MONTHS, rounded(totals(rng, season=1.0))


def plain_fast_growth(rng: np.random.Generator) -> Drawn:
    rate = rng.uniform(0.02, 0.1)
    return MONTHS, rounded(totals(rng, step=0) * np.exp(rate * np.arange(N)))


def plain_smooth_growth(rng: np.random.Generator) -> Drawn:
    """Growth that never falls."""
    grown = np.exp(rng.uniform(0.02, 0.06) * np.arange(N) + rng.normal(0, 0.005, N))
    return MONTHS, rounded(300 * grown, 2)


def plain_even_growth(rng: np.random.Generator) -> Drawn:
    grown = 100 + rng.uniform(3, 12) * np.arange(N)
    return MONTHS, rounded(grown * np.exp(rng.normal(0, 0.015, N)), 2)


def plain_collapse(rng: np.random.Generator) -> Drawn:
    values = totals(rng, step=0)
    left = rng.choice([0.006, 0.02, 0.03, 0.05, 0.07, 0.15, 0.2, 0.3])
    values[int(rng.integers(20, 50)) :] *= left
    return MONTHS, rounded(values, 3)


def plain_closing_down(rng: np.random.Generator) -> Drawn:
    values, at = totals(rng, step=0), int(rng.integers(20, 50))
    values[at:] *= np.maximum(0.05, 0.4 ** np.arange(1, N - at + 1))
    return MONTHS, rounded(values, 3)


def plain_lockdown(rng: np.random.Generator) -> Drawn:
    values, at = totals(rng, step=0), int(rng.integers(20, 50))
    values[at : at + 2] *= rng.uniform(0.03, 0.5, 2)
    return MONTHS, rounded(values, 2)


def plain_heating(rng: np.random.Generator) -> Drawn:
    season = np.array([1, 1, 0.6, 0.1, 0.02, 0.02, 0.02, 0.02, 0.02, 0.2, 0.7, 1])
    return MONTHS, rounded(200 * np.tile(season, 5) * np.exp(rng.normal(0, 0.1, N)), 2)


def plain_rising_season(rng: np.random.Generator) -> Drawn:
    """Rises within each year and falls at its start, but is no sum."""
    season = np.tile(np.linspace(0.6, 1.4, 12), 5)
    return MONTHS, rounded(300 * season * np.exp(rng.normal(0, 0.02, N)), 1)


def plain_small_counts(rng: np.random.Generator) -> Drawn:
    return MONTHS, rng.poisson(5, N) + 1.0


def plain_merged(rng: np.random.Generator) -> Drawn:
    return MERGED, rounded(merged(totals(rng)))


def plain_days(rng: np.random.Generator) -> Drawn:
    wave = 0.1 * np.sin(np.arange(1200) / 58)
    return DAYS, rounded(50 * np.exp(rng.normal(0, 0.05, 1200) + wave), 2)


def plain_years(rng: np.random.Generator) -> Drawn:
    """A nation that grows every year."""
    grown = np.exp(np.cumsum(np.maximum(rng.normal(0.06, 0.02, 26), 0.01)))
    return [str(y) for y in range(1998, 2024)], rounded(500 * grown, 1)


def cumulative_calendar_year(rng: np.random.Generator) -> Drawn:
    begun = int(rng.integers(0, 12))
    values = to_date(MONTHS[begun:], totals(rng)[begun:])
    return MONTHS[begun:], rounded(values, 2)


def cumulative_from_february(rng: np.random.Generator) -> Drawn:
    values = to_date(MONTHS, totals(rng))
    return MERGED, rounded(values[[not p.endswith("-01") for p in MONTHS]], 2)


def cumulative_january_empty(rng: np.random.Generator) -> Drawn:
    values = to_date(MONTHS, totals(rng))
    values[::12] = np.nan
    return MONTHS, rounded(values, 2)


def cumulative_fiscal_year(rng: np.random.Generator) -> Drawn:
    return MONTHS, rounded(to_date(MONTHS, totals(rng), int(rng.choice([4, 7, 10]))), 2)


def cumulative_revised(rng: np.random.Generator) -> Drawn:
    values = to_date(MONTHS, totals(rng))
    values[rng.choice(N, 3, replace=False)] *= rng.uniform(0.85, 0.97, 3)
    return MONTHS, rounded(values, 2)


def cumulative_two_years(rng: np.random.Generator) -> Drawn:
    return MONTHS[:24], rounded(to_date(MONTHS, totals(rng))[:24], 2)


def cumulative_growing(rng: np.random.Generator) -> Drawn:
    values = totals(rng, step=0) * np.exp(0.03 * np.arange(N))
    return MONTHS, rounded(to_date(MONTHS, values), 2)


def cumulative_winter_stop(rng: np.random.Generator) -> Drawn:
    season = np.array([0.08, 0.05, 0.4, 0.9, 1.2, 1.2, 1.2, 1.2, 1.1, 1, 0.7, 0.3])
    values = 500 * np.tile(season, 5) * np.exp(rng.normal(0, 0.08, N))
    return MONTHS, rounded(to_date(MONTHS, values), 2)


def cumulative_with_holes(rng: np.random.Generator) -> Drawn:
    values = to_date(MONTHS, totals(rng))
    values[rng.choice(N, 5, replace=False)] = np.nan
    return MONTHS, rounded(values, 2)


def cumulative_days(rng: np.random.Generator) -> Drawn:
    return DAYS, rounded(to_date(DAYS, 50 * np.exp(rng.normal(0, 0.05, 1200))), 2)


def running_meter(rng: np.random.Generator) -> Drawn:
    return MONTHS, rounded(10 ** rng.uniform(2, 6) + np.cumsum(totals(rng, 500)), 1)


def running_set_back(rng: np.random.Generator) -> Drawn:
    values, at = 10 ** rng.uniform(3, 4) + np.cumsum(totals(rng, 500)), int(rng.integers(10, 50))
    values[at:] -= values[at - 1]
    return MONTHS, rounded(values, 1)


def running_over(rng: np.random.Generator) -> Drawn:
    return MONTHS, rounded((70_000 + np.cumsum(totals(rng, 1500))) % 100_000, 1)


def running_since_start(rng: np.random.Generator) -> Drawn:
    return MONTHS, rounded(np.cumsum(totals(rng, 500)), 1)


def running_days(rng: np.random.Generator) -> Drawn:
    periods, values = plain_days(rng)
    return periods, rounded(10_000 + np.cumsum(values), 2)


def spread_over_months(rng: np.random.Generator) -> Drawn:
    return MONTHS, rounded(np.repeat(annual(rng)[:5] / 12, 12), 2)


def spread_round_figures(rng: np.random.Generator) -> Drawn:
    return MONTHS, np.repeat(rng.choice(np.arange(1000.0, 1900, 100), 5, replace=False), 12)


def spread_over_days(rng: np.random.Generator) -> Drawn:
    firsts = [date.fromisoformat(f"{p}-01") for p in [*MONTHS, "2023-01"]]
    days = np.array([(b - a).days for a, b in pairwise(firsts)])
    year = np.repeat(days.reshape(5, 12).sum(axis=1), 12)
    return MONTHS, rounded(np.repeat(annual(rng, 20_000)[:5], 12) * days / year, 1)


def spread_merged(rng: np.random.Generator) -> Drawn:
    return MERGED, rounded(merged(np.repeat(annual(rng)[:5] / 12, 12)), 2)


def spread_quarters(rng: np.random.Generator) -> Drawn:
    return MONTHS, rounded(np.repeat(totals(rng)[::3], 3), 2)


def spread_one_year(rng: np.random.Generator) -> Drawn:
    values, at = rounded(totals(rng)), 12 * int(rng.integers(0, 5))
    values[at : at + 12] = round(float(values[at : at + 12].mean()), 2)
    return MONTHS, values


def spread_by_a_pattern(rng: np.random.Generator) -> Drawn:
    season = np.exp(rng.normal(0, 0.2, 12))
    return MONTHS, rounded(np.outer(annual(rng)[:5], season / season.sum()).ravel(), 2)


def drawn_lines(rng: np.random.Generator) -> Drawn:
    knots = annual(rng, size=0.15)
    return MONTHS, rounded(np.interp(np.arange(N), np.arange(0, 61, 12), knots), 2)


def drawn_quarters(rng: np.random.Generator) -> Drawn:
    knots = totals(rng, 500)[:21]
    return MONTHS, rounded(np.interp(np.arange(N), np.arange(0, 61, 3), knots), 3)


def drawn_growth(rng: np.random.Generator) -> Drawn:
    knots = np.log(annual(rng, size=0.15))
    return MONTHS, rounded(np.exp(np.interp(np.arange(N), np.arange(0, 61, 12), knots)), 3)


def drawn_year(rng: np.random.Generator) -> Drawn:
    values, at = rounded(totals(rng, 1000), 2), int(rng.integers(5, 40))
    values[at : at + 13] = np.round(np.linspace(values[at], values[at + 12], 13), 2)
    return MONTHS, values


def copied_year(rng: np.random.Generator) -> Drawn:
    values, at = rounded(totals(rng)), 12 * int(rng.integers(0, 4))
    values[at + 12 : at + 24] = values[at : at + 12]
    return MONTHS, values


def copied_block(rng: np.random.Generator) -> Drawn:
    values, at = rounded(totals(rng)), int(rng.integers(0, 20))
    values[at + 25 : at + 31] = values[at : at + 6]
    return MONTHS, values


def slip_for_good(rng: np.random.Generator) -> Drawn:
    values = rounded(totals(rng))
    values[int(rng.integers(8, 52)) :] *= 10.0 ** rng.choice([-4, -3, -2, -1, 1, 2, 3, 4])
    return MONTHS, np.round(values, 8)


def slip_printed_anew(rng: np.random.Generator) -> Drawn:
    values = totals(rng)
    values[int(rng.integers(8, 52)) :] *= 10.0 ** rng.choice([1, 2, 3, 4])
    return MONTHS, np.round(values, 1)


def slip_of_a_year(rng: np.random.Generator) -> Drawn:
    values, at = rounded(totals(rng)), int(rng.integers(8, 30))
    values[at : at + 12] *= 10.0 ** rng.choice([-4, -3, -2, -1, 1, 2, 3, 4])
    return MONTHS, np.round(values, 8)


def slip_of_a_row(rng: np.random.Generator) -> Drawn:
    values = rounded(totals(rng))
    values[int(rng.integers(0, N))] *= 10.0 ** rng.choice([-4, -3, -2, -1, 1, 2, 3, 4])
    return MONTHS, np.round(values, 8)


def slip_merged(rng: np.random.Generator) -> Drawn:
    values = rounded(merged(totals(rng)))
    values[int(rng.integers(8, 46)) :] *= 10.0 ** rng.choice([-3, -2, -1, 1, 2, 3])
    return MERGED, np.round(values, 8)


def january_empty(rng: np.random.Generator) -> Drawn:
    values = totals(rng)
    values[1::12] += values[::12]
    values[::12] = np.nan
    return MONTHS, rounded(values)


def january_zero(rng: np.random.Generator) -> Drawn:
    periods, values = january_empty(rng)
    return periods, np.nan_to_num(values)


def january_of_some_years(rng: np.random.Generator) -> Drawn:
    values = totals(rng, noise=0.03, season=0.1)
    for at in (24, 36, 48):
        values[at + 1] += values[at]
        values[at] = np.nan
    return MONTHS, rounded(values)


def signs_one_negative(rng: np.random.Generator) -> Drawn:
    values = rounded(totals(rng))
    values[7] *= -1
    return MONTHS, values


def signs_changes(rng: np.random.Generator) -> Drawn:
    return MONTHS, np.round(rng.normal(3, 6, N), 1)


def zeros_now_and_then(rng: np.random.Generator) -> Drawn:
    values = rounded(totals(rng))
    values[rng.choice(N, 4, replace=False)] = 0
    return MONTHS, values


def placeholder_nines(rng: np.random.Generator) -> Drawn:
    values = rounded(totals(rng, 800))
    values[[5, 17, 40]] = 99999
    return MONTHS, values


def all_kinds() -> dict[str, Draw]:
    """Every kind by its name."""
    own = globals()
    heads = ("plain_", "cumulative_", "running_", "spread_", "drawn_", "copied_", "slip_")
    heads += ("january_", "signs_", "zeros_", "placeholder_")
    return {name: own[name] for name in own if name.startswith(heads)}
