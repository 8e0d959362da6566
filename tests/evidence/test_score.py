"""The formula of fit by hand, each constant on both sides, as docs/evidence/evidence.md has it."""

from dataclasses import replace
from datetime import date
from typing import get_args

import numpy as np
import pytest

from evidence.conftest import MakeFound
from evidence.test_link import event, on
from tanzhe.evidence.links.edge import Edge, edges_of
from tanzhe.evidence.links.industry import direction_on
from tanzhe.evidence.links.link import (
    direction_factor,
    exactness,
    grade_of,
    is_background,
    is_other_scope,
    link,
    place_of_isos,
    source_score,
    trait_cap,
    trait_factor,
)
from tanzhe.evidence.links.score import Moment, base_score, time_score, whole_score
from tanzhe.evidence.links.window import ending, lasts_long, period_bounds, window_of
from tanzhe.model import Driver, EventPlace, Source
from tanzhe.model.episode import Scope
from tanzhe.model.evidence import Precision, Tier

MONTH = 30.4  # days
AT = Moment(begins=1000, likely=1061, ends=1100)
PRECISIONS = {"day": 1, "ten_days": 1, "month": 0.95, "quarter": 0.8, "period": 0.7,
              "half_year": 0.6, "year": 0.4}  # fmt: skip
TIERS = {
    "national_government": 1, "provincial_government": 1, "local_government": 1,
    "state_media": 0.9, "media": 0.8, "research": 0.8, "database": 0.8, "industry_media": 0.7,
    "company": 0.7, "user": 0.6, "unknown": 0.4, "mirror": 0.3,
}  # fmt: skip
EDGE = Edge(point="a", name="begin", period="2021-05", interval=("2021-05", "2021-06"),
            percent=-9.0, scope="province",
            drivers=(Driver(product="nonferrous_metals_10", percentage_points=-8.0),))  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "score"),
    [
        (1000, 1000, 1.0),  # the interval's first day
        (900, 1000, 1.0),  # may have begun then
        (999, 999, 1 - 0.2 / MONTH),
        (1000 - 2 * MONTH, 1000 - 2 * MONTH, 0.6),
        (1000 - 4.4 * MONTH, 1000 - 4.4 * MONTH, 0.12),
        (1000 - 4.6 * MONTH, 1000 - 4.6 * MONTH, 0.1),  # never less
        (1061, 1090, 1.0),  # the last likely day
        (1062, 1062, 1 - 0.1 / MONTH),
        (1091, 1091, 1 - 0.1 * 30 / MONTH),
        (1095, 1095, 0.6 * (1 - 0.1 * 34 / MONTH)),  # six days of the interval left
        (1100, 1100, 0.25),  # one
        (1101, 1101, 0.25),  # after the interval
    ],
)
def test_time(first: float, last: float, score: float) -> None:
    assert float(time_score(first, last, AT)) == pytest.approx(score, abs=1e-12)


def test_late_in_a_long_interval_is_worth_no_less_than_after_it() -> None:
    long = Moment(begins=0, likely=30, ends=1000)
    assert float(time_score(900, 900, long)) == pytest.approx(0.25)


def test_many_dates_at_once_are_the_same_as_one_after_another() -> None:
    days = np.array([[700], [990], [1030], [1080], [1200]])
    begins = np.array([1000, 1010, 800])
    at = Moment(begins, begins + 61, begins + 100)
    every = time_score(days, days + 3, at)
    for row, day in enumerate(days[:, 0]):
        for column, begin in enumerate(begins):
            alone = Moment(begin, begin + 61, begin + 100)
            assert every[row, column] == time_score(day, day + 3, alone)


def test_the_whole() -> None:
    base = base_score(0.5, 0.8)
    assert float(base) == pytest.approx(0.30 * 0.5 + 0.10 * 0.8)
    total = 0.40 * 0.9 + 0.23 + 0.20 * 0.6
    assert float(whole_score(0.9, base, 0.6, 0.75, 1.0, False)) == pytest.approx(0.75 * total)
    assert float(whole_score(0.9, base, 0.6, 1.0, 0.3, False)) == pytest.approx(0.3)
    assert float(whole_score(1.0, base, 1.0, 1.0, 1.0, True)) == pytest.approx(0.5)
    assert float(whole_score(1.0, base, 1.0, 1.0, 0.3, True)) == pytest.approx(0.3)


