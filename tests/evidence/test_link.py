"""Windows, ranking and merging."""

from datetime import date

import pytest

from evidence.conftest import MakeFound
from tanzhe.evidence.chronicle import chronicle
from tanzhe.evidence.links.edge import edges_of
from tanzhe.evidence.links.industry import industry_score, is_other_sector
from tanzhe.evidence.links.link import direction_factor, grade_of, isos_of, link, place_score
from tanzhe.evidence.links.merge import merge_events, same_event
from tanzhe.evidence.links.window import beginning, date_range, is_context, window_of
from tanzhe.model import Event, EventDate, EventPlace, Source


def event(**change: object) -> Event:
    base = Event(
        id="doc-a-1",
        name="云南电解铝有序用电",
        kind="event",
        stage="started",
        instrument="power_rationing",
        direction="down",
        dates=(EventDate(kind="happened", date="2021-05-10", precision="day", status="verified"),),
        places=(EventPlace(code="530000", name="云南省", status="verified"),),
        sectors=("industry", "power"),
        industries=("aluminium",),
        summary="",
        status="verified",
        sources=(Source(publisher="局", tier="provincial_government"),),
    )
    return base.model_copy(update=change)


def on(day: str, precision: str = "day", kind: str = "happened") -> tuple[EventDate, ...]:
    return (EventDate(kind=kind, date=day, precision=precision, status="verified"),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("precision", "last"),
    [
        ("day", date(2021, 4, 1)),
        ("ten_days", date(2021, 4, 10)),
        ("month", date(2021, 4, 30)),
        ("quarter", date(2021, 6, 30)),
        ("half_year", date(2021, 9, 30)),
        ("year", date(2021, 12, 31)),
        ("period", date(2021, 4, 1)),  # begins on its first day, however long it lasts
    ],
)
def test_the_last_day_a_date_may_mean(precision: str, last: date) -> None:
    told = on("2021-04-01", precision)[0].model_copy(update={"until": "2021-04-10"})
    assert date_range(told) == (date(2021, 4, 1), last)


def test_the_window_is_months_around_the_interval(make_found: MakeFound) -> None:
    points = make_found(("2021-05", "2021-06"))
    days = window_of(edges_of(points)[0], merged=True)
    assert (days.first, days.last) == (date(2021, 3, 1), date(2021, 9, 30))
    assert (days.interval_first, days.interval_last) == (date(2021, 5, 1), date(2021, 6, 30))


@pytest.mark.parametrize(
    ("merged", "first"), [(True, date(2020, 11, 1)), (False, date(2020, 12, 1))]
)
def test_merged_february_begins_in_january(
    make_found: MakeFound, merged: bool, first: date
) -> None:
    points = make_found(("2021-02", "2021-02"), merged=merged)
    days = window_of(edges_of(points)[0], merged=merged)
    assert days.first == first
    assert days.last == date(2021, 5, 31)
    assert days.interval_last == date(2021, 2, 28)


def test_what_begins_after_the_interval_is_context(make_found: MakeFound) -> None:
    points = make_found(("2021-05", "2021-06"))
    days = window_of(edges_of(points)[0], merged=True)
    late = event(dates=on("2021-07-01"))
    assert is_context(late, days)
    found = link(late, edges_of(points)[0], days, region="CN-YN", sector="industry")
    assert (found.context, found.grade) == (True, "none")
    assert not is_context(event(dates=on("2021-06-30")), days)
    # A month that is only partly later may have begun in time.
    assert not is_context(event(dates=on("2021-06-01", "month")), days)


def test_an_effective_day_comes_before_a_posting_day() -> None:
    both = on("2021-09-30", kind="effective") + on("2021-09-01", kind="posted")
    assert beginning(event(dates=both))[0] == date(2021, 9, 30)


