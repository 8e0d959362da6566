"""The sums that ledger indicators are made of: each is linear in the ledgers' amounts."""

from collections.abc import Mapping
from math import fsum

import numpy as np
from numpy.typing import NDArray

from tanzhe.model.park import ParkYear
from tanzhe.parks.account.account import account
from tanzhe.parks.account.balance import Balance
from tanzhe.parks.account.energy import EnergyUse

# Position of each sum in the vector of `sums`.
_NAMES = (
    "tco2", "tce", "direct", "renewable", "used", "nonfossil_tce", "renewable_tce", "one",
    *Balance._fields,
)  # fmt: skip
BALANCES = tuple(range(len(_NAMES) - len(Balance._fields), len(_NAMES)))
# Measure -> (above, below): the indicator is their quotient.
RATIOS: Mapping[str, tuple[str, str]] = {
    "emission_per_energy": ("tco2", "tce"),
    "total_emissions": ("tco2", "one"),
    "energy_tce": ("tce", "one"),
    "direct_supply": ("direct", "used"),
    "green_electricity": ("renewable", "used"),
    "nonfossil_energy": ("nonfossil_tce", "tce"),
    "renewable_energy": ("renewable_tce", "tce"),
}


def sums(park: ParkYear) -> NDArray[np.float64]:
    """A park's sums in the order of their names: tCO2, tce, kWh thrice, tce twice, 1, balances."""
    told = account(park)
    use = EnergyUse(told)
    power = use.power
    other = use.nonfossil_heat + use.nonfossil_fuel
    return np.array(
        [
            fsum(line.tco2 for line in told.lines),
            fsum(line.tce for line in told.lines),
            power.direct,
            power.renewable,
            power.used,
            use.of_power(power.nonfossil) + other,
            use.of_power(power.renewable) + other,
            1.0,
            *told.balance,
        ]
    )


def at(name: str) -> int:
    """Position of a sum."""
    return _NAMES.index(name)


def name_of(position: int) -> str:
    """Name of the sum at a position."""
    return _NAMES[position]
