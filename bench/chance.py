"""Do p-values hold their level at random dates, and are planted causes found?

    python bench/chance.py [draws per cell]

First table: share of random dates (10 provinces x 4 sectors x both signs x intervals of 1 to 3
periods) at which the smallest p-value of any fact is at most a, with its standard error, for the
built-in chronicle and for the same records with their days drawn anew; anywhere, and with the date
drawn in 2021-22. Second table: rank, p-value and grade of a cause planted in the point's month.
"""

import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from evidence.trials import (
    DENSE,
    Fixed,
    catalogue,
    causes,
    draw,
    evidence_for,
    planted,
    planted_outcome,
)

LEVELS = (0.05, 0.10, 0.20)
HOWS = ("real", "uniform", "by year", "bursts")
CATALOGUES = 5  # made anew for each of the made-up kinds


def level_row(how: str, years: tuple[int, ...], draws: int) -> str:
    rng = random.Random(f"{how} {years}")
    kinds = 1 if how == "real" else CATALOGUES
    finders = [Fixed(catalogue(how, rng)) for _ in range(kinds)]
    least: list[float] = []
    grades: Counter[str] = Counter()
    for number in range(draws):
        found = causes(evidence_for(draw(rng, years), finders[number % kinds]).events)
        ps = [one.link.p_value for one in found if one.link.p_value is not None]
        least.append(min(ps, default=1.0))
        every = {one.link.grade for one in found}
        grades[next((g for g in ("strong", "medium", "weak") if g in every), "none")] += 1
    cells = [_share(sum(p <= a for p in least), draws) for a in LEVELS]
    cells += [f"{100 * grades[grade] / draws:.1f} %" for grade in ("strong", "medium")]
    where = "2021-22" if years else "2015-24"
    return f"| {how} | {where} | {' | '.join(cells)} |"


def _share(hits: int, draws: int) -> str:
    share = hits / draws
    return f"{share:.3f} ± {(share * (1 - share) / draws) ** 0.5:.3f}"


def planted_row(how: str, years: tuple[int, ...], width: int, draws: int) -> str:
    rng = random.Random(f"planted {how} {years} {width}")
    events = catalogue(how, rng)
    outcomes = []
    while len(outcomes) < draws:
        drawn = draw(rng, years)
        if drawn.width == width:
            outcomes.append(planted_outcome(drawn, events, planted(drawn, rng)))
    first = sum(rank == 1 for rank, _, _ in outcomes)
    ten = sum(rank <= 10 for rank, _, _ in outcomes)
    cells = [_share(first, draws), _share(ten, draws)]
    cells += [_share(sum(p <= a for _, p, _ in outcomes), draws) for a in LEVELS]
    cells += [
        f"{100 * sum(grade in names for *_, grade in outcomes) / draws:.0f} %"
        for names in (("strong",), ("strong", "medium"))
    ]
    where = "2021-22" if years else "2015-24"
    return f"| {how} | {where} | {width + 1} | {' | '.join(cells)} |"


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    begun = time.monotonic()
    print(f"{draws} random dates a row\n")
    print("| days | dates | P(p <= .05) | P(p <= .10) | P(p <= .20) | strong | medium |")
    print("|---|---|---|---|---|---|---|")
    for how in HOWS:
        for years in ((), DENSE):
            print(level_row(how, years, draws), flush=True)
    few = max(draws // 5, 1)
    print(f"\n{few} planted causes a row\n")
    heads = "days dates periods first in-ten p<=.05 p<=.10 p<=.20 strong medium-or-strong"
    print(f"| {' | '.join(heads.split())} |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for how in ("real", "by year"):
        for years in ((), DENSE):
            for width in (0, 1, 2):
                print(planted_row(how, years, width, few), flush=True)
    print(f"\n{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
