"""Links a second time, from the words of docs/evidence/evidence.md, of events and turns drawn.

Days lie close together, so that an interval's first and last day, the ends of months and the
borders of windows are met from both sides. How industries fit is asked of the product itself.
"""

from calendar import monthrange
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import pytest

from evidence.conftest import episodes_of, make_episode
from tanzhe.evidence.links.edge import Edge, edges_of
from tanzhe.evidence.links.industry import direction_on, industry_score, is_other_sector
from tanzhe.evidence.links.link import (
    is_background,
    is_of_another_scale,
    isos_of,
    judged,
    link,
)
from tanzhe.evidence.links.window import (
    beginning,
    causal_days,
    ending,
    is_context,
    is_in_force,
    last_day,
    lasts_long,
    window_of,
)
from tanzhe.model import Driver, Event, EventDate, EventPlace, Link, Source

ORDER = ("effective", "happened", "issued", "signed", "unknown", "announced", "posted",
         "reported_period")  # fmt: skip
LEFT = {"day": 1.0, "ten_days": 1.0, "month": 0.95, "quarter": 0.8, "half_year": 0.6, "year": 0.4,
        "period": 0.7}  # fmt: skip
WORTH = {"national_government": 1.0, "state_media": 0.9, "media": 0.8, "company": 0.7, "user": 0.6,
         "unknown": 0.4, "mirror": 0.3}  # fmt: skip
PLANS = ("planning_target", "permit", "construction_start", "capacity_replacement", "standard",
         "energy_audit")  # fmt: skip
INDIRECT = ("electricity_price", "subsidy", "green_power", "emissions_trading", "capacity_control",
            "capacity_relocation", None)  # fmt: skip
LIFTED = ("production_limit", "power_rationing", "gas_rationing", "energy_dual_control", "epidemic",
          "weather", "accident", "maintenance", "facility_closure", None)  # fmt: skip
PERIODS = [f"{y}-{m:02d}" for y in (2020, 2021) for m in range(1, 13)]


class Case(NamedTuple):
    event: Event
    edge: Edge
    region: str
    sector: str
    merged: bool
    shared: bool


def drawn(seed: int) -> Case:
    rng = Random(seed)
    at, width = rng.randrange(3, 18), rng.randrange(4)
    interval = (PERIODS[at], PERIODS[at + width])
    merged = rng.random() < 0.5
    edge = Edge(
        point="a", name=rng.choice(("begin", "begin", "end")), interval=interval,
        period=PERIODS[at + rng.randrange(width + 1)], percent=rng.choice((-9.0, 9.0)),
        scope=rng.choice(("province", "national")), exceeds=rng.random() < 0.3,
        drivers=(Driver(product="cement", percentage_points=-4.0),),
        since=rng.choice((None, None, PERIODS[at - 1])),
    )  # fmt: skip

    def day() -> date:
        near = rng.choice((first_of(interval[0]), last_of(interval[1]), last_of(edge.period)))
        far = rng.choice((0, 0, -61, -365, 92))
        return near + timedelta(days=far + rng.choice((-9, -1, 0, 0, 1, 2, rng.randrange(-80, 80))))

    def dated() -> EventDate:
        precision = rng.choice(("day", "day", "day", *LEFT))
        first = day()
        if precision in ("month", "quarter", "half_year"):
            first = first.replace(day=1)
        elif precision == "year":
            first = first.replace(month=1, day=1)
        length = rng.choice((None, 0, 9, 31, 365, 366, 367))
        until = None if length is None else (first + timedelta(days=length)).isoformat()
        return EventDate(kind=rng.choice((*ORDER, "ended")), date=first.isoformat(), until=until,
                         precision=precision, status="verified")  # fmt: skip

    dates = tuple(dated() for _ in range(rng.choice((1, 1, 2, 3))))
    places = rng.choice((("530000",), ("530000",), ("620000",), ("000000",), ("CN",),
                         ("CN", "CN-GS"), ("CN", "CN-YN"), ("530300", "620000")))  # fmt: skip
    event = Event(
        id="e", name="某事", summary="", status="verified", dates=dates,
        kind=rng.choice(("event", "event", "policy", "policy", "project", "statistic")),
        stage=rng.choice(("started", "started", "target", "draft")),
        instrument=rng.choice((*LIFTED, *INDIRECT, rng.choice(PLANS))),
        direction=rng.choice(("down", "down", "up", "mixed", "none", "unknown")),
        places=tuple(EventPlace(code=code, name="某地", status="verified") for code in places),
        sectors=rng.choice(((), ("industry",), ("power",))),
        industries=rng.choice(((), ("cement",), ("cement",), ("steel",))),
        sources=tuple(Source(publisher="局", tier=rng.choice(list(WORTH)))
                      for _ in range(rng.randrange(3))),
    )  # fmt: skip
    region = rng.choice(("CN-YN", "CN-YN", "CN", "甲厂"))
    return Case(event, edge, region, rng.choice(("industry", "cement", "水泥磨")), merged,
                rng.random() < 0.2)  # fmt: skip


