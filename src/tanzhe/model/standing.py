"""Where a series stands: its years, its last twelve months, its share and rank."""

from typing import Literal

from tanzhe.model.base import Record
from tanzhe.model.series import Frequency

Reach = Literal["nation", "table"]


class Total(Record):
    """What a series added up to over a year or over twelve months.

    Attributes:
        first: first period.
        last: last period.
        whole: False for the part of a year at either end of the series.
        value: in the unit of the series; None where a period is not published.
        growth_percent: against the same months a year before, over those published in both; None
            where under three quarters of them are.
        share_percent: of all regions of the source; None for the nation itself, without other
            regions, or where under 95 % of them are published.
        rank: place among the regions, largest first.
        of: how many regions are ranked.
    """

    first: str
    last: str
    whole: bool = True
    value: float | None
    growth_percent: float | None = None
    share_percent: float | None = None
    rank: int | None = None
    of: int | None = None


class Change(Record):
    """How far a series has moved since a year.

    Attributes:
        since: the year whose total is the base.
        until: last period of the twelve months compared with it.
        percent: change.
        percent_per_year: the same as a steady rate.
        plan: number of the five-year plan that began after the base year (13: 2016 to 2020), or
            None where the years are not those of a plan.
        completed: whether that plan was over by `until`.
    """

    since: str
    until: str
    percent: float
    percent_per_year: float
    plan: int | None = None
    completed: bool = False


class ProductShare(Record):
    """One product in the last twelve months of a series.

    Attributes:
        product: product id.
        value: emissions in the unit of the series.
        share_percent: of the series.
        growth_percent: against the twelve months before; None where not known.
        change_percent: against the base year of the first of `Standing.changes`.
    """

    product: str
    value: float
    share_percent: float
    growth_percent: float | None
    change_percent: float | None


class Member(Record):
    """Another region, or the region itself, in the last twelve months: total and share."""

    region: str
    value: float
    share_percent: float


class Standing(Record):
    """Where a series stands.

    Attributes:
        unit: of all values.
        frequency: month, or year for yearly series.
        years: calendar years from the first to the last with any period published.
        latest: the last twelve months that are published throughout (or the last year); None
            below one year.
        changes: since 2015 (else the first whole year), since 2020, within the five-year plan, and
            over the whole plan before; as far as the series reaches.
        products: largest first; empty without parts.
        members: all regions with a total in the last twelve months, largest first.
        reach: whether the regions are the nation's provinces or those of a user's table; None
            without other regions.
    """

    unit: str
    frequency: Frequency
    years: tuple[Total, ...]
    latest: Total | None
    changes: tuple[Change, ...]
    products: tuple[ProductShare, ...]
    members: tuple[Member, ...]
    reach: Reach | None


class Growth(Record):
    """How one region moved over some periods.

    Attributes:
        region: code or name.
        value: total over the periods, in the unit of the series.
        percent: against the same periods a year before.
    """

    region: str
    value: float
    percent: float


class Alongside(Record):
    """How all regions moved in the same periods, the steepest fall first.

    Attributes:
        first: first period.
        last: last period.
        regions: those published in both years.
    """

    first: str
    last: str
    regions: tuple[Growth, ...]
