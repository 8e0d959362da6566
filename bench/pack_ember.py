"""Pack Ember's monthly electricity data of China for the package.

    python bench/pack_ember.py FILE.csv

Keeps the months, demand and generation by source in TWh; leaves out the carbon intensity, which is
life-cycle. Refuses holes, and months whose sources do not add up to demand less net imports.
"""

import csv
import sys
from itertools import pairwise
from pathlib import Path

from tanzhe.periods import Month

TARGET = Path(__file__).parents[1] / "src" / "tanzhe" / "data" / "ember_power.csv"
LEFT_OUT = "carbon_intensity_gco2_kwh"
# Net imports of China are below this in every month, TWh.
NET_IMPORTS = 3.0


def main() -> None:
    """Read, check, write."""
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(f"usage: pack_ember.py FILE.csv\n\n{__doc__}")
    rows = list(csv.DictReader(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()))
    names = [name for name in rows[0] if name != LEFT_OUT]
    sources = [name for name in names if name not in ("period", "demand_twh")]
    for before, after in pairwise(rows):
        assert str(Month.parse(before["period"]).next()) == after["period"], after["period"]
    for row in rows:
        rest = float(row["demand_twh"]) - sum(float(row[name]) for name in sources)
        assert abs(rest) <= NET_IMPORTS, (row["period"], rest)
    lines = [",".join(names), *(",".join(row[name] for name in names) for row in rows)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {rows[0]['period']}..{rows[-1]['period']}, {len(rows)} months")


if __name__ == "__main__":
    main()