def test_vague_dates_leave_less() -> None:
    assert set(PRECISIONS) == set(get_args(Precision))
    for precision, left in PRECISIONS.items():
        assert exactness(event(dates=on("2021-05-01", precision))) == pytest.approx(left)
        for kind in ("posted", "announced"):
            one = event(dates=on("2021-05-01", precision, kind))
            assert exactness(one) == pytest.approx(0.9 * left)


def test_sources() -> None:
    assert set(TIERS) == set(get_args(Tier))
    for tier, score in TIERS.items():
        told = Source(publisher="某", tier=tier)  # type: ignore[arg-type]
        assert source_score(event(sources=(told,))) == pytest.approx(score)
        both = (Source(publisher="镜像", tier="mirror"), told)
        assert source_score(event(sources=both)) == pytest.approx(score)
    assert source_score(event(sources=())) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("direction", "percent", "left"),
    [("down", -5.0, 1.0), ("down", 5.0, 0.25), ("up", 5.0, 1.0), ("up", -5.0, 0.25),
     ("unknown", -5.0, 0.7), ("mixed", -5.0, 0.5), ("none", -5.0, 0.4)],
)  # fmt: skip
def test_directions(direction: str, percent: float, left: float) -> None:
    one = event(direction=direction)
    assert direction_on(one, "industry") == direction
    assert direction_factor(one, percent, "industry") == pytest.approx(left)
    assert trait_factor(one, percent, "industry") == pytest.approx(left)  # no policy
    policy = event(kind="policy", instrument="electricity_price", direction=direction)
    assert trait_factor(policy, percent, "industry") == pytest.approx(0.45 * left)
    direct = event(kind="policy", instrument="power_rationing", direction=direction)
    assert trait_factor(direct, percent, "industry") == pytest.approx(left)


@pytest.mark.parametrize(
    ("change", "cap"),
    [
        ({}, 1.0),
        ({"stage": "target"}, 0.40),
        ({"stage": "draft"}, 0.40),
        ({"kind": "statistic"}, 0.30),
        ({"instrument": "permit"}, 0.30),
        ({"direction": "none"}, 0.30),
        ({"industries": ("cement",)}, 0.30),
        ({"dates": on("2021-05-01", "year")}, 0.50),
        ({"dates": on("2021-05-01", "year"), "stage": "draft"}, 0.40),
    ],
)
def test_caps(change: dict[str, object], cap: float) -> None:
    assert trait_cap(event(**change), EDGE, "industry") == pytest.approx(cap)


@pytest.mark.parametrize(
    ("isos", "region", "shared", "scored"),
    [
        ({"CN-YN"}, "CN-YN", False, (1.0, 1.0)),
        ({"CN-YN"}, "CN-GS", False, (0.0, 0.3)),
        ({"CN"}, "CN-YN", False, (0.6, 0.75)),
        ({"CN", "CN-GS"}, "CN-YN", False, (0.6, 0.75 * 0.6)),  # names others and not that one
        ({"CN", "CN-YN"}, "CN-YN", False, (1.0, 1.0)),
        ({"CN-YN"}, "CN-YN", True, (1.0, 0.75)),  # most provinces did so: not its own reason
        ({"CN"}, "CN", False, (1.0, 1.0)),
        ({"CN-YN"}, "CN", True, (1.0, 1.0)),
    ],
)
def test_places(isos: set[str], region: str, shared: bool, scored: tuple[float, float]) -> None:
    assert place_of_isos(isos, EDGE, region, shared=shared) == pytest.approx(scored)


