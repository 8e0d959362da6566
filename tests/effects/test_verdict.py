"""The word on an event from sizes and p-values: every mix, each limit on both sides."""

from itertools import product
from typing import Any, NamedTuple, cast

import numpy as np
import pytest

from tanzhe.effects.placebo import Size
from tanzhe.effects.question import Question
from tanzhe.effects.verdict import judged
from tanzhe.model import EffectCheck

LESS, MORE = float(np.log(0.85)), float(np.log(1.15))  # 15 % down and up
STEP = 1e-9


class Asked(NamedTuple):
    """Of a question what its verdict looks at."""

    basis: str
    signs: tuple[int, ...]


def size(low: float, high: float, p_value: float = 0.5, noise: float = 0.1) -> Size:
    return Size((low + high) / 2, low, high, noise, p_value, "own", "around")


def checks(moved: bool | None, quiet: bool | None) -> tuple[EffectCheck, ...]:
    told = {"others_moved": None if moved is None else not moved, "anticipation": quiet}
    found = [EffectCheck(name=name, passed=passed, zh="", en="")  # type: ignore[arg-type]
             for name, passed in told.items()]  # fmt: skip
    return (EffectCheck(name="fit_before", passed=False, zh="", en=""), *found)


def by_hand(
    asked: Asked, p: float, against: float | None, counted: Size, excess: Size | None,
    moved: bool | None, quiet: bool | None, placebos: int,
) -> tuple[str, str]:  # fmt: skip
    """As docs/effects/effects.md has it: the verdict, and the reason where it is none."""
    shared = asked.basis == "excess" and excess is not None and moved is True
    if p <= 0.05:
        own = not shared or (excess is not None and excess.p_value <= 0.05)
        return ("effect", "") if own else ("cannot_tell", "others_moved_too")
    if quiet is False:
        return "cannot_tell", "base_off"
    if against is not None and against <= 0.05:
        if shared:
            return "cannot_tell", "others_moved_too"
        wrong = {(-1,): counted.low > 0, (1,): counted.high < 0}
        if wrong[cast(Any, asked.signs)]:
            return "contradicted", ""
    no_fall, no_rise = counted.low > LESS, counted.high < MORE
    excluded = {(-1,): no_fall, (1,): no_rise}.get(cast(Any, asked.signs), no_fall and no_rise)
    if p > 0.2 and excluded:
        return "no_effect_visible", ""
    if placebos < 19:  # with the window itself fewer than twenty
        return "cannot_tell", "few_placebos"
    return "cannot_tell", "noisy" if counted.noise > 0.15 else "unclear"


SIZES = [
    size(low, high, noise=noise)
    for low, high, noise in (
        (-0.3, -STEP, 0.1), (-0.3, 0.0, 0.1), (STEP, 0.3, 0.1), (0.0, 0.3, 0.15),
        (LESS, 0.3, 0.1501), (LESS + STEP, 0.3, 0.15), (-0.3, MORE, 0.15),
        (-0.3, MORE - STEP, 0.1501), (LESS + STEP, MORE - STEP, 0.1), (LESS, MORE, 0.2),
        (LESS - STEP, MORE + STEP, 0.1),
    )
]  # fmt: skip


@pytest.mark.parametrize("signs", [(-1,), (1,), (-1, 1)])
@pytest.mark.parametrize("basis", ["own", "excess"])
def test_every_mix(basis: str, signs: tuple[int, ...]) -> None:
    asked, met = Asked(basis, signs), set()
    others = (None, size(-0.1, 0.1, 0.05), size(-0.1, 0.1, 0.0501))
    againsts = (None, 0.05, 0.0501) if len(signs) == 1 else (None,)
    for p, against, counted, excess, moved, quiet, placebos in product(
        (0.05, 0.0501, 0.2, 0.2001), againsts, SIZES, others, (None, False, True),
        (None, False, True), (18, 19),
    ):  # fmt: skip
        verdict, notes = judged(cast(Question, asked), p, against, counted, excess,
                                checks(moved, quiet), placebos)  # fmt: skip
        found = (verdict, "".join(note.code for note in notes))
        assert found == by_hand(asked, p, against, counted, excess, moved, quiet, placebos)
        met.add(found)
    usual = {"effect", "base_off", "no_effect_visible", "few_placebos", "noisy", "unclear"}
    usual |= {"contradicted"} if len(signs) == 1 else set()
    usual |= {"others_moved_too"} if basis == "excess" else set()
    assert {reason or verdict for verdict, reason in met} == usual