def test_ranking_has_the_right_order(make_found: MakeFound) -> None:
    points = make_found(("2021-05", "2021-05"))
    days = window_of(edges_of(points)[0], merged=True)

    def score(one: Event) -> float:
        return link(one, edges_of(points)[0], days, region="CN-YN", sector="industry").score

    best = score(event())
    worse = {
        "two months earlier": event(dates=on("2021-03-05")),
        "year only": event(dates=on("2021-01-01", "year")),
        "national": event(places=(EventPlace(code="CN", name="全国", status="verified"),)),
        "elsewhere": event(places=(EventPlace(code="620000", name="甘肃", status="verified"),)),
        "other industry": event(industries=("textiles",)),
        "opposite": event(direction="up"),
        "mirror": event(sources=(Source(publisher="转载", tier="mirror"),)),
        "target": event(stage="target"),
        "draft": event(stage="draft"),
        "smaller product": event(industries=("cement",)),
    }
    assert best >= 0.75
    assert all(score(one) < best for one in worse.values()), {k: score(v) for k, v in worse.items()}
    assert score(worse["opposite"]) <= 0.25 * best + 1e-3
    assert grade_of(score(worse["target"])) == grade_of(score(worse["draft"])) == "weak"
    assert grade_of(score(worse["elsewhere"])) == "none"
    assert (
        link(event(), edges_of(points)[0], days, region="CN-YN", sector="industry").p_value is None
    )
    assert (
        link(event(), edges_of(points)[0], days, region="CN-YN", sector="industry").lag_months == 0
    )


def test_a_national_event_does_not_explain_a_provinces_own_turn(make_found: MakeFound) -> None:
    national = event(places=(EventPlace(code="CN", name="全国", status="verified"),))
    grades = {}
    for scope in ("province", "national"):
        points = make_found(("2021-05", "2021-05"), scope=scope)
        days = window_of(edges_of(points)[0], merged=True)
        for name, one in (("national", national), ("own", event())):
            found = link(one, edges_of(points)[0], days, region="CN-YN", sector="industry")
            grades[scope, name] = grade_of(found.score, p_value=0.01)
    assert grades == {
        ("province", "national"): "medium",
        ("province", "own"): "strong",
        ("national", "national"): "strong",
        ("national", "own"): "medium",
    }


def test_events_of_other_sectors_and_industries_are_capped(make_found: MakeFound) -> None:
    points = make_found(("2021-05", "2021-05"))
    days = window_of(edges_of(points)[0], merged=True)

    def grade(**change: object) -> str:
        one = event().model_copy(update=change)
        return link(one, edges_of(points)[0], days, region="CN-YN", sector="cement").grade

    assert grade(industries=("cement",), sectors=("industry",)) == "medium"
    # An event of another industry explains nothing of a product; one on all industry says less.
    assert grade(industries=("aluminium",), sectors=("industry",)) == "none"
    assert grade(industries=(), sectors=("industry",)) == "medium"
    assert grade(industries=("hydro",), sectors=("power",)) == "none"
    assert grade(industries=("cement",), kind="statistic") == "none"
    assert grade(industries=("cement",), instrument="planning_target") == "none"
    assert grade(industries=("cement",), direction="none") != "medium"


@pytest.mark.parametrize(
    ("score", "p_value", "grade"),
    [
        (0.8, 0.05, "strong"), (0.8, 0.06, "medium"), (0.8, 0.2, "medium"), (0.8, 0.21, "weak"),
        (0.8, 0.51, "none"), (0.6, 0.01, "medium"), (0.6, 0.3, "weak"), (0.4, 0.01, "weak"),
        (0.3, 0.01, "none"), (0.8, None, "medium"), (0.6, None, "medium"), (0.4, None, "weak"),
    ],
)  # fmt: skip
def test_grades_need_score_and_chance(score: float, p_value: float | None, grade: str) -> None:
    assert grade_of(score, p_value) == grade


@pytest.mark.parametrize(
    ("day", "precision", "lag"),
    [
        ("2021-03-20", "day", 2), ("2021-05-31", "day", 0), ("2021-07-01", "day", -2),
        ("2021-01-01", "year", 0), ("2020-01-01", "year", 5), ("2022-01-01", "year", -8),
        ("2021-04-01", "quarter", 0), ("2021-01-01", "quarter", 2), ("2021-05-01", "month", 0),
    ],
)  # fmt: skip
def test_lags_count_from_the_nearest_possible_day(
    make_found: MakeFound, day: str, precision: str, lag: int
) -> None:
    points = make_found(("2021-05", "2021-05"))
    days = window_of(edges_of(points)[0], merged=True)
    one = event(dates=on(day, precision))
    assert link(one, edges_of(points)[0], days, region="CN-YN", sector="industry").lag_months == lag


