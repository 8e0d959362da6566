"""What is said of made-up and of built-in series."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.api.series.peaks import peak
from tanzhe.api.series.turning import load
from tanzhe.errors import InputError
from tanzhe.model import PeakStatus, Series
from tanzhe.peaks.peak import _Path, _word, peak_status
from tanzhe.reports.answers.json import peak_json
from tanzhe.reports.answers.peak import peak_lines

PERIODS = [f"{y}-{m:02d}" for y in range(2014, 2025) for m in range(2, 13)]


def made(levels: np.ndarray, *, noise: float = 0.02, seed: int = 1, **update: object) -> Series:
    """Monthly values with a season and noise around given levels; the last periods of PERIODS."""
    rng = np.random.default_rng(seed)
    at = np.arange(len(levels))
    season = 0.15 * np.sin(2 * np.pi * (at % 11) / 11)
    values = np.exp(np.log(levels) + season + rng.normal(0, noise, len(levels)))
    return Series(
        region="某市", sector="industry", unit="MtCO2", frequency="month", merged=True,
        periods=tuple(PERIODS[-len(levels):]), values=tuple(values.tolist()), source="x.csv",
        vintage="", sha256="0" * 64,
    ).model_copy(update=update)  # fmt: skip


def years(values: list[float], first: int = 1990) -> Series:
    return Series(
        region="某国", sector="total", unit="MtCO2", frequency="year",
        periods=tuple(str(first + i) for i in range(len(values))), values=tuple(values),
        source="x.csv", vintage="", sha256="0" * 64,
    )  # fmt: skip


AT = np.arange(110.0)
RISING = 100 * 1.05 ** (AT / 11)
FALLEN = np.where(AT < 55, 100 * 1.03 ** (AT / 11), 100 * 1.03**5 * 0.93 ** ((AT - 55) / 11))
STOPPED = 100 * 1.06 ** (np.minimum(AT, 66) / 11)


def test_rising_years_are_rising() -> None:
    found = peak_status(made(RISING))
    assert found.status == "rising"
    assert found.month >= "2024-10"
    assert found.record_stands[24] < 0.1
    assert found.slope_interval[0] < 5.0 < found.slope_interval[1]


@pytest.mark.parametrize("series", [made(np.full(99, 100.0), noise=0), years([7.0] * 12)])
def test_one_figure_throughout_does_not_rise(series: Series) -> None:
    found = peak_status(series)
    assert (found.status, found.month) == ("plateau", series.periods[-1])


def test_a_month_over_three_times_all_around_it_makes_no_record() -> None:
    values = np.array(made(RISING).values)
    values[60] *= 12
    found = peak_status(made(RISING).model_copy(update={"values": tuple(values.tolist())}))
    assert found.status == "rising" and found.month >= "2024-10"
    assert "spike_left_out" in {note.code for note in found.notes}
    values[60] /= 6  # twice the usual is what a month may do
    found = peak_status(made(RISING).model_copy(update={"values": tuple(values.tolist())}))
    assert "spike_left_out" not in {note.code for note in found.notes}


def test_five_falling_years_are_past_the_peak() -> None:
    found = peak_status(made(FALLEN))
    assert found.status == "past_peak"
    assert found.month_interval[0] <= "2020-06" and found.month_interval[1] >= "2019-12"
    assert found.record_stands[60] > 0.75
    assert found.change_interval[0] < found.change_percent < found.change_interval[1]
    assert "five_year_word" in {note.code for note in found.notes}


def test_a_trend_that_stopped_is_a_plateau() -> None:
    found = peak_status(made(STOPPED))
    assert found.status in ("plateau", "rising")
    assert 0.05 < found.record_stands[12] < 0.8
    assert abs(found.slope_percent_per_year) < 2.0


def test_one_low_month_at_the_end_is_no_peak() -> None:
    low = RISING.copy()
    low[-1] *= 0.5
    assert peak_status(made(low)).status == "rising"


@given(scale=st.floats(1e-6, 1e6))
@settings(max_examples=8)
def test_the_unit_changes_nothing(scale: float) -> None:
    one = peak_status(made(FALLEN), paths=300)
    other = peak_status(made(FALLEN * scale), paths=300)
    assert one.model_dump(exclude={"sums", "series", "manifest"}) == other.model_dump(
        exclude={"sums", "series", "manifest"}
    )


def test_same_bytes_twice() -> None:
    one, other = (peak_status(made(STOPPED)).model_dump_json(exclude={"manifest"}) for _ in "ab")
    assert one == other


def test_yearly_values_are_judged_too() -> None:
    falling = [100 * 1.02**i for i in range(25)] + [160 * 0.96**i for i in range(10)]
    found = peak_status(years(falling))
    assert (found.status, found.month, found.month_interval) == ("past_peak", "2014", ("2014",) * 2)
    assert peak_status(years([100 * 1.03**i for i in range(30)])).status == "rising"


def test_peers_say_what_growth_is_usual() -> None:
    alone = peak_status(made(STOPPED))
    fast = tuple(made(100 * 1.15 ** (AT / 11), seed=i, region=f"市{i}") for i in range(2, 9))
    among = peak_status(made(STOPPED, peers=fast))
    assert among.record_stands[60] < alone.record_stands[60]
    assert "no_peers" in {n.code for n in alone.notes}
    assert "no_peers" not in {n.code for n in among.notes}


def test_a_single_gap_is_inferred_and_said_a_long_one_is_left_open() -> None:
    whole = made(FALLEN)
    one = whole.model_copy(update={"values": (*whole.values[:80], None, *whole.values[81:])})
    found = peak_status(one)
    assert "gaps_in_sums" in {n.code for n in found.notes}
    assert found.sums[85] == pytest.approx(peak_status(whole).sums[85], rel=0.02)
    many = whole.model_copy(
        update={"values": (*whole.values[:20], *[None] * 6, *whole.values[26:])}
    )
    assert peak_status(many).sums[25] is None


def test_sums_stand_at_their_months_where_months_lack_at_either_end() -> None:
    whole = made(FALLEN)
    ends = whole.model_copy(update={"values": (None, None, *whole.values[2:-2], None, None)})
    sums = peak_status(ends).sums
    assert len(sums) == len(ends.periods) and sums[-2:] == (None, None)
    assert sums[11] is None and sums[12] == pytest.approx(sum(whole.values[2:13]))


def test_a_record_at_the_start_is_no_record() -> None:
    found = peak_status(made(200 * 0.95 ** (AT / 11)))
    assert found.month <= "2015-12"
    assert "record_at_start" in {n.code for n in found.notes}
    yearly = peak_status(years([200 * 0.95**i for i in range(16)]))
    assert "record_at_start" in {n.code for n in yearly.notes}


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (made(RISING[:54]), "不足 5 年"),
        (made(RISING).model_copy(update={"values": (-1.0, *made(RISING).values[1:])}), "负值"),
        (made(RISING).model_copy(update={"values": (None,) * 110}), "不足 5 年"),
        (years([1.0, 2.0, 3.0, 4.0]), "不足 5 年"),
    ],
)
def test_what_cannot_be_judged_is_refused(series: Series, words: str) -> None:
    with pytest.raises(InputError, match=words):
        peak_status(series)


def test_five_years_are_enough() -> None:
    assert peak_status(made(RISING[:55])).status == "rising"
    assert peak_status(years([1.0, 1.1, 1.2, 1.3, 1.4])).status == "rising"


def known(region: str, sector: str) -> PeakStatus:
    return peak(load(region, sector))


@pytest.mark.parametrize(
    ("region", "sector", "word"),
    [
        ("全国", "水泥", "past_peak"),
        ("全国", "十种有色金属", "rising"),
        # Ember's months to 2026-07: level since 2024.
        ("全国", "火力发电量", "plateau"),
        ("江苏", "水泥", "past_peak"),
        ("山东", "火力发电量", "plateau"),
    ],
)
def test_what_the_built_in_data_say(region: str, sector: str, word: str) -> None:
    assert known(region, sector).status == word


def test_lines_say_what_the_record_holds_in_both_languages() -> None:
    found = known("江苏", "水泥")
    zh, en = peak_lines(found), peak_lines(found, "en")
    assert len(zh) == len(en)
    assert "已过峰值" in zh[1] and "past its peak" in en[1]
    assert "2017年6月" in zh[2] and "June 2017" in en[2]
    for lines in (zh, en):
        assert f"{abs(found.change_percent):.1f}%" in lines[2]
    assert not any("一" <= c <= "鿿" for line in en for c in line)


def test_json_is_as_promised() -> None:
    found = peak_json(known("江苏", "水泥"))
    assert set(found) >= {
        "status", "month", "month_interval", "change_percent", "change_interval",
        "slope_percent_per_year", "slope_interval", "record_stands",
    }  # fmt: skip
    assert set(found["record_stands"]) == {"12", "24", "60"}  # type: ignore[arg-type]


def ended(months: int, value: float | None) -> Series:
    """Flat months whose last ones are nothing."""
    series = made(np.full(100, 100.0))
    return series.model_copy(update={"values": (*series.values[:-months], *(value,) * months)})


@pytest.mark.parametrize("value", [0.0, None])
def test_a_quarter_of_nothing_at_the_end_is_a_stop(value: float | None) -> None:
    series = ended(3, value)
    assert series.stopped_since == "2024-10"
    with pytest.raises(InputError) as caught:
        peak_status(series)
    assert "2024年10月起为零或没有数据（停产或不再报数），不判断达峰" in str(caught.value)
    assert "since 2024-10" in str(caught.value.faults[0].what.en)


def test_two_months_of_nothing_or_a_hole_in_the_middle_are_no_stop() -> None:
    assert ended(2, 0.0).stopped_since is None
    assert peak_status(ended(2, 0.0)).status
    whole = made(np.full(100, 100.0))
    holed = whole.model_copy(update={"values": (*whole.values[:50], 0.0, *whole.values[51:])})
    assert holed.stopped_since is None
    assert peak_status(holed).status
    assert whole.model_copy(update={"values": (0.0,) * 100}).stopped_since is None


def test_a_stop_counts_january_that_is_merged_into_february() -> None:
    series = made(np.full(100, 100.0))
    short = series.model_copy(
        update={"periods": series.periods[:-9], "values": (*series.values[:89], 0.0, 0.0)}
    )
    assert short.periods[-2:] == ("2024-02", "2024-03")
    assert short.stopped_since == "2024-01"


@pytest.mark.parametrize(("last", "trend", "word"), [
    (96.9, -0.1, "undecided"), (96.9, 0.1, "rising"), (97.1, -0.1, "rising"),
])  # fmt: skip
def test_a_fall_is_not_called_rising(last: float, trend: float, word: str) -> None:
    values = np.array([90.0, 95, 98, 99, 100, last])
    years = [str(year) for year in range(2019, 2025)]
    path = _Path(years, np.log(values), np.zeros(6), values, 1, False, False)
    assert _word(path, np.array([0.5, 0.2, 0.1]), 1.0, trend) == word


def words_by_hand(
    sums: list[float], per_year: int, stands: tuple[float, float, float], since: float, trend: float
) -> str:
    """As docs/peaks/peaks.md has it: past, level, rising, or none of these."""
    record, last = max(sums), sums[-1]
    recent = sums[-3 * per_year :]
    far = 1 - last / record >= 0.03
    if stands[2] >= 0.75 and far and since >= 2:
        return "past_peak"
    if max(recent) - min(recent) <= 1e-9 * record:
        return "plateau"
    if stands[1] <= 0.25:
        return "undecided" if far and trend <= 0 else "rising"
    mean = sum(1 - one / record for one in recent) / len(recent)
    return "plateau" if mean <= 0.05 else "undecided"


TAILS = [
    [100.0, 97.0], [100.0, 97.0001], [100.0, 90.0, 97.0], [96.0, 100.0, 94.0], [100.0] * 3,
    [100.0 - 9e-8, 100.0, 100.0], [100.0 - 1.1e-7, 100.0, 100.0], [94.0, 100.0, 90.9, 94.0, 97.1],
    [100.0, 100.0, 85.0], [100.0, 100.0, 84.9], [50.0, 95.0, 95.0, 95.0, 100.0, 85.0],
    [100.0, 97.0, 97.0, 97.0],
]  # fmt: skip


@pytest.mark.parametrize("tail", TAILS, ids=str)
@pytest.mark.parametrize("per_year", [1, 11])
def test_every_word_on_both_sides_of_where_it_begins(tail: list[float], per_year: int) -> None:
    values = np.array([80.0, 85.0, 90.0, *tail])
    known = np.repeat(values, per_year) / per_year  # months that are alike within a year
    names = [str(n) for n in range(known.size)]
    path = _Path(names, np.log(known), np.zeros(known.size), known, per_year, False, False)
    held = [float(v) for v in path.sums if np.isfinite(v)]
    assert len(held) == known.size - per_year + 1
    for five, two, since, trend in product(
        (0.75, 0.7499), (0.25, 0.2501, 0.9), (2.0, 23 / 12), (-0.1, 0.0, 0.1)
    ):
        stands = (1.0, two, five)
        word = _word(path, np.array(stands), since, trend)
        assert word == words_by_hand(held, per_year, stands, since, trend)


def test_the_record_of_equal_sums_is_the_last_one() -> None:
    for last, at in ((100.0, 2), (100.0 - 9e-8, 2), (100.0 - 1.1e-7, 1)):
        values = np.array([90.0, 100.0, last])
        assert _Path(list("abc"), np.log(values), np.zeros(3), values, 1, False, False).record == at


def test_a_year_that_lacks_lies_between_its_neighbours() -> None:
    values = [None, None, 100.0, 110.0, None, 133.1, 140.0, 150.0, None]
    found = peak_status(years(values))  # type: ignore[arg-type]
    assert found.sums == (None, None, *map(pytest.approx, (100, 110, 121, 133.1, 140, 150)), None)
    assert "gaps_in_years" in {note.code for note in found.notes}
    assert found.month == "1997" and found.years_since == 0


@pytest.mark.parametrize(("at", "early"), [(0, True), (1, False), (2, False)])
def test_only_a_record_of_the_first_year_may_be_none(at: int, early: bool) -> None:
    values = [90.0, 91.0, 90.0, 89.0, 88.0, 87.0, 86.0, 85.0]
    values[at] = 100.0
    assert ("record_at_start" in {one.code for one in peak_status(years(values)).notes}) is early
