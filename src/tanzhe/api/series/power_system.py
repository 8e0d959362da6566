"""From a region's name to its power as a system, with what moved its thermal generation."""

from tanzhe.api.series.episode import episodes
from tanzhe.api.series.turning import load, output_used
from tanzhe.model import PowerSystem, Progress, silent
from tanzhe.model.run import dated
from tanzhe.series.balance import (
    changes_by_year,
    changes_of_episode,
    changes_of_span,
    last_twelve_months,
)
from tanzhe.series.power import as_known_power, cut_power, power_system
from tanzhe.series.span import chosen
from tanzhe.workspace import Workspace

THERMAL = "thermal_power_generation"


def power(
    region: str,
    *,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> PowerSystem:
    """What water, wind, sun, nuclear power, consumption and exchange did to thermal generation.

    Args:
        region: any name of a province, or the nation.
        since: first month asked about, YYYY-MM; the years before are what it is compared with.
        until: last month asked about, YYYY-MM.
        as_of: last month whose figures are used, as if asked then, YYYY-MM.
        workspace: where results are kept, and what was added to the built-in output.
        progress: told how far the search for episodes is.

    Returns:
        The system in the span asked about (all there is), with `changes` of each of its years, of
        the span (or the last twelve months), and of each episode of thermal generation that begins
        in it. Contributions add up to each change exactly.

    Raises:
        InputError: the region publishes no thermal generation or consumption, or a bad span.

    Example:
        >>> system = power("四川")
        >>> year = next(c for c in system.changes if c.periods[0] == "2021-02")
        >>> year.thermal > 0, year.share_of("electricity_consumption").share > 0.5
        (True, True)
    """
    system = as_known_power(power_system(region, of=output_used(workspace)), as_of)
    start, end = chosen(system.periods, since, until, merged=True)
    span = system.periods[start:end]
    thermal = load(region, THERMAL, as_of=as_of, workspace=workspace)
    found = episodes(thermal, workspace=workspace, progress=progress)
    real = [one for one in found.episodes if one.scope != "data"]
    if since is None and until is None:
        last = last_twelve_months(system)
        asked = tuple(one for one in (last,) if one is not None)
    else:
        asked = changes_of_span(system, span[0], span[-1], real)
    changes = [
        *(one for one in changes_by_year(system) if {*one.periods} <= {*span}),
        *asked,
        *(
            change
            for one in real
            if one.begin in span
            for change in changes_of_episode(system, one, real)
        ),
    ]
    cut = cut_power(system, start, end)
    return dated(cut.model_copy(update={"changes": tuple(changes)}))
