"""What a report is made of."""

from tanzhe.model import (
    Alongside,
    Episodes,
    EventEffects,
    Evidence,
    Manifest,
    PeakStatus,
    PowerSystem,
    Result,
    Series,
    Standing,
    TurningPoints,
)
from tanzhe.model.evidence import EdgeName


class Findings(Result):
    """The results that one report tells.

    Attributes:
        series: what was asked, merged to eleven periods a year.
        standing: where it stands.
        peak: whether it has peaked; None below five years or where it cannot be judged.
        found: its episodes; None where the series is too short or stands at zero.
        alongside: how all regions moved during the largest episode, else in the last year.
        products: episodes of the sector's main products, largest first; may be empty.
        evidence: what was found, by id of the episode; one without any was not searched.
        effects: what the catalogued events did to the sector and its products; None: not measured.
        power: of power, what moved thermal generation; None for everything else.
        points: its turning points, for programs; None where it was not searched.
        offline: True when no network was used.
        manifest: what the report rests on.
    """

    series: Series
    standing: Standing
    peak: PeakStatus | None = None
    found: Episodes | None = None
    alongside: Alongside | None = None
    products: tuple[Episodes, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    effects: EventEffects | None = None
    power: PowerSystem | None = None
    points: TurningPoints | None = None
    offline: bool = False
    manifest: Manifest

    def evidence_for(self, episode: str, edge: EdgeName = "begin") -> Evidence | None:
        """What was found for the start or end of an episode; None when nobody searched."""
        there = (one for one in self.evidence if one.point == episode and one.edge == edge)
        return next(there, None)
