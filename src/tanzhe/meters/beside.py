"""What files say of meters beside their figures, held against the list: units and multipliers."""

from collections.abc import Iterator

from tanzhe.errors import Fault, InputError, Words
from tanzhe.meters.plates import ratio
from tanzhe.meters.rows import Batch
from tanzhe.meters.tree import Meter, Tree
from tanzhe.quantity import Dimension, Unit


class Beside:
    """What a file says of its meters otherwise than the list does."""

    def __init__(self, tree: Tree) -> None:
        self._tree, self._aliases = tree, tree.aliases()
        self._units: set[tuple[str, str, str]] = set()
        self._multipliers: set[tuple[str, str, str]] = set()

    def note(self, batch: Batch) -> None:
        """Note units that measure something else, and multipliers that no span of a meter has."""
        for name, units in batch.units.items():
            for one in self._spans(name)[-1:]:
                self._units |= {(one.meter, one.unit, u) for u in units if not _same(u, one)}
        for name, said in batch.multipliers.items():
            spans = self._spans(name)
            known = sorted({one.multiplier for one in spans})
            told = "、".join(f"{one:g}" for one in known)
            self._multipliers |= {
                (spans[0].meter, told, one)
                for one in said
                if known and one and float(ratio(one) or 0) not in known
            }

    def _spans(self, name: str) -> tuple[Meter, ...]:
        return self._tree.of(self._aliases.get(name.strip(), ""))

    def faults(self, file: str) -> Iterator[Fault]:
        """A fault for each of them."""
        for meter, own, unit in sorted(self._units):
            what = Words(f"{meter} 的读数单位是 {unit}，清单里是 {own}",
                         f"Readings of {meter} are in {unit}, the list says {own}")  # fmt: skip
            do = Words("请改正清单的单位或换算读数", "Mend the unit in the list, or convert")
            yield Fault(what, do, where=file)
        for meter, own, said in sorted(self._multipliers):
            what = Words(f"{meter} 的倍率 {said} 与计量表清单的 {own} 不同",
                         f"Multiplier {said} of {meter} differs from the list's {own}")  # fmt: skip
            do = Words(
                "请核对铭牌，改正清单或此文件；换过互感器的在清单中分两段填",
                "Check the plate and mend the list or the file; two spans where it was changed",
            )
            yield Fault(what, do, where=file)


def _same(unit: str, meter: Meter) -> bool:
    """Whether a unit measures what the unit of a meter does; a tonne of water is a m3."""
    try:
        told, own = Unit.parse(unit).dimension, Unit.parse(meter.unit).dimension
    except InputError:
        return True  # of power, or told already
    return told is own or (meter.carrier == "water" and told is Dimension.MASS)
