"""Faults of the data: where leaps fall, how often each rule speaks, and a list of judged points.

    python bench/faults.py [LIST.csv] [--episodes]

LIST.csv has the columns place, product, period (YYYY-MM or YYYY-MM..YYYY-MM) and verdict (fault,
season, real). A point is told where a rule names a period of it, or one beside it; with --episodes
also where the episodes beside it have scope `data`.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

from tanzhe import Series, episodes
from tanzhe.errors import InputError
from tanzhe.places import find_place, provinces
from tanzhe.sectors import find_sector
from tanzhe.series.companions import faulty_periods, rebased
from tanzhe.series.leaps import leaps, logs_of
from tanzhe.series.nbs import nbs_series
from tanzhe.series.output import packaged
from tanzhe.series.rebased import WEATHER


def series_of_all() -> list[Series]:
    """Every published product of every province."""
    found = []
    for product in packaged().products:
        for place in provinces():
            try:
                found.append(nbs_series(place.iso, product))
            except InputError:
                continue
    return found


def where_leaps_fall(every: list[Series]) -> None:
    """Leaps at New Year against the mean of the ten other turns of months."""
    count: Counter[tuple[str, str, bool]] = Counter()
    for series in every:
        kind = "weather" if series.sector in WEATHER else "others"
        for leap in leaps(logs_of(series)):
            way = "up" if leap.size > 0 else "down"
            count[kind, way, series.periods[leap.at].endswith("-02")] += 1
    print(f"{'leaps':16}{'New Year':>10}{'another turn':>14}{'excess':>8}")
    for kind in ("others", "weather"):
        for way in ("up", "down"):
            new, other = count[kind, way, True], count[kind, way, False] / 10
            excess = 1 - other / new if new else 0.0
            print(f"{kind + ' ' + way:16}{new:10}{other:14.1f}{excess:8.2f}")


def how_often(every: list[Series]) -> None:
    """How many periods and levels each rule names."""
    count: Counter[str] = Counter()
    for series in every:
        count.update(n.code for n in faulty_periods(series.region, series.sector, series).values())
        levels = rebased(series.region, series.sector, series).values()
        count.update(note.code for _, note in levels)
    print(f"\n{len(every)} series, {sum(len(series) for series in every)} periods")
    for code, number in count.most_common():
        print(f"{code:20}{number:6}")


def judged(file: Path, *, by_episode: bool) -> None:
    """Each point of a list, and the sums."""
    told: Counter[tuple[str, bool]] = Counter()
    print()
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        region, product = find_place(row["place"]).iso, find_sector(row["product"]).id
        series = nbs_series(region, product)
        near = beside(series, row["period"])
        codes = {p: n.code for p, n in faulty_periods(region, product, series).items()}
        codes |= {p: n.code for p, (_, n) in rebased(region, product, series).items()}
        named = sorted({code for period, code in codes.items() if period in near})
        told[row["verdict"], bool(named)] += 1
        line = f"{row['verdict']:8}{row['place']:5}{product:26}{row['period']:18}{named}"
        if by_episode:
            found = [e for e in episodes(series).episodes if e.begin in near]
            line += f" {[(e.begin, e.shape, e.scope) for e in found]}"
        print(line)
    for verdict in sorted({verdict for verdict, _ in told}):
        yes = told[verdict, True]
        print(f"{verdict}: {yes} of {yes + told[verdict, False]} named as faults")


def beside(series: Series, period: str) -> tuple[str, ...]:
    """The periods of a point and one on either side; a period may be left out of the series."""
    first, last = period[:7], period.split("..")[-1][:7]
    inside = [i for i, p in enumerate(series.periods) if first <= p <= last]
    return series.periods[max(0, inside[0] - 1) : inside[-1] + 2] if inside else ()


def main() -> None:
    """What is asked for."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("list", type=Path, nargs="?")
    ask.add_argument("--episodes", action="store_true")
    given = ask.parse_args()
    every = series_of_all()
    where_leaps_fall(every)
    how_often(every)
    if given.list is not None:
        judged(given.list, by_episode=given.episodes)


if __name__ == "__main__":
    main()
