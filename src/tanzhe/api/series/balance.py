"""What a report on power tells beside its series: the balance, and what moved thermal power."""

from tanzhe.errors import InputError
from tanzhe.model import Episodes, PowerSystem
from tanzhe.reports.parts.power import POWER, shown_years
from tanzhe.series.balance import (
    changes_by_month,
    changes_by_year,
    changes_of_episode,
    last_twelve_months,
)
from tanzhe.series.ember import SOURCE as EMBER
from tanzhe.series.estimate import SOURCE as NBS
from tanzhe.series.output import output_of
from tanzhe.series.power import cut_power, power_system

# Sources whose months of power have the rest of the balance beside them.
BALANCED = (NBS, EMBER)


def balance_of(found: Episodes) -> PowerSystem | None:
    """The balance of electricity beside the episodes of a power sector, up to its last month.

    Args:
        found: episodes of the power sector or of thermal generation.

    Returns:
        With the changes that a report tells: the last twelve months, each year, each episode,
        and every month of the years in its table. None for other sectors, and where the rest of the
        balance is not published.
    """
    series = found.series
    if series.sector not in POWER or series.source not in BALANCED:
        return None
    try:
        system = power_system(series.region, output_of(series.sha256))
    except InputError:
        return None
    # What was not yet published then is not told.
    until = sum(period <= series.periods[-1] for period in system.periods)
    system = cut_power(system, 0, until)
    real = [one for one in found.episodes if one.scope != "data"]
    last = last_twelve_months(system)
    years = shown_years(system.periods)
    changes = (
        *([last] if last else []),
        *changes_by_year(system),
        *(change for one in real for change in changes_of_episode(system, one, real)[:1]),
        *(changes_by_month(system, years[0], real) if years else ()),
    )
    return system.model_copy(update={"changes": changes})
