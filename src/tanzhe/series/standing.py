"""Where a series stands: yearly totals, the last twelve months, shares, ranks, products."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import (
    Alongside,
    Change,
    Growth,
    Member,
    ProductShare,
    Reach,
    Series,
    Standing,
    Total,
)
from tanzhe.periods import Month, five_year_plan, months_between, plan_of_year
from tanzhe.places import place_of
from tanzhe.series.calendar import monthly

NATION = "CN"
NBS = "nbs-output"
# A share is told while the published regions hold this much of all; as the estimate's own rule.
WHOLE = 0.95
# A growth rate compares the months published in both years, at least so much of a year.
COMPARABLE = 0.75
# So many provinces are the nation: collections that leave out Tibet are common.
MOST_PROVINCES = 30
# The years most comparisons are made with; 2020 is also where the fourteenth plan began.
BASES = (2015, 2020)

Floats = NDArray[np.float64]
Span = tuple[int, int]


def standing(series: Series) -> Standing:
    """Where a series stands against its past and against the other regions.

    Args:
        series: daily, monthly or yearly; its `peers` give share and rank, its `parts` the
            structure by product. The built-in nation is put beside its provinces.

    Returns:
        Totals in the unit of the series. Nothing is filled in: a year with a month that is not
        published has no total, and its growth compares the months published in both years.

    Example:
        >>> from tanzhe.series.nbs import nbs_series
        >>> found = standing(nbs_series("CN-YN", "industry"))
        >>> found.years[-1].first, round(found.years[-1].value), found.years[-1].rank
        ('2024-02', 107, 11)
    """
    months = monthly(series)
    table = _Table(months)
    spans = table.years()
    latest = table.latest()
    changes = _changes(table, spans, latest)
    return Standing(
        unit=months.unit,
        frequency=months.frequency,
        years=tuple(table.total(span) for span in spans.values()),
        latest=None if latest is None else table.total(latest),
        changes=changes,
        products=_products(table, spans, latest, changes),
        members=_members(table, latest),
        reach=_reach(months, table.regions),
    )


def alongside(series: Series, first: str, until: str | None) -> Alongside | None:
    """How all regions moved over some periods against the same periods a year before.

    Args:
        series: with `peers`, or the built-in nation.
        first: first period.
        until: first period after the last; None: the end. At most a year of periods is taken.

    Returns:
        The regions published in both years, the steepest fall first; None where the region itself
        is not among them or there is no other.

    Example:
        >>> from tanzhe.series.nbs import nbs_series
        >>> found = alongside(nbs_series("CN-HB", "cement"), "2020-02", "2020-04")
        >>> next(round(one.percent) for one in found.regions if one.region == "CN-HB")
        -63
    """
    months = monthly(series)
    table = _Table(months)
    if len(table.regions) < 2 or first not in months.periods:
        return None
    start = months.periods.index(first)
    end = months.periods.index(until) if until in months.periods else len(months)
    span = (start, min(end, start + table.size))
    found = []
    for region, values in zip(table.regions, table.grid, strict=True):
        percent, total = table.growth(span, values), table.sum(span, values)
        if percent is not None and total:
            found.append(Growth(region=region, value=total, percent=round(percent, 2)))
    own = months.region == NATION or any(one.region == months.region for one in found)
    if not own or len(found) < 2:
        return None
    return Alongside(
        first=first,
        last=months.periods[span[1] - 1],
        regions=tuple(sorted(found, key=lambda one: one.percent)),
    )


class _Table:
    """The series beside the other regions, as arrays over its own periods."""

    def __init__(self, months: Series) -> None:
        self.months = months
        self.values = months.array
        self.size = 1 if months.frequency == "year" else 11 if months.merged else 12
        members = _regions(months)
        self.regions = [one.region for one in members]
        self.grid = np.array([_aligned(one, months.periods) for one in members])

    def years(self) -> dict[int, Span]:
        """First and last position of each calendar year with anything published."""
        names = [int(period[:4]) for period in self.months.periods]
        spans: dict[int, Span] = {}
        for at, year in enumerate(names):
            if np.isfinite(self.values[at]):
                spans[year] = (names.index(year), at + 1)
        ends = {year: len(names) - names[::-1].index(year) for year in spans}
        return {year: (first, ends[year]) for year, (first, _) in spans.items()}

    def latest(self) -> Span | None:
        """The last year of periods that is published throughout."""
        for end in range(len(self.values), self.size - 1, -1):
            if np.isfinite(self.values[end - self.size : end]).all():
                return end - self.size, end
        return None

    def is_whole(self, span: Span) -> bool:
        """Whether a span is a year that is published throughout."""
        return span[1] - span[0] == self.size and self.sum(span) is not None

    def sum(self, span: Span, values: Floats | None = None) -> float | None:
        """Total over a span; None where it is not published throughout."""
        part = (self.values if values is None else values)[slice(*span)]
        return float(part.sum()) if np.isfinite(part).all() else None

    def growth(self, span: Span, values: Floats | None = None) -> float | None:
        """Change on the same periods a year before, in percent."""
        every = self.values if values is None else values
        now = every[slice(*span)]
        first = span[0] - self.size
        if first < 0:
            now, first = now[-first:], 0
        before = every[first : first + len(now)]
        both = np.isfinite(now) & np.isfinite(before)
        base = float(before[both].sum())
        if both.sum() < COMPARABLE * (span[1] - span[0]) or base <= 0:
            return None
        return 100 * (float(now[both].sum()) / base - 1)

    def total(self, span: Span) -> Total:
        """Everything about one year."""
        periods = self.months.periods
        share, rank, of = self.place(span)
        return Total(
            first=periods[span[0]],
            last=periods[span[1] - 1],
            value=self.sum(span),
            whole=span[1] - span[0] == self.size,
            growth_percent=_rounded(self.growth(span)),
            share_percent=_rounded(share),
            rank=rank,
            of=of,
        )

    def means(self, span: Span) -> Floats:
        """Mean of each region over the periods it published; NaN below three quarters."""
        part = self.grid[:, slice(*span)]
        known = np.isfinite(part)
        count = known.sum(axis=1)
        sums = np.where(known, part, 0.0).sum(axis=1)
        enough = count >= COMPARABLE * (span[1] - span[0])
        return np.where(enough, sums / np.maximum(count, 1), np.nan)

    def place(self, span: Span) -> tuple[float | None, int | None, int | None]:
        """Share, rank, and how many are ranked; nothing where much is not published."""
        if self.months.region not in self.regions or len(self.regions) < 2:
            return None, None, None
        means = self.means(span)
        own = means[self.regions.index(self.months.region)]
        there = np.isfinite(means)
        total = float(means[there].sum())
        usual = self._usual
        if not np.isfinite(own) or usual[there].sum() < WHOLE * usual.sum():
            return None, None, None
        share = 100 * float(own) / total if total > 0 else None
        return share, 1 + int((means[there] > own).sum()), int(there.sum())

    @cached_property
    def _usual(self) -> Floats:
        """Mean of each region over all it published; 0 for one that published nothing."""
        known = np.isfinite(self.grid)
        sums = np.where(known, self.grid, 0.0).sum(axis=1)
        means: Floats = sums / np.maximum(known.sum(axis=1), 1)
        return means


def _regions(months: Series) -> list[Series]:
    """The series and its peers; of the nation the provinces alone."""
    own = [] if months.region == NATION else [months]
    return [*own, *months.peers] if months.peers else []


def _aligned(one: Series, periods: Sequence[str]) -> Floats:
    if one.periods == tuple(periods):
        return one.array
    values = dict(zip(one.periods, one.array.tolist(), strict=True))
    return np.array([values.get(period, np.nan) for period in periods])


def _changes(table: _Table, spans: dict[int, Span], latest: Span | None) -> tuple[Change, ...]:
    """Since the usual base years, within the plan, and over the plan before."""
    if latest is None:
        return ()
    whole = {year: span for year, span in spans.items() if table.is_whole(span)}
    end = int(table.months.periods[latest[1] - 1][:4])
    plan = plan_of_year(end)
    base = _base_of(plan)
    wanted = {year for year in (*BASES, base) if year in whole}
    if whole and min(whole) > BASES[0]:
        wanted.add(min(whole))
    since = [
        _change(table, year, whole[year], latest, plan if year == base else None)
        for year in sorted(wanted) if whole[year][1] <= latest[0]
    ]  # fmt: skip
    before = _base_of(plan - 1)
    if before in whole and base in whole:
        since.append(_change(table, before, whole[before], whole[base], plan - 1))
    return tuple(since)


def _base_of(plan: int) -> int:
    """The year before a five-year plan begins."""
    return five_year_plan(plan)[0] - 1


def _change(table: _Table, year: int, base: Span, span: Span, plan: int | None) -> Change:
    before, after = table.sum(base), table.sum(span)
    assert before is not None and after is not None
    periods = table.months.periods
    until = periods[span[1] - 1]
    years = _years_between(periods[base[1] - 1], until)
    ratio = after / before if before > 0 else 1.0
    return Change(
        since=str(year),
        until=until,
        percent=round(100 * (ratio - 1), 2),
        percent_per_year=round(100 * (ratio ** (1 / years) - 1), 2) if ratio > 0 else -100.0,
        plan=plan,
        completed=plan is not None
        and until[:4] == str(_base_of(plan + 1))
        and until[5:] in ("", "12"),
    )


def _years_between(first: str, last: str) -> float:
    if len(first) == 4:
        return float(int(last) - int(first))
    return months_between(Month.parse(first), Month.parse(last)) / 12


def _products(
    table: _Table, spans: dict[int, Span], latest: Span | None, changes: Sequence[Change]
) -> tuple[ProductShare, ...]:
    total = None if latest is None else table.sum(latest)
    if latest is None or not total:
        return ()
    base = spans[int(changes[0].since)] if changes else None
    found = []
    for part in table.months.parts:
        values = np.array([np.nan if v is None else v for v in part.values])
        now = table.sum(latest, values)
        if now is None:
            continue
        then = None if base is None else table.sum(base, values)
        found.append(
            ProductShare(
                product=part.product,
                value=now,
                share_percent=round(100 * now / total, 2),
                growth_percent=_rounded(table.growth(latest, values)),
                change_percent=_rounded(100 * (now / then - 1) if then else None),
            )
        )
    return tuple(sorted(found, key=lambda one: -one.value))


def _members(table: _Table, latest: Span | None) -> tuple[Member, ...]:
    if latest is None or len(table.regions) < 2:
        return ()
    means = table.means(latest)
    there = np.flatnonzero(np.isfinite(means))
    total = float(means[there].sum())
    if total <= 0:
        return ()
    return tuple(
        Member(
            region=table.regions[at],
            value=float(means[at]) * table.size,
            share_percent=round(100 * float(means[at]) / total, 2),
        )
        for at in sorted(there.tolist(), key=lambda i: -float(means[i]))
    )


def _reach(months: Series, regions: Sequence[str]) -> Reach | None:
    if len(regions) < 2:
        return None
    places = [place_of(region) for region in regions]
    provinces = sum(place is not None and place.iso != NATION for place in places)
    return "nation" if months.source == NBS or provinces >= MOST_PROVINCES else "table"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
