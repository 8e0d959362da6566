"""Pack the statistics office's monthly output into the small file the product ships.

    python bench/pack_nbs.py FOLDER_WITH_industrial_output_monthly_2015_2024.csv.gz

Writes src/tanzhe/data/nbs_output.csv.gz (one line per product and province, one column per
period, empty = not published) and nbs_output_revised.csv (years whose December cumulative departs
from the sum of the periods). Same input, same bytes. Rules: src/tanzhe/data/README.md.
"""

import gzip
import io
import sys
from pathlib import Path

import numpy as np
import pandas as pd

SOURCE = "industrial_output_monthly_2015_2024.csv.gz"
TARGET = Path(__file__).parents[1] / "src" / "tanzhe" / "data"
PERIODS = [f"{y}-{m:02d}" for y in range(2015, 2025) for m in range(2, 13)]
FEBRUARY = np.array([p.endswith("-02") for p in PERIODS])
YEARS = np.array([int(p[:4]) for p in PERIODS])
# A difference that departs this far from the published month holds revisions of earlier months:
# beyond the 90th percentile of all departures (11 %), far beyond the median (under 1 %).
REVISED = 0.10
# Furnaces run through. Without a published month to compare with, a difference outside these
# multiples of its year's median is a revision booked into one month, not output. Of 6,582
# published months of sizeable producers 8 lie outside.
FURNACES = {"crude_steel", "pig_iron", "nonferrous_metals_10", "flat_glass"}
LOWEST, HIGHEST = 0.25, 1.8


def grids(data: pd.DataFrame, product: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cumulative values and independently published months, periods by province."""
    rows = data[data["product"] == product]
    codes = sorted(rows["adcode"].unique())

    def grid(part: pd.DataFrame) -> pd.DataFrame:
        table = part.pivot(index="period", columns="adcode", values="value")
        return table.reindex(index=PERIODS, columns=codes)

    months = rows[(rows["measure"] == "month") & (rows["origin"] != "b-difference")]
    return grid(rows[rows["measure"] == "year_to_date"]), grid(months)


def differences(total: np.ndarray) -> np.ndarray:
    """Output of each period from cumulative values; February keeps January and February."""
    before = np.vstack([np.full(total.shape[1], np.nan), total[:-1]])
    before[FEBRUARY] = 0
    return total - before


def without_mistakes(diff: np.ndarray, total: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Differences without those that rest on a mistaken cumulative value.

    A negative difference at t has no published month (`free`) to replace it. If the next
    cumulative value is back above the one before, the value of t was wrong, and both differences
    that use it go. If t itself is above t-2, the value of t-1 was wrong. Else it is a revision
    that stands, and only t goes.
    """
    clean = diff.copy()
    for t, j in zip(*np.nonzero((diff < 0) & free), strict=True):
        clean[t, j] = np.nan
        same_after = t + 1 < len(diff) and YEARS[t + 1] == YEARS[t]
        same_before = t >= 2 and YEARS[t - 2] == YEARS[t]
        if same_after and total[t + 1, j] >= total[t - 1, j] and free[t + 1, j]:
            clean[t + 1, j] = np.nan
        elif same_before and total[t, j] >= total[t - 2, j] and free[t - 1, j]:
            clean[t - 1, j] = np.nan
    return clean


def without_bookings(diff: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Differences of a furnace product without revisions booked into one month."""
    clean = diff.copy()
    for year in np.unique(YEARS):
        rows = (year == YEARS) & ~FEBRUARY
        part = diff[rows]
        known = np.isfinite(part).sum(axis=0) >= 6
        middle = np.full(part.shape[1], np.nan)
        middle[known] = np.nanmedian(part[:, known], axis=0)
        odd = ((part < LOWEST * middle) | (part > HIGHEST * middle)) & free[rows]
        clean[rows] = np.where(odd, np.nan, part)
    return clean


def output(product: str, total: np.ndarray, month: np.ndarray) -> np.ndarray:
    """Output per period, NaN where not published."""
    diff = differences(total)
    month = np.where(FEBRUARY[:, None], np.nan, month)  # one of the two months at best
    with np.errstate(divide="ignore", invalid="ignore"):
        departs = np.isfinite(month) & ~(np.abs(diff - month) <= REVISED * np.abs(month))
    free = ~np.isfinite(month)
    clean = without_mistakes(diff, total, free)
    if product in FURNACES:
        clean = without_bookings(clean, free)
    values = np.where(departs, month, clean)
    # A zero stands nearly always for "not published"; a province where the product never
    # appears has an empty line and is left out.
    return np.where(values > 0, values, np.nan)


def packed(data: pd.DataFrame) -> tuple[str, str]:
    """The two files as text."""
    out, revised = io.StringIO(), io.StringIO()
    out.write(",".join(["product", "adcode", *PERIODS]) + "\n")
    revised.write("product,adcode,year,sum_of_periods,december_cumulative\n")
    for product in sorted(data["product"].unique()):
        total, month = grids(data, product)
        values = output(product, total.to_numpy(), month.to_numpy())
        for j, code in enumerate(total.columns):
            if not np.isfinite(values[:, j]).any():
                continue
            cells = ["" if np.isnan(v) else f"{v:.6g}" for v in values[:, j]]
            out.write(",".join([product, code, *cells]) + "\n")
            for year in np.unique(YEARS):
                rows = year == YEARS
                december = total[code].to_numpy()[rows][-1]
                added = values[rows, j].sum()
                if december > 0 and abs(added / december - 1) > REVISED:
                    revised.write(f"{product},{code},{year},{added:.6g},{december:.6g}\n")
    return out.getvalue(), revised.getvalue()


def main(folder: str) -> None:
    data = pd.read_csv(Path(folder) / SOURCE, dtype={"adcode": str})
    table, revised = packed(data)
    target = TARGET / "nbs_output.csv.gz"
    target.write_bytes(gzip.compress(table.encode(), compresslevel=9, mtime=0))
    (TARGET / "nbs_output_revised.csv").write_text(revised, encoding="utf-8")
    print(f"{target.name}: {len(table.splitlines()) - 1} lines, {target.stat().st_size:,} bytes")
    print(f"nbs_output_revised.csv: {len(revised.splitlines()) - 1} years")


if __name__ == "__main__":
    main(sys.argv[1])
