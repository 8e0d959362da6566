"""The core indicator with the equivalence coefficients that others use."""

from functools import cache

from tanzhe import bundled
from tanzhe.model import Record
from tanzhe.model.park import Sensitivity
from tanzhe.model.told import Told
from tanzhe.parks.account.account import per_energy, rounded
from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.account.unknown import is_incomplete


class Alternative(Record):
    """An equivalence coefficient in use somewhere, kgce/kWh, and where it comes from."""

    value: float
    unit: str
    source: Told


@cache
def alternatives() -> tuple[Alternative, ...]:
    """The coefficients results are compared with; they never replace the park's own."""
    told = bundled.tree("tanzhe.parks.data", "equivalence.yaml")
    return tuple(Alternative(**one) for one in told)


def sensitivity(use: EnergyUse) -> tuple[Sensitivity, ...]:
    """Energy and emissions per energy with each other coefficient; CO2 stays as it is."""
    own = use.account.park.equivalence_kgce_per_kwh
    if is_incomplete(use.account.park) or use.account.doubts:
        return ()
    return tuple(
        _with(use, one.value, one.source) for one in alternatives() if abs(one.value - own) > 1e-9
    )


def _with(use: EnergyUse, coefficient: float, source: Told) -> Sensitivity:
    tce = rounded(use.with_coefficient(coefficient))
    return Sensitivity(
        equivalence_kgce_per_kwh=coefficient,
        source=source,
        energy_tce=tce,
        emission_per_energy=per_energy(use.account.emissions.total, tce),
    )
