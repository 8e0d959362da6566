"""What a report is made of."""

from pydantic import Field

from tanzhe.model import Evidence, Record, TurningPoints


class Findings(Record):
    """The results that one report tells.

    Attributes:
        points: turning points of the series asked for.
        products: turning points of the sector's main products, largest first; may be empty.
        evidence: what was found, by id of the turning point; a point without one was not searched.
        offline: True when no network was used.
        top: how long the list of points may become with weak signals; established and possible
            points are always shown.
        reviewed: False for a draft whose evidence nobody has looked at yet.
    """

    points: TurningPoints
    products: tuple[TurningPoints, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    offline: bool = False
    top: int = Field(default=10, ge=0)
    reviewed: bool = False

    def evidence_for(self, point: str) -> Evidence | None:
        """What was found for a turning point, by its id; None when nobody searched."""
        return next((one for one in self.evidence if one.turning_point == point), None)
