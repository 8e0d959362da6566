"""Yearly figures spread by a curve that regions share: no turn at New Year, no month's effect."""

import numpy as np
import pytest

from tanzhe import effect, episodes
from tanzhe.model import Series
from tanzhe.periods import Month, merged_periods
from tanzhe.series.calendar import monthly
from tanzhe.series.nbs import nbs_series
from tanzhe.series.yearly_shares import shared_years

REGIONS = [f"CN-{name}" for name in ("YN", "JS", "GS", "HE", "HB", "SH", "SC", "HN", "GD", "ZJ")]
PERIODS = tuple(str(m) for m in merged_periods(Month(2018, 2), Month(2022, 12)))
FIVE_YEARS = frozenset(("2018", "2019", "2020", "2021", "2022"))
YEAR = np.array([int(period[:4]) - 2018 for period in PERIODS])


def panel(rows: np.ndarray, digits: int = 6) -> list[Series]:
    """Each region with the others as peers, printed to so many digits."""
    made = [
        Series(
            region=region, sector="transport", unit="MtCO2", frequency="month", source="mine.csv",
            vintage="", sha256="", merged=True, periods=PERIODS,
            values=tuple(float(f"{value:.{digits}g}") for value in row),
        )
        for region, row in zip(REGIONS, rows, strict=True)
    ]  # fmt: skip
    return [
        one.model_copy(update={"peers": tuple(p for p in made if p is not one)}) for one in made
    ]


def curve(rng: np.random.Generator) -> np.ndarray:
    """A season that differs a little from year to year, one for all regions."""
    season = 0.3 * np.cos(2 * np.pi * np.arange(len(PERIODS)) / 11)
    return np.exp(season + rng.normal(0, 0.03, len(PERIODS)))


def spread_yearly() -> np.ndarray:
    """Yearly figures of ten regions, the first a tenth lower from 2021 on, times one curve."""
    rng = np.random.default_rng(5)
    yearly = np.exp(rng.normal(0, 0.002, (len(REGIONS), 5)))
    yearly[0, 3:] *= 0.9
    return 5 * yearly[:, YEAR] * curve(rng)


def test_a_step_between_yearly_figures_is_of_the_data() -> None:
    found = episodes(panel(spread_yearly())[0])
    own = [one for one in found.episodes if one.scope != "national"]
    assert [(one.begin, one.scope) for one in own] == [("2021-02", "data")]
    assert "yearly_shares" in [note.code for note in own[0].notes]
    assert "yearly_shares" in [note.code for note in found.notes]


def test_the_same_step_in_months_of_their_own_is_a_turn() -> None:
    rows = spread_yearly() * np.exp(np.random.default_rng(6).normal(0, 0.01, (10, len(PERIODS))))
    first = panel(rows)[0]
    assert not shared_years(first)
    own = [one for one in episodes(first).episodes if one.scope == "province"]
    assert [one.begin for one in own] == ["2021-02"]


def test_nothing_is_measured_of_a_month_that_is_not_in_the_data() -> None:
    found = effect(panel(spread_yearly())[0], date="2022-05", sign="down")
    assert found.verdict == "cannot_tell"
    assert found.notes[0].code == "yearly_shares"


@pytest.mark.parametrize(
    ("digits", "cut", "years"),
    [(6, 0, FIVE_YEARS), (3, 0, FIVE_YEARS), (6, 6, FIVE_YEARS), (1, 0, frozenset())],
)
def test_years_are_known_from_figures_as_printed(
    digits: int, cut: int, years: frozenset[str]
) -> None:
    """Rounded ones too, and the year that is not over; not from figures of one digit."""
    first = panel(spread_yearly(), digits)[0]
    known = slice(0, len(PERIODS) - cut)
    peers = tuple(p.model_copy(update={"periods": p.periods[known], "values": p.values[known]})
                  for p in first.peers)  # fmt: skip
    cut_one = {"periods": first.periods[known], "values": first.values[known], "peers": peers}
    assert shared_years(first.model_copy(update=cut_one)) == years


def test_the_curve_may_be_that_of_a_whole_beside_its_parts() -> None:
    rows = spread_yearly()
    rows[1] = 1.2 * rows[2:].sum(axis=0) + rows[0]
    members = panel(rows)
    assert not shared_years(members[1])
    assert shared_years(members[0])


def test_measured_provinces_share_no_curve() -> None:
    assert not shared_years(monthly(nbs_series("CN-YN", "electricity_consumption")))
