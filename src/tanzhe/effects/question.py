"""One question made ready: the panel, the window, the donors and the placebos."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.effects.correction import Span
from tanzhe.effects.panel import Panel
from tanzhe.effects.placebo import Reference, Rows, Signs, away_from, reference, rows_of
from tanzhe.effects.settings import FEWEST_DONORS, LEAST_PUBLISHED, LONGEST
from tanzhe.effects.weights import Floats
from tanzhe.model import Series
from tanzhe.model.effect import EffectBasis, EffectSign

SIGNS: dict[EffectSign, Signs] = {"down": (-1,), "up": (1,), "either": (-1, 1)}
# Panels kept in a process: a province's products, each with its neighbours.
_KEPT: "OrderedDict[str, Panel]" = OrderedDict()
MOST_KEPT = 12


class Question(NamedTuple):
    """What is measured, and against what.

    Attributes:
        panel: the region and all it may be compared with.
        region: its row.
        start: position of the window's first period.
        window: periods measured.
        signs: directions looked for.
        basis: which answer counts.
        donors: rows it is compared with; None: all others.
        left_out: regions that were left out of the donors.
        rows: what was measured.
        known: the placebos.
        away: starts whose windows do not touch this one.
    """

    panel: Panel
    region: int
    start: int
    window: Span
    signs: Signs
    basis: EffectBasis
    donors: tuple[int, ...] | None
    left_out: tuple[str, ...]
    rows: Rows
    known: Reference
    away: NDArray[np.bool_]


def panel_of(series: Series) -> Panel:
    """The series and its peers as one panel; the same one for each of its regions.

    Without enough peers the series stands alone.
    """
    members = {one.region: one for one in (*series.peers, series) if one.region != "CN"}
    members[series.region] = series
    logs = {name: _logs(one, series.periods) for name, one in members.items()}
    published = {name: np.isfinite(values).mean() for name, values in logs.items()}
    names = sorted(
        name for name in logs if name == series.region or published[name] >= LEAST_PUBLISHED
    )
    if len(names) <= FEWEST_DONORS or series.region == "CN":
        names = [series.region]
    whole = np.array([logs[name] for name in names])
    per_year = 11 if series.merged else 12
    key = hashlib.sha256(repr((names, per_year)).encode() + whole.tobytes()).hexdigest()
    if key not in _KEPT:
        _KEPT[key] = Panel(names, whole, per_year)
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)
    _KEPT.move_to_end(key)
    return _KEPT[key]


def _logs(series: Series, periods: Sequence[str]) -> Floats:
    """Logs at some periods; NaN where not published or not positive."""
    values = dict(zip(series.periods, series.array, strict=True))
    found = np.array([values.get(period, np.nan) for period in periods])
    return np.log(np.where(found > 0, found, np.nan))


def question(
    series: Series,
    start: int,
    length: int,
    sign: EffectSign,
    *,
    national: bool,
    alike: frozenset[str],
    national_periods: frozenset[str],
    busy: Mapping[str, frozenset[str]],
) -> Question:
    """Make one question ready.

    Args:
        series: merged months, with peers.
        start: position of the window's first period.
        length: periods of the window, one to six.
        sign: the direction expected.
        national: whether the event hits every province.
        alike: regions with an event of the same kind in the window, no donors.
        national_periods: periods of national events, no placebos.
        busy: by region, periods of its own events, no placebos there.
    """
    panel = panel_of(series)
    region = panel.regions.index(series.region)
    window = Span(0, min(length, LONGEST))
    others = [row for row in range(len(panel.regions)) if row != region]
    kept = tuple(row for row in others if panel.regions[row] not in alike)
    shared = national or len(kept) < FEWEST_DONORS
    dropped = bool(others) and not shared and len(kept) < len(others)
    quiet = quiet_windows(panel, series.periods, window.length, national_periods, busy)
    donors = kept if dropped else None
    return Question(
        panel=panel,
        region=region,
        start=start,
        window=window,
        signs=SIGNS[sign],
        basis="own" if shared or not others else "excess",
        donors=donors,
        left_out=tuple(sorted(alike & set(panel.regions))) if dropped else (),
        rows=rows_of(panel, region, window, donors),
        known=reference(panel, region, quiet),
        away=away_from(panel, start, window),
    )


def quiet_windows(
    panel: Panel,
    periods: Sequence[str],
    length: int,
    national: frozenset[str],
    busy: Mapping[str, frozenset[str]],
) -> NDArray[np.bool_]:
    """Windows in which nothing is known to have happened, shape (periods, regions)."""
    found = np.zeros((panel.periods, len(panel.regions)), dtype=bool)
    for row, region in enumerate(panel.regions):
        loud = national | busy.get(region, frozenset())
        hit = np.array([period in loud for period in periods])
        reach = np.convolve(hit, np.ones(length))[length - 1 :]
        found[:, row] = reach[: panel.periods] == 0
    return found
