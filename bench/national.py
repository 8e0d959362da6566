"""How often the nation is told to have had something that it had not.

    python bench/national.py [PANELS] [--first SEED]

Made-up panels of 31 provinces, 77 periods, without a shared event. `walk`: all follow one random
walk of half a typical innovation a period, which is no event; `steps`: each has one lasting step
of its own, of four innovations, and what some had adds up in the mean; `alone`: noise of each
alone. Printed: panels in whose mean something lasting reaches .8, panels of which a province is
told it, the share of the provinces that are, and panels whose sum is told something lasting.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from points import NOISES, SIZE
from turning.panels import made_up_panel

from tanzhe.turning.calendar import Calendar
from tanzhe.turning.episodes.engine import judge, sum_judged

KINDS: dict[str, dict[str, float]] = {
    "walk": {"size": 0.0, "shared": 0.5},
    "steps": {"size": SIZE},
    "alone": {"size": 0.0},
}
PER_YEAR = 11


def told(seed: int, shape: dict[str, float]) -> tuple[bool, float, bool]:
    """Whether the mean alone had something, the share of provinces told it, whether the sum is."""
    panel = made_up_panel(seed, **shape)  # type: ignore[arg-type]
    count, periods = panel.logs.shape
    season = tuple(t % PER_YEAR for t in range(periods))
    calendar = Calendar(season=season, holiday=(0.0,) * periods, per_year=PER_YEAR)
    judged = judge([f"R{i:02d}" for i in range(count)], panel.logs, calendar)
    assert judged.nation is not None
    mean = any(run.lasting >= judged.settings.shared for run in judged.nation.runs)
    every = [any(one.shared for one in judged.told(i)) for i in range(count)]
    total = np.log(np.exp(panel.logs).sum(axis=0))[None]
    whole = sum_judged(judged, judge(["sum"], total, calendar)).told(0)
    return mean, float(np.mean(every)), any(not one.is_month for one in whole)


def main() -> None:
    """Every kind of panel under every noise."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("panels", type=int, nargs="?", default=10)
    ask.add_argument("--first", type=int, default=9000, help="first seed")
    given = ask.parse_args()
    print("kind   noise            panels  mean alone  told  provinces  sum")
    for kind, shape in KINDS.items():
        for name, noise in NOISES.items():
            seeds = range(given.first, given.first + given.panels)
            found = [told(seed, {**noise, **shape}) for seed in seeds]
            means, shares, sums = zip(*found, strict=True)
            some = sum(share > 0 for share in shares)
            print(f"{kind:6} {name:16} {len(found):6} {sum(means):11} {some:5} "
                  f"{np.mean(shares):10.3f} {sum(sums):4}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
