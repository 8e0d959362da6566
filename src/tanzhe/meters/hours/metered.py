"""Hours of a park from its meters: what the edge received, and what came from direct supply."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tanzhe.meters.balance import hourly
from tanzhe.meters.clock import month_begin, month_number
from tanzhe.meters.comparing import stretches_of
from tanzhe.meters.hours.tables import HOUR, HourTable
from tanzhe.meters.rows import MICRO
from tanzhe.meters.store import Store

_DIRECT = ("direct", "onsite")


def hours_of_meters(store: Store, months: Sequence[str]) -> tuple[HourTable, int]:
    """The hours of settled months of which all meters at the edge are known, and how many are not.

    Load is what the grid, direct lines and roofs gave less what was sent out. Direct supply counts
    where it is non-fossil; contracts have no meter.
    """
    parts: list[tuple[NDArray[np.int64], ...]] = []
    unknown = 0
    for name in months:
        number = month_number(name)
        window = (month_begin(number), month_begin(number + 1))
        begins = window[0] + HOUR * np.arange((window[1] - window[0]) // HOUR)
        load, direct = np.zeros(len(begins), np.int64), np.zeros(len(begins), np.int64)
        known = np.ones(len(begins), bool)
        for meter in store.tree.names:
            one = store.tree.of(meter)[-1]
            if one.carrier != "electricity" or one.supply is None:
                continue
            energy, sure = hourly(stretches_of(store, meter, *window), window)
            alive = (begins >= store.tree.of(meter)[0].begins) & (begins < (one.ends or 2**62))
            known &= sure | ~alive
            load += -energy if one.supply == "exported" else energy
            if one.supply in _DIRECT and one.generation == "nonfossil":
                direct += energy
        unknown += int(np.sum(~known))
        parts.append((begins[known], load[known], direct[known]))
    begin, load, direct = (np.concatenate(one) for one in zip(*parts, strict=True))
    table = HourTable(begin, load / MICRO, direct / MICRO, np.zeros(len(begin)), None)
    return table, unknown
