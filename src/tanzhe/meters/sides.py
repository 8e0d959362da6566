"""On which side of the transformers figures stand: before the multiplier, or after it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Fault, Words, listed
from tanzhe.meters.registers import OVERLOAD
from tanzhe.meters.rows import INTERVAL, MICRO, POWER, REGISTER, Batch, Rows, Side
from tanzhe.meters.tree import Meter, Tree

_HOUR = 3600
# What a meter behind transformers can carry: 3 x 220 V x 6 A, by the usual 1.5(6) A; behind voltage
# transformers it is less. Its full load at the rated 5 A.
_MOST_KW, _FULL_KW = 4.2, 3.3
_LEAST_LOAD = 0.05  # mean load below this share of the full one is rare
_PEAKS = 0.98  # of slots; single ones above are faults
_PARTS = 8  # of the time of a register, whose middle one tells its pace
_FEWEST_HOURS = 6
_SHOWN = 8
_FEW = 2**15  # names whose numbers sort fast


class Sides:
    """The sides that the figures of a file stand on: as said, else as they are plausible."""

    def __init__(self, tree: Tree, said: Side) -> None:
        self._tree, self._aliases, self._said = tree, tree.aliases(), said
        self._judged: set[str] = set()
        self._found: dict[tuple[str, int], tuple[Side, float]] = {}
        self._fast: dict[str, float] = {}  # with registers faster than a meter's

    def before(self, batch: Batch) -> Batch:
        """The batch with every figure as before the multiplier; what nobody said is judged."""
        batch = batch.on(self._said)
        changed = {at: spans for at, name in enumerate(batch.names) if (spans := self._of(name))}
        new = [at for at in changed if not (batch.sure or batch.names[at] in self._judged)]
        if not changed or not (new or batch.after):
            return batch
        codes = batch.rows.meter.astype(np.int16 if len(batch.names) < _FEW else np.int32)
        order = np.argsort(codes, kind="stable")
        edges = np.searchsorted(codes[order], np.arange(len(batch.names) + 1))
        value = batch.rows.value.copy()
        for at, spans in changed.items():
            mine = order[edges[at] : edges[at + 1]]
            if at in new:
                self._judge(batch.names[at], spans[-1], batch.rows.taken(mine), batch.after)
            moved = mine[np.isin(batch.rows.channel[mine], [*batch.after])]
            factor = np.full(len(moved), spans[0].multiplier)
            for one in spans[1:]:
                factor[batch.rows.time[moved] >= one.begins] = one.multiplier
            value[moved] = np.rint(value[moved] / factor).astype(np.int64)
        return batch._replace(rows=batch.rows._replace(value=value))

    def _of(self, name: str) -> tuple[Meter, ...]:
        """The spans of a meter that has a multiplier."""
        spans = self._tree.of(self._aliases.get(name.strip(), ""))
        return spans if any(one.multiplier != 1 for one in spans) else ()

    def _judge(self, name: str, meter: Meter, rows: Rows, after: frozenset[int]) -> None:
        """Note on which side figures seem to be that count as before, once for each kind."""
        if meter.carrier != "electricity":
            return
        # Beside a register all figures are the meter's own, before the multiplier as a rule.
        own = bool((rows.channel == REGISTER).any()) and not meter.capacity
        for channel in sorted({REGISTER, INTERVAL, POWER} - after):
            held = rows.taken((rows.channel == channel) & (rows.why == 0))
            load = _load(channel, held.time.astype(np.int64), held.value / MICRO)
            if not load:
                continue
            self._judged.add(name)
            seems = _seems(meter, load)
            if not own:
                self._found[name, channel] = (seems, load)
            elif seems == "primary":
                self._fast[name] = load

    def faults(self, file: str) -> Iterator[Fault]:
        """A fault where figures that count as before the multiplier seem to be after it.

        Those of slots that may be on either side are asked where no other of the file is clear.
        """
        slots = {seems for (_, one), (seems, _) in self._found.items() if one != REGISTER}
        unclear = "secondary" not in slots
        wrong = {
            name: (seems, load)
            for (name, channel), (seems, load) in self._found.items()
            if seems == "primary" or (seems == "" and channel != REGISTER and unclear)
        }
        if not wrong:
            return
        names = _shown({name: load for name, (_, load) in wrong.items()})
        yield Fault(
            what=Words(
                f"看不出数值是否已乘倍率：{names.zh}，这是按文件数值的平均功率"
                f"{_why(wrong.values(), 'zh')}",
                f"Are the figures before or after the multiplier? {names.en} is their mean power "
                f"as the file has it{_why(wrong.values(), 'en')}",
            ),
            where=file,
            do=Words(
                "已乘倍率（一次侧）的加 --side primary，未乘的加 --side secondary；"
                "两种都有的，请分文件加入",
                "Add --side primary where they are after it, --side secondary where before; "
                "files with both have to be added apart",
            ),
        )

    def told(self) -> Iterator[Words]:
        """A line where registers, which stand before the multiplier, run faster than meters can."""
        if not self._fast:
            return
        names = _shown(self._fast)
        yield Words(
            f"示数按未乘倍率计，但走得比电能表能走的快（最多约 {_MOST_KW:g} kW）：{names.zh}；"
            "表显若是一次侧的值，请在另一个工作区加 --side primary 重新加入",
            "readings count as before the multiplier, yet run faster than a meter can "
            f"({_MOST_KW:g} kW): {names.en}; if it shows the primary side, add them to another "
            "workspace with --side primary",
        )


def _shown(loads: Mapping[str, float]) -> Words:
    shown = [*loads.items()][:_SHOWN]
    return Words(
        listed(f"{name}（{load:,.3g} kW）" for name, load in shown).zh,
        listed(f"{name} ({load:,.3g} kW)" for name, load in shown).en,
    )


def _why(wrong: Iterable[tuple[Side, float]], language: Literal["zh", "en"]) -> str:
    if not any(seems == "primary" for seems, _ in wrong):
        return ""
    return {
        "zh": f"；未乘倍率的电能表最多约 {_MOST_KW:g} kW，或乘后超过额定功率",
        "en": f"; a meter behind transformers carries {_MOST_KW:g} kW at most, or the rated power "
        "is exceeded",
    }[language]


def _seems(meter: Meter, load: float) -> Side:
    """On which side a mean power of a meter can stand; "" where on either."""
    full = meter.capacity or _FULL_KW * meter.multiplier
    most = meter.capacity * OVERLOAD / meter.multiplier if meter.capacity else _MOST_KW
    if load > most:
        return "primary"
    return "secondary" if load < _LEAST_LOAD * full else ""


def _load(channel: int, time: NDArray[np.int64], value: NDArray[np.float64]) -> float:
    """The mean power that figures say, kW; 0 where they are too few to tell."""
    order = np.argsort(time, kind="stable")
    time, value = time[order], value[order]
    steps = np.diff(time)
    steps = steps[steps > 0]
    if not len(steps):
        return 0.0
    if channel == REGISTER:
        return _pace(time, value)
    hours = 1.0 if channel == POWER else float(np.median(steps)) / _HOUR
    usual = np.sort(value)[: max(1, int(_PEAKS * len(value)))]
    return float(np.mean(np.maximum(usual, 0))) / hours


def _pace(time: NDArray[np.int64], value: NDArray[np.float64]) -> float:
    """How fast a register runs: in the middle of parts of its time, since some hold faults."""
    if time[-1] - time[0] < _FEWEST_HOURS * _HOUR:
        return 0.0
    edges = np.unique(np.linspace(0, len(time) - 1, _PARTS + 1).round().astype(int))
    length, gain = np.diff(time[edges]), np.diff(value[edges])
    runs = (gain > 0) & (length > 0)
    return float(np.median(gain[runs] / length[runs])) * _HOUR if runs.any() else 0.0
