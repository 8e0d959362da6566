"""What green power alone can do for a park's core indicator, all else as it is.

The indicator is (E_other + u f Q) / W: E_other the emissions that power does not cause, Q the power
used, f the factor of unproven power, W the energy consumption, u the share of power without proof.
It meets a limit L while u <= (L W - E_other) / (f Q); for an all-electric park with equivalence
coefficient c this is L c / f, whatever its size.
"""

from collections.abc import Sequence

import numpy as np

from tanzhe.model.park import Assessment
from tanzhe.model.plan import GreenPoint, GreenShare
from tanzhe.model.told import Told
from tanzhe.quantity import Quantity, Unit
from tanzhe.rulebook import rule_value

_FACTOR = "annex4.grid_other_electricity"
_STEPS = 11  # the curve in tenths


def green_share(assessment: Assessment) -> GreenShare:
    """How the core indicator depends on the share of proven non-fossil power.

    Args:
        assessment: of the park as it is; the limit is that of its tier.

    Returns:
        The curve from no proven power to all of it, and the largest share of unproven power that
        meets the limit: negative where green power alone cannot do it.
    """
    park = assessment.park
    energy, other = assessment.energy_tce, _other(assessment)
    used = _used_kwh(assessment)
    resolved = rule_value(_FACTOR, year=park.year, overrides=park.overrides).value
    tonnes = (Quantity(used, Unit.KWH) * Quantity(resolved.value, Unit.parse(resolved.unit))).value
    limit = _limit(assessment)
    share = None if used <= 0 else 1 - assessment.emissions.electricity / tonnes
    if used <= 0 or energy <= 0:
        return GreenShare(
            share=share, limit=limit, unproven_at_most=None, electricity_kwh=used,
            other_tco2=other, points=(), formula=Told(), words=_NO_POWER,
        )  # fmt: skip
    most = None if limit is None else (limit * energy - other) / tonnes
    marks = [share, *([] if most is None else [1 - most])]
    return GreenShare(
        share=share,
        limit=limit,
        unproven_at_most=most,
        electricity_kwh=used,
        other_tco2=other,
        points=_curve(other, tonnes, energy, [m for m in marks if m is not None]),
        formula=_formula(limit, energy, other, resolved.value, used, most),
        words=_words(most, limit, other, energy, share or 0.0),
    )


def _other(assessment: Assessment) -> float:
    return assessment.emissions.total - assessment.emissions.electricity


def _used_kwh(assessment: Assessment) -> float:
    """Power that counts as consumption: the tce of the electricity rows at the coefficient."""
    tce = sum(line.tce for line in assessment.lines if line.source == "electricity")
    kgce = Quantity(tce, Unit.TCE).to(Unit.KGCE).value
    return kgce / assessment.park.equivalence_kgce_per_kwh


def _limit(assessment: Assessment) -> float | None:
    found = (one.threshold for one in assessment.indicators if one.id == assessment.tier)
    return next(found, None)


def _curve(
    other: float, tonnes: float, energy: float, marks: Sequence[float]
) -> tuple[GreenPoint, ...]:
    """The indicator at tenths of proven power and at the marks that lie between."""
    shares = sorted({*np.linspace(0, 1, _STEPS).round(2), *(m for m in marks if 0 <= m <= 1)})
    return tuple(
        GreenPoint(
            share=float(share),
            tco2=other + (1 - float(share)) * tonnes,
            emission_per_energy=(other + (1 - float(share)) * tonnes) / energy,
        )
        for share in shares
    )


def _formula(
    limit: float | None, energy: float, other: float, factor: float, used: float, most: float | None
) -> Told:
    mwh = Quantity(used, Unit.KWH).to(Unit.MWH).value
    if limit is None or most is None:
        return Told(
            f"（{other:,.1f} + 未证明电量占比 × {factor:g} × {mwh:,.1f}）÷ {energy:,.1f}",
            f"({other:,.1f} + share of unproven power × {factor:g} × {mwh:,.1f}) ÷ {energy:,.1f}",
        )
    return Told(
        f"未证明电量占比 ≤（{limit:g} × {energy:,.1f} − {other:,.1f}）÷"
        f"（{factor:g} × {mwh:,.1f}）= {most:.2%}",
        f"share of unproven power ≤ ({limit:g} × {energy:,.1f} − {other:,.1f}) ÷ "
        f"({factor:g} × {mwh:,.1f}) = {most:.2%}",
    )


_NO_POWER = Told(
    "台账中没有用电，绿电不改变核心指标。",
    "No power is used: green power does not move the core indicator.",
)
_NO_LIMIT = Told(
    "没有适用的核心指标限值，只列出单位能耗碳排放随绿电占比的变化。",
    "No limit of the core indicator applies: only how emissions per energy follow the share of "
    "green power is shown.",
)


def _words(
    most: float | None, limit: float | None, other: float, energy: float, share: float
) -> Told:
    if most is None or limit is None:
        return _NO_LIMIT
    floor = other / energy
    if most < 0:
        more = f"{other - limit * energy:,.1f} tCO2"
        return Told(
            f"仅靠绿电不能达标：即使全部用电都有绿电证明，单位能耗碳排放仍为 {floor:.4f}，"
            f"高于限值 {limit:g}，还须从燃料、热力或工业过程再减 {more}。",
            f"Green power alone cannot do it: with proof for all power, emissions per energy are "
            f"still {floor:.4f}, above the limit of {limit:g}; fuel, heat or processes must cut "
            f"{more} more.",
        )
    if most >= 1:
        return Told(
            f"不需要绿电也能达标：没有绿电证明的电量占比可为 100%，仍不高于限值 {limit:g}。",
            f"No green power is needed: with 100% of unproven power the limit of {limit:g} is "
            "still kept.",
        )
    now = Told(f"现为 {1 - share:.2%}", f"now {1 - share:.2%}")
    if 1 - share <= most:
        now = Told("已经达到", "already so")
    return Told(
        f"没有绿电证明的电量占比不高于 {most:.2%} 即达标（{now}），其他排放不变。",
        f"It is met where at most {most:.2%} of the power is unproven ({now.en}), all else as it "
        "is.",
    )
