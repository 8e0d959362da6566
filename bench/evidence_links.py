"""How many told episodes have a graded fact, and which: industry, cement, steel, nonferrous metals.

    python bench/evidence_links.py [--table N] [--kept FOLDER] [--power]

For the 31 provinces and each of the four series: episodes of scope province or national, the grade
of the best fact at the begin and at the end, and how often a begin has a fact graded weak or
better. `--table N` prints N links drawn at random (seed 12) for a reader who knows the field. The
folder keeps episodes: the first run searches four panels, the next ones take seconds.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from tanzhe import load
from tanzhe.errors import TanzheError
from tanzhe.evidence.finders.find import ChronicleFinder
from tanzhe.evidence.gather import gather
from tanzhe.model import Episode, Episodes, Evidence, LinkedEvent, Series
from tanzhe.places import provinces
from tanzhe.series.calendar import monthly
from tanzhe.series.companions import without_faults
from tanzhe.series.contributions import contributions
from tanzhe.turning import is_searchable
from tanzhe.turning.episodes.engine import Judged
from tanzhe.turning.episodes.find import judged_panel
from tanzhe.turning.episodes.records import episodes_of

SECTORS = ("industry", "cement", "crude_steel", "nonferrous_metals_10")
POWER = ("thermal_power_generation", "power")
GRADES = ("strong", "medium", "weak", "none")


@dataclass(frozen=True)
class Told:
    """One episode with what was found at one of its edges."""

    region: str
    sector: str
    episode: Episode
    evidence: Evidence

    @property
    def best(self) -> LinkedEvent | None:
        """The fact of the best grade, of those the one with the best score."""
        facts = [one for one in self.evidence.events if not one.link.context]
        return min(
            facts, key=lambda one: (GRADES.index(one.link.grade), -one.link.score), default=None
        )

    @property
    def grade(self) -> str:
        """Of the best fact; none where there is none."""
        return self.best.link.grade if self.best else "none"


def panel(sector: str, folder: Path) -> list[Episodes]:
    """Episodes of all provinces, the panel searched once; kept as files."""
    members = [
        monthly(load(place.zh, sector)) for place in provinces() if _exists(place.zh, sector)
    ]
    members = [one for one in members if is_searchable(one)]
    kept = folder / f"{sector}.json"
    if kept.exists():
        return [Episodes.model_validate(one) for one in json.loads(kept.read_text("utf-8"))]
    judged = judged_panel(members)
    found = [_of(judged, number, one) for number, one in enumerate(members)]
    kept.write_text(json.dumps([one.model_dump(mode="json") for one in found]), "utf-8")
    return found


def _exists(region: str, sector: str) -> bool:
    try:
        return len(load(region, sector)) > 0
    except TanzheError:
        return False


def _of(judged: Judged, number: int, series: Series) -> Episodes:
    """As `tanzhe.episodes` tells them: with contributions, without faults of the data."""
    found = episodes_of(judged, number, series)
    told = tuple(
        one.model_copy(update={"contributions": contributions(series, one, found.expected)})
        for one in found.episodes
    )
    return without_faults(found.model_copy(update={"episodes": told}))


def told(folder: Path, sectors: tuple[str, ...]) -> Iterator[Told]:
    """Each edge of each episode that may have a cause."""
    finder = ChronicleFinder()
    for sector in sectors:
        for found in panel(sector, folder):
            by_id = {one.id: one for one in found.episodes}
            for one in gather(found, [finder], most=40):
                yield Told(found.series.region, sector, by_id[one.point], one)


def row(name: str, rows: list[Told]) -> str:
    """Counts by grade and the share with weak or better."""
    grades = Counter(one.grade for one in rows)
    some = sum(grades[grade] for grade in GRADES[:3])
    share = f"{100 * some / len(rows):.0f} %" if rows else "-"
    return f"| {name} | {len(rows)} | {' | '.join(str(grades[g]) for g in GRADES)} | {share} |"


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--table", type=int, default=0)
    asked.add_argument("--kept", type=Path, default=Path(gettempdir()) / "tanzhe-links")
    asked.add_argument("--power", action="store_true")
    options = asked.parse_args()
    options.kept.mkdir(exist_ok=True)
    rows = list(told(options.kept, POWER if options.power else SECTORS))
    print("| edge | told | strong | medium | weak | none | weak or better |\n" + "|---" * 7 + "|")
    for edge in ("begin", "end"):
        at = [one for one in rows if one.evidence.edge == edge]
        print(row(f"{edge}, all", at))
        for sector in dict.fromkeys(one.sector for one in rows):
            print(row(f"{edge}, {sector}", [one for one in at if one.sector == sector]))
        for scope in ("province", "national"):
            print(row(f"{edge}, {scope}", [one for one in at if one.episode.scope == scope]))
        long = [one for one in at if one.episode.shape != "month"]
        print(row(f"{edge}, longer than a month", long))
    if options.table:
        table(rows, options.table)


def table(rows: list[Told], size: int) -> None:
    """Links of all grades but none, in random order, with what a reader needs to judge them."""
    graded = [one for one in rows if one.grade != "none"]
    drawn = random.Random(12).sample(graded, min(size, len(graded)))
    for number, one in enumerate(drawn, 1):
        best, episode = one.best, one.episode
        assert best is not None
        event, link = best.event, best.link
        moved = ", ".join(
            f"{d.product} {d.percentage_points:+.1f}" for d in episode.contributions[:3]
        )
        when = event.dates[0]
        print(
            f"\n{number}. {one.region} {one.sector} {one.evidence.edge}: {episode.begin} "
            f"({episode.begin_interval[0]}..{episode.begin_interval[1]}) to {episode.end}, "
            f"{episode.shape}, {episode.depth_percent:+.0f} %, {episode.scope}, "
            f"p {episode.probability:.2f}; {moved}\n"
            f"   {link.grade} {link.score} p={link.p_value} {link.moment} lag {link.lag_months}: "
            f"{when.date}..{when.until} {when.kind} {event.kind} {event.instrument} "
            f"{event.direction} {','.join(event.industries)} "
            f"{'/'.join(place.name for place in event.places[:3])} | {event.id} "
            f"{event.name}: {event.summary}"
        )


if __name__ == "__main__":
    main()
