"""How often a random date of the same series, or another province, matches events as well.

The placebo point keeps kind, sign, effect, drivers and the width of the interval of the real one
and is moved to the other dates of its series; docs/evidence/evidence.md has the reasons.
"""

from dataclasses import dataclass

import numpy as np

from tanzhe.evidence.grading.catalogue import Catalogue, Days, Flags, Numbers
from tanzhe.evidence.grading.placebo import Positions, beginnings_in, comparable, positions_of
from tanzhe.evidence.links.edge import Edge
from tanzhe.evidence.links.industry import industry_score
from tanzhe.evidence.links.link import place_of_isos, trait_cap, trait_factor
from tanzhe.evidence.links.score import IN_FORCE, Moment, base_score, time_score, whole_score
from tanzhe.model import Series
from tanzhe.model.evidence import Compared
from tanzhe.places import provinces

LEAST_PROVINCES = 20  # as for dates: with fewer a p-value of .05 cannot be reached
TIE = 1e-4  # scores are compared as they are printed; ties count against the link


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What the scores of events at one point owe to neither date nor place.

    Attributes:
        base: weighted sum of industry and source.
        factor: of the direction.
        cap: of the event's own traits.
        can: whether it can be a cause there at all.
    """

    base: Numbers
    factor: Numbers
    cap: Numbers
    can: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Place score and factor of each event at one edge, seen from one region."""

    score: Numbers
    factor: Numbers


def parts_of(catalogue: Catalogue, edge: Edge, sector: str) -> Parts:
    """Scores computed once for all dates and places; events alike share them."""
    traits = [
        (
            industry_score(event, edge, sector),
            trait_factor(event, edge.percent, sector),
            trait_cap(event, edge, sector),
        )
        for event in catalogue.traits
    ]
    industry, factor, cap = np.array(traits, dtype=np.float64).reshape(-1, 3).T
    at = catalogue.trait
    base = base_score(industry[at], catalogue.source)
    return Parts(base, factor[at], cap[at], ~catalogue.background)


def placed(catalogue: Catalogue, edge: Edge, region: str) -> Placed:
    """Place scores of all events at an edge, seen from a region."""
    pairs = [place_of_isos(isos, edge, region, shared=shared) for isos, shared in catalogue.places]
    score, factor = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
    return Placed(score[catalogue.place], factor[catalogue.place])


def scores_at(
    catalogue: Catalogue, at: Days, parts: Parts, place: Placed, edge: Edge, positions: Positions
) -> Numbers:
    """Scores of some events (columns) at each position (row), as `link` has them.

    -inf where an event can be no cause.
    """
    first, last, until = catalogue.first[at], catalogue.last[at], catalogue.until[at]
    begins, searched = positions.begins[:, None], positions.searched[:, None]
    onset = edge.name == "begin"
    in_force = (last < searched) & (until >= begins) & onset
    begun = (first <= positions.ends[:, None]) & (last >= searched)
    moment = Moment(begins, positions.likely[:, None], positions.ends[:, None], onset)
    times = np.where(in_force, IN_FORCE, time_score(first, last, moment)) * catalogue.exact[at]
    factor = parts.factor[at] * place.factor[at]
    scores = whole_score(times, parts.base[at], place.score[at], factor, parts.cap[at], in_force)
    return np.where(begun | in_force, scores, -np.inf)