def first_of(period: str, *, merged: bool = False) -> date:
    year, month = int(period[:4]), int(period[5:])
    return date(year, 1 if merged and month == 2 else month, 1)


def last_of(period: str, months: int = 0) -> date:
    year, month = divmod(12 * int(period[:4]) + int(period[5:]) - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def moved(day: date, months: int) -> date:
    last = last_of(f"{day:%Y-%m}", months)
    return last.replace(day=min(day.day, last.day))


def days_of(one: EventDate) -> tuple[date, date]:
    first = date.fromisoformat(one.date)
    months = {"month": 0, "quarter": 2, "half_year": 5, "year": 11}.get(one.precision)
    if months is not None:
        return first, last_of(one.date[:7], months)
    if one.precision == "ten_days" and one.until:
        return first, date.fromisoformat(one.until)
    return first, first


def begun(event: Event) -> EventDate:
    order = (*ORDER, "ended")
    best = min(order.index(one.kind) for one in event.dates)
    return min((one for one in event.dates if order.index(one.kind) == best), key=days_of)


def length(one: EventDate) -> int:
    last = date.fromisoformat(one.until or one.date)
    return (last - date.fromisoformat(one.date)).days


def is_vague(one: EventDate) -> bool:
    return one.precision in ("half_year", "year") or length(one) > 366


def stopped(event: Event) -> date | None:
    """The last day of what acts while it lasts."""
    if event.kind not in ("policy", "event") or event.direction not in ("up", "down"):
        return None
    if event.instrument not in LIFTED:
        return None
    ended = [days_of(one) for one in event.dates if one.kind == "ended"]
    if ended:
        return max(ended)[1]
    one = begun(event)
    if one.until is None or is_vague(one):
        return None
    return last_of(one.until[:7]) if one.precision == "month" else date.fromisoformat(one.until)


class Days(NamedTuple):
    searched: date
    begins: date
    ends: date
    likely_first: date
    likely: date


def days_around(case: Case) -> Days:
    edge, merged = case.edge, case.merged
    begins = first_of(edge.interval[0], merged=merged)
    searched = moved(begins, -2)
    if edge.since:
        searched = max(searched, first_of(edge.since, merged=merged))
    return Days(searched, begins, last_of(edge.interval[1]), first_of(edge.period, merged=merged),
                last_of(edge.period))  # fmt: skip


def time_by_hand(case: Case, days: Days) -> float:
    first, last = days_of(begun(case.event))
    if first > days.ends:
        return 0.25
    early = 0.2 * max(0, (days.begins - last).days) / 30.4
    late = min(0.75, 0.1 * max(0, (first - days.likely).days) / 30.4)
    score = max(0.1, 1 - max(early, late))
    if case.edge.name == "end":
        return score
    left = (days.ends - first).days + 1
    return max(min(score, 0.25), score * min(1.0, max(0.25, left / 10)))


def place_by_hand(case: Case) -> tuple[float, float]:
    isos, region = isos_of(case.event), case.region
    national, own = case.edge.scope == "national", region in isos
    shared = case.shared
    place = 1.0 if own else 0.6 if "CN" in isos else 0.0
    if (national and "CN" in isos) or (shared and region == "CN"):
        place = 1.0
    if not place:
        return 0.0, 0.3
    if region == "CN":
        other = False
    elif national:
        other = own and not shared and not case.edge.exceeds and "CN" not in isos
    else:
        other = not own or shared
    names = 0.6 if not own and len(isos) > 1 and "CN" in isos else 1.0
    return place, (0.75 if other else 1.0) * names


def cap_by_hand(case: Case) -> float:
    event = case.event
    no_industry = industry_score(event, case.edge, case.sector) == 0
    caps = {
        0.3: is_other_sector(event, case.sector) or no_industry or event.kind == "statistic"
        or event.instrument in PLANS or event.direction == "none",
        0.4: event.stage in ("target", "draft"),
        0.5: is_vague(begun(event)),
        1.0: True,
    }  # fmt: skip
    return min(cap for cap, holds in caps.items() if holds)


def score_by_hand(case: Case, *, in_force: bool) -> float:
    event, one = case.event, begun(case.event)
    time = 0.3 if in_force else time_by_hand(case, days_around(case))
    time *= LEFT[one.precision] * (0.9 if one.kind in ("posted", "announced") else 1.0)
    source = max((WORTH[s.tier] for s in event.sources), default=0.3)
    place, left = place_by_hand(case)
    total = 0.4 * time + 0.3 * industry_score(event, case.edge, case.sector)
    total += 0.2 * place + 0.1 * source
    told = direction_on(event, case.sector)
    fits = told == ("up" if case.edge.percent > 0 else "down")
    usual = {"unknown": 0.7, "mixed": 0.5, "none": 0.4}
    total *= usual.get(told, 1.0 if fits else 0.25) * left
    if event.kind == "policy" and event.instrument in INDIRECT:
        total *= 0.45
    return min(total, cap_by_hand(case), 0.5 if in_force else 1.0)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [drawn(seed) for seed in range(3000)]


def test_every_link_is_that_of_a_calculation_by_hand(cases: list[Case]) -> None:
    met: set[Any] = set()
    for case in cases:
        days, (first, last) = days_around(case), days_of(begun(case.event))
        assert beginning(case.event) == (first, last)
        window = window_of(case.edge, merged=case.merged)
        assert window.last == last_of(case.edge.interval[1], 3)
        assert (window.first, window.interval_first, window.interval_last, window.point,
                window.point_last) == days  # fmt: skip
        until = stopped(case.event)
        assert last_day(case.event) == until
        held = until is not None and last < days.searched and until >= days.begins
        assert is_in_force(case.event, window) is held
        in_force = held and case.edge.name == "begin"
        found = link(case.event, case.edge, window, region=case.region, sector=case.sector,
                     shared=case.shared)  # fmt: skip
        score = score_by_hand(case, in_force=in_force)
        assert found.score == pytest.approx(score, abs=5.1e-5)
        context = first > days.ends
        assert found.context is is_context(case.event, window) is context
        grade = (
            "none" if context or found.score < 0.35 else "weak" if found.score < 0.55 else "medium"
        )
        assert found.grade == grade
        assert found.moment == ("during" if in_force else "begin")
        if last < days.likely_first:
            lag = 12 * (days.likely_first.year - last.year) + days.likely_first.month - last.month
        else:
            lag = min(0, 12 * (days.likely.year - first.year) + days.likely.month - first.month)
        assert found.lag_months == lag
        met.add((grade, found.moment, context, lag > 0, lag < 0))
    assert len(met) == 12


def test_what_is_background_and_what_is_of_another_scale(cases: list[Case]) -> None:
    for event, _, region, sector, *_ in cases:
        one = begun(event)
        assert lasts_long(one) is (length(one) > 366)
        untimed = event.instrument in PLANS or event.direction == "none" or is_vague(one)
        background = event.kind == "statistic" or (event.kind == "policy" and untimed)
        assert is_background(event) is background
        own = sector == "cement" and event.industries == ("cement",)
        other = region == "甲厂" and bool(event.industries) and not own
        assert is_of_another_scale(event, region, sector) is other


def test_the_day_on_which_something_ended_has_its_kind(cases: list[Case]) -> None:
    for event, *_ in cases:
        end, until = ending(event), stopped(event)
        assert (end is None) is (until is None)
        if end is not None and not any(one.kind == "ended" for one in event.dates):
            month = begun(event).precision == "month"
            assert (end.kind, end.precision) == ("ended", "month" if month else "day")
            assert end.date == f"{until:%Y-%m-01}" if month else f"{until:%Y-%m-%d}"


def test_days_searched_before_an_interval() -> None:
    for merged in (True, False):
        for at, first in enumerate(PERIODS[3:-1], 3):
            found = causal_days(first, PERIODS[at + 1], merged=merged, before=-2)
            begins = first_of(first, merged=merged)
            assert found == (moved(begins, -2), begins, last_of(PERIODS[at + 1]))
    assert causal_days("2021-05-31", "2021-06-02", merged=True, before=-3) == (
        date(2021, 2, 28), date(2021, 5, 31), date(2021, 6, 2)
    )  # fmt: skip


@pytest.mark.parametrize("depth", [-12.0, 12.0, 0.0])
@pytest.mark.parametrize("excess", [None, 0.0, 3.999, 4.0, 4.001, 9.0, -3.999, -4.0, -9.0])
@pytest.mark.parametrize(("end", "shape"), [(None, "step"), ("2021-09", "pulse"),
                                            ("2021-09", "fading")])  # fmt: skip
def test_edges_of_an_episode(
    depth: float, excess: float | None, end: str | None, shape: str
) -> None:
    one = make_episode(end=end, depth=depth, excess=excess, scope="national",
                       contributions=(("cement", -3.0), ("crude_steel", 2.0)))  # fmt: skip
    one = one.model_copy(update={"shape": shape, "begin_interval": ("2021-04", "2021-06")})
    begin, *more = edges_of(episodes_of(one))
    assert (begin.name, begin.period, begin.interval) == (
        "begin",
        "2021-05",
        ("2021-04", "2021-06"),
    )
    assert (begin.percent, begin.since, begin.scope) == (depth, None, "national")
    assert [d.percentage_points for d in begin.drivers] == [-3.0, 2.0]
    beyond = excess is not None and excess * depth > 0 and abs(excess) >= 4.0
    assert begin.exceeds is beyond
    assert len(more) == (end is not None and shape != "fading")
    for last in more:
        assert (last.name, last.period, last.interval) == ("end", end, (end, end))
        assert (last.percent, last.since, last.exceeds) == (-depth, "2021-05", beyond)
        assert [d.percentage_points for d in last.drivers] == [3.0, -2.0]


def test_chance_grades_what_may_be_a_cause() -> None:
    cause = Link(grade="medium", score=0.8, lag_months=0)
    for p_value, grade in ((0.05, "strong"), (0.051, "medium"), (0.201, "weak"), (0.51, "none")):
        found = judged(cause, (p_value, "dates"))
        assert (found.p_value, found.compared, found.grade) == (p_value, "dates", grade)
    later = cause.model_copy(update={"context": True, "grade": "none"})
    assert judged(later, (0.01, "dates")) == later
    assert judged(cause, None) == cause
