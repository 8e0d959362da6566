"""What moved between two runs: episodes that are new, gone, moved, resized or judged otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from tanzhe.model import Record
from tanzhe.runs.folder import read_rows
from tanzhe.runs.manifest import RunManifest, read_manifest

Kind = Literal[
    "new", "gone", "moved", "resized", "recertified", "reshaped",
    "peak", "series_new", "series_gone", "judged", "not_judged",
]  # fmt: skip
# Depths that differ by less are the same finding: a tenth of the deeper one, and a point.
SAME_SHARE, SAME_POINTS = 0.1, 1.0
Row = Mapping[str, Any]
Key = tuple[str, ...]


class Change(Record):
    """One thing that is not as it was.

    Attributes:
        kind: new, gone, moved (begin or end), resized (depth), recertified (band), reshaped (kind
            or scope) of an episode; peak (its state); series_new, series_gone; judged and
            not_judged of a series that could not be judged before, or no more.
        source: where the series comes from in the newer run, or the older.
        sector: sector or product id.
        region: ISO 3166-2 code, or the user's own name.
        before: row of the older run, or None.
        after: row of the newer run, or None.
        fresh: an episode that begins after the end of the older series.
    """

    kind: Kind
    source: str
    sector: str
    region: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    fresh: bool = False


class Difference(Record):
    """Two runs compared.

    Attributes:
        before: manifest of the older run.
        after: manifest of the newer run.
        series: how many series both have.
        changes: by series, in the order of the newer run.
        inputs: names of inputs that are new, gone or altered.
    """

    before: RunManifest
    after: RunManifest
    series: int
    changes: tuple[Change, ...]
    inputs: tuple[str, ...]

    def count(self, kind: Kind) -> int:
        """How many changes are of a kind."""
        return sum(one.kind == kind for one in self.changes)


def difference(before: Path, after: Path) -> Difference:
    """What moved from one run to another.

    Series are the same by source, sector and region; where a source stands in one run only (a new
    file, another vintage) by sector and region. Episodes are the same when they go the same way
    and overlap, the nearest begin first.

    Args:
        before: folder of the older run.
        after: folder of the newer one.

    Raises:
        InputError: one of them is not finished, or altered.
    """
    older, newer = _read(before), _read(after)
    pairs = list(_paired(older, newer))
    changes = [change for old, new in pairs for change in _changes(old, new)]
    manifests = read_manifest(before), read_manifest(after)
    shas = [{(one.name, one.sha256) for one in each.inputs} for each in manifests]
    return Difference(
        before=manifests[0],
        after=manifests[1],
        series=sum(old is not None and new is not None for old, new in pairs),
        changes=tuple(changes),
        inputs=tuple(sorted({name for name, _ in shas[0] ^ shas[1]})),
    )


class _Series(Record):
    row: dict[str, Any]
    episodes: list[dict[str, Any]]

    @property
    def key(self) -> Key:
        return (self.row["source_name"], self.row["sector_name"], self.row["region_name"])


def _read(folder: Path) -> dict[Key, _Series]:
    found: dict[Key, _Series] = {}
    for row in read_rows(folder, "series"):
        one = _Series(row=row, episodes=[])
        found[one.key] = one
    for row in read_rows(folder, "episodes"):
        key = (row["source_name"], row["sector_name"], row["region_name"])
        if key in found:
            found[key].episodes.append(row)
    return found


def _paired(
    older: Mapping[Key, _Series], newer: Mapping[Key, _Series]
) -> Iterator[tuple[_Series | None, _Series | None]]:
    """The same series of both runs; alone where the other run has none."""
    left: dict[Key, list[_Series]] = defaultdict(list)
    for key, one in older.items():
        if key not in newer:
            left[key[1:]].append(one)
    alone: dict[Key, int] = defaultdict(int)
    for key in newer:
        alone[key[1:]] += key not in older
    taken: set[Key] = set()
    for key, new in newer.items():
        same = left[key[1:]]
        if key in older:
            yield older[key], new
        elif len(same) == 1 and alone[key[1:]] == 1:
            taken.add(same[0].key)
            yield same[0], new
        else:
            yield None, new
    for key, old in older.items():
        if key not in newer and key not in taken:
            yield old, None


def _changes(old: _Series | None, new: _Series | None) -> Iterator[Change]:
    if old is None and new is not None:
        yield _change("series_new", new.row, None, new.row)
        yield from (_change("new", new.row, None, one) for one in new.episodes)
        return
    if new is None and old is not None:
        yield _change("series_gone", old.row, old.row, None)
        yield from (_change("gone", old.row, one, None) for one in old.episodes)
        return
    assert old is not None and new is not None
    was, now = old.row["status"] == "done", new.row["status"] == "done"
    if was != now:
        yield _change("judged" if now else "not_judged", new.row, old.row, new.row)
    yield from _moved(old, new)
    if was and now and old.row["peak_status"] != new.row["peak_status"]:
        yield _change("peak", new.row, old.row, new.row)


def _moved(old: _Series, new: _Series) -> Iterator[Change]:
    for before, after in matched(old.episodes, new.episodes):
        if before is None and after is not None:
            fresh = bool(old.row["last"]) and after["begin"] > old.row["last"]
            yield _change("new", new.row, None, after, fresh=fresh)
        elif after is None and before is not None:
            yield _change("gone", new.row, before, None)
        elif before is not None and after is not None:
            kind = _kind(before, after)
            if kind is not None:
                yield _change(kind, new.row, before, after)


def _kind(before: Row, after: Row) -> Kind | None:
    """The first thing that is not as it was, the weightiest first."""
    if before["band"] != after["band"]:
        return "recertified"
    if (before["begin"], before["end"]) != (after["begin"], after["end"]):
        return "moved"
    deeper = max(abs(before["depth_percent"]), abs(after["depth_percent"]))
    if abs(before["depth_percent"] - after["depth_percent"]) > max(
        SAME_POINTS, SAME_SHARE * deeper
    ):
        return "resized"
    if (before["shape"], before["scope"]) != (after["shape"], after["scope"]):
        return "reshaped"
    return None


def matched(
    before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]
) -> list[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Episodes of two runs in pairs: the same direction, overlapping, the nearest begins first.

    Args:
        before: episodes of a series in the older run.
        after: the same in the newer one.

    Returns:
        Each episode once, with None where the other run has none; by begin.
    """
    near = sorted(
        (abs(_month(a["begin"]) - _month(b["begin"])), i, j)
        for i, b in enumerate(before)
        for j, a in enumerate(after)
        if (a["depth_percent"] < 0) == (b["depth_percent"] < 0) and _overlap(a, b)
    )
    of: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in near:
        if i not in of and j not in taken:
            of[i] = j
            taken.add(j)
    pairs: list[tuple[dict[str, Any] | None, dict[str, Any] | None]] = [
        (b, after[of[i]] if i in of else None) for i, b in enumerate(before)
    ]
    pairs += [(None, a) for j, a in enumerate(after) if j not in taken]
    return sorted(pairs, key=lambda pair: _begin(pair))


def _begin(pair: Iterable[dict[str, Any] | None]) -> str:
    return min(str(one["begin"]) for one in pair if one is not None)


def _overlap(one: Row, other: Row) -> bool:
    """Whether two lives overlap, or their begins may be the same."""
    lives = one["begin"] < (other["end"] or "~") and other["begin"] < (one["end"] or "~")
    begins = one["begin_first"] <= other["begin_last"] and other["begin_first"] <= one["begin_last"]
    return bool(lives or begins)


def _month(period: str) -> int:
    return int(period[:4]) * 12 + (int(period[5:7]) if len(period) > 4 else 0)


def _change(
    kind: Kind,
    row: Row,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    *,
    fresh: bool = False,
) -> Change:
    return Change(
        kind=kind, source=row["source_name"], sector=row["sector_name"],
        region=row["region_name"], before=before, after=after, fresh=fresh,
    )  # fmt: skip
