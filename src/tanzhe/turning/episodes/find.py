"""A series and its peers become episodes."""

from collections.abc import Sequence

from tanzhe.model import Episodes, Progress, Series, silent
from tanzhe.threads import one_thread
from tanzhe.turning.episodes.engine import Judged, judge, sum_judged
from tanzhe.turning.episodes.kept import Shelf, figures_of, judged_of
from tanzhe.turning.episodes.prepare import check, is_idle, is_long, is_searchable
from tanzhe.turning.episodes.records import NATION, episodes_of, idle_episodes
from tanzhe.turning.episodes.settings import DEFAULT, EpisodeSettings


@one_thread
def episodes(
    series: Series,
    *,
    top: int = 0,
    settings: EpisodeSettings = DEFAULT,
    progress: Progress = silent,
    shelf: Shelf | None = None,
) -> Episodes:
    """When a series left its usual course, how deep, until when, and whose it was.

    Args:
        series: monthly with January and February merged (11 periods a year), or yearly; at least
            22 periods. Its `peers` teach how loud the months are and how the noise remembers, and
            tell what the nation shares from the region's own.
        top: so many signals that are not told are listed beside, likeliest first.
        settings: the fixed default; other values are for study.
        progress: told how far the search is.
        shelf: where the search of a whole panel is kept for its other members.

    Returns:
        Episodes by begin, with the path that was expected.

    Raises:
        InputError: the series is too short, not merged, or negative.

    References:
        George, McCulloch 1997, Statistica Sinica 7, 339-373 (selection among regressors with
        normal priors); Raftery, Madigan, Hoeting 1997, JASA 92, 179-191 (averaging over models
        near the best).

    Example:
        >>> from tanzhe.series.nbs import nbs_series
        >>> found = episodes(nbs_series("CN-SH", "cement"))
        >>> [(e.begin, e.shape, e.scope) for e in found.episodes if e.begin == "2022-04"]
        [('2022-04', 'pulse', 'province')]
    """
    check(series)
    if is_idle(series):
        return idle_episodes(series)
    if is_long(series):
        # Loaded only where it is needed: hardly any series is so long.
        from tanzhe.turning.episodes.long import long_episodes

        return long_episodes(series, top)
    others = [one for one in series.peers if one.region != NATION
              and one.periods == series.periods and is_searchable(one)]  # fmt: skip
    if series.region == NATION and others:
        whole, _ = judged_of(others, settings, progress, shelf)
        alone, _ = judged_of([series], settings, progress, shelf)
        return episodes_of(sum_judged(whole, alone), 0, series, top)
    judged, i = judged_of([series, *others], settings, progress, shelf)
    return episodes_of(judged, i, series, top)


def judged_panel(
    members: Sequence[Series],
    settings: EpisodeSettings = DEFAULT,
    progress: Progress = silent,
) -> Judged:
    """The search of a whole panel, in the order given; `records.episodes_of` tells of each."""
    return judge(*figures_of(members), settings, progress)
