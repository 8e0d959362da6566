"""Hours against hand calculation; certificates that never count twice, under random splits."""

import csv
import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhe.api.meters.hours import match_hours
from tanzhe.errors import InputError
from tanzhe.meters.hours.certificates import Granular, coverage, elsewhere
from tanzhe.meters.hours.matching import Storage, match, score
from tanzhe.meters.hours.storage import best

SAMPLES = Path(__file__).parent / "samples"
DAY = SAMPLES / "13_hours24.csv"
STORAGE = Storage(30_000, 30_000, 54_000, 0.9)


def test_the_worked_day_equals_the_hand_calculation() -> None:
    result = match_hours(DAY, storage=STORAGE)
    with (SAMPLES / "13_hours24_expected.csv").open(encoding="utf-8-sig") as file:
        expected = [row for row in csv.DictReader(file) if row["hour_begin"][:2] == "20"]
    names = {
        "direct_used": "direct", "contract_matched": "contract", "charged": "charged",
        "discharged": "discharged", "state_end": "state", "direct_left": "direct_left",
        "contract_left": "contract_left", "grid_unmatched": "unmatched",
    }  # fmt: skip
    for theirs, ours in names.items():
        told = [1000 * float(row[theirs]) for row in expected]
        assert result.matched[ours] == pytest.approx(told), ours
    one = result.score
    assert one.score == pytest.approx(1274 / 1540)
    assert one.score_without_storage == pytest.approx(1220 / 1540)
    assert round(one.volume_share, 4) == 0.9156
    assert one.with_grid is not None and round(one.with_grid, 4) == 0.8715
    assert one.deficit_hours == 17 and one.deficit == pytest.approx(266_000)
    assert one.own_use == pytest.approx(740 / 840)
    assert one.direct_of_load == pytest.approx(734 / 1540)
    assert one.exported == pytest.approx(100 / 840)
    assert one.annex4_share == pytest.approx(1304 / 1540)
    assert result.best is not None and result.best.score == pytest.approx(1274 / 1540)
    assert match_hours(DAY).score.deficit_hours == 19
    assert [rule.met for rule in result.direct_line] == [True, True, True]


def test_from_2030_on_more_of_the_consumption_must_be_own(tmp_path: Path) -> None:
    """650号: 30 % of consumption, 35 % from 2030; 734 of 1540 is 47.7 %, 500 of 1540 is 32.5 %."""
    rows = ["hour_begin,load_kWh,direct_kWh", "2031-06-21 00:00,1540,500"]
    file = tmp_path / "hours.csv"
    for year, met in ((2031, False), (2027, True)):
        file.write_text("\n".join(rows).replace("2031", str(year)), encoding="utf-8")
        told = match_hours(file).direct_line
        assert told[1].met is met and told[1].threshold == (0.35 if year == 2031 else 0.30)


def test_certificates_of_the_sample() -> None:
    result = match_hours(
        DAY, certificates=SAMPLES / "14_granular_certificates.csv", user="云岭铝业（虚构）"
    )
    assert [(one.row, one.code) for one in result.faults] == [
        (26, "twice"), (27, "twice"), (28, "quantity"),
    ]  # fmt: skip
    assert [(one.row, one.code) for one in result.idle] == [
        (7, "other_user"), (22, "not_cancelled"),
    ]  # fmt: skip
    # Hour 5 was cancelled for another, hour 20 is not cancelled: 25 and 40 MWh of the sum are gone.
    covered = sum(result.matched["contract"]) + sum(result.matched["contract_left"])
    assert covered == pytest.approx(1000 * (570 - 30 - 45))


@given(st.integers(0, 10_000))
def test_no_watt_hour_counts_twice_under_random_splits(seed: int) -> None:
    draw = random.Random(seed)
    whole = Granular(1, "a", "W", "Wind", 1, 1000, 1000, 1, 0, 3600, "Cancelled", "A")
    cuts = sorted(draw.sample(range(2, 1000), draw.randint(0, 6)))
    edges = [1, *cuts, 1001]
    parts = [
        whole._replace(row=n, first=a, last=b - 1, quantity=b - a, user=draw.choice("AB"))
        for n, (a, b) in enumerate(pairwise(edges), 2)
    ]
    held = coverage(parts)
    assert not held.faults and sum(held.covered.values()) == 1000
    again = draw.choice(parts)._replace(row=99, begin=7200, end=10_800, user="B")
    doubled = coverage([*parts, again])
    assert [one.code for one in doubled.faults] == ["twice"]
    assert doubled.covered == held.covered


