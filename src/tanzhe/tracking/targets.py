"""A figure to be reached, held against what was measured: how probable it is from the trend."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
from scipy import stats

from tanzhe.errors import InputError, Words
from tanzhe.faults import fault_of
from tanzhe.model import Series
from tanzhe.peaks.filters import Floats
from tanzhe.peaks.months import Months, month_effects
from tanzhe.peaks.settings import PATHS, SEED
from tanzhe.peaks.trend import MOST_MEMORY, slope
from tanzhe.terms import words_of
from tanzhe.tracking.items import Item, Yearly

Outlook = Literal["reached", "missed", "on_track", "behind", "open", "not_measured"]
OUTLOOKS: dict[Outlook, Words] = words_of("tracking.targets.outlooks")
# Our choice: the probabilities that are called on track and behind.
ON_TRACK, BEHIND = 0.8, 0.2
FEWEST = 8  # months; fewer tell no trend
FEWEST_YEARS = 4  # a line through four leaves two degrees of freedom for its error
_MANY_YEARS = 5  # of months for simulated paths, as the judgement of a peak asks for
_LOWER = ("<=", "<")


class Joined(NamedTuple):
    """A target and what is known of reaching it.

    Attributes:
        item: the target.
        outlook: in a word.
        probability: of reaching it by the trend, or None.
        now: the figure of the last whole year (or twelve months), or None.
        until: the last period measured, or "".
        wanted: the figure to be reached, changes turned into levels, or None.
        how: what the probability rests on, or why there is none.
    """

    item: Item
    outlook: Outlook
    probability: float | None
    now: float | None
    until: str
    wanted: float | None
    how: Words


def not_measured(item: Item) -> Joined:
    """A target that nobody joined to data."""
    how = Words("用 tanzhe track join 对接", "Join it with tanzhe track join")
    return Joined(item, "not_measured", None, None, "", item.value, how)


def judged(item: Item, series: Series) -> Joined:
    """How probable it is that a target is reached by its year, from the trend of a series.

    Args:
        item: a target with a value and a year.
        series: months or years; periods of a year make its figure by `item.yearly`.

    Returns:
        `on_track` from a probability of .8, `behind` up to .2, else `open`; under eight months, or
        four years, no probability. With five years of months the paths that judge a peak are
        simulated; with less it is the straight line through the logs, with its error and the noise.

    Raises:
        InputError: the target has no number or year, or the series none of its base year.
    """
    periods, values = _held(series)
    wanted = _wanted(item, periods, values)
    year = int(item.by[:4])
    past = _figure(periods, values, year, item.yearly, series)
    now = past if past is not None else _last(values, item.yearly, series)
    until = periods[-1] if periods else ""
    if past is not None:
        done = _meets(past, wanted, item)
        how = Words(f"{year} 年实测 {past:,.6g}", f"Measured of {year}: {past:,.6g}")
        return Joined(item, "reached" if done else "missed", float(done), past, until, wanted, how)
    fewest = FEWEST_YEARS if series.frequency == "year" else FEWEST
    if int(np.isfinite(values).sum()) < fewest:
        how = Words(f"只有 {len(periods)} 期数据，不足 {fewest} 期，不给可能性",
                    f"{len(periods)} periods are fewer than {fewest}: no probability")  # fmt: skip
        return Joined(item, "open", None, now, until, wanted, how)
    chance, how = _chance(item, series, periods, values, year, wanted)
    outlook: Outlook = (
        "on_track" if chance >= ON_TRACK else "behind" if chance <= BEHIND else "open"
    )
    return Joined(item, outlook, round(chance, 3), now, until, wanted, how)


def _held(series: Series) -> tuple[list[str], Floats]:
    """Periods up to the last one with a value."""
    values = np.array([np.nan if one is None else one for one in series.values], float)
    known = np.flatnonzero(np.isfinite(values))
    end = int(known[-1]) + 1 if known.size else 0
    return list(series.periods[:end]), values[:end]


def _per_year(series: Series) -> int:
    if series.frequency == "year":
        return 1
    return 11 if series.merged else 12


def _wanted(item: Item, periods: Sequence[str], values: Floats) -> float:
    """The level to be reached: stated, or a change counted from its base year."""
    if item.value is None or not item.by[:4].isdigit():
        raise InputError(fault_of("tracking.targets.wanted", where=item.id))
    if item.change is None:
        return item.value
    of_base = [v for p, v in zip(periods, values, strict=True) if p[:4] == str(item.base_year)]
    if not of_base or not np.all(np.isfinite(of_base)):
        raise InputError.of(
            Words(
                f"数据里没有完整的基准年 {item.base_year or '（未写明）'}",
                f"The data do not hold the whole base year {item.base_year or '(not stated)'}",
            ),
            Words(
                "用 tanzhe track set 写明 base_year，或换一份有基准年的数据",
                "Set base_year with tanzhe track set, or join data that hold it",
            ),
            where=item.id,
        )
    sign = -1 if item.change == "down" else 1
    return _added(np.array(of_base), item.yearly) * (1 + sign * item.value / 100)


def _added(values: Floats, yearly: Yearly) -> float:
    if yearly == "last":
        return float(values[-1])
    return float(values.sum() if yearly == "sum" else values.mean())


def _figure(
    periods: Sequence[str], values: Floats, year: int, yearly: Yearly, series: Series
) -> float | None:
    """The figure of a whole year, or None."""
    own = values[[p[:4] == str(year) for p in periods]] if periods else values
    whole = len(own) == _per_year(series) and bool(np.all(np.isfinite(own)))
    return _added(own, yearly) if whole else None


def _last(values: Floats, yearly: Yearly, series: Series) -> float | None:
    """The figure of the last whole year's worth of periods."""
    own = values[-_per_year(series) :]
    whole = len(own) == _per_year(series) and bool(np.all(np.isfinite(own)))
    return _added(own, yearly) if whole else None


