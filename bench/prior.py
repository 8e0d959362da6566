"""What the panels at hand say about noise and events: the origin of the built-in prior.

    python bench/prior.py [Carbon Monitor file]

Prints for each panel the weights of the noises and the events in 100 periods that are
estimated from it, and the share of its provinces that are better described apart from the others.
`Settings.noise_weights` and `Settings.rates` are these, blurred and rounded up.
"""

import argparse
from pathlib import Path

import numpy as np

from tanzhe.places import provinces
from tanzhe.series import load_series, monthly
from tanzhe.turning import DEFAULT, is_searchable
from tanzhe.turning.joint import learnt_from
from tanzhe.turning.prepare import prepared
from tanzhe.turning.settings import COMPONENTS


def panel(sector: str, data: str | Path) -> list:
    series = monthly(load_series("江苏", sector, data))
    return [s for s in (series, *series.peers) if is_searchable(s) and s.periods == series.periods]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="Carbon Monitor files")
    files = parser.parse_args().files
    for file in files:
        if not file.exists():
            parser.error(f"{file} does not exist")
    asked: list[tuple[str | Path, str]] = [
        ("nbs-output", s) for s in ("工业", "电力", "水泥", "粗钢", "nonferrous_metals_10")
    ]
    asked += [(file, s) for file in files for s in ("工业", "电力")]
    noises = [tuple(noise) for noise in DEFAULT.noises]
    print(f"{len(provinces())} provinces at most; noises {noises}; kinds {COMPONENTS}")
    for data, sector in asked:
        members = panel(sector, data)
        panel_lessons = learnt_from({s.region: prepared(s) for s in members}, DEFAULT)
        learnt, apart = panel_lessons.alone, panel_lessons.apart
        prior = learnt.prior
        rates = np.exp(prior.log_rates) * 100 / len(members[0])
        weights = np.exp(prior.log_weights)
        name = "nbs-output" if data == "nbs-output" else "Carbon Monitor"
        print(
            f"{name} {sector}: {len(members)} x {len(members[0])}; "
            f"trend size {learnt.settings.trend_size}; weights "
            f"{weights.round(2).tolist()}; events per 100 periods {rates.round(2).tolist()}; "
            f"better described apart from the others: {apart.share if apart else 0:.2f}"
        )


if __name__ == "__main__":
    main()
