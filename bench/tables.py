"""How many layouts of tables are read right, refused well, or silently wrong.

python bench/tables.py [-v] [--million]

The layouts of tests/tables (data services, inventories, offices, and tables made by hand), with
figures of our own. Right at once: the values and the unit come out. Asked: one message, and after
doing what it says the values come out. Refused: one message where nothing can come out. The rest is
silently wrong or not read. `--million` times a text of a million rows.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import tables.variants  # noqa: F401
from tables.layouts import LAYOUTS, Layout

from tanzhe.errors import InputError
from tanzhe.series.table import table_series
from tanzhe.tables.choices import DEFAULT
from tanzhe.tables.table import read_table


def is_right(path: Path, asked: Layout, *, told: bool) -> bool:
    """Whether the values of a layout come out, with or without the choices it needs."""
    choices = (asked.choices or DEFAULT) if told else DEFAULT
    series = table_series(path, asked.region, asked.sector, choices)
    wanted = list(asked.values or ())
    pairs = zip(series.values, wanted, strict=False)
    close = all(a is not None and abs(a - b) <= max(0.11, 1e-6 * abs(b)) for a, b in pairs)
    return len(series) == len(wanted) and close and series.unit == asked.unit


def verdict(path: Path, asked: Layout) -> str:
    """What becomes of a layout."""
    try:
        return "right at once" if is_right(path, asked, told=False) else "silently wrong"
    except InputError as error:
        if len(error.faults) > 1:
            return "several messages"
    if asked.values is None:
        return "refused in one message"
    try:
        right = is_right(path, asked, told=True)
    except InputError:
        return "not read after doing what is said"
    return "right after one decision" if right else "silently wrong"


def million() -> None:
    """Seconds and memory for a million rows of 137 cities and two sectors."""
    path = Path(tempfile.mkdtemp()) / "million.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("日期,城市,部门,排放量(吨)\n")
        for day in range(3650):
            when = date(2015, 1, 1) + timedelta(days=day)
            for city in range(137):
                for sector in ("工业", "电力"):
                    file.write(f"{when},城市{city},{sector},{1000 + (day * city) % 997 / 10}\n")
    begin = time.process_time()
    table = read_table(path)
    seconds = time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(table.records):,} rows: {seconds:.1f} s of one core, {memory} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-v", action="store_true", help="name each layout")
    parser.add_argument("--million", action="store_true")
    asked = parser.parse_args()
    if asked.million:
        return million()
    found: Counter[str] = Counter()
    for name, layout in LAYOUTS.items():
        with tempfile.TemporaryDirectory() as folder:
            what = verdict(layout.write(Path(folder)), layout)
        found[what] += 1
        if asked.v:
            print(f"{what:<36} {name}")
    for what, count in found.most_common():
        print(f"{count:>4}  {what}")


if __name__ == "__main__":
    main()
