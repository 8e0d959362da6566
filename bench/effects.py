"""How often the measured effect of an event is right, beside simpler ways.

    python bench/effects.py placebo [PRODUCT ...]   p-values at quiet dates; power; coverage
    python bench/effects.py shocks FILE.csv         documented shocks, their window given
    python bench/effects.py prop99 FILE.csv         Proposition 99 by three estimators
    python bench/effects.py speed                   one effect and a province's table

`placebo` puts nothing, then -10, -15 and -25 %, into every window of every province and asks the
one-sided p-value; sizes of provinces by thirds of output. FILE of shocks: id, place, product,
first, last, sign, grade, what. Nothing of the method was chosen by these figures.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from tanzhe.api.series.turning import load
from tanzhe.effects.correction import Span
from tanzhe.effects.estimators import (
    difference_in_differences,
    synthetic_control,
    synthetic_difference_in_differences,
)
from tanzhe.effects.events import alike_elsewhere, busy_periods, national_periods
from tanzhe.effects.panel import Measured, Panel
from tanzhe.effects.placebo import Rows, away_from, combined_p, rank_p, reference, rows_of, size
from tanzhe.effects.question import Question, panel_of, question, quiet_windows
from tanzhe.effects.weights import Floats, simplex_weights
from tanzhe.evidence.chronicle import chronicle
from tanzhe.model import Series
from tanzhe.model.effect import EffectSign
from tanzhe.series.nbs import nbs_panel, nbs_series

PRODUCTS = ("cement", "crude_steel", "nonferrous_metals_10", "thermal_power_generation")
SIZES = (0.0, 0.10, 0.15, 0.25)
LENGTHS = (3, 6)
NAMES = {"steel": "crude_steel", "nonferrous": "nonferrous_metals_10", "power": "power",
         "thermal power": "thermal_power_generation", "hydro power": "hydro_power_generation",
         "el. use": "electricity_consumption"}  # fmt: skip


class Window(NamedTuple):
    """One window: where, how large the province is, and what the ways say of it."""

    third: int
    winter: bool
    year: int
    p: dict[float, dict[str, float]]
    covered: dict[str, bool]
    half_width: float


def thirds(panel: Panel) -> list[int]:
    """0 for the largest third of the regions, 2 for the smallest."""
    output = np.nansum(np.exp(panel.logs), axis=1)
    ranks = np.argsort(np.argsort(-output))
    return [int(3 * rank // len(output)) for rank in ranks]


def quiet_starts(series: Series, panel: Panel, length: int) -> np.ndarray:
    """Windows in which the chronicle knows of nothing, shape (periods, regions)."""
    national, busy = national_periods(chronicle(), series), busy_periods(chronicle(), series)
    return quiet_windows(panel, series.periods, length, national, busy)


# ---- simpler ways, each with the placebo its literature uses ------------------------------------


def naive(panel: Panel, length: int) -> Floats:
    """Change on the same months a year before, less the others' median, (periods, regions)."""
    year = panel.logs - np.roll(panel.logs, panel.per_year, axis=1)
    year[:, : panel.per_year] = np.nan
    excess = np.full_like(year, np.nan)
    for row in range(len(year)):
        others = np.delete(year, row, axis=0)
        known = np.isfinite(others).sum(axis=0) > 0
        excess[row, known] = year[row, known] - np.nanmedian(others[:, known], axis=0)
    return rolled(excess, length).T


def rolled(values: Floats, length: int) -> Floats:
    """Mean of the window that begins at each period."""
    found = np.full_like(values, np.nan)
    for t in range(values.shape[1] - length + 1):
        found[:, t] = values[:, t : t + length].mean(axis=1)
    return found


def difference(panel: Panel, length: int) -> Floats:
    """Difference in differences against the mean of the others, deseasonalised before."""
    found = panel.gaps("before")
    own = np.full((panel.periods, len(panel.regions)), np.nan)
    for number, start in enumerate(found.starts):
        window = found.own[number, :, start : start + length]
        if window.shape[1] < length:
            continue
        mean = window.mean(axis=1)
        total = np.nansum(mean)
        own[start] = mean - (total - mean) / (np.isfinite(mean).sum() - 1)
    return own