class Chance:
    """The judgement of one edge's links against chance.

    Args:
        catalogue: all that the finders know.
        edge: the start or end.
        series: its series.
        before: months before the interval in which a cause may begin, negative.

    Example:
        >>> from tanzhe.evidence.grading.catalogue import build
        >>> edge = Edge(point="a", name="begin", period="2021-05", interval=("2021-05", "2021-05"),
        ...     percent=-9, scope="province")
        >>> series = Series(
        ...     region="CN-YN", sector="industry", unit="MtCO2", frequency="month",
        ...     periods=("2021-04", "2021-05"), values=(2.0, 1.0), source="", vintage="", sha256="")
        >>> Chance(build([]), edge, series, -2).best(facts=True).tolist()
        [-inf, -inf]
    """

    def __init__(self, catalogue: Catalogue, edge: Edge, series: Series, before: int) -> None:
        self._catalogue = catalogue
        self._edge = edge
        self._region = series.region
        self._positions = positions_of(edge, series, before)
        self._parts = parts_of(catalogue, edge, series.sector)
        self._placed = placed(catalogue, edge, series.region)
        self._best: dict[bool, Numbers] = {}
        self._beside: dict[bool, dict[str, float]] = {}
        self._groups = self._comparable()

    def _comparable(self) -> list[Flags | None]:
        """For each finder, the dates that its events are compared with."""
        known, positions = self._catalogue.known, self._positions
        if positions is None:
            return [None] * len(known)
        here = self._candidates(self._placed, facts=True)
        density = beginnings_in(self._catalogue.first[here], self._catalogue.last[here], positions)
        return [comparable(one, positions, density) if one else None for one in known]

    def _candidates(self, place: Placed, *, facts: bool) -> Days:
        """Events of the place; a fact is compared with facts, a lead with facts and leads."""
        here = (place.score > 0) & self._parts.can
        return np.flatnonzero(here & (self._catalogue.fact | (not facts)))

    def best(self, *, facts: bool) -> Numbers:
        """The best score at each position of the interval; -inf where nothing fits.

        Args:
            facts: among facts only, else among leads too.
        """
        if facts not in self._best:
            self._best[facts] = self._best_scores(self._placed, facts, self._positions)
        return self._best[facts]

    def _best_scores(self, place: Placed, facts: bool, positions: Positions | None) -> Numbers:
        if positions is None:
            return np.empty(0)
        catalogue, at = self._catalogue, self._candidates(place, facts=facts)
        if not at.size:
            return np.full(positions.ends.size, -np.inf)
        scores = scores_at(catalogue, at, self._parts, place, self._edge, positions)
        best: Numbers = scores.max(axis=1)
        return best

    def _date_p(self, score: float, facts: bool, group: Flags) -> float:
        others = group.copy()
        assert self._positions is not None
        others[self._positions.own] = False
        as_good = int((self.best(facts=facts)[others] >= score - TIE).sum())
        return (1 + as_good) / (1 + int(others.sum()))

    def _provinces(self, finder: int) -> set[str]:
        """Provinces of which a finder has events of their own."""
        catalogue = self._catalogue
        used = np.unique(catalogue.place[catalogue.finders[finder]])
        return {iso for at in used for iso in catalogue.places[at][0]}

    def _best_beside(self, facts: bool) -> dict[str, float]:
        """The best score at the point's own date in every other province."""
        if facts not in self._beside:
            positions = self._positions
            assert positions is not None
            own = slice(positions.own, positions.own + 1)
            here = Positions(
                positions.searched[own], positions.begins[own], positions.likely[own],
                positions.ends[own], positions.years[own], 0,
            )  # fmt: skip
            self._beside[facts] = {
                other.iso: float(self._best_scores(self._seen_from(other.iso), facts, here)[0])
                for other in provinces()
                if other.iso != self._region
            }
        return self._beside[facts]

    def _seen_from(self, region: str) -> Placed:
        return placed(self._catalogue, self._edge, region)

    def _province_p(self, score: float, facts: bool, finder: int) -> float | None:
        known = self._provinces(finder)
        best = [value for iso, value in self._best_beside(facts).items() if iso in known]
        if 1 + len(best) < LEAST_PROVINCES:
            return None
        return (1 + sum(value >= score - TIE for value in best)) / (1 + len(best))

    def _widest(self, event: int) -> int | None:
        """Of the finders that know an event, the one with the most dates to compare."""
        sizes = [
            (int(group.sum()), -number)
            for number, group in enumerate(self._groups)
            if group is not None and self._catalogue.finders[number][event]
        ]
        return -max(sizes)[1] if sizes else None

    def judgement(self, event: int, score: float) -> tuple[float, Compared] | None:
        """Probability that chance gives a match at least as good, and what was compared.

        The larger of two: over dates of the same series, and, for a province's own event at its own
        turn, over other provinces at the same date.

        Args:
            event: number of the event in the catalogue.
            score: of its link, as `link` gives it.

        Returns:
            None when there are not enough dates to compare with.
        """
        finder = self._widest(event)
        if finder is None:
            return None
        facts = bool(self._catalogue.fact[event])
        group = self._groups[finder]
        assert group is not None
        by_date = self._date_p(score, facts, group)
        if not self._is_local(event):
            return by_date, "dates"
        by_province = self._province_p(score, facts, finder)
        if by_province is None or by_province <= by_date:
            return by_date, "dates"
        return by_province, "provinces"

    def _is_local(self, event: int) -> bool:
        """Whether an event of the point's province meets a turn that is the province's own."""
        here, _ = self._catalogue.places[self._catalogue.place[event]]
        return self._edge.scope == "province" and self._region in here and self._region != "CN"
