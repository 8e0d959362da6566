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

from tanzhe.series.published import REVISED, Axis, output_of

SOURCE = "industrial_output_monthly_2015_2024.csv.gz"
TARGET = Path(__file__).parents[1] / "src" / "tanzhe" / "data"
PERIODS = [f"{y}-{m:02d}" for y in range(2015, 2025) for m in range(2, 13)]
AXIS = Axis(tuple(PERIODS))


def grids(data: pd.DataFrame, product: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cumulative values and independently published months, periods by province."""
    rows = data[data["product"] == product]
    codes = sorted(rows["adcode"].unique())

    def grid(part: pd.DataFrame) -> pd.DataFrame:
        table = part.pivot(index="period", columns="adcode", values="value")
        return table.reindex(index=PERIODS, columns=codes)

    months = rows[(rows["measure"] == "month") & (rows["origin"] != "b-difference")]
    return grid(rows[rows["measure"] == "year_to_date"]), grid(months)


def packed(data: pd.DataFrame) -> tuple[str, str]:
    """The two files as text."""
    out, revised = io.StringIO(), io.StringIO()
    out.write(",".join(["product", "adcode", *PERIODS]) + "\n")
    revised.write("product,adcode,year,sum_of_periods,december_cumulative\n")
    for product in sorted(data["product"].unique()):
        total, month = grids(data, product)
        values = output_of(product, total.to_numpy(), month.to_numpy(), AXIS)
        for j, code in enumerate(total.columns):
            if not np.isfinite(values[:, j]).any():
                continue
            cells = ["" if np.isnan(v) else f"{v:.6g}" for v in values[:, j]]
            out.write(",".join([product, code, *cells]) + "\n")
            for year in np.unique(AXIS.years):
                rows = year == AXIS.years
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
