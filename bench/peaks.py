"""How often the stated probability that a record stands was right, beside the usual yardsticks.

    python bench/peaks.py countries FILE.csv[.gz]     country, year, total: the history since 1970
    python bench/peaks.py products [PRODUCT ...]       provincial products of the built-in data
    python bench/peaks.py lone FILE.csv[.gz]           the prior of growth without a panel

FILE has the columns iso3, year and total_mt (Global Carbon Budget). All learnt yardsticks use what
was known at the origin only, and other countries only.
"""

import sys
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from tanzhe.model import Series
from tanzhe.peaks.peak import peak_status
from tanzhe.peaks.yardsticks import mann_kendall
from tanzhe.series.nbs import nbs_panel

Floats = NDArray[np.float64]
YEARS = (1, 2, 5)
FIRST, LAST, SCORED = 1970, 2023, 1975
PATHS = 1000


def stood(future: Floats, record: float, ahead: int) -> float:
    """1 where no value of the next `ahead` passes the record; NaN where they are not known."""
    return np.nan if len(future) < ahead else float(not (future[:ahead] > record).any())


def random_walk(logs: Floats, record: float) -> Floats:
    """Growth of the last ten years, its drift and scale uncertain (Student t)."""
    growth = np.diff(logs)[-10:]
    n = len(growth)
    draws = np.random.default_rng(1)
    scale = growth.std(ddof=1) * np.sqrt((n - 1) / draws.chisquare(n - 1, PATHS))
    drift = growth.mean() + scale * draws.standard_normal(PATHS) / np.sqrt(n)
    steps = drift[:, None] + scale[:, None] * draws.standard_normal((PATHS, 5))
    highest = np.maximum.accumulate(logs[-1] + steps.cumsum(axis=1), axis=1)
    return np.array([(highest[:, year - 1] <= record).mean() for year in YEARS])


def line(logs: Floats, record: float) -> Floats:
    """A straight line through ten years, with its residual error."""
    y = logs[-10:]
    x = np.arange(len(y)) - len(y) + 1.0
    fit = stats.linregress(x, y)
    spread = (y - fit.intercept - fit.slope * x).std(ddof=2)
    ahead = fit.intercept + fit.slope * np.arange(1, 6)
    below = stats.norm.cdf((record - ahead) / max(spread, 1e-9))
    return np.array([below[:year].prod() for year in YEARS])


def bands_of_years(logs: Floats, record: float) -> int:
    """Years since the record, in bands."""
    return int(np.digitize(len(logs) - 1 - int(logs.argmax()), [1, 2, 3, 5, 10, 20]))


def bands_of_test(logs: Floats, record: float) -> int:
    """z of Mann-Kendall on ten years, in bands."""
    test = mann_kendall(logs[-10:])
    return int(np.digitize(test.z if test else 0.0, [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]))


def five_year_rule(logs: Floats, record: float) -> int:
    """Whether the record is five years old or older."""
    return int(len(logs) - 1 - int(logs.argmax()) >= 5)


def rates(cases: pd.DataFrame, key: str, year: int) -> Floats:
    """The share that stood in the same band, of other units, as far as known at the origin."""
    found = np.full(len(cases), np.nan)
    happened = cases[f"stood{year}"].to_numpy()
    origins, bands, units = (cases[c].to_numpy() for c in ("origin", key, "unit"))
    for i in range(len(cases)):
        known = (origins + year <= origins[i]) & (bands == bands[i]) & (units != units[i])
        known &= np.isfinite(happened)
        found[i] = (happened[known].sum() + 1) / (known.sum() + 2)
    return found


def brier(stated: Floats, happened: Floats) -> float:
    """Mean squared difference."""
    return float(np.mean((stated - happened) ** 2))


def log_loss(stated: Floats, happened: Floats) -> float:
    """Mean negative log probability of what happened."""
    p = np.clip(stated, 0.001, 0.999)
    return float(-np.mean(np.where(happened == 1, np.log(p), np.log(1 - p))))


def calibration_error(stated: Floats, happened: Floats) -> float:
    """Mean distance of stated from happened over ten bins, weighted by their sizes."""
    bins = np.minimum((stated * 10).astype(int), 9)
    gaps = [abs(stated[bins == b].mean() - happened[bins == b].mean()) * (bins == b).sum()
            for b in np.unique(bins)]  # fmt: skip
    return float(sum(gaps) / len(stated))


def table(cases: pd.DataFrame, names: dict[str, str]) -> None:
    """Brier, log loss and calibration error of each yardstick, one row each."""
    print(f"{'':38}" + "".join(f"  {y:>2} y: Brier   log  cal." for y in YEARS))
    for name, words in names.items():
        row = f"{words:38}"
        for year in YEARS:
            known = cases[cases[f"stood{year}"].notna() & cases[f"{name}{year}"].notna()]
            p, e = known[f"{name}{year}"].to_numpy(), known[f"stood{year}"].to_numpy()
            row += f"     {brier(p, e):.4f}  {log_loss(p, e):.3f}  {calibration_error(p, e):.3f}"
        print(row)


def wide(path: str) -> pd.DataFrame:
    """Years by countries."""
    return pd.read_csv(path).pivot(index="year", columns="iso3", values="total_mt")


