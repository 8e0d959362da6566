"""What is wrong with measures by themselves, before any park is looked at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tanzhe.errors import Fault, Words, listed
from tanzhe.parks.measures.words import REPAIR, fault_at

_POSITIVE = ("potential", "step", "per_unit", "to_energy_gj_per_unit")
_NOT_NEGATIVE = ("unit_cost_yuan", "fixed_cost_wan_yuan", "minimum", "to_factor_tco2")


class Draft(NamedTuple):
    """A measure as far as it could be read: its place, and the fields that were understood."""

    place: str
    fields: Mapping[str, object]

    def number(self, key: str) -> float | None:
        """A field that is a number."""
        value = self.fields.get(key)
        return float(value) if isinstance(value, int | float) else None

    def text(self, key: str) -> str:
        """A field that is a text."""
        return str(self.fields.get(key) or "")

    @property
    def requires(self) -> tuple[str, ...]:
        """Names of the measures it requires."""
        named = self.fields.get("requires")
        return tuple(map(str, named)) if isinstance(named, tuple) else ()


def value_faults(draft: Draft) -> Iterator[Fault]:
    """Numbers of one measure that cannot be."""
    for key in (*_POSITIVE, *_NOT_NEGATIVE):
        value = draft.number(key)
        if value is not None and (value < 0 or (value == 0 and key in _POSITIVE)):
            floor = _ABOVE if key in _POSITIVE else _NOT_BELOW
            yield fault_at(draft.place, key, _joined(f"{value:g}", floor), _REMEDY.get(key, _CHECK))
    most = draft.number("potential")
    for key in ("minimum", "step"):
        value = draft.number(key)
        if value is not None and most is not None and value > most > 0:
            told = Words(
                f"{value:g} 大于潜力 {most:g}", f"{value:g} is above the potential {most:g}"
            )
            yield fault_at(draft.place, key, told, _CHECK)
    gains = draft.fields.get("indicators")
    for one, gain in gains.items() if isinstance(gains, Mapping) else ():
        if gain <= 0:
            yield fault_at(draft.place, "indicators", _joined(f"{one} {gain:g}", _ABOVE), _CHECK)


def list_faults(drafts: Sequence[Draft]) -> Iterator[Fault]:
    """Names that stand twice, and requirements that cannot be met."""
    named: dict[str, Draft] = {}
    for draft in drafts:
        name = draft.text("name")
        if name in named:
            told = Words(f"名称“{name}”重复", f"The name “{name}” stands twice")
            first = named[name].place
            do = Words(f"另一处：{first}。请改名", f"The other: {first}. Rename one")
            yield fault_at(draft.place, "name", told, do)
        elif name:
            named[name] = draft
    for draft in drafts:
        for other in draft.requires:
            yield from _required(draft, other, named)


def _required(draft: Draft, other: str, named: Mapping[str, Draft]) -> Iterator[Fault]:
    """A requirement of nothing, of itself, of what an exclusive group forbids, or of any amount."""
    if other == draft.text("name"):
        told = Words("措施不能以自己为前提", "A measure cannot require itself")
        yield fault_at(draft.place, "requires", told, REPAIR)
    elif other not in named:
        known = listed(named)
        told = Words(f"前提“{other}”不在措施之中", f"“{other}” is no measure of this file")
        do = Words(f"现有措施：{known.zh}", f"Measures: {known.en}")
        yield fault_at(draft.place, "requires", told, do)
    else:
        yield from _unmet(draft, named[other], other)


def _unmet(draft: Draft, other: Draft, name: str) -> Iterator[Fault]:
    group = draft.text("group")
    if group and group == other.text("group"):
        told = Words(
            f"与前提“{name}”同在互斥组“{group}”，永远不能实施",
            f"Stands in the exclusive group “{group}” with “{name}”, which it requires",
        )
        yield fault_at(draft.place, "requires", told)
    if not other.number("minimum") and other.number("step") is None:
        told = Words(
            f"前提“{name}”可以只做一点点，等于没有前提",
            f"“{name}” may be taken in any small amount, so requiring it says nothing",
        )
        do = Words(
            f"请给“{name}”写“整项: 是”、最小规模或步长",
            f"Give “{name}” whole: yes, a minimum or a step",
        )
        yield fault_at(draft.place, "requires", told, do)


def _joined(value: str, floor: Words) -> Words:
    return Words(f"{value} {floor.zh}", f"{value} {floor.en}")


_ABOVE = Words("必须大于 0", "must be above 0")
_NOT_BELOW = Words("不能小于 0", "must not be below 0")
_CHECK = Words("请核对数字和单位", "Check the number and its unit")
_NET = Words(
    "成本请填每年的净支出；能省钱的措施写 0，并在依据里说明",
    "Give the net cost a year; write 0 for a measure that pays for itself",
)
_REMEDY = {"unit_cost_yuan": _NET, "fixed_cost_wan_yuan": _NET}
