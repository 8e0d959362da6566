"""What a caller of the panel search may choose, checked before anything is computed."""

from collections.abc import Iterator
from numbers import Integral, Real
from typing import get_args

from tanzhe.errors import Fault, Words
from tanzhe.turning.panels.indicators import Effects


def option_faults(
    *, effects: str, impulses: bool, steps: bool, alpha: float, max_block: int, level: float
) -> Iterator[Fault]:
    """Everything that is wrong with the options of `saturate`; arguments as there."""
    kinds = get_args(Effects)
    if effects not in kinds:
        told = "、".join(kinds), ", ".join(kinds)
        yield _fault("effects", f"“{effects}”", Words(f"请从 {told[0]} 中选", f"Use {told[1]}"))
    if not (impulses or steps):
        yield Fault(
            Words("既不找阶跃也不找脉冲", "Neither steps nor impulses are wanted"),
            Words("至少打开其中一个", "Switch one of them on"),
            where="steps, impulses",
        )
    for name, value in (("alpha", alpha), ("level", level)):
        if not (isinstance(value, Real) and 0 < value < 1):
            yield _fault(
                name, str(value), Words("请取 0 与 1 之间的数", "Use a number between 0 and 1")
            )
    if not (isinstance(max_block, Integral) and max_block >= 1):
        yield _fault(
            "max_block", str(max_block), Words("请取从 1 起的整数", "Use a whole number from 1 on")
        )


def _fault(name: str, value: str, do: Words) -> Fault:
    return Fault(Words(f"不能是 {value}", f"It cannot be {value}"), do, where=name)