@given(
    st.lists(st.tuples(*[st.floats(0, 100)] * 3), min_size=1, max_size=48),
    st.floats(0.5, 1.0),
)
def test_energy_is_conserved_and_the_best_is_no_worse(
    hours: list[tuple[float, float, float]], efficiency: float
) -> None:
    load, direct, contract = (np.array(one) for one in zip(*hours, strict=True))
    held = Storage(20, 15, 40, efficiency)
    done = match(load, direct, contract, held)
    parts = done.direct + done.contract + done.discharged + done.unmatched
    assert np.allclose(parts, load) and (done.unmatched >= -1e-9).all()
    assert np.allclose(done.direct + done.charged + done.direct_left, direct)
    assert (done.state >= -1e-9).all() and (done.state <= 40 + 1e-9).all()
    assert done.state[-1] == pytest.approx(efficiency * done.charged.sum() - done.discharged.sum())
    assert not ((done.charged > 1e-9) & (done.discharged > 1e-9)).any()
    top = best(load, direct, contract, held)
    assert not ((top.charged > 1e-6) & (top.discharged > 1e-6)).any()
    assert score(top).score >= score(done).score - 1e-6
    assert (top.state >= -1e-6).all() and (top.state <= 40 + 1e-6).all()


def test_a_table_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    rows = ["hour_begin,load_kWh,direct_kWh", "2025-06-21 00:00,10,", "2025-06-21 00:30,x,1",
            "2025-06-21 02:00,-1,1"]  # fmt: skip
    file.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        match_hours(file)
    assert [one.where.split(" row ")[1] for one in caught.value.faults] == [
        "3", "2, direct_kWh", "3, load_kWh", "4, load_kWh",
    ]  # fmt: skip
    file.write_text("hour_begin,load_kWh\n2025-06-21 00:00,1\n2025-06-21 02:00,1\n", "utf-8")
    with pytest.raises(InputError, match="does not follow"):
        match_hours(file)


def test_columns_by_their_own_names_and_mean_power_is_energy_of_an_hour(tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    rows = ["小时,负荷（MW）,专线(kW)", "2025-06-21 12:00,10,4000", "2025-06-21 13:00,10,2000"]
    file.write_text("\n".join(rows), encoding="utf-8")
    found = match_hours(file).score
    assert (found.load, found.score) == (20_000.0, 0.3)
    other = [f"{rows[0]},余热发电", *(f"{row},1" for row in rows[1:])]
    file.write_text("\n".join(other), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        match_hours(file)
    assert "没有用到“余热发电”列" in caught.value.said("zh")


@pytest.mark.parametrize(
    ("load", "direct", "want"),
    [
        ("负荷(kW)", "专线(kW)", 0.5),
        ("负荷(kWh)", "专线(kW)", 0.125),
        ("负荷(kW)", "专线(MWh)", 1.0),
    ],
)
def test_quarter_hours_are_energies_or_mean_powers_by_their_units(
    tmp_path: Path, load: str, direct: str, want: float
) -> None:
    """By hand: 96 quarters of a day, load 40 and direct 20 each; kW are a quarter of kWh."""
    file = tmp_path / "hours.csv"
    ends = [f"2025-06-21 {quarter // 4:02d}:{quarter % 4 * 15:02d}" for quarter in range(1, 97)]
    rows = [f"时间,{load},{direct}", *(f"{end},40,20" for end in ends)]
    file.write_text("\n".join(rows), encoding="utf-8")
    found = match_hours(file)
    assert (found.hours, found.first, found.score.score) == (24, "2025-06-21 00:00", want)
    assert found.told[0].zh.startswith("时间是区间末")
    assert any("平均功率" in one.zh for one in found.told)
    for cut, what in (
        (rows[:-1], "首尾不是整小时"),
        ([rows[0].replace("(kW)", ""), *rows[1:]], ""),
    ):
        file.write_text("\n".join(cut), encoding="utf-8")
        with pytest.raises(InputError, match=what or "没有写单位"):
            match_hours(file)


def test_one_column_without_a_unit_beside_another_with_one_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text("时间,负荷(MWh),光伏\n2025-06-21 12:00,10,4\n", encoding="utf-8")
    with pytest.raises(InputError, match="专线 列没有写单位"):
        match_hours(file)


def test_certificates_of_quarter_hours_count_and_others_are_named() -> None:
    row = Granular(2, "i", "W1", "Wind", 1, 10, 10, 1, 900, 1800, "Cancelled", "A")
    other = row._replace(row=3, first=11, last=20, begin=1800, end=5400)
    coal = row._replace(row=4, first=21, last=30, source="Coal")
    later = row._replace(row=5, first=31, last=40, begin=7200, end=8100)
    rows = [row, other, coal, later]
    held = coverage(rows, "A")
    assert held.covered == {("A", 0): 10, ("A", 7200): 10}
    assert [(one.row, one.code) for one in held.faults] == [(3, "interval")]
    assert [(one.row, one.code) for one in held.idle] == [(4, "fossil")]
    assert [one.row for one in elsewhere(rows, held, "A", [0])] == [5]
