"""The exact panel search: published results, speed beside the recorded R times, false steps.

    python bench/saturation.py FOLDER_OF_PANELS

R times are those recorded with the reference results (R 4.2.2, getspanel 0.2.1, gets 0.38): the R
packages cannot be had from the registries, so the peer is not run beside.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd

from tanzhe.turning import Saturation, saturate


def timed(runs: int = 7, **asked: object) -> tuple[Saturation, float]:
    """The result and the median time of warm runs."""
    fit = saturate(**asked)  # type: ignore[arg-type]
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        fit = saturate(**asked)  # type: ignore[arg-type]
        times.append(time.perf_counter() - start)
    return fit, float(np.median(times))


def koch(folder: Path) -> None:
    frame = pd.read_csv(folder / "koch2022/koch_estimateddata.csv")
    r_times = {
        ("0.01", False): 10.016,
        ("0.01", True): 20.4,
        ("0.001", False): 18.609,
        ("0.001", True): 21.815,
        ("0.05", False): 11.519,
        ("0.05", True): 19.624,
    }
    for (alpha, impulses), r in r_times.items():
        fit, seconds = timed(
            frame=frame,
            outcome="y",
            controls=["lgdp", "lgdp_sq", "lpop"],
            unit="id",
            time="time",
            impulses=impulses,
            alpha=float(alpha),
            max_block=30,
        )
        name = f"koch2022/koch_EU15_p{alpha}_iis{str(impulses).upper()}_breaks.csv"
        published = pd.read_csv(folder / name)
        steps = fit.breaks[fit.breaks.kind == "step"]
        both = steps.merge(published, left_on=["unit", "time"], right_on=["id", "time"])
        same = len(both) == len(steps) == len(published)
        worst = np.abs(both.coefficient - both.coef).max()
        error = np.abs(both.standard_error - both.sd).max()
        widths = (both.half_width == both.tci).sum()
        print(
            f"| Koch, alpha {alpha}{', impulses' if impulses else ''} | "
            f"{'identical' if same else 'DIFFERENT'} ({len(published)}) | {worst:.0e} | "
            f"{error:.0e} | {widths} of {len(both)} | {seconds:.3f} | {r:.1f} |"
        )


def stechemesser(folder: Path) -> None:
    frame = pd.read_csv(folder / "stechemesser2024/developing_panel.csv")
    for sector in ("buildings", "electricity_heat", "industry", "transport"):
        fit, seconds = timed(
            frame=frame,
            outcome=f"log_{sector}_co2",
            unit="country",
            time="year",
            controls=["lgdp", "lpop", "lgdp_sq", "hdd", "cdd"],
            unit_trends=True,
        )
        published = pd.read_csv(folder / f"stechemesser2024/stech_AC6_{sector}_fesis.csv")
        names = "fesis" + fit.breaks.unit.str.replace(" ", "") + "." + fit.breaks.time.astype(str)
        same = set(names) == set(published.name)
        ours = fit.breaks.set_index(names).loc[published.name] if same else fit.breaks[:0]
        worst = np.abs(ours.coefficient.to_numpy() - published.coef.to_numpy()).max()
        error = np.abs(ours.standard_error.to_numpy() - published["std.error"].to_numpy()).max()
        print(
            f"| Science 2024, {sector} | {'identical' if same else 'DIFFERENT'} "
            f"({len(published)}) | {worst:.0e} | {error:.0e} | - | {seconds:.3f} | - |"
        )


def null_panel(folder: Path) -> None:
    frame = pd.read_csv(folder / "scale31x24.csv")
    fit, seconds = timed(
        frame=frame, outcome="y", controls=["x1", "x2", "x3"], unit="id", time="year", max_block=30
    )
    kept = sorted(f"fesis{u}.{t}" for u, t in zip(fit.breaks.unit, fit.breaks.time, strict=True))
    published = (folder / "scale31x24_R.txt").read_text().split(" sel ")[1].split()
    same = "identical" if kept == sorted(published) else "DIFFERENT"
    print(f"| null panel 31 x 24 | {same} ({len(published)}) | - | - | - | {seconds:.3f} | 60.9 |")


def large() -> None:
    rng = np.random.default_rng(0)
    rows = [(u, t, rng.normal()) for u in range(31) for t in range(120)]
    frame = pd.DataFrame(rows, columns=["unit", "time", "y"])
    _, seconds = timed(3, frame=frame, outcome="y")
    print(f"| 31 x 120, steps | - | - | - | - | {seconds:.2f} | over an hour, extrapolated |")


def false_steps(panels: int = 200) -> None:
    print(f"\nSteps kept on null panels of 345 candidates (15 x 24), {panels} panels:")
    for alpha in (0.05, 0.01, 0.001):
        kept = []
        for seed in range(panels):
            rng = np.random.default_rng(seed)
            rows = [(u, t, rng.normal()) for u in range(15) for t in range(24)]
            frame = pd.DataFrame(rows, columns=["unit", "time", "y"])
            kept.append(len(saturate(frame, outcome="y", alpha=alpha, max_block=30).breaks))
        print(
            f"alpha {alpha}: {np.mean(kept):.2f} kept "
            f"(standard error {np.std(kept) / np.sqrt(panels):.2f})"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of panels, published results beside")
    folder = parser.parse_args().folder
    if not folder.is_dir():
        parser.error(f"{folder} is no folder")
    print("| model | steps | coefficients differ by | errors by | half-widths | s, warm | R, s |")
    print("|---|---|---|---|---|---|---|")
    koch(folder)
    stechemesser(folder)
    null_panel(folder)
    large()
    false_steps()


if __name__ == "__main__":
    main()
