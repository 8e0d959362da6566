"""All 31 x 5 provincial series of a Carbon Monitor file: points, scopes, holiday edges, time.

python bench/carbon_monitor.py FILE
"""

import sys
import time
from collections import Counter

from tanzhe.places import provinces
from tanzhe.sectors import sectors
from tanzhe.series import load_series, monthly
from tanzhe.turning import is_searchable, turning_points


def main() -> None:
    file = sys.argv[1]
    start = time.monotonic()
    scopes: dict[str, Counter[str]] = {s.id: Counter() for s in sectors()}
    at_holiday, refused, searched = [], [], 0
    for sector in sectors():
        for place in provinces():
            raw = load_series(place.iso, sector.id, file)
            months = monthly(raw)
            if not is_searchable(months):
                refused.append(f"{place.en} {sector.id}")
                continue
            searched += 1
            for p in turning_points(months, raw=raw):
                shown = p.scope if p.scope == "calendar" or p.band != "weak" else "single month"
                scopes[sector.id][shown] += 1
                if shown == "province" and p.date[5:] in ("02", "03"):
                    at_holiday.append(
                        f"{place.en} {sector.id} {p.date} {p.kind} "
                        f"{p.effect.percent:+.0f} % ({p.confidence:.2f})"
                    )
    print(
        f"{searched} series searched, {len(refused)} refused {refused}; "
        f"{time.monotonic() - start:.0f} s, one process"
    )
    for name, counts in scopes.items():
        print(f"{name}: {dict(sorted(counts.items()))}")
    print("province points dated January-February or March, on merged and deseasonalised data:")
    for line in at_holiday or ["none"]:
        print(f"  {line}")


if __name__ == "__main__":
    main()
