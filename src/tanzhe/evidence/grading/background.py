"""What was in force around an edge without a month of its own: background, never evidence."""

import re
from datetime import date

from tanzhe.evidence.grading.catalogue import Catalogue
from tanzhe.evidence.links.edge import Edge
from tanzhe.evidence.links.industry import industry_score, is_other_sector
from tanzhe.evidence.links.link import PLANS, isos_of, lag_months, place_score
from tanzhe.evidence.links.window import Window, beginning, begun
from tanzhe.model import Event, Link, LinkedEvent

MOST = 3  # a reader takes in so many beside the evidence itself
# A plan without a stated end counts for so long: five-year plans are the longest.
YEARS_IN_FORCE = 5
_YEAR = re.compile(r"(20\d\d)年(?!前)")


def background(
    catalogue: Catalogue, edge: Edge, window: Window, *, region: str, sector: str
) -> tuple[LinkedEvent, ...]:
    """A few plans, policies and statistics of the time, of the region or the nation.

    Args:
        catalogue: all that the finders know.
        edge: the start of a departure; its end has the same background and gets none.
        window: its days.
        region: ISO code of the series.
        sector: sector or product id of the series.

    Returns:
        Those on the industry that moved first, then the region's own, then the newest; grade none.
    """
    if edge.name == "end":
        return ()
    known = [event for event, flag in zip(catalogue.events, catalogue.background, strict=True)
             if flag and event.reviewed]  # fmt: skip
    fit = [one for one in known if _fits(one, edge, window, region, sector)]
    best = sorted(fit, key=lambda one: _rank(one, edge, region, sector))[:MOST]
    return tuple(_linked(event, window) for event in best)


def _fits(event: Event, edge: Edge, window: Window, region: str, sector: str) -> bool:
    here = isos_of(event) & {region, "CN"}
    if _is_paperwork(event):
        return False
    if not here or is_other_sector(event, sector) or industry_score(event, edge, sector) == 0.0:
        return False
    first = beginning(event)[0]
    return first <= window.interval_last and _last(event) >= window.interval_first


def _is_paperwork(event: Event) -> bool:
    """Whether a policy asks only for reports or rules: no plan, no effect, on no industry."""
    return (
        event.kind == "policy"
        and event.direction == "none"
        and event.instrument not in PLANS
        and not event.industries
    )


def _last(event: Event) -> date:
    """The last day on which it counts: as stated, of the year it names, or some years on."""
    one = begun(event)
    if one.until is not None:
        return date.fromisoformat(one.until)
    last = beginning(event)[1]
    # What names its year is of that year (2019年拆除八家钢企); 2030年前 names what lies far ahead.
    named = [int(year) for year in _YEAR.findall(event.name)]
    if near := [year for year in named if year <= last.year + 1]:
        return max(last, date(max(near), 12, 31))
    years = 0 if event.kind == "statistic" else YEARS_IN_FORCE
    return date(last.year + years, last.month, min(last.day, 28))


def _rank(event: Event, edge: Edge, region: str, sector: str) -> tuple[float, float, int, str]:
    place = place_score(isos_of(event), region)
    industry = industry_score(event, edge, sector)
    return (-industry, -place, -beginning(event)[0].toordinal(), event.id)


def _linked(event: Event, window: Window) -> LinkedEvent:
    link = Link(grade="none", score=0.0, lag_months=lag_months(event, window))
    return LinkedEvent(event=event, link=link)
