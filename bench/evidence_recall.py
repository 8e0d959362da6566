"""Are known events among the first ten of a turning point they could explain?

    python bench/evidence_recall.py [FOLDER_OF_CORPUS]

For every reviewed record of the chronicle with direction up or down that is no background, in each
of its provinces (a national one in every province, at a turn of most provinces), a point of that
direction is put into the record's month, and one and two months later; its drivers are the record's
industries where they have a product, else steel and cement. Asked: the chronicle; then also the
corpus, a folder of text files. Found: the record, or the document's telling merged with it, among
the first ten facts.
"""

import gzip
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tanzhe.evidence.chronicle import chronicle
from tanzhe.evidence.finders.find import ChronicleFinder, Finder, FolderFinder
from tanzhe.evidence.gather import gather
from tanzhe.evidence.links.link import is_background
from tanzhe.evidence.links.merge import same_event
from tanzhe.evidence.links.window import beginning
from tanzhe.model import Driver, Effect, Event, Manifest, Series, TurningPoint, TurningPoints
from tanzhe.periods import Month
from tanzhe.places import provinces
from tanzhe.sectors import products
from tanzhe.workspace import Workspace

FIRST = 10
LAGS = (0, 1, 2)
FILES = "*.jsonl.gz"


def unpack(corpus: Path, folder: Path) -> int:
    """Each document of the corpus as a text file with its head; returns how many."""
    count = 0
    for file in sorted(corpus.glob(FILES)):
        for line in gzip.decompress(file.read_bytes()).decode().splitlines():
            row = json.loads(line)
            head = {
                "标题": row.get("title"),
                "来源": row.get("publisher"),
                "发布日期": row.get("published") or row.get("published_url"),
                "网址": row.get("url"),
            }
            said = "\n".join(f"{key}：{value}" for key, value in head.items() if value)
            (folder / f"{row['id']}.txt").write_text(f"{said}\n{row['text']}", encoding="utf-8")
            count += 1
    return count


def drivers_of(event: Event, sign: int) -> tuple[Driver, ...]:
    """Products of the event's industries, else steel and cement."""
    made = [p.id for p in products() if set(p.industries) & set(event.industries)][:3]
    named = made or ["crude_steel", "cement"]
    return tuple(Driver(product=name, percentage_points=sign * 12.0 / len(named)) for name in named)


def point_for(event: Event, region: str, lag: int) -> TurningPoints:
    """A turning point that the event could explain."""
    day = beginning(event)[0]
    month = Month(day.year, day.month).next(lag)
    period = f"{month.year}-{max(month.month, 2):02d}"
    sign = 1 if event.direction == "up" else -1
    national = all(place.code == "CN" for place in event.places)
    periods = tuple(f"{y}-{m:02d}" for y in range(2016, 2027) for m in range(2, 13))
    point = TurningPoint(
        id=event.id, date=period, interval=(period, period), level=0.9, confidence=0.9,
        band="established", kind="step", scope="national" if national else "province",
        effect=Effect(percent=sign * 12.0, percent_interval=(sign * 12.0 - 4, sign * 12.0 + 4)),
        drivers=drivers_of(event, sign),
    )  # fmt: skip
    sector = event.sectors[0] if event.sectors else "industry"
    series = Series(
        region=region, sector=sector, unit="MtCO2", frequency="month", merged=True,
        periods=periods, values=(1.0,) * len(periods), source="made up", vintage="",
        sha256="0" * 64,
    )  # fmt: skip
    manifest = Manifest(tanzhe="0", python="3", libraries={}, inputs=(), parameters={}, created="")
    return TurningPoints(series=series, points=(point,), manifest=manifest)


def cases() -> Iterator[tuple[Event, str]]:
    for event in chronicle():
        if event.reviewed and event.direction in ("up", "down") and not is_background(event):
            codes = {place.code for place in event.places}
            for iso in [p.iso for p in provinces()] if codes == {"CN"} else sorted(codes - {"CN"}):
                yield event, iso


def rank_of(event: Event, points: TurningPoints, finders: list[Finder]) -> int | None:
    (found,) = gather(points, finders, most=200)
    for rank, one in enumerate(found.events, 1):
        if one.event.id == event.id or same_event(one.event, event):
            return rank
    return None


def measure(name: str, finders: list[Finder]) -> list[tuple[str, str, int, int | None]]:
    """Print the recall of some finders; returns what was missed."""
    begun = time.monotonic()
    hits, asked, missed = Counter[tuple[bool, int]](), Counter[tuple[bool, int]](), []
    for event, iso in cases():
        national = all(place.code == "CN" for place in event.places)
        for lag in LAGS:
            rank = rank_of(event, point_for(event, iso, lag), finders)
            asked[national, lag] += 1
            if rank is not None and rank <= FIRST:
                hits[national, lag] += 1
            else:
                missed.append((event.id, iso, lag, rank))
    for national in (False, True):
        for lag in LAGS:
            key = national, lag
            print(
                f"| {name} | {'national' if national else 'provincial'} | {lag} | {hits[key]} of "
                f"{asked[key]} | {100 * hits[key] / asked[key]:.1f} % |"
            )
    total = 100 * sum(hits.values()) / sum(asked.values())
    print(f"| {name} | all | 0-2 | {sum(hits.values())} of {sum(asked.values())} | {total:.1f} % |")
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
    return missed


def main() -> None:
    print("| asked | records | months after | among the first ten | share |\n|---|---|---|---|---|")
    missed = measure("chronicle", [ChronicleFinder()])
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "documents"
            folder.mkdir()
            count = unpack(Path(sys.argv[1]), folder)
            with Workspace.open(Path(temporary) / "space") as workspace:
                finders = [ChronicleFinder(), FolderFinder(workspace, [folder])]
                missed = measure(f"chronicle and {count} documents", finders)
    for event_id, isos in _by_event(missed).items():
        print(f"missed: {event_id}: {', '.join(isos)}")


def _by_event(missed: list[tuple[str, str, int, int | None]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for event_id, iso, lag, rank in missed:
        found.setdefault(event_id, []).append(f"{iso} +{lag} rank {rank}")
    return found


if __name__ == "__main__":
    main()