def plain_control(panel: Panel, length: int) -> Floats:
    """Synthetic control without correction, deseasonalised before."""
    found = panel.gaps("before")
    own = np.full((panel.periods, len(panel.regions)), np.nan)
    for number, start in enumerate(found.starts):
        window = found.donors[1, number, :, start : start + length]
        if window.shape[1] == length:
            own[start] = window.mean(axis=1)
    return own


def own_naive(panel: Panel, length: int) -> Floats:
    """Change on the same months a year before."""
    year = panel.logs - np.roll(panel.logs, panel.per_year, axis=1)
    year[:, : panel.per_year] = np.nan
    return rolled(year, length).T


WAYS: dict[str, Callable[[Panel, int], Floats]] = {
    "seasonal difference, own other dates": own_naive,
    "seasonal difference less the others, own other dates": naive,
    "difference in differences, all placebos": difference,
    "synthetic control, placebo in space": plain_control,
}


SIMPLE = {"seasonal": own_naive, "seasonal less others": naive}


def p_of(way: str, values: Floats, start: int, region: int, put_in: float, length: int) -> float:
    """One-sided (down) p-value of a simpler way."""
    own = values[start, region] + put_in
    if not np.isfinite(own):
        return np.nan
    if "own" in way:
        away = np.abs(np.arange(len(values)) - start) >= length
        placebos = values[away, region]
    elif "space" in way:
        placebos = np.delete(values[start], region)
    else:
        placebos = np.delete(values, region, axis=1).ravel()
    return rank_p(-own, -placebos[np.isfinite(placebos)])


# ---- placebo dates, power, coverage -------------------------------------------------------------


def windows_of(product: str, length: int) -> list[Window]:
    """Every window of every province of a product, outside national events."""
    members = nbs_panel(product)
    first = next(iter(members))
    series = nbs_series(first, product)
    panel = panel_of(series)
    quiet = quiet_starts(series, panel, length)
    span = Span(0, length)
    size_of = thirds(panel)
    beside = {name: way(panel, length) for name, way in WAYS.items()}
    found = []
    for region in range(len(panel.regions)):
        rows = rows_of(panel, region, span, None)
        known = reference(panel, region, quiet)
        for start in np.flatnonzero(quiet[:, region]):
            if all(np.isfinite(one.t[start]) for one in rows.own.values()):
                found.append(
                    _window(series, panel, rows, known, beside, region, int(start), span, size_of)
                )
    return found


def _window(series, panel, rows, known, beside, region, start, span, size_of) -> Window:  # type: ignore[no-untyped-def]
    away = away_from(panel, start, span)
    p: dict[float, dict[str, float]] = {}
    for put_in in SIZES:
        log = float(np.log1p(-put_in))
        own = {key: Measured(_moved(one.error, start, log), one.noise)
               for key, one in rows.own.items()}  # fmt: skip
        value = combined_p(Rows(rows.panel, own), start, (-1,), known, away)
        p[put_in] = {"tanzhe": np.nan if value is None else value[0]}
        p[put_in] |= {
            name: p_of(name, values, start, region, log, span.length)
            for name, values in beside.items()
        }
    covered, width = {}, np.nan
    for answer in ("own", "excess"):
        for side in ("before", "around"):
            one = size(rows, answer, side, start, (-1,), known, away)
            if one is not None:
                covered[f"{answer} {side}"] = one.low <= 0 <= one.high
                if (answer, side) == ("excess", "around"):
                    width = (one.high - one.low) / 2
    month = series.periods[start][5:]
    winter = month in ("11", "12", "02")
    return Window(size_of[region], winter, int(series.periods[start][:4]), p, covered, width)


def _moved(errors: Floats, start: int, log: float) -> Floats:
    """Errors of one region with an effect in logs in one window (the fits leave the window out)."""
    found = errors.copy()
    found[start] += log
    return found


def placebo(products: Sequence[str]) -> None:
    everything: dict[int, list[Window]] = {length: [] for length in LENGTHS}
    for product in products:
        for length in LENGTHS:
            found = windows_of(product, length)
            everything[length] += found
            print(f"\n{product}, {length} periods, {len(found)} windows: share p <= .05")
            _print_power(found)
            _print_levels(found)
    for length, found in everything.items():
        print(f"\nall products, {length} periods, {len(found)} windows")
        _print_power(found)
        _print_levels(found)


