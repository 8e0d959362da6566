"""Adding rows: whose they are, which are there already, which do not count; nothing is lost."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Fault, Words, refuse
from tanzhe.meters.beside import Beside
from tanzhe.meters.clock import month_ends, month_numbers
from tanzhe.meters.rows import (
    MONTH,
    STILL_COUNTS,
    WHY,
    Batch,
    Rows,
    Side,
    empty_rows,
    joined_rows,
)
from tanzhe.meters.sides import Sides
from tanzhe.meters.store import Part, Source, Store, no_part, read_part, write_part, write_remarks
from tanzhe.meters.tree import Tree

# Rows held in memory before they are folded into their months: about 110 MB.
FOLDED_AT = 5_000_000
BLOCK = 64  # meters of a month that are sorted at once
# Clocks of meters may be some minutes ahead of ours.
AHEAD = 3600
# A file whose rows mostly run backwards is one that lists the newest first.
_BACKWARDS = 0.5
_SHOWN = 10


class Folded(NamedTuple):
    """What folding into a month did: rows by fate, and the remarks."""

    stored: int
    repeated: int
    late: int
    remarks: Rows


class Label(NamedTuple):
    """What a file is called: first digits of its sha256, its name, its form."""

    id: str
    name: str
    form: str


class Intake:
    """One file on its way into the store, whose months it changes; `finish` says what it was."""

    def __init__(
        self, store: Store, label: Label, tree: Tree, months: dict[int, str], side: Side = ""
    ) -> None:
        self._store, self._label = store, label
        self._tree = tree
        self._beside = Beside(tree)
        self._sides = Sides(tree, side)
        self._meters = tree.names
        self._places = {meter: at for at, meter in enumerate(self._meters)}
        self._aliases = tree.aliases()
        self._waiting: dict[int, list[Rows]] = {}
        self._held = 0
        self._months = months
        self._aside: list[Rows] = []
        self._texts: dict[tuple[int, int, int, int], str] = {}
        self._unknown: dict[str, int] = {}
        self._counts = np.zeros(4, np.int64)  # rows, stored, repeated, late
        self._span: list[int] = []
        self._told: list[Words] = []
        self._now = int(datetime.now(UTC).timestamp()) + AHEAD

    def add(self, batch: Batch) -> None:
        """Take some rows of the file."""
        codes = self._codes(batch)
        self._beside.note(batch)
        batch = self._sides.before(batch)
        rows = batch.rows._replace(meter=codes[batch.rows.meter])
        self._told += [one for one in batch.told if one not in self._told]
        for at, text in batch.texts.items():
            self._texts[_place(rows, at)] = text
        self._counts[0] += len(rows.time)
        if self._unknown or not len(rows.time):
            return
        later = (rows.time > self._now) & (rows.why == 0)
        if later.any():
            rows = rows._replace(why=np.where(later, np.int8(WHY["future"]), rows.why))
        past = rows.time[rows.time <= self._now]
        self._span += [int(past.min(initial=self._now)), int(past.max(initial=0))]
        if len(months := rows.time[(rows.channel == MONTH) & (rows.time <= self._now)]):
            self._span.append(int(month_ends(months).max()))
        counts = np.isin(rows.why, STILL_COUNTS) if rows.why.any() else None
        if counts is not None:
            self._aside.append(rows.taken(rows.why != 0))
            rows = rows.taken(counts)
        months = month_numbers(rows.time)
        for month in np.unique(months):
            self._waiting.setdefault(int(month), []).append(rows.taken(months == month))
        self._held += len(rows.time)
        if self._held > FOLDED_AT:
            self._fold()

    def _codes(self, batch: Batch) -> NDArray[np.int32]:
        """Position of each name of a batch among the meters of the store."""
        found = np.zeros(max(len(batch.names), 1), np.int32)
        for at, name in enumerate(batch.names):
            meter = self._aliases.get(name.strip())
            if meter is not None:
                found[at] = self._places[meter]
                continue
            lines = batch.rows.line[batch.rows.meter == at]
            if len(lines):  # a name without rows was that of a sum
                self._unknown.setdefault(name, int(lines[0]))
        return found

    def _fold(self) -> None:
        """Fold what waits into its months, as files that no manifest names yet."""
        for month in sorted(self._waiting):
            new = joined_rows(self._waiting.pop(month))
            file = self._months.get(month)
            old = no_part() if file is None else read_part(self._store.path(file))
            part, folded = fold(old, new, self._label.id, self._meters)
            self._months[month] = write_part(self._store, month, part)
            self._counts[1:] += (folded.stored, folded.repeated, folded.late)
            self._aside.append(folded.remarks)
        self._held = 0

    def finish(self) -> Source:
        """Fold the rest; what the file was.

        Raises:
            InputError: meters that nobody declared, all at once.
        """
        where = self._label.name
        refuse([*self._unknown_meters(), *self._beside.faults(where), *self._sides.faults(where)])
        self._told += self._sides.told()
        self._fold()
        rows, stored, repeated, late = (int(one) for one in self._counts)
        aside = joined_rows(self._aside)
        aside = self._without_backwards(aside, rows)
        order = np.lexsort((aside.why, aside.line))
        aside = aside.taken(order)
        places = range(len(aside.time)) if self._texts else ()
        texts = {at: t for at in places if (t := self._texts.get(_place(aside, at)))}
        kept = int(np.sum(~np.isin(aside.why, STILL_COUNTS)))
        file = write_remarks(self._store, self._meters, aside, texts) if len(aside.time) else ""
        return Source(
            id=self._label.id, name=self._label.name, form=self._label.form,
            added=datetime.now(UTC).isoformat(timespec="seconds"),
            rows=rows, stored=stored, aside=kept, repeated=repeated, late=late,
            first=min(self._span, default=None), last=max(self._span, default=None),
            remarks=file, told=tuple(self._told),
        )  # fmt: skip

    def _without_backwards(self, aside: Rows, rows: int) -> Rows:
        disordered = aside.why == WHY["out_of_order"]
        if np.sum(disordered) <= _BACKWARDS * rows:
            return aside
        self._told.append(Words("文件按时间倒序", "the file lists the newest first"))
        return aside.taken(~disordered)

    def _unknown_meters(self) -> Iterable[Fault]:
        known = "、".join(self._meters[:_SHOWN]) or "—"
        for name, line in [*self._unknown.items()][:_SHOWN]:
            where = f"{self._label.name} 第 {line} 行 row {line}"
            do = Words(
                f"先加入计量表清单（tanzhe meters add 清单.csv），或用 --as {name}=表号 "
                f"指明它是哪块表；已知：{known}",
                f"Add a list of meters first (tanzhe meters add LIST.csv), or say which meter it "
                f"is with --as {name}=METER; known: {known}",
            )
            what = Words(f"不认识的计量表“{name}”", f"Unknown meter “{name}”")
            yield Fault(what, do, where=where)
        more = len(self._unknown) - _SHOWN
        if more > 0:
            what = Words(f"另有 {more} 块不认识的表", f"{more} more unknown meters")
            do = Words("请先加入写有它们的清单", "Add the list that has them first")
            yield Fault(what, do, where=self._label.name)


def _place(rows: Rows, at: int) -> tuple[int, int, int, int]:
    """What tells a row of a file from its others."""
    return int(rows.meter[at]), int(rows.channel[at]), int(rows.time[at]), int(rows.line[at])


def fold(old: Part, new: Rows, source: str, meters: list[str]) -> tuple[Part, Folded]:
    """A month's readings with new rows in them.

    The first reading of a meter and instant stays; an equal one of another file is counted only,
    another one of the same file or an unequal one becomes a remark.

    Args:
        old: what the month held.
        new: rows of one file, `meter` counting in `meters`.
        source: id of the file.
        meters: all meters, sorted.
    """
    sources = sorted({*old.sources, source})
    places = {name: at for at, name in enumerate(meters)}
    whose = np.array([places[name] for name in old.names], np.int32)
    files = np.array([sources.index(one) for one in old.sources], np.int32)
    before = old.rows._replace(meter=whose[old.rows.meter]) if len(whose) else old.rows
    ours = sources.index(source)
    kept: list[Rows] = []
    kept_from: list[NDArray[np.int32]] = []
    fates: list[Folded] = []
    for low in range(0, len(meters), BLOCK):  # some meters at a time: a month is much to sort
        first, last = np.searchsorted(before.meter, (low, low + BLOCK))
        held = before.taken(slice(int(first), int(last)))
        chosen = (new.meter >= low) & (new.meter < low + BLOCK)
        held_from = files[old.source[first:last]] if len(files) else no_part().source
        block = _Block(held, held_from, new.taken(chosen), ours)
        fates.append(block.folded())
        kept.append(block.rows)
        kept_from.append(block.source)
    part = _named(joined_rows(kept), np.concatenate(kept_from), meters, sources)
    stored, repeated = sum(one.stored for one in fates), sum(one.repeated for one in fates)
    late, remarks = sum(one.late for one in fates), joined_rows([one.remarks for one in fates])
    return part, Folded(stored, repeated, late, remarks)


class _Block:
    """Readings of some meters in a month, old ones and those of one file."""

    def __init__(self, old: Rows, old_source: NDArray[np.int32], new: Rows, ours: int) -> None:
        self._ours = ours
        self.rows = joined_rows([old, new]) if len(old.time) else new
        self.source = np.full(len(self.rows.time), ours, np.int32)
        self.source[: len(old.time)] = old_source
        self._new = np.zeros(len(self.rows.time), bool)
        self._new[len(old.time) :] = True

    def folded(self) -> Folded:
        """Sort and keep one reading a meter, channel and instant; what became of the others."""
        key = (self.rows.meter.astype(np.int64) << 36) | (self.rows.channel.astype(np.int64) << 32)
        key |= self.rows.time.astype(np.int64)
        order = _order(key)
        if order is not None:
            key, self.rows, self.source = key[order], self.rows.taken(order), self.source[order]
            self._new = self._new[order]
        same = np.zeros(len(key), bool)
        same[1:] = key[1:] == key[:-1]
        out = _disorder(key, self.rows, self._new)
        late = self._late()
        remarks, repeated = empty_rows(), 0
        if same.any():
            remarks, repeated = self._doubles(same)
        if out.any():
            disordered = self.rows.taken(out & ~same)
            codes = np.full(len(disordered.time), WHY["out_of_order"], np.int8)
            remarks = joined_rows([remarks, disordered._replace(why=codes)])
        stored = int(np.sum(~same & self._new))
        self.rows, self.source = self.rows.taken(~same), self.source[~same]
        self.rows.why[:] = 0
        return Folded(stored, repeated, late, remarks)

    def _doubles(self, same: NDArray[np.bool_]) -> tuple[Rows, int]:
        """Remarks on readings that stand twice, and how many are equal ones of another file."""
        rows, source = self.rows, self.source
        at = np.flatnonzero(same)
        first = np.maximum.accumulate(np.where(~same, np.arange(len(same)), 0))[at]
        equal = rows.value[at] == rows.value[first]
        counted = equal & (source[at] != source[first]) & self._new[at]
        told = self._new[at] & ~counted
        codes = np.where(equal[told], WHY["duplicate"], WHY["conflict"]).astype(np.int8)
        remarks = rows.taken(at[told])._replace(why=codes)
        # Whichever file came first, the equal reading is held as of the same one.
        swap = counted & (source[at] < source[first])
        rows.line[first[swap]], source[first[swap]] = rows.line[at[swap]], source[at[swap]]
        return remarks, int(np.sum(counted))

    def _late(self) -> int:
        """New rows older than what the meter already had from other files."""
        others = ~self._new & (self.source != self._ours)
        if not others.any():
            return 0
        low = int(self.rows.meter.min())
        newest = np.zeros(int(self.rows.meter.max()) - low + 1, np.int64)
        np.maximum.at(
            newest, self.rows.meter[others] - low, self.rows.time[others].astype(np.int64)
        )
        return int(np.sum(self._new & (self.rows.time < newest[self.rows.meter - low])))


def _order(key: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Sorted by key; a stable sort keeps old before new, line by line. None: sorted already."""
    if len(key) < 2 or bool(np.all(key[1:] > key[:-1])):
        return None
    return np.argsort(key, kind="stable")


