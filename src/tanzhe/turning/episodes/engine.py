"""A panel of logarithms becomes episodes of each member: learn, search, tell, in this order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tanzhe.model import Progress, silent
from tanzhe.turning.design import Calendar, Floats
from tanzhe.turning.episodes.candidates import Candidates, Table, built_in
from tanzhe.turning.episodes.nation import Loading, Nation, loadings, nation
from tanzhe.turning.episodes.panel import FEWEST_OTHERS, Panel, learnt, weight_apart
from tanzhe.turning.episodes.runs import mixture
from tanzhe.turning.episodes.settings import DEFAULT, EpisodeSettings
from tanzhe.turning.episodes.told import Told, one_list, own_episodes, shared_episodes


@dataclass(frozen=True, eq=False)
class Judged:
    """A panel after the search.

    Attributes:
        panel: what it taught.
        alone: likely sets of each member as it is.
        apart: likely sets of each member less the movement of the others; None in a small panel.
        nation: the common movement; None in a small panel.
        settings: the fixed default.
    """

    panel: Panel
    alone: list[Candidates]
    apart: list[Candidates | None]
    nation: Nation | None
    settings: EpisodeSettings

    def tables(self, i: int) -> list[tuple[float, Table]]:
        """The two descriptions of a member, with their probabilities."""
        panel, one, other = self.panel, self.alone[i], self.apart[i]
        first = one.table(panel.alone, self.settings)
        if other is None or panel.apart is None:
            return mixture(first, None, 0.0)
        better = other.log_evidence(panel.apart) - one.log_evidence(panel.alone)
        second = other.table(panel.apart, self.settings)
        return mixture(first, second, weight_apart(better, panel.share))

    @cached_property
    def loadings(self) -> list[list[Loading]]:
        """What each member has of each run of the nation."""
        if self.nation is None:
            return [[] for _ in self.alone]
        return [
            loadings(self.panel, i, self.nation, candidates, self.settings)
            for i, candidates in enumerate(self.alone)
        ]

    def told(self, i: int) -> list[Told]:
        """The episodes of a member, own and shared, by begin."""
        own = own_episodes(self.tables(i), self.panel.logs.shape[1], self.settings)
        if self.nation is None:
            return own
        return one_list(own, shared_episodes(self.nation, self.loadings[i], self.settings))


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
    panel, alone, apart = learnt(names, logs, calendar, settings, progress)
    if len(names) <= FEWEST_OTHERS:
        # One series says too little about how often things happen to learn it from.
        weights = panel.alone.log_weights
        prior = replace(built_in(logs.shape[1], settings), log_weights=weights)
        return Judged(replace(panel, alone=prior), alone, apart, None, settings)
    return Judged(panel, alone, apart, nation(panel, settings), settings)
