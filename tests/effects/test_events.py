"""What an event's record says before a figure is looked at."""

import pytest

from tanzhe.effects.events import (
    acting,
    alike_elsewhere,
    busy_periods,
    is_national,
    national_periods,
    others_in,
    why_not,
)
from tanzhe.model import Event, EventDate, EventPlace, Series
from tanzhe.places import provinces

PERIODS = tuple(f"{y}-{m:02d}" for y in (2020, 2021) for m in range(2, 13))


def event(
    name: str = "限产", *, at: str = "2021-05-10", until: str | None = "2021-07-20",
    places: tuple[str, ...] = ("CN-YN",), **update: object,
) -> Event:  # fmt: skip
    where = tuple(EventPlace(code=p, name=p, status="catalogued") for p in places)
    precision = {10: "day", 7: "month", 4: "year"}[len(at)]
    date = EventDate(
        kind="happened", date=f"{at}-01-01"[:10] if len(at) == 4 else at, until=until,
        precision=precision, status="catalogued",  # type: ignore[arg-type]
    )  # fmt: skip
    return Event(
        id=name, name=name, kind="event", instrument="power_rationing", direction="down",
        dates=(date,), places=where,
        sectors=("industry",), industries=("cement",), summary="", status="catalogued",
    ).model_copy(update=update)  # fmt: skip


def series(product: str = "cement", region: str = "CN-YN") -> Series:
    return Series(
        region=region, sector=product, unit="万吨", frequency="month", merged=True,
        periods=PERIODS, values=(1.0,) * len(PERIODS), source="x.csv", vintage="", sha256="0" * 64,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "until", "first", "last"),
    [
        ("2021-05-10", "2021-07-20", "2021-05", "2021-07"),
        ("2021-05-20", "2021-07-10", "2021-05", "2021-07"),
        ("2021-05-21", "2021-07-09", "2021-06", "2021-06"),
        ("2021-05-25", "2021-05-30", "2021-06", "2021-06"),  # never shorter than a month
        ("2021-05-10", None, "2021-05", "2021-07"),  # rationing strikes: three months
    ],
)
def test_months_of_an_event(at: str, until: str | None, first: str, last: str) -> None:
    act = acting(event(at=at, until=until))
    assert (str(act.first), str(act.last), act.known) == (first, last, until is not None)


def test_what_is_decided_is_looked_at_for_six_months_and_a_project_goes_on() -> None:
    assert str(acting(event(until=None, instrument="capacity_control")).last) == "2021-10"
    project = event(until="2021-06-01", kind="project", instrument="facility_start")
    assert (str(acting(project).last), acting(project).known) == ("2021-10", False)


@pytest.mark.parametrize(
    ("update", "code"),
    [
        ({}, None),
        ({"industries": ("steel",)}, "other_industry"),
        ({"industries": ()}, None),
        ({"sectors": ("power",)}, "other_sector"),
        ({"instrument": "planning_target"}, "plan"),
        ({"stage": "draft"}, "plan"),
        ({"kind": "statistic"}, "statistic"),
        ({"direction": "none"}, "no_direction"),
    ],
)
def test_which_events_are_no_cause(update: dict[str, object], code: str | None) -> None:
    reason = why_not(event(**update), series())  # type: ignore[arg-type]
    assert (reason.code if reason else None) == code


def test_elsewhere_by_the_year_and_of_the_nation() -> None:
    assert why_not(event(places=("CN-GZ",)), series()).code == "other_place"  # type: ignore[union-attr]
    assert why_not(event(at="2021", until=None), series()).code == "vague_date"  # type: ignore[union-attr]
    assert why_not(event(places=("CN",)), series()) is None


def test_national_is_the_nation_or_half_of_its_provinces() -> None:
    codes = [place.iso for place in provinces()]
    assert is_national(event(places=("CN", "CN-YN")))
    assert not is_national(event(places=tuple(codes[:15])))
    assert is_national(event(places=tuple(codes[:16])))


def test_months_that_are_no_placebos_anywhere() -> None:
    codes = [place.iso for place in provinces()]
    brief = event("全国", places=("CN",), at="2020-01-24", until="2020-03-20")
    long = event("全年", places=("CN",), at="2021-01-05", until="2021-12-31")
    assert national_periods([brief, long], series()) == {"2020-02", "2020-03"}
    many = [event(code, places=(code,)) for code in codes[:16]]
    assert national_periods(many, series()) == {"2021-05", "2021-06", "2021-07"}
    assert national_periods(many[:15], series()) == frozenset()
    assert national_periods([brief], series("crude_steel")) == frozenset()


def test_months_that_are_no_placebos_in_one_region() -> None:
    found = busy_periods([event(), event("久", places=("CN-GZ",), until="2021-12-31")], series())
    assert found["CN-YN"] == {"2021-05", "2021-06", "2021-07"}
    assert found["CN-GZ"] == {f"2021-{m:02d}" for m in range(5, 11)}  # its first six


def test_regions_with_the_like_for_half_of_the_window_are_no_donors() -> None:
    window = ("2021-06", "2021-07", "2021-08", "2021-09")
    events = [
        event("半", places=("CN-GZ",)),  # June and July
        event("短", places=("CN-SC",), until="2021-06-20"),
        event("升", places=("CN-GX",), direction="up"),
        event("自", places=("CN-YN",)),
    ]
    assert alike_elsewhere(events, series(), window, "down") == {"CN-GZ"}
    assert alike_elsewhere(events, series(), window, "up") == {"CN-GX"}
    assert alike_elsewhere(events, series(), window, "either") == frozenset()


def test_other_events_of_the_window() -> None:
    events = [event("甲"), event("乙"), event("丙", places=("CN-GZ",)), event("丁", at="2020-05-10",
              until="2020-06-20")]  # fmt: skip
    found = others_in(events, series(), ("2021-05", "2021-06"), "甲")
    assert [one.id for one in found] == ["乙"]