def _meets(value: float, wanted: float, item: Item) -> bool:
    lower = item.operator in _LOWER or (item.operator is None and item.change == "down")
    return value <= wanted if lower else value >= wanted


def _chance(
    item: Item,
    series: Series,
    periods: Sequence[str],
    values: Floats,
    year: int,
    wanted: float,
) -> tuple[float, Words]:
    per_year = _per_year(series)
    if not np.all(values[np.isfinite(values)] > 0):
        raise InputError(fault_of("tracking.targets.chance", where=item.id))
    season = (
        month_effects(np.log(values), per_year)
        if per_year > 1 and len(values) >= 2 * per_year
        else np.zeros(len(values))
    )
    adjusted = np.log(values) - season
    coming = _coming(periods, per_year, year)
    draws = np.random.default_rng(SEED)
    if per_year > 1 and len(values) >= _MANY_YEARS * per_year and np.all(np.isfinite(values)):
        ahead = np.exp(
            Months.of(adjusted, season, per_year).paths(-(-coming // per_year), draws, PATHS)
        )
        how = Words(
            f"{PATHS} 条模拟路径（与达峰判断相同的模型，{periods[0]} 至 {periods[-1]}）",
            f"{PATHS} simulated paths, the model that judges peaks ({periods[0]} to {periods[-1]})",
        )
    else:
        ahead = _straight(adjusted, season, per_year, coming, draws)
        how = Words(
            f"对数直线趋势及其误差（{len(periods)} 期，至 {periods[-1]}；期数少，仅供参考）",
            f"The straight line through the logs with its error ({len(periods)} periods, "
            f"to {periods[-1]})",
        )
    own = values[[p[:4] == str(year) for p in periods]]
    target = ahead[:, coming - (per_year - len(own)) : coming]
    years = np.concatenate([np.repeat(own[None, :], len(target), axis=0), target], axis=1)
    made = {
        "sum": years.sum(axis=1), "mean": years.mean(axis=1), "last": years[:, -1],
    }[item.yearly]  # fmt: skip
    return float(np.mean([_meets(one, wanted, item) for one in made])), how


def _coming(periods: Sequence[str], per_year: int, year: int) -> int:
    """How many periods lie between the last one and the end of a year."""
    last = periods[-1]
    if per_year == 1:
        return year - int(last[:4])
    months = (year - int(last[:4])) * 12 + 12 - int(last[5:7])
    return months if per_year == 12 else months - (year - int(last[:4]))


def _straight(
    adjusted: Floats, season: Floats, per_year: int, coming: int, draws: np.random.Generator
) -> Floats:
    """Draws of the coming periods about the line through the last three years."""
    window = adjusted[-3 * per_year :] if per_year > 1 else adjusted[-10:]
    at = np.arange(len(window)) / per_year
    known = np.isfinite(window)
    told = slope(window, per_year)
    rate = np.log1p(told.percent / 100)
    low, high = (np.log1p(one / 100) for one in told.interval)
    freedom = max(1, int(known.sum()) - 2)
    error = (high - low) / 2 / stats.t.ppf(0.95, freedom)
    centre = float(at[known].mean())
    level = float(window[known].mean())
    rest = window[known] - level - rate * (at[known] - centre)
    noise = float(np.sqrt(rest @ rest / freedom))
    memory = float(np.clip((rest[1:] @ rest[:-1]) / max(rest @ rest, 1e-300), 0, MOST_MEMORY))
    ahead = at[-1] + (1 + np.arange(coming)) / per_year - centre
    rates = rate + error * draws.standard_t(freedom, PATHS)
    levels = level + noise / np.sqrt(known.sum()) * draws.standard_normal(PATHS)
    moves = noise * draws.standard_normal((PATHS, coming))
    shocks = np.empty_like(moves)
    held = np.full(PATHS, rest[-1])
    for step in range(coming):
        held = memory * held + np.sqrt(1 - memory**2) * moves[:, step]
        shocks[:, step] = held
    back = season[-per_year:] if per_year > 1 else np.zeros(1)
    seasons = np.array([back[step % len(back)] for step in range(coming)])
    return np.asarray(np.exp(levels[:, None] + rates[:, None] * ahead + shocks + seasons))


def time_left(item: Item, today: date) -> int | None:
    """Days to the end of the time, negative where it has passed; None without a date."""
    return None if item.due is None else (item.due - today).days