def _print_power(found: list[Window]) -> None:
    for way in found[0].p[0.0]:
        cells = []
        for put_in in SIZES:
            p = np.array([one.p[put_in][way] for one in found])
            large = np.array([one.third == 0 for one in found])
            known = np.isfinite(p)
            cells.append(f"-{put_in:.0%} {np.mean(p[known] <= 0.05):.3f} "
                         f"({np.mean(p[known & large] <= 0.05):.3f})")  # fmt: skip
        print(f"  {way:55s}" + "  ".join(cells))


def _print_levels(found: list[Window]) -> None:
    groups: dict[str, Callable[[Window], bool]] = {
        "all": lambda one: True,
        "large": lambda one: one.third == 0,
        "middle": lambda one: one.third == 1,
        "small": lambda one: one.third == 2,
        "winter": lambda one: one.winter,
        "else": lambda one: not one.winter,
    }
    for name, of in groups.items():
        some = [one for one in found if of(one)]
        p = np.array([one.p[0.0]["tanzhe"] for one in some])
        cover = "  ".join(
            f"{key} {np.mean([one.covered[key] for one in some if key in one.covered]):.3f}"
            for key in some[0].covered
        )
        width = np.nanmedian([one.half_width for one in some])
        print(f"  {name:7s} {len(some):5d}  p<=.05 {np.mean(p <= 0.05):.3f}  90% covers {cover}  "
              f"half-width {width:.3f}")  # fmt: skip


# ---- documented shocks --------------------------------------------------------------------------


def asked_of(series: Series, first: str, last: str, sign: EffectSign) -> Question | None:
    """The question of a documented shock; None where its window cannot be measured."""
    names = [f"{one[:4]}-02" if one.endswith("-01") else one for one in (first, last)]
    if names[0] not in series.periods:
        return None
    start = series.periods.index(names[0])
    length = sum(names[0] <= period <= names[1] for period in series.periods)
    length = max(1, min(6, length))
    window = series.periods[start : start + length]
    return question(
        series, start, length, sign, national=False,
        alike=alike_elsewhere(chronicle(), series, window, sign),
        national_periods=national_periods(chronicle(), series),
        busy=busy_periods(chronicle(), series),
    )  # fmt: skip


def visible(asked: Question) -> bool:
    """Whether the change on the year lies in the tenth of the own windows on the stated side."""
    year = rolled(asked.panel.logs - np.roll(asked.panel.logs, asked.panel.per_year, axis=1),
                  asked.window.length)[asked.region]  # fmt: skip
    year[: asked.panel.per_year] = np.nan
    known = year[np.isfinite(year)]
    own = year[asked.start]
    if not np.isfinite(own):
        return False
    way = asked.signs[0]
    return bool((way * known >= way * own).mean() <= 0.1)


def shocks(file: str) -> None:
    rows = []
    for shock in pd.read_csv(file, comment="#").itertuples():
        place = str(shock.place).split(":")[-1]
        product = NAMES.get(str(shock.product), str(shock.product))
        sign: EffectSign = "down" if shock.sign == "-" else "up"
        try:
            series = load(place, product)
            asked = asked_of(series, str(shock.first), str(shock.last), sign)
        except Exception as error:  # told: a shock that cannot be asked is one that is missed
            print(shock.id, place, product, type(error).__name__)
            continue
        if asked is None:
            print(shock.id, place, product, "outside")
            continue
        rows.append(_shock(shock, series, asked))
    table = pd.DataFrame(rows)
    shown = [name for name in table.columns if "placebo" not in name]
    print(table[shown].to_string(index=False))
    for name in ("p", "own", "excess", *SIMPLE):
        seen = table[table.visible][name]
        print(f"{name:8s} p <= .05: {np.mean(table[name] <= 0.05):.2f} of {len(table)}, "
              f"visible {np.mean(seen <= 0.05):.2f} of {len(seen)}")  # fmt: skip
    print(f"placebo windows p <= .05: {table.placebo.mean():.3f}, " + ", ".join(
        f"{name} {table[f'{name} placebo'].mean():.3f}" for name in SIMPLE
    ))  # fmt: skip


