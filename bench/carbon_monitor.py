"""All 31 x 5 provincial series of a Carbon Monitor file: points, scopes, holiday edges, time.

python bench/carbon_monitor.py FILE

Beside it, on the same daily series, ruptures' PELT (l2, at least 30 days, jump 1, penalty 10 on
the standardised series): provinces of industry that break within five days of a first of March.
"""

import argparse
import sys
import time
from collections import Counter
from datetime import date

import numpy as np

from tanzhe import load, turning_points
from tanzhe.errors import InputError
from tanzhe.model import TurningPoints
from tanzhe.places import provinces
from tanzhe.sectors import sectors
from tanzhe.series.sources import load_series


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("file")
    ask.add_argument("--peer", action="store_true", help="run PELT beside it")
    asked = ask.parse_args()
    start = time.monotonic()
    names = [place.iso for place in provinces()]
    found: dict[tuple[str, str], TurningPoints] = {}
    refused = []
    for sector in (one.id for one in sectors()):
        for name in names:
            try:
                found[name, sector] = turning_points(load(name, sector, asked.file))
            except InputError:
                refused.append(f"{name} {sector}")
    seconds = time.monotonic() - start
    scopes: dict[str, Counter[str]] = {s.id: Counter() for s in sectors()}
    at_holiday = []
    for (name, sector), points in found.items():
        for p in points:
            shown = "single month" if p.single is not None else p.scope
            scopes[sector][shown] += 1
            if shown == "province" and p.date[5:] in ("02", "03"):
                at_holiday.append(
                    f"{name} {sector} {p.date} {p.kind} "
                    f"{p.effect.percent:+.0f} % ({p.confidence:.2f})"
                )
    print(
        f"{len(found)} series answered, {len(refused)} refused {refused}; "
        f"{seconds:.0f} s, from a cold process"
    )
    for name, counts in scopes.items():
        print(f"{name}: {dict(sorted(counts.items()))}")
    print("province points dated January-February or March, on merged and deseasonalised data:")
    for line in at_holiday or ["none"]:
        print(f"  {line}")
    if asked.peer:
        pelt(asked.file, names)


def pelt(file: str, names: list[str]) -> None:
    try:
        import ruptures
    except ImportError:
        sys.exit("ruptures is absent: pip install ruptures")
    edges = dict.fromkeys((2019, 2020, 2021, 2022), 0)
    start = time.monotonic()
    for name in names:
        raw = load_series(name, "industry", file)
        values = (raw.array - raw.array.mean()) / raw.array.std()
        found = ruptures.Pelt(model="l2", min_size=30, jump=1).fit(values).predict(pen=10)[:-1]
        days = [date.fromisoformat(raw.periods[i]) for i in found]
        for year in edges:
            edges[year] += int(np.any([abs((d - date(year, 3, 1)).days) <= 5 for d in days]))
    print(f"PELT, industry: provinces breaking at 1 March: {edges}; "
          f"{time.monotonic() - start:.0f} s for 31 series")  # fmt: skip


if __name__ == "__main__":
    main()
