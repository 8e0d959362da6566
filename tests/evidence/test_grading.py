"""Which dates are compared with which, how many score as well, and what is background: by hand."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from evidence.conftest import episodes_of, make_episode
from evidence.test_link import event, on
from evidence.trials import Draw, draw, found_of
from tanzhe.evidence.finders.find import FinderAnswer
from tanzhe.evidence.grading.background import background
from tanzhe.evidence.grading.catalogue import Known, build
from tanzhe.evidence.grading.chance import Chance
from tanzhe.evidence.grading.placebo import (
    Positions,
    admissible,
    beginnings_in,
    comparable,
    positions_of,
    strata,
)
from tanzhe.evidence.links.edge import Edge, edges_of
from tanzhe.evidence.links.window import causal_days, period_bounds, window_of
from tanzhe.model import Event, EventPlace


def by_hand(years: list[int], density: list[float]) -> list[int]:
    """The densest years that make up twenty dates apart, unless fewer than twenty are left."""
    each = {year: [d for y, d in zip(years, density, strict=True) if y == year]
            for year in set(years)}  # fmt: skip
    dense: set[int] = set()
    for year in sorted(each, key=lambda one: (-sum(each[one]) / len(each[one]), one)):
        if sum(y in dense for y in years) < 20:
            dense.add(year)
    left = sum(y not in dense for y in years)
    return [int(left >= 20 and y in dense) for y in years]


def test_strata_of_any_years() -> None:
    met = set()
    for seed in range(300):
        rng = Random(seed)
        first = 2015
        sizes = [rng.choice((1, 9, 10, 11)) for _ in range(rng.randrange(1, 8))]
        years = [first + n for n, size in enumerate(sizes) for _ in range(size)]
        density = [float(rng.randrange(3) + y % 3) for y in years]
        found = strata(np.array(years), np.array(density)).tolist()
        assert found == by_hand(years, density)
        met.add((1 in found, len(years) - sum(found) == 20))
    assert len(met) >= 2


@pytest.mark.parametrize(("dense", "others", "split"), [(20, 20, 1), (20, 19, 0), (19, 40, 1)])
def test_twenty_dates_are_needed_on_both_sides(dense: int, others: int, split: int) -> None:
    years = np.repeat([2021, 2020], [dense, others])
    found = strata(years, np.where(years == 2021, 9.0, 1.0))
    assert found.max() == (split if dense >= 20 else 0)


def test_what_a_finder_covers_day_by_day() -> None:
    for seed in range(200):
        rng = Random(seed)
        begins = [10 * n for n in range(30)]
        positions = Positions(
            np.array([day - 6 for day in begins]), np.array(begins),
            np.array([day + 3 for day in begins]), np.array([day + 5 for day in begins]),
            np.repeat([2020, 2021, 2022], 10), rng.randrange(30),
        )  # fmt: skip
        firsts = [rng.randrange(-20, 320) for _ in range(rng.randrange(12))]
        lasts = [day + rng.choice((0, 0, 1, 30)) for day in firsts]
        known = Known(rng.choice((-99, -6, -5, 4)), rng.choice((999, 295, 294)),
                      np.sort(np.array(firsts, dtype=np.int64)),
                      np.sort(np.array(lasts, dtype=np.int64)))  # fmt: skip
        counted = [
            sum(a <= day + 5 for a in firsts) - sum(b < day - 6 for b in lasts) for day in begins
        ]
        found = beginnings_in(np.array(firsts, dtype=np.int64), np.array(lasts, dtype=np.int64),
                              positions)  # fmt: skip
        assert found.tolist() == counted
        allowed = [
            known.first <= day - 6 and day + 5 <= known.last and number > 0
            for day, number in zip(begins, counted, strict=True)
        ]
        assert admissible(known, positions).tolist() == allowed
        density = np.array([float(rng.randrange(4)) for _ in begins])
        at = [n for n, one in enumerate(allowed) if one]
        groups = dict(zip(at, by_hand([int(positions.years[n]) for n in at],
                                      [density[n] for n in at]), strict=True))  # fmt: skip
        alike = [n for n in at if groups[n] == groups.get(positions.own)]
        chosen = comparable(known, positions, density)
        if positions.own not in groups or len(alike) < 20:
            assert chosen is None
        else:
            assert chosen is not None and np.flatnonzero(chosen).tolist() == alike


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("since", [None, "2020-03", "2019-12"])
def test_every_interval_as_wide_as_the_own_one(merged: bool, since: str | None) -> None:
    found = episodes_of(make_episode())
    periods = tuple(
        f"{y}-{m:02d}" for y in (2019, 2020, 2021) for m in range(2 if merged else 1, 13)
    )
    series = found.series.model_copy(update={
        "merged": merged, "periods": periods, "values": (1.0,) * len(periods)})  # fmt: skip
    edge = Edge(point="a", name="end", period="2020-06", interval=("2020-05", "2020-07"),
                percent=-9, scope="province", since=since)  # fmt: skip
    told = positions_of(edge, series, -2)
    assert told is not None and len(told.ends) == len(periods) - 2
    own = periods.index("2020-05")
    assert told.own == own
    for at in range(len(periods) - 2):
        searched, begins, ends = causal_days(periods[at], periods[at + 2], merged=merged, before=-2)
        if since in periods:
            earlier = periods[max(0, at - (own - periods.index(since)))]
            searched = max(searched, period_bounds(earlier, merged=merged)[0])
        likely = period_bounds(periods[at + 1], merged=merged)[1]
        days = (told.searched[at], told.begins[at], told.likely[at], told.ends[at])
        assert days == tuple(one.toordinal() for one in (searched, begins, likely, ends))
        assert told.years[at] == begins.year
    for wrong in (("2018-05", "2020-07"), ("2020-05", "2022-07")):
        outside = Edge(point="a", name="end", period="2020-06", interval=wrong, percent=-9,
                       scope="province")  # fmt: skip
        assert positions_of(outside, series, -2) is None


def test_the_share_of_dates_that_score_as_well() -> None:
    """One event a month for years: each date's best score is known, and ties count."""
    found = found_of(Draw(region="CN-YN", sector="industry", at=72, width=0, sign=-1))
    start = date(2015, 1, 1)
    months = [event(id=f"e{n}", dates=on(f"{start + timedelta(days=31 * n):%Y-%m-10}"),
                    reviewed=n % 3 > 0, industries=(),
                    direction=("down", "mixed", "unknown", "up")[n % 4])
              for n in range(120)]  # fmt: skip
    days = [date.fromisoformat(one.dates[0].date) for one in months]
    covered = FinderAnswer(events=tuple(months), documents_read=1, covers=(days[0], days[-1]))
    table = build([covered])
    edge = edges_of(found)[0]
    chance = Chance(table, edge, found.series, -2)
    (group,) = chance._groups
    assert group is not None
    others = [at for at in np.flatnonzero(group).tolist() if at != chance._positions.own]  # type: ignore[union-attr]
    for facts in (True, False):
        best = chance.best(facts=facts)
        scores = sorted({round(float(one), 4) for one in best[others] if one > 0})
        assert len(scores) > 1
        number = next(n for n, one in enumerate(table.events) if one.reviewed is facts)
        for score in (*scores, scores[-1] + 0.01, 0.0):
            for slip in (0.0, 0.00009, 0.00011):
                asked = score + slip
                as_good = sum(float(best[at]) >= asked - 1e-4 for at in others)
                told = chance.judgement(number, asked)
                assert told is not None
                assert told[0] == pytest.approx((1 + as_good) / (1 + len(others)))
                assert told[1] == "dates"


