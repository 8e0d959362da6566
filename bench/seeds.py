"""The 25 turning points of the published reports, held against two sources.

    python bench/seeds.py FOLDER_OF_REPORTS CARBON_MONITOR_FILE

Prints one table per province: what the built-in output (2015-02..2024-12) and the Carbon Monitor
vintage of 2023-02 (2019-02..2022-12) say at each published point, and the points of ours that were
not published. Verdicts: confirmed, single month, unclear, weak, calendar, absent; see
docs/turning/seeds.md.
"""

import argparse
import re
from pathlib import Path

from tanzhe.api.series.turning import turning_points
from tanzhe.model import TurningPoint, TurningPoints
from tanzhe.periods import Month
from tanzhe.series.sources import load_series

REPORTS = {
    "云南": "yunnan_industry_formal.md",
    "江苏": "jiangsu_industry_plain.md",
    "甘肃": "gansu_industry_raw.md",
}
HEADING = re.compile(r"^#+\s.*?(\d{4})(?:年(\d{1,2})月|-(\d{2})-\d{2})", re.MULTILINE)


def published(text: str) -> list[Month]:
    """Months of the turning points a report lists."""
    return [Month(int(y), int(a or b)) for y, a, b in HEADING.findall(text)]


def verdict(month: Month, points: TurningPoints) -> str:
    """What our points say at a published month, one month of tolerance to each side."""
    periods = points.series.periods
    if not Month.parse(periods[0]) <= month <= Month.parse(periods[-1]):
        return "not covered"
    near = [p for p in points if p.scope != "calendar" and _near(month, p)]
    strong = [p for p in near if p.band != "weak"]
    odd = [p for p in near if p.single is not None]
    single = [p for p in odd if _shape(points, p) == "month"]
    for kind, found in (("confirmed", strong), ("single month", single), ("unclear", odd)):
        if found:
            return f"{kind}: {_said(found[0])}"
    if any(p.scope == "calendar" and Month.parse(p.date) == month for p in points):
        return "calendar"
    weak = [p for p in near if p.confidence >= 0.1]
    return f"weak: {_said(weak[0])}" if weak else "absent"


def _shape(points: TurningPoints, point: TurningPoint) -> str:
    """The kind of its episode; of a signal that is no episode nothing."""
    return next((one.shape for one in points.found.episodes if one.id == point.id), "")


def _near(month: Month, point: TurningPoint) -> bool:
    first, last = Month.parse(point.interval[0]), Month.parse(point.interval[1])
    if first.next(-1) <= month <= last.next(1):
        return True
    # The end of a pulse, to the period; January belongs to the period written as February.
    merged = Month(month.year, max(month.month, 2))
    return point.until is not None and Month.parse(point.until) == merged


def _said(p: TurningPoint) -> str:
    until = f" until {p.until}" if p.until else ""
    sure = p.confidence if p.single is None else p.single
    return f"{p.date}{until} {p.kind} {p.effect.percent:+.0f} % ({sure:.2f}, {p.scope})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the published reports")
    parser.add_argument("carbon_monitor", type=Path, help="Carbon Monitor file")
    asked = parser.parse_args()
    for path in (asked.folder, asked.carbon_monitor):
        if not path.exists():
            parser.error(f"{path} does not exist")
    for region, name in REPORTS.items():
        months = published((asked.folder / name).read_text(encoding="utf-8"))
        output = load_series(region, "工业")
        raw = load_series(region, "工业", asked.carbon_monitor)
        ours = [
            turning_points(output, top=10),
            turning_points(raw, top=10),
        ]
        print(f"\n### {region}\n")
        print("| published | nbs-output | Carbon Monitor 2023-02 |\n|---|---|---|")
        for month in months:
            print(f"| {month} | {verdict(month, ours[0])} | {verdict(month, ours[1])} |")
        for title, points in zip(("nbs-output", "Carbon Monitor"), ours, strict=True):
            missed = [
                _said(p)
                for p in points
                if p.scope != "calendar"
                and p.band != "weak"
                and not any(_near(month, p) for month in months)
            ]
            print(f"\nNot published, found in {title}: {'; '.join(missed) or 'none'}")


if __name__ == "__main__":
    main()
