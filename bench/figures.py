"""How often each kind of table is judged rightly: what is no monthly total, and what is.

    python bench/figures.py [--each 200]

The kinds: `tests/series/tables.py`. The real side: every product of every province of the built-in
output, judged as if it were a user's table.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from series.judged import outcome, right
from series.tables import all_kinds

from tanzhe.errors import InputError
from tanzhe.series.behaviour import behaved
from tanzhe.series.nbs import nbs_panel
from tanzhe.series.output import packaged


def made_up(each: int) -> None:
    print("| kind | right | else |\n|---|---|---|")
    for name, draw in all_kinds().items():
        found = Counter(outcome(*draw(np.random.default_rng(seed))) for seed in range(each))
        good = sum(count for what, count in found.items() if right(name, what))
        wrong = [f"{what} {n}" for what, n in found.most_common() if not right(name, what)]
        print(f"| {name.replace('_', ' ')} | {good / each:.3f} | {'; '.join(wrong)} |")


def real() -> None:
    told, count = [], 0
    for product in packaged().products:
        for iso, series in nbs_panel(product).items():
            count += 1
            user = series.model_copy(update={"source": "user.csv", "notes": ()})
            try:
                told += [(product, iso, note.code) for note in behaved(user).notes]
            except InputError as error:
                told.append((product, iso, error.faults[0].what.en))
    print(f"\nReal provincial products: {count}; told as something else: {len(told)}")
    for product, iso, what in told:
        print(f"* {product} {iso}: {what}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=200)
    made_up(parser.parse_args().each)
    real()