def plan(id: str = "p", **change: object) -> Event:
    told = {"id": id, "kind": "policy", "instrument": "planning_target", "direction": "none",
            "name": "某规划"} | change  # fmt: skip
    return event(**told)


def shown(*events: Event, begin: str = "2021-05", sector: str = "industry") -> list[str]:
    found = episodes_of(make_episode(begin, None, contributions=(("nonferrous_metals_10", -9.0),)))
    (edge,) = edges_of(found)
    covers = (date(2000, 1, 1), date(2030, 1, 1))
    table = build([FinderAnswer(events=events, documents_read=1, covers=covers)])
    window = window_of(edge, merged=True)
    linked = background(table, edge, window, region="CN-YN", sector=sector)
    assert all((one.link.grade, one.link.score) == ("none", 0.0) for one in linked)
    return [one.event.id for one in linked]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"dates": on("2021-05-31")}, True), ({"dates": on("2021-06-01")}, False),
        # Five years where no end is told; as stated; to the end of the year it names.
        ({"dates": on("2016-05-01")}, True), ({"dates": on("2016-04-30")}, False),
        ({"dates": on("2016-06-30")}, True), ({"dates": on("2015-05-01")}, False),
        ({"dates": (on("2015-01-01")[0].model_copy(update={"until": "2021-05-01"}),)}, True),
        ({"dates": (on("2015-01-01")[0].model_copy(update={"until": "2021-04-30"}),)}, False),
        ({"dates": on("2021-03-01"), "kind": "statistic", "name": "统计"}, False),
        ({"dates": on("2021-03-01"), "kind": "statistic", "name": "2021年统计"}, True),
        ({"dates": on("2021-03-01"), "kind": "statistic", "name": "2020年统计"}, False),
        ({"dates": on("2020-03-01"), "kind": "statistic", "name": "2021年统计"}, True),
        ({"dates": on("2019-03-01"), "kind": "statistic", "name": "2021年统计"}, False),
        ({"dates": on("2021-03-01"), "kind": "statistic", "name": "2021年前统计"}, False),
        ({"dates": on("2021-05-01", "month"), "kind": "statistic", "name": "统计"}, True),
        ({"direction": "none", "instrument": None, "industries": ()}, False),  # paperwork
        ({"direction": "none", "instrument": None}, True),
        ({"direction": "none", "industries": ()}, True),
        ({"industries": ("textiles",)}, False),
        ({"reviewed": False}, False),
        ({"places": (EventPlace(code="CN", name="全国", status="verified"),)}, True),
        ({"places": (EventPlace(code="CN-GS", name="甘肃", status="verified"),)}, False),
    ],
)  # fmt: skip
def test_what_was_in_force(change: dict[str, object], told: bool) -> None:
    assert shown(plan(**change)) == (["p"] if told else [])


def test_three_are_told_by_industry_then_place_then_day() -> None:
    nation = (EventPlace(code="CN", name="全国", status="verified"),)
    several = [
        plan("all", industries=(), dates=on("2021-05-02")),
        plan("nation", places=nation, dates=on("2021-05-02")),
        plan("old", dates=on("2020-01-01")),
        plan("new", dates=on("2021-01-01")),
    ]
    assert shown(*several) == ["new", "old", "nation"]
    assert shown(*several[:2]) == ["nation", "all"]


def test_draws_are_of_the_window_they_say() -> None:
    one = draw(Random(1))
    assert found_of(one).series.region == one.region