def _disorder(key: NDArray[np.int64], rows: Rows, new: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """New rows that stand in their file behind a later one of the same meter."""
    if not len(key):
        return np.zeros(0, bool)
    ranked = key >> 32
    ranked <<= 32
    ranked += np.where(new, rows.line, np.int32(2**31 - 1))
    least = ranked[::-1].copy()
    np.minimum.accumulate(least, out=least)
    out = np.zeros(len(key), bool)
    out[:-1] = (least[::-1][1:] < ranked[:-1]) & new[:-1]
    return out


def _named(rows: Rows, source: NDArray[np.int32], meters: list[str], sources: list[str]) -> Part:
    """Only the meters and files that occur, so that equal content gives equal bytes."""
    used, codes = _occurring(rows.meter, len(meters))
    files, places = _occurring(source, len(sources))
    named = rows._replace(meter=codes[rows.meter])
    return Part(named, places[source], [meters[at] for at in used], [sources[at] for at in files])


def _occurring(codes: NDArray[np.int32], count: int) -> tuple[list[int], NDArray[np.int32]]:
    """Which codes occur, and what each becomes when the others are left out."""
    occurs = np.bincount(codes, minlength=count) > 0
    return np.flatnonzero(occurs).tolist(), (np.cumsum(occurs) - 1).astype(np.int32)
