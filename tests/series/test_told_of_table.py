"""What is said of a table's series before it is searched: jumps, and days that are missing."""

from datetime import date, timedelta

import numpy as np
import pytest

from series.test_behaviour import series, works
from tanzhe import effect
from tanzhe.api.series.episode import episodes
from tanzhe.errors import InputError
from tanzhe.peaks.peak import peak_status
from tanzhe.series.calendar import monthly
from tanzhe.series.level_changes import jumps
from tanzhe.series.told_of_table import refuse_broken_days, with_jumps


@pytest.mark.parametrize("times", [44 / 12, 12 / 44, 5.0])
def test_level_that_changes_unit_is_noted(times: float) -> None:
    """Carbon becomes CO2 soon after a true step."""
    values = works(noise=0.015)
    values[32:] *= 0.76
    values[36:] *= times
    found = with_jumps(series(values))
    assert [n.code for n in found.notes] == ["level_jump"]
    assert "2021-0" in found.notes[0].en


@pytest.mark.parametrize("times", [0.76, 1.4])
def test_steps_that_happen_are_no_jump(times: float) -> None:
    values = works()
    values[36:] *= times
    assert with_jumps(series(values)).notes == ()


@pytest.mark.parametrize("times", [0.5, 2.0, 2.6])
def test_a_level_that_doubles_at_once_is_doubted(times: float) -> None:
    values = works(noise=0.015)
    values[36:] *= times
    (note,) = with_jumps(series(values)).notes
    assert note.code == "level_doubt"
    assert note.en.startswith("From 2021-01/02")


def test_a_stop_of_half_a_year_is_no_other_unit() -> None:
    values = works(noise=0.015)
    values[38:44] *= 0.02
    told = with_jumps(series(values))
    (note,) = told.notes
    assert note.code == "level_doubt"
    assert note.en.startswith("From 2021-03 the level is about 1/49 of")
    assert "from 2021-09 back" in note.en and "to stay" not in note.en
    assert peak_status(monthly(told)).status


@pytest.mark.parametrize(("months", "lasting"), [(3, False), (6, None)])
def test_a_stop_is_back_where_it_ended(months: int, lasting: bool | None) -> None:
    """Three of the six months after the window stand still: that is no return."""
    values = works(noise=0.015)
    values[39 : 39 + months] *= 0.02
    found = effect(with_jumps(series(values)), date="2021-04", sign="down")
    assert (found.verdict, found.lasting) == ("effect", lasting)


@pytest.mark.parametrize("times", [10, 1e-4])
def test_half_a_year_of_another_unit_is_one(times: float) -> None:
    values = works(noise=0.015)
    values[38:44] *= times
    assert {note.code for note in with_jumps(series(values)).notes} == {"level_jump"}


@pytest.mark.parametrize(
    ("times", "scope", "code"), [(1 / 12, "data", "level_jump"), (0.4, "province", "level_doubt")]
)
def test_an_episode_that_begins_with_another_unit_says_so(
    times: float, scope: str, code: str
) -> None:
    values = works(noise=0.015)
    values[36:] *= times
    found = episodes(with_jumps(series(values)))
    (told,) = [one for one in found.episodes if one.family == "level"]
    assert (told.scope, told.notes[-1].code) == (scope, code)


@pytest.mark.parametrize(("times", "verdict"), [(1 / 12, None), (0.4, "level_doubt")])
def test_no_event_is_measured_where_the_unit_changed(times: float, verdict: str | None) -> None:
    values = works(noise=0.015)
    values[36:] *= times
    found = effect(with_jumps(series(values)), date="2021-02", sign="down")
    codes = [note.code for note in found.notes]
    assert (found.p_value is None) == (verdict is None)
    assert (verdict or "level_jump") in codes


def test_years_of_another_unit_have_no_peak() -> None:
    values = 50 * 1.03 ** np.arange(16.0)
    values[8:] *= 44 / 12
    made = series(values, tuple(str(2008 + i) for i in range(16)), frequency="year")
    with pytest.raises(InputError, match=r"3\.7 times"):
        peak_status(with_jumps(made))


def test_heating_every_winter_is_no_jump() -> None:
    winter = np.tile([5.0, 5, 5, 1, 1, 1, 1, 1, 1, 5, 5, 5], 5)
    found = jumps(monthly(series(works() * winter)))
    assert [period for period, _ in found if period > "2019-06"] == []


def days(missing: set[int]) -> tuple[np.ndarray, tuple[str, ...]]:
    values = np.random.default_rng(0).normal(1000, 50, 1096)
    values[list(missing)] = np.nan
    return values, tuple(str(date(2019, 1, 1) + timedelta(days=i)) for i in range(1096))


def test_a_missing_day_in_each_month_is_told_with_its_count() -> None:
    values, periods = days(set(range(8, 1096, 30)))
    with pytest.raises(InputError) as caught:
        refuse_broken_days(series(values, periods, frequency="day"))
    said = caught.value.said("en")
    assert "37 days have no value (first 2019-01-09)" in said
    assert "36 months incomplete" in said and "Complete the missing days" in said


def test_a_few_missing_days_pass() -> None:
    values, periods = days({8, 400, 401})
    refuse_broken_days(series(values, periods, frequency="day"))


def test_days_of_a_users_own_are_not_said_to_be_a_national_curve() -> None:
    values, periods = days(set())
    own = monthly(series(values, periods, frequency="day"))
    assert "national" not in own.notes[-1].en
    other = monthly(series(values, periods, frequency="day", source="carbon-monitor"))
    assert "national daily curve" in other.notes[-1].en