def _shock(shock, series: Series, asked: Question) -> dict[str, object]:  # type: ignore[no-untyped-def]
    p = combined_p(asked.rows, asked.start, asked.signs, asked.known, asked.away)
    tables = {name: way(asked.panel, asked.window.length) for name, way in SIMPLE.items()}
    answers = {}
    for answer in ("own", "excess"):
        side = "around" if np.isfinite(asked.rows.own["own", "around"].t[asked.start]) else "before"
        one = size(asked.rows, answer, side, asked.start, asked.signs, asked.known, asked.away)  # type: ignore[arg-type]
        answers[answer] = (np.nan, np.nan) if one is None else (one.p_value, np.expm1(one.log))
    way = asked.signs[0]
    simple = {
        name: p_of("own", -way * values, asked.start, asked.region, 0.0, asked.window.length)
        for name, values in tables.items()
    }
    placebos, simple_placebos = [], {name: [] for name in tables}
    for start in np.flatnonzero(asked.known.quiet[:, asked.region] & asked.away):
        away = away_from(asked.panel, int(start), asked.window)
        value = combined_p(asked.rows, int(start), asked.signs, asked.known, away)
        if value is not None:
            placebos.append(value[0] <= 0.05)
        for name, values in tables.items():
            one = p_of("own", -way * values, int(start), asked.region, 0.0, asked.window.length)
            if np.isfinite(one):
                simple_placebos[name].append(one <= 0.05)
    return {
        "id": shock.id, "place": shock.place, "product": series.sector, "first": shock.first,
        "w": asked.window.length, "sign": shock.sign, "grade": shock.grade,
        "visible": visible(asked), "p": p[0] if p is not None else np.nan,
        "own": answers["own"][0], "own %": round(100 * answers["own"][1], 1),
        "excess": answers["excess"][0], "excess %": round(100 * answers["excess"][1], 1),
        "left out": len(asked.left_out), **simple, "what": str(shock.what)[:40],
        "placebo": np.mean(placebos) if placebos else np.nan,
        **{f"{name} placebo": np.mean(one) for name, one in simple_placebos.items() if one},
    }  # fmt: skip


# ---- published example, speed -------------------------------------------------------------------


def prop99(file: str) -> None:
    frame = pd.read_csv(file, sep=None, engine="python")
    table = frame.pivot(index="State", columns="Year", values="PacksPerCapita")
    own = table.loc["California"].to_numpy(float)
    donors = table.drop(index="California").to_numpy(float)
    first = list(table.columns).index(1989)
    published = {difference_in_differences: -27.3, synthetic_control: -19.6,
                 synthetic_difference_in_differences: -15.6}  # fmt: skip
    for estimate, figure in published.items():
        found = estimate(own, donors, first)
        print(f"{estimate.__name__:38s} {found.effect:7.2f}   published {figure}")
    fit = simplex_weights(own[:first], donors[:, :first].T)
    gap = own[:first] - fit @ donors[:, :first]
    print(f"root mean squared gap before: {np.sqrt(np.mean(gap**2)):.3f}")


def speed() -> None:
    from tanzhe.api.series.effects import effect, event_effects

    begin = time.perf_counter()
    effect("云南", "有色", date="2021-05", until="2021-07", sign="down")
    print(f"one effect, panel not yet learnt: {time.perf_counter() - begin:.2f} s")
    begin = time.perf_counter()
    found = event_effects("云南")
    print(f"all of a province ({len(found)}): {time.perf_counter() - begin:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="effects.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=["placebo", "shocks", "prop99", "speed"])
    parser.add_argument("of", nargs="*")
    asked = parser.parse_args()
    if asked.what == "placebo":
        placebo(asked.of or PRODUCTS)
    elif asked.what == "speed":
        speed()
    elif not asked.of:
        parser.error("FILE is missing")
    else:
        {"shocks": shocks, "prop99": prop99}[asked.what](asked.of[0])


if __name__ == "__main__":
    sys.exit(main())
