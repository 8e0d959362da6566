"""The word that follows from sizes and p-values, and the reason where none follows."""

import numpy as np

from tanzhe.effects.placebo import Size
from tanzhe.effects.question import Question
from tanzhe.effects.reasons import BASE_OFF, FEW_PLACEBOS, NOISY, SHARED, UNCLEAR
from tanzhe.effects.settings import FEWEST_OWN_PLACEBOS, LARGEST_NOISE, NOTHING, SURE, USUAL_EFFECT
from tanzhe.model import EffectCheck, Note
from tanzhe.model.effect import EffectVerdict

Judged = tuple[EffectVerdict, tuple[Note, ...]]


def judged(
    asked: Question,
    p_value: float,
    p_against: float | None,
    counted: Size,
    excess: Size | None,
    checks: tuple[EffectCheck, ...],
    placebos: int,
) -> Judged:
    """The verdict on an event.

    * `effect`: p <= .05 in the direction stated, or in either where none was stated. Where the
      others moved the same way the excess must be so too, else it is not the event's.
    * `contradicted`: p <= .05 in the other direction, and the interval of the size that counts
      excludes zero on that side: a province that an event of all hit least is no contradiction.
    * `no_effect_visible`: p > .2 and the interval excludes 15 % in the direction stated.
    * `cannot_tell`: else; and where the periods just before were unusual already.

    Args:
        asked: the question.
        p_value: in the direction stated.
        p_against: in the other direction; None where none was stated.
        counted: size of the answer that counts.
        excess: size over the others; None without others.
        checks: what the checks found.
        placebos: how many windows it was ranked among.
    """
    others = any(one.name == "others_moved" and one.passed is False for one in checks)
    shared = excess if asked.basis == "excess" and others else None
    if p_value <= SURE:
        if shared is not None and shared.p_value > SURE:
            return "cannot_tell", (SHARED,)
        return "effect", ()
    base_off = any(one.name == "anticipation" and one.passed is False for one in checks)
    if base_off:
        return "cannot_tell", (BASE_OFF,)
    if p_against is not None and p_against <= SURE:
        # Against the expectation the excess must say so itself: others may have pulled it along.
        if shared is not None:
            return "cannot_tell", (SHARED,)
        if _opposite(counted, asked.signs):
            return "contradicted", ()
    if p_value > NOTHING and _excludes(counted, asked.signs):
        return "no_effect_visible", ()
    if placebos < FEWEST_OWN_PLACEBOS - 1:
        return "cannot_tell", (FEW_PLACEBOS,)
    return "cannot_tell", (NOISY if counted.noise > LARGEST_NOISE else UNCLEAR,)


def _opposite(counted: Size, signs: tuple[int, ...]) -> bool:
    """Whether the interval lies wholly on the side not expected."""
    return counted.low > 0 if signs == (-1,) else counted.high < 0


def _excludes(counted: Size, signs: tuple[int, ...]) -> bool:
    """Whether the interval excludes the size that an effect usually has."""
    low = np.log(1 - USUAL_EFFECT / 100)
    high = np.log(1 + USUAL_EFFECT / 100)
    return (-1 not in signs or counted.low > low) and (1 not in signs or counted.high < high)