@pytest.mark.parametrize(
    ("isos", "scope", "exceeds", "region", "shared", "other"),
    [
        ({"CN-YN"}, "province", False, "CN-YN", False, False),
        ({"CN-YN"}, "province", False, "CN-YN", True, True),
        ({"CN"}, "province", False, "CN-YN", False, True),
        ({"CN-YN"}, "national", False, "CN-YN", False, True),
        ({"CN-YN"}, "national", False, "CN-YN", True, False),
        ({"CN-YN"}, "national", True, "CN-YN", False, False),
        ({"CN", "CN-YN"}, "national", False, "CN-YN", False, False),
        ({"CN"}, "national", False, "CN-YN", False, False),
        ({"CN-YN"}, "national", False, "CN", False, False),
    ],
)
def test_another_scope(
    isos: set[str], scope: Scope, exceeds: bool, region: str, shared: bool, other: bool
) -> None:
    edge = replace(EDGE, scope=scope, exceeds=exceeds)
    assert is_other_scope(isos, edge, region, shared=shared) is other
    if not shared:  # which it is unless said
        assert is_other_scope(isos, edge, region) is other


@pytest.mark.parametrize(
    ("change", "background"),
    [
        ({}, False),
        ({"kind": "statistic"}, True),
        ({"kind": "policy"}, False),
        ({"kind": "policy", "instrument": "permit"}, True),
        ({"instrument": "permit"}, False),  # an event is dated, whatever it is of
        ({"kind": "policy", "direction": "none"}, True),
        ({"kind": "policy", "dates": on("2021-05-01", "year")}, True),
    ],
)
def test_what_has_no_month_of_its_own(change: dict[str, object], background: bool) -> None:
    assert is_background(event(**change)) is background


def test_a_score_has_four_digits(make_found: MakeFound) -> None:
    edge = edges_of(make_found(("2021-05", "2021-06")))[0]
    window = window_of(edge, merged=True)
    change = {"dates": on("2021-04-11"), "direction": "mixed"}
    scores = [
        link(event(**change, sources=(Source(publisher="局", tier=tier),)), edge, window,
             region=region, sector="industry").score
        for tier in get_args(Tier) for region in ("CN-YN", "CN-GS")
    ]  # fmt: skip
    assert all(one == round(one, 4) for one in scores)
    assert any(one != round(one, 3) for one in scores)


@pytest.mark.parametrize(
    ("score", "p_value", "grade"),
    [
        (0.75, 0.05, "strong"), (0.7499, 0.05, "medium"), (0.75, 0.0501, "medium"),
        (0.55, 0.20, "medium"), (0.5499, 0.20, "weak"), (0.55, 0.2001, "weak"),
        (0.35, 0.50, "weak"), (0.3499, 0.01, "none"), (0.9, 0.5001, "none"),
        (0.75, None, "medium"), (0.55, None, "medium"), (0.35, None, "weak"),
        (0.3499, None, "none"),
    ],
)  # fmt: skip
def test_grades_on_both_sides(score: float, p_value: float | None, grade: str) -> None:
    assert grade_of(score, p_value) == grade


@pytest.mark.parametrize(
    ("period", "merged", "days"),
    [
        ("2021", True, (date(2021, 1, 1), date(2021, 12, 31))),
        ("2021-02", True, (date(2021, 1, 1), date(2021, 2, 28))),
        ("2021-02", False, (date(2021, 2, 1), date(2021, 2, 28))),
        ("2020-03", True, (date(2020, 3, 1), date(2020, 3, 31))),
        ("2021-05-17", True, (date(2021, 5, 17), date(2021, 5, 17))),
    ],
)
def test_bounds_of_periods(period: str, merged: bool, days: tuple[date, date]) -> None:
    assert period_bounds(period, merged=merged) == days


def test_what_is_lifted_ends_with_its_stated_time() -> None:
    (begun,) = on("2021-05-10")
    day = event(dates=(begun.model_copy(update={"until": "2021-07-31"}),))
    end = ending(day)
    assert end is not None and (end.date, end.precision) == ("2021-07-31", "day")
    (month,) = on("2021-05-01", "month")
    told = ending(event(dates=(month.model_copy(update={"until": "2021-07-31"}),)))
    assert told is not None and (told.date, told.precision) == ("2021-07-01", "month")
    assert not lasts_long(begun)


def test_places_of_a_city_are_those_of_its_province() -> None:
    city = event(places=(EventPlace(code="530300", name="曲靖市", status="verified"),))
    assert trait_cap(city, EDGE, "industry") == 1.0
