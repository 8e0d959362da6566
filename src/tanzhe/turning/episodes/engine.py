"""A panel of logarithms becomes episodes of each member: learn, search, tell, in this order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tanzhe.model import Progress, silent
from tanzhe.threads import one_thread
from tanzhe.turning.calendar import Calendar, Floats
from tanzhe.turning.episodes.candidates import Table, built_in
from tanzhe.turning.episodes.nation import Loading, Nation, loadings, loadings_of_sum, nation
from tanzhe.turning.episodes.panel import FEWEST_OTHERS, Member, Panel, learnt
from tanzhe.turning.episodes.runs import mixture
from tanzhe.turning.episodes.settings import DEFAULT, EpisodeSettings
from tanzhe.turning.episodes.told import Told, one_list, own_episodes, shared_episodes, weaker


@dataclass(frozen=True, eq=False)
class Judged:
    """A panel after the search.

    Attributes:
        panel: what it taught.
        members: likely sets of its members, by number; of a panel that was kept the asked ones.
        nation: the common movement; None in a small panel.
        held: probability of each run of the nation that all had it together.
        loadings: what each member has of each run of the nation.
        settings: the fixed default.
    """

    panel: Panel
    members: dict[int, Member]
    nation: Nation | None
    held: list[float]
    loadings: list[list[Loading]]
    settings: EpisodeSettings

    @one_thread
    def tables(self, i: int) -> list[tuple[float, Table]]:
        """The two descriptions of a member, with their probabilities."""
        panel, one = self.panel, self.members[i]
        first = one.alone.table(panel.alone, self.settings)
        if one.apart is None or panel.apart is None:
            return mixture(first, None, 0.0)
        return mixture(first, one.apart.table(panel.apart, self.settings), one.weight)

    def told(self, i: int) -> list[Told]:
        """The episodes of a member, own and shared, by begin."""
        own = own_episodes(self.tables(i), self.panel.logs.shape[1], self.settings)
        if self.nation is None:
            return own
        return one_list(own, shared_episodes(self.nation, self.loadings[i], self.settings))

    def weaker(self, i: int, told: list[Told], most: int) -> list[Told]:
        """What may have happened to a member beside what is told, likeliest first."""
        return weaker(self.tables(i), self.panel.logs.shape[1], told, most, self.settings)


@one_thread
def judge(
    names: Sequence[str],
    logs: Floats,
    calendar: Calendar,
    settings: EpisodeSettings = DEFAULT,
    progress: Progress = silent,
) -> Judged:
    """Search a panel of series for episodes.

    Args:
        names: of the members.
        logs: logarithms of daily means, shape (n_members, n_periods), NaN where not published.
        calendar: of the periods.
        settings: the fixed default.
        progress: told how far the search is.
    """
    panel, members = learnt(names, logs, calendar, settings, progress)
    if len(names) <= FEWEST_OTHERS:
        # One series says too little about how often things happen to learn it from.
        weights = panel.alone.log_weights
        prior = replace(built_in(logs.shape[1], settings), log_weights=weights)
        few = {i: replace(one, alone=one.alone.likely(prior)) for i, one in enumerate(members)}
        return Judged(replace(panel, alone=prior), few, None, [], [[] for _ in few], settings)
    common = nation(panel, settings)
    held, loaded = loadings(panel, common, [one.alone for one in members], settings)
    return Judged(panel, dict(enumerate(members)), common, held, loaded, settings)


def sum_judged(whole: Judged, alone: Judged) -> Judged:
    """The sum of a panel: what its own figures say, and what all its members had together.

    Args:
        whole: the panel.
        alone: the sum of its members, searched as a series of its own.
    """
    if whole.nation is None:
        return alone
    settings = alone.settings
    loaded = loadings_of_sum(
        alone.panel, alone.members[0].alone, whole.nation, whole.held, settings
    )
    return replace(alone, nation=whole.nation, held=whole.held, loadings=[loaded])