def countries(path: str) -> None:
    """Every country and year since 1970: what was stated, and what happened."""
    totals = wide(path)
    totals = totals.where(totals > 0)
    rows = []
    for origin in range(FIRST, LAST + 1):
        past = totals.loc[:origin]
        usable = [c for c in totals if past[c].tail(21).notna().all() and past[c].iloc[-1] >= 5]
        members = {c: _yearly(c, past[c].dropna()) for c in usable}
        for country in usable:
            logs = np.log(members[country].array)
            record = float(logs.max())
            future = np.log(totals.loc[origin + 1 :, country].to_numpy())
            peers = tuple(v for c, v in members.items() if c != country)
            judged = members[country].model_copy(update={"peers": peers})
            found = peak_status(judged, paths=PATHS)
            row: dict[str, object] = {"unit": country, "origin": origin, "word": found.status}
            walk, straight = random_walk(logs, record), line(logs, record)
            for i, year in enumerate(YEARS):
                row[f"stood{year}"] = stood(future, record, year)
                row[f"own{year}"], row[f"walk{year}"] = found.record_stands[12 * year], walk[i]
                row[f"line{year}"] = straight[i]
            bands: dict[str, Callable[[Floats, float], int]] = {
                "since": bands_of_years, "test": bands_of_test, "five": five_year_rule,
            }  # fmt: skip
            row.update({name: band(logs, record) for name, band in bands.items()})
            rows.append(row)
    cases = pd.DataFrame(rows)
    for name in ("since", "test", "five"):
        for year in YEARS:
            cases[f"{name}{year}"] = rates(cases, name, year)
    cases = cases[cases["origin"] >= SCORED]
    print(f"{cases['unit'].nunique()} countries, {len(cases)} origins {SCORED}-{LAST}")
    table(cases, {
        "own": "tanzhe", "walk": "random walk with drift, 10 years", "line": "straight line",
        "since": "rate by years since the record", "test": "Mann-Kendall, rate by band of z",
        "five": "five-year rule, with its rate",
    })  # fmt: skip
    told(cases)


def _yearly(name: str, values: "pd.Series[float]") -> Series:
    return Series(
        region=name, sector="total", unit="MtCO2", frequency="year", source="history",
        periods=tuple(str(year) for year in values.index), values=tuple(values.tolist()),
        vintage="", sha256="",
    )  # fmt: skip


def told(cases: pd.DataFrame) -> None:
    """What became of the words."""
    for word, rows in cases.groupby("word"):
        shares = [f"{y} y {rows[f'stood{y}'].mean():.3f}" for y in YEARS]
        print(f"{word:10} {len(rows):5} origins; record stood {', '.join(shares)}")


def products(names: list[str]) -> None:
    """Every third period of provincial products as origin, five years behind it."""
    cases = product_cases(names)
    print(f"{', '.join(names)}: {len(cases)} origins")
    table(cases, {"own": "tanzhe", "walk": "random walk, one-year sums"})
    told(cases)


def product_cases(names: list[str], *, every: int = 3) -> pd.DataFrame:
    """What was stated at each origin, and what happened."""
    rows = []
    for name in names:
        panel = {r: s for r, s in nbs_panel(name).items() if r != "CN"}
        length = max(len(s) for s in panel.values())
        for origin in range(55, length - 11, every):
            cut = {r: _first(s, origin) for r, s in panel.items()}
            for region, series in cut.items():
                peers = tuple(s for r, s in cut.items() if r != region)
                row = _case(panel[region], series.model_copy(update={"peers": peers}), origin)
                if row:
                    rows.append({"unit": f"{name} {region}", "origin": origin, **row})
    return pd.DataFrame(rows)


def _first(series: Series, n: int) -> Series:
    return series.model_copy(
        update={"periods": series.periods[:n], "values": series.values[:n], "parts": (),
                "peers": ()})  # fmt: skip


def _case(whole: Series, series: Series, origin: int) -> dict[str, object] | None:
    from tanzhe.errors import InputError

    try:
        found = peak_status(series, paths=PATHS)
    except InputError:
        return None
    if found.sums[-1] is None:
        return None
    sums = np.array([np.nan if v is None else v for v in found.sums])
    record = float(np.nanmax(sums))
    values = whole.array
    later = np.convolve(values, np.ones(11), mode="valid")[origin - 10 :]
    ends = sums[np.arange(len(sums) - 1, 9, -11)[::-1]]
    yearly = np.log(ends[np.isfinite(ends)])
    walk = random_walk(yearly, np.log(record))
    row: dict[str, object] = {"word": found.status}
    for i, year in enumerate(YEARS):
        row[f"stood{year}"] = stood(later, record, 11 * year)
        row[f"own{year}"] = found.record_stands[12 * year]
        row[f"walk{year}"] = walk[i]
    return row


def lone(path: str) -> None:
    """Median growth of recent years and median spread of growth."""
    growth = np.log(wide(path).where(lambda t: t > 0)).diff()
    print(f"median growth of five years {np.nanmedian(growth.tail(5).to_numpy()):.3f}, "
          f"median spread of fifteen {growth.tail(15).std().median():.3f}")  # fmt: skip


PRODUCTS = ["cement", "crude_steel", "pig_iron", "rolled_steel", "nonferrous_metals_10",
            "flat_glass", "thermal_power_generation", "electricity_consumption"]  # fmt: skip

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["countries", path]:
            countries(path)
        case ["lone", path]:
            lone(path)
        case ["products", *names]:
            products(names or PRODUCTS)
        case _:
            print(__doc__)
