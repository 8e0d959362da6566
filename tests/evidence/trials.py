"""Random dates and planted causes: what p-values must hold against. Used by tests and bench."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evidence.conftest import episodes_of, make_episode
from tanzhe.evidence.chronicle import chronicle
from tanzhe.evidence.finders.find import COVERS_FROM, FinderAnswer, Query
from tanzhe.evidence.gather import gather
from tanzhe.model import (
    Episodes,
    Event,
    EventDate,
    EventPlace,
    Evidence,
    LinkedEvent,
    Series,
    Source,
)

REGIONS = ("CN-YN", "CN-JS", "CN-GS", "CN-HE", "CN-SD", "CN-GD", "CN-XJ", "CN-HL", "CN-NM", "CN-SC")
# What moved, in percentage points of a fall of 12 %; None: the product's own series.
SECTORS: dict[str, tuple[tuple[str, float], ...]] = {
    "industry": (("crude_steel", -8.0), ("cement", -4.0)),
    "cement": (),
    "crude_steel": (),
    "nonferrous_metals_10": (),
}
YEARS = (2015, 2024)
DENSE = (2021, 2022)
LAST_DAY = date(2025, 12, 31)
INDUSTRY = {
    "industry": "steel", "cement": "cement", "crude_steel": "steel",
    "nonferrous_metals_10": "aluminium",
}  # fmt: skip


class Fixed:
    """A finder that knows a given catalogue."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.name = "chronicle"
        self._answer = FinderAnswer(
            events=tuple(events), documents_read=len(events), covers=(COVERS_FROM, LAST_DAY)
        )

    def find(self, query: Query) -> FinderAnswer:
        return self._answer


@dataclass(frozen=True, kw_only=True)
class Draw:
    """A random point: where, what, when, how wide, up or down."""

    region: str
    sector: str
    at: int
    width: int
    sign: int


def months() -> tuple[str, ...]:
    """Periods of a merged monthly series, as the built-in ones have them."""
    return tuple(
        f"{year}-{month:02d}" for year in range(YEARS[0], YEARS[1] + 1) for month in range(2, 13)
    )


def draw(rng: random.Random, years: Sequence[int] = ()) -> Draw:
    """A point at a random date that the catalogue covers, of some years only when given."""
    periods = months()
    width = rng.choice((0, 0, 1, 2))
    wanted = years or range(COVERS_FROM.year, YEARS[1] + 1)
    at = [
        number
        for number, period in enumerate(periods[: len(periods) - width])
        if int(period[:4]) in wanted and period >= "2015-04"
    ]
    return Draw(
        region=rng.choice(REGIONS), sector=rng.choice(tuple(SECTORS)), at=rng.choice(at),
        width=width, sign=rng.choice((-1, 1)),
    )  # fmt: skip


def found_of(drawn: Draw) -> Episodes:
    """A series with an episode that lasts, as drawn."""
    periods = months()
    series = Series(
        region=drawn.region, sector=drawn.sector, unit="MtCO2", frequency="month", merged=True,
        periods=periods, values=(1.0,) * len(periods), source="test", vintage="", sha256="0" * 64,
    )  # fmt: skip
    size = 12.0 * drawn.sign
    interval = (periods[drawn.at], periods[drawn.at + drawn.width])
    drivers = tuple((name, -drawn.sign * value) for name, value in SECTORS[drawn.sector])
    episode = make_episode(
        interval[0], None, depth=size, contributions=drivers, region=drawn.region,
        sector=drawn.sector,
    ).model_copy(update={"id": "drawn", "begin_interval": interval, "shape": "step"})  # fmt: skip
    return episodes_of(episode).model_copy(update={"series": series})


def evidence_for(drawn: Draw, finder: Fixed, most: int = 200) -> Evidence:
    """The whole way, for one drawn point."""
    (found,) = gather(found_of(drawn), [finder], most=most)
    return found


def causes(linked: Sequence[LinkedEvent]) -> list[LinkedEvent]:
    return [one for one in linked if not one.link.context]


def least_p(drawn: Draw, finder: Fixed) -> float:
    """The smallest p-value that a reader of the point sees; 1 where nothing was found."""
    found = causes(evidence_for(drawn, finder).events)
    return min((one.link.p_value for one in found if one.link.p_value is not None), default=1.0)


def catalogue(how: str, rng: random.Random) -> list[Event]:
    """The built-in records as they are, or with their days drawn anew.

    Args:
        how: `real`; `uniform` over 2015-2025; `by year` as the built-in records are spread over
            years; `bursts`: half of them within three months of 2021.
        rng: random numbers.
    """
    events = list(chronicle())
    if how == "real":
        return events
    years = [int(event.dates[0].date[:4]) for event in events]
    return [_moved(event, _day(how, rng, years), rng) for event in events]


def _day(how: str, rng: random.Random, years: Sequence[int]) -> date:
    if how == "bursts" and rng.random() < 0.5:
        return date(2021, 8, 15) + timedelta(days=rng.randrange(92))
    if how == "by year":
        return date(max(rng.choice(years), COVERS_FROM.year), 1, 1) + timedelta(
            days=rng.randrange(365)
        )
    return COVERS_FROM + timedelta(days=rng.randrange(365 * 11))


def _moved(event: Event, day: date, rng: random.Random) -> Event:
    old = event.dates[0]
    first = {"year": day.replace(month=1, day=1), "month": day.replace(day=1)}.get(
        old.precision, day
    )
    moved = old.model_copy(update={"date": first.isoformat(), "until": None})
    return event.model_copy(update={"dates": (moved,)})


def planted(drawn: Draw, rng: random.Random) -> Event:
    """A cause in the right province and industry, of the right direction, in the point's month."""
    month = months()[drawn.at + rng.randint(0, drawn.width)]
    day = f"{month}-{rng.randint(1, 21):02d}"  # what comes later hardly moves its month
    return Event(
        id="planted", name="种下的原因", kind="event", stage="started",
        instrument="production_limit" if drawn.sign < 0 else "restart",
        direction="down" if drawn.sign < 0 else "up",
        dates=(EventDate(kind="happened", date=day, precision="day", status="catalogued"),),
        places=(EventPlace(code=drawn.region, name=drawn.region, status="catalogued"),),
        sectors=("industry",), industries=(INDUSTRY[drawn.sector],), summary="",
        status="catalogued",
        sources=(Source(publisher="某局", tier=rng.choice(("provincial_government", "media"))),),
    )  # fmt: skip


def planted_outcome(
    drawn: Draw, finder_events: Sequence[Event], cause: Event
) -> tuple[int, float, str]:
    """Rank among the facts (1 is first), p-value and grade of a planted cause."""
    found = evidence_for(drawn, Fixed([*finder_events, cause])).events
    for rank, one in enumerate(found, 1):
        if one.event.id == cause.id:
            p_value = one.link.p_value
            return rank, 1.0 if p_value is None else p_value, one.link.grade
    return len(found) + 1, 1.0, "none"