def test_january_is_no_lag_in_a_merged_february(make_found: MakeFound) -> None:
    points = make_found(("2021-02", "2021-02"))
    days = window_of(edges_of(points)[0], merged=True)
    for day in ("2021-01-05", "2021-02-27"):
        found = link(
            event(dates=on(day)), edges_of(points)[0], days, region="CN-YN", sector="industry"
        )
        assert (found.lag_months, found.context) == (0, False)


def test_vague_and_long_events_do_not_look_like_timed_causes(make_found: MakeFound) -> None:
    points = make_found(("2021-05", "2021-05"))
    days = window_of(edges_of(points)[0], merged=True)

    def grade(*dates: EventDate) -> str:
        return link(
            event(dates=dates), edges_of(points)[0], days, region="CN-YN", sector="industry"
        ).grade

    assert grade(*on("2021-05-01", "month")) == "medium"
    assert grade(*on("2021-01-01", "half_year")) == "weak"
    assert grade(*on("2021-01-01", "year")) == "weak"
    # A day of posting does not make a vague year exact.
    assert grade(*on("2021-01-01", "year"), *on("2021-05-12", kind="posted")) == "weak"
    plan = on("2021-05-01")[0].model_copy(update={"until": "2023-12-31"})
    assert grade(plan) == "weak"


def test_parts_of_the_score(make_found: MakeFound) -> None:
    (edge,) = edges_of(make_found(("2021-05", "2021-05")))
    assert place_score(isos_of(event()), "CN-YN") == 1.0
    city = event(places=(EventPlace(code="530300", name="曲靖市", status="verified"),))
    assert place_score(isos_of(city), "CN-YN") == 1.0
    assert place_score(isos_of(city), "CN-GS") == 0.0
    assert industry_score(event(), edge, "industry") == pytest.approx(0.35 + 0.65 * 8 / 12)
    assert industry_score(event(), edge, "cement") == 0.0
    assert direction_factor(event(), -5.0, "industry") == 1.0
    assert direction_factor(event(), 5.0, "industry") == 0.25


def test_tellings_within_three_days_are_one_event() -> None:
    other = event(
        id="doc-b-1", dates=on("2021-05-12"), name="另一个名字的同一件事情",
        sources=(Source(publisher="报", tier="media"),),
    )  # fmt: skip
    (one,) = merge_events([event(), other])
    assert {source.publisher for source in one.sources} == {"局", "报"}
    assert len(merge_events([event(), event(id="doc-b-1", dates=on("2021-05-14"))])) == 1
    assert (
        len(merge_events([event(), event(id="doc-b-1", name="别的名字", dates=on("2021-05-14"))]))
        == 2
    )
    assert len(merge_events([event(), event(id="doc-b-1", name="别", industries=("zinc",))])) == 2


def test_the_same_number_or_title_is_one_policy() -> None:
    policy = event(
        kind="policy", instrument="energy_dual_control", document_number="云发改〔2021〕9号"
    )
    other = policy.model_copy(
        update={"id": "doc-b-1", "dates": on("2021-10-01"), "document_number": "云发改[2021] 9号",
                "name": "通知全文转载"}
    )  # fmt: skip
    assert same_event(policy, other)
    titled = other.model_copy(update={"document_number": None, "name": f"《{policy.name}》"})
    assert same_event(policy, titled)


def test_records_of_a_chronicle_stay_apart() -> None:
    assert len(merge_events(chronicle())) >= len(chronicle()) - 6


def test_a_checked_document_bears_out_a_lead() -> None:
    lead = event(id="cn-yn-x", status="unsupported", reviewed=False,
                 sources=(Source(publisher="转", tier="unknown"),))  # fmt: skip
    (one,) = merge_events([lead, event()])
    assert one.reviewed and one.status == "verified"
    assert len(one.sources) == 2


@pytest.mark.parametrize(
    ("instrument", "industries", "sector", "other"),
    [
        ("epidemic", (), "ground_transport", False),
        ("epidemic", (), "aviation", False),
        ("epidemic", (), "residential", True),  # who stays at home heats it
        ("epidemic", ("steel",), "ground_transport", True),
        ("power_rationing", (), "ground_transport", True),
        ("epidemic", (), "industry", False),
    ],
)
def test_who_stays_at_home_drives_and_flies_less(
    instrument: str, industries: tuple[str, ...], sector: str, other: bool
) -> None:
    one = event(instrument=instrument, industries=industries)
    assert is_other_sector(one, sector) is other
