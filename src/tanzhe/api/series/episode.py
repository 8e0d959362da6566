"""From a region's and a sector's series to its episodes."""

from bisect import bisect_right

from tanzhe.api.series._shelf import PanelShelf
from tanzhe.effects.disputes import with_disputes
from tanzhe.errors import InputError
from tanzhe.evidence.chronicle import chronicle
from tanzhe.kept import key
from tanzhe.model import Episode, Episodes, Progress, Series, silent
from tanzhe.places import place_of
from tanzhe.series.balance import with_water
from tanzhe.series.calendar import monthly
from tanzhe.series.companions import without_faults
from tanzhe.series.contributions import contributions
from tanzhe.series.level_changes import without_level_changes
from tanzhe.series.output import output_of
from tanzhe.series.power import cut_power, power_system
from tanzhe.series.sources import EMBER, NBS
from tanzhe.series.yearly_shares import without_yearly_shares
from tanzhe.turning.episodes import episodes as found_in
from tanzhe.turning.episodes.defects import without_defects
from tanzhe.workspace import Workspace

POWER = ("power", "thermal_power_generation")


def episodes(
    series: Series,
    *,
    top: int = 0,
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> Episodes:
    """When a series left its usual course, how deep, until when, whose it was and what moved.

    Args:
        series: daily (turned into months first), monthly or yearly; at least 22 periods after
            January and February are merged, or eight years. Its `peers` tell what the nation
            shares.
        top: so many signals that are not told are listed beside, likeliest first.
        workspace: where results are kept, so that the same question is answered at once, and the
            search of the whole panel, so that its next region takes a fraction of the time.
        progress: told how far the search is.

    Returns:
        Episodes by begin, each with the probability that it happened, its kind, depth and amount
        with intervals, and the products it came from; and the path that was expected.

    Raises:
        InputError: the series is too short or negative.

    Example:
        >>> from tanzhe import load
        >>> found = episodes(load("上海", "水泥"))
        >>> [(e.begin, e.end, e.shape) for e in found.episodes if e.scope == "province"]
        [('2022-04', '2022-06', 'pulse')]
    """
    months = monthly(series)
    question = "" if workspace is None else key("tanzhe.api.series.episode", top, months)
    if workspace is not None and (kept := workspace.fetch_json("episodes", question)):
        return _with_company(Episodes.model_validate_json(kept), months)
    shelf = None if workspace is None else PanelShelf(workspace)
    found = without_defects(found_in(months, top=top, progress=progress, shelf=shelf))
    found = without_yearly_shares(found)
    told, weaker = (
        tuple(_with_contributions(found, one) for one in some)
        for some in (found.episodes, found.weaker)
    )
    found = found.model_copy(update={"episodes": told, "weaker": weaker})
    result = with_disputes(_with_water(without_level_changes(without_faults(found))), chronicle())
    if workspace is not None:
        workspace.store_json("episodes", question, result.model_dump_json())
    return result


def _with_company(found: Episodes, months: Series) -> Episodes:
    """Kept episodes with what is not kept of their series: the other regions, the second source."""
    beside = {"peers": months.peers, "reference": months.reference}
    return found.model_copy(update={"series": found.series.model_copy(update=beside)})


def _with_contributions(found: Episodes, episode: Episode) -> Episode:
    moved = contributions(found.series, episode, found.expected)
    return episode.model_copy(update={"contributions": moved}) if moved else episode


def _with_water(found: Episodes) -> Episodes:
    """Episodes of built-in thermal power with what water explains."""
    series = found.series
    built_in = series.source in (NBS, EMBER) and series.sector in POWER
    if not built_in or place_of(series.region) is None:
        return found
    try:
        system = power_system(series.region, of=output_of(series.sha256))
    except InputError:
        return found  # no consumption published: no balance
    # What came after the series does not say what moved it.
    known = bisect_right(system.periods, series.periods[-1])
    return with_water(found, cut_power(system, 0, known))
